package io.github.clearice.train.log;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the course of a training in a folder: {@code metrics.tsv}, a row every
 * {@value #ROW_STEPS} updates and at each validation; event files of TensorBoard
 * with the same numbers; {@code messages.txt}. What is written stays when the
 * program is killed, and a resumed training goes on with it. A folder that cannot
 * be written to any more costs a warning, never the training.
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
	 * @param resumed whether the folder may hold the run that goes on
	 * @param told hears when the folder cannot be written to any more
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
				" holds another run. Give another folder=, or go on with that run with resume=.");
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
		row.put("psnr", entry.validationPsnrDecibel());
		attempt(() -> table.add(entry.step(), row));
		attempt(() -> events.add(entry.step(), Map.of("validation/psnr", entry.validationPsnrDecibel())));
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
			if (!warned) told.message("Warning: the run is not wholly kept in " + folder + " any more. " + e.getMessage());
			warned = true;
		}
	}

	/** Of a training that was resumed and stopped before an update: what the validation knows. */
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
}
