package io.github.clearice.train.log;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Keeps the course of a training in a folder: {@code metrics.tsv}, a row every {@value #ROW_STEPS} updates and at each
 * validation; event files of TensorBoard with the same numbers; {@code messages.txt}. The files survive when the
 * program is killed, and a resumed training continues them. A folder that cannot be written to any more costs a
 * warning, never the training.
 */
public final class RunDirectory implements TrainingListener {

	static final String METRICS = "metrics.tsv";
	static final String MESSAGES = "messages.txt";
	private static final int ROW_STEPS = 20;

	private final Path folder;
	private final TaskListener told;
	private final AppendedFile messages;
	private MetricsTable table;
	private EventFile events;
	private TrainingProgress last;
	private boolean warned;

	/**
	 * Makes the folder where it is missing.
	 *
	 * @param resumed whether the folder may hold the run that continues
	 * @param told gets a message when the folder cannot be written to any more
	 * @throws OutputException if it cannot be made, or holds another run
	 */
	public RunDirectory(final Path folder, final boolean resumed, final TaskListener told) {
		this.folder = folder;
		this.told = told;
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new OutputException("Cannot write into " + folder +
			": it is a file. Name a folder.");
		final Path log = folder.resolve(MESSAGES);
		try {
			Files.createDirectories(folder);
			if (!resumed && MetricsTable.isBegun(folder.resolve(METRICS))) throw new OutputException("The folder " + folder +
				" holds another run. Give another folder=, or continue with that run with resume=.");
			messages = resumed && Files.exists(log) ? new AppendedFile(log) : new AppendedFile(log, new byte[0]);
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
	}

	@Override
	public void startedAt(final long step) {
		attempt(() -> {
			table = new MetricsTable(folder.resolve(METRICS), step);
			if (events == null) events = new EventFile(folder, step);
			else events.startAt(step);
		});
	}

	@Override
	public void updated(final TrainingProgress progress) {
		last = progress;
		if (progress.step() % ROW_STEPS != 0) return;
		final Map<String, Double> row = row(progress);
		attempt(() -> table.add(progress.step(), row));
		attempt(() -> events.add(progress.step(), curves("training/", row)));
	}

	@Override
	public void validated(final HistoryEntry entry, final ValidationSample sample) {
		final Map<String, Double> row = last == null ? row(entry) : row(last);
		final Map<String, Double> found = new LinkedHashMap<>(Map.of("psnr", entry.validationPsnrDecibel()));
		if (entry.gradientRatio() != null) found.put("gradient_ratio", entry.gradientRatio());
		row.putAll(found);
		attempt(() -> table.add(entry.step(), row));
		attempt(() -> events.add(entry.step(), curves("validation/", found)));
	}

	@Override
	public void message(final String line) {
		final String dated = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line + "\n";
		attempt(() -> messages.append(dated.getBytes(StandardCharsets.UTF_8)));
	}

	private void attempt(final Runnable writing) {
		// What could not be begun is not gone on with.
		if (table == null && events == null && warned) return;
		try {
			writing.run();
		}
		catch (final OutputException e) {
			if (!warned) told.message("Warning: the run folder " + folder + " is no longer complete. " + e.getMessage());
			warned = true;
		}
	}

	/** For a training that was resumed and stopped before an update: the values of the validation. */
	private static Map<String, Double> row(final HistoryEntry entry) {
		final Map<String, Double> row = new LinkedHashMap<>();
		row.put("epoch", (double) entry.epoch());
		row.put("seconds", entry.seconds());
		row.put("rate", entry.learningRate());
		row.put("loss", entry.trainingLoss());
		return row;
	}

	private static Map<String, Double> row(final TrainingProgress progress) {
		final StepReport report = progress.report();
		final Map<String, Double> row = new LinkedHashMap<>();
		row.put("epoch", (double) progress.epoch());
		row.put("seconds", progress.seconds());
		row.put("rate", progress.learningRate());
		row.put("loss", progress.loss());
		row.put("pixel", report.pixelLoss());
		row.put("adversarial", report.adversarialLoss());
		row.put("real", report.realScore());
		row.put("fake", report.fakeScore());
		row.put("penalty", report.penalty());
		row.put("images_per_second", progress.imagesPerSecond());
		return row;
	}

	private static Map<String, Double> curves(final String group, final Map<String, Double> row) {
		final Map<String, Double> curves = new LinkedHashMap<>();
		row.forEach((name, value) -> {
			if (!Double.isNaN(value) && !name.equals("epoch") && !name.equals("seconds")) curves.put(group + name, value);
		});
		return curves;
	}

	/**
	 * The course of a training as a table that other programs read: tab-separated,
	 * one row an update or validation, {@code nan} where there is no number.
	 */
	static final class MetricsTable {

		/** The columns after {@code step}. */
		static final List<String> COLUMNS = List.of("epoch", "seconds", "rate", "loss", "pixel", "adversarial", "real",
			"fake", "penalty", "psnr", "gradient_ratio", "images_per_second");

		private static final String HEADER = TabSeparated.line("step", COLUMNS);

		private final AppendedFile file;
		private long lastStep = -1;

		/**
		 * Begins a table, or continues with one that is there after its rows up to a step;
		 * later rows, and one that was cut short, are taken away.
		 *
		 * @throws OutputException if the file cannot be read or written, or holds something else
		 */
		MetricsTable(final Path path, final long step) {
			final List<String> rows = rowsUpTo(path, step);
			if (!Files.exists(path)) {
				file = new AppendedFile(path, HEADER.getBytes(StandardCharsets.UTF_8));
				return;
			}
			TextFile.write(path, HEADER + String.join("", rows));
			file = new AppendedFile(path);
		}

		/** Whether a table is there and has a row. */
		static boolean isBegun(final Path path) {
			return !rowsUpTo(path, Long.MAX_VALUE).isEmpty();
		}

		/**
		 * Adds a row, or replaces the last one if it belongs to the same step.
		 *
		 * @param values by column; those that are missing are not numbers
		 * @throws OutputException if it cannot be written
		 */
		void add(final long step, final Map<String, Double> values) {
			final byte[] bytes = TabSeparated.line(step, COLUMNS.stream().map(column -> text(values.getOrDefault(column,
				Double.NaN))).toList()).getBytes(StandardCharsets.UTF_8);
			if (step == lastStep) file.replaceLast(bytes);
			else file.append(bytes);
			lastStep = step;
		}

		private static String text(final double value) {
			if (Double.isNaN(value)) return "nan";
			if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
			return value == Math.rint(value) && Math.abs(
				value) < 1e9 ? Long.toString((long) value) : String.format(Locale.ROOT,
				"%.6g", value);
		}

		/** Whole rows, each with its end of line. */
		private static List<String> rowsUpTo(final Path path, final long step) {
			final List<String> rows = new ArrayList<>();
			if (!Files.exists(path)) return rows;
			final String text;
			try {
				text = Files.readString(path);
			}
			catch (final IOException e) {
				throw OutputException.of(path, e);
			}
			if (text.isEmpty()) return rows;
			if (!text.startsWith(HEADER)) throw new OutputException("Cannot continue " + path +
				": its columns are not those of this version. Give another folder=.");
			int begin = HEADER.length();
			for (int end = text.indexOf('\n', begin); end >= 0; begin = end + 1, end = text.indexOf('\n', begin)) {
				final String row = text.substring(begin, end + 1);
				final String first = TabSeparated.cells(row)[0];
				if (first.matches("\\d{1,18}") && Long.parseLong(first) <= step) rows.add(row);
			}
			return rows;
		}
	}

	/**
	 * An event file of TensorBoard: a sequence of {@code tensorflow.Event} messages
	 * in the TFRecord framing of TensorFlow's {@code record_writer.h}: length as
	 * uint64, masked CRC-32C of the length as uint32, the message, masked CRC-32C of
	 * the message, all little-endian.
	 */
	static final class EventFile {

		/** The required content of a file's first event. */
		private static final String VERSION = "brain.Event:2";
		private static final int MASK_DELTA = 0xa282ead8;

		private final AppendedFile file;

		/**
		 * Begins a file in a folder, beside those of earlier runs.
		 *
		 * @param firstStep the update it begins after: TensorBoard forgets what other files of the folder say of later ones
		 * @throws io.github.clearice.task.OutputException if it cannot be written
		 */
		EventFile(final Path folder, final long firstStep) {
			final long now = System.currentTimeMillis();
			// TensorBoard reads the files of a folder in the order of their names.
			final String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.%03d.clearice", now / 1000, now % 1000);
			file = new AppendedFile(folder.resolve(name), record(event(0).setFileVersion(VERSION)));
			startAt(firstStep);
		}

		/** Makes TensorBoard discard events of updates after this one. */
		void startAt(final long step) {
			file.append(record(event(step).setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))));
		}

		/**
		 * Adds a point to one curve or several.
		 *
		 * @param step number of the update
		 * @param scalars by the name of their curve
		 */
		void add(final long step, final Map<String, Double> scalars) {
			final Summary.Builder summary = Summary.newBuilder();
			scalars.forEach((tag, value) -> summary.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue(value
				.floatValue())));
			file.append(record(event(step).setSummary(summary)));
		}

		private static Event.Builder event(final long step) {
			return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1000.0).setStep(step);
		}

		private static byte[] record(final Event.Builder event) {
			final byte[] message = event.build().toByteArray();
			final ByteBuffer record = ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + message.length).order(
				ByteOrder.LITTLE_ENDIAN);
			record.putLong(message.length);
			record.putInt(maskedChecksum(record.array(), Long.BYTES));
			record.put(message);
			record.putInt(maskedChecksum(message, message.length));
			return record.array();
		}

		/** A checksum that stays good when the data hold checksums themselves (TensorFlow's {@code crc32c.h}). */
		private static int maskedChecksum(final byte[] bytes, final int count) {
			final CRC32C crc = new CRC32C();
			crc.update(bytes, 0, count);
			return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
		}
	}
}
