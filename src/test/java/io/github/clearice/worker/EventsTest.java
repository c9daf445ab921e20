package io.github.clearice.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events written by one process reach the listener of the other. */
class EventsTest {

	private static final StepReport WITHOUT_ADVERSARY = new StepReport(0.03, false, Double.NaN, Double.NaN, Double.NaN,
		Double.NaN);

	@TempDir
	Path scratch;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final List<Object> heard = new ArrayList<>();
	private final EventReader reader = new EventReader(new TrainingListener() {

		@Override
		public void begin(final String task, final long total) {
			heard.add(task + " " + total);
		}

		@Override
		public void progress(final long done) {
			heard.add(done);
		}

		@Override
		public void message(final String line) {
			heard.add(line);
		}

		@Override
		public void startedAt(final long step) {
			heard.add("from " + step);
		}

		@Override
		public void updated(final TrainingProgress progress) {
			heard.add(progress);
		}

		@Override
		public void validated(final HistoryEntry entry, final ValidationSample sample) {
			heard.add(entry);
			heard.add(sample);
		}

		@Override
		public void checkpointed(final long step, final Path file) {
			heard.add(step + " " + file);
		}
	});

	@Test
	void aSearchReportsItsTrainingsSeparately() {
		final SearchTrial trial = new SearchTrial(3, 8, 1, 2, 60, "rate=0.01");
		final List<String> told = new ArrayList<>();
		final EventReader search = new EventReader(new TrainingListener() {

			@Override
			public void startedAt(final long step) {
				told.add("winner from " + step);
			}

			@Override
			public TrainingListener trial(final SearchTrial begun) {
				told.add("trial " + begun);
				return new TrainingListener() {

					@Override
					public void startedAt(final long step) {
						told.add("trial from " + step);
					}
				};
			}

			@Override
			public void tried(final SearchTrial over, final double psnrDecibel) {
				told.add(over.equals(trial) + " " + psnrDecibel);
			}
		});
		final EventWriter writer = writer(null);
		writer.trial(trial).startedAt(20);
		writer.tried(trial, 21.5);
		writer.tried(trial, Double.NaN);
		writer.startedAt(60);
		bytes.toString(StandardCharsets.UTF_8).lines().forEach(search::accept);
		assertEquals(List.of("trial Setting 3 of 8, round 1 of 2", "trial from 20", "true 21.5", "true NaN",
			"winner from 60"), told);
	}

	private EventWriter writer(final Path folder) {
		return new EventWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8), folder);
	}

	private List<Object> heard() {
		bytes.toString(StandardCharsets.UTF_8).lines().forEach(reader::accept);
		return heard;
	}

	@Test
	void theNumbersOfATrainingArriveAsTheyWere() {
		final TrainingProgress now = new TrainingProgress(30, 120, 2, 4, 5, 0.01, 0.03125, WITHOUT_ADVERSARY, Double.NaN,
			180, 12);
		final EventWriter writer = writer(null);
		writer.startedAt(29);
		writer.begin("Training", 120);
		writer.updated(now);
		assertEquals(List.of("from 29", "Training 120", now), heard());
	}

	@Test
	void ofManyUpdatesAFewArriveAndTheLastAlways() {
		final AtomicLong now = new AtomicLong();
		final EventWriter writer = new EventWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8), null, now::get);
		writer.begin("Counting ångströms", 1000);
		for (int i = 1; i <= 1000; i++) {
			writer.progress(i);
			now.addAndGet(1_000_000);
		}
		writer.end();
		// A thousand milliseconds, and five events a second.
		assertEquals(List.of("Counting ångströms 1000", 1L, 201L, 401L, 601L, 801L, 1000L), heard());
	}

	@Test
	void heldOutParticlesArriveAsFilesThatTheReaderTakesAway() throws IOException {
		final ValidationSample sample = new ValidationSample(stack(1, 2), stack(3, 4), stack(5, 6));
		final EventWriter writer = writer(scratch);
		final HistoryEntry entry = new HistoryEntry(1, 7, 2.5, 0.01, 0.2, 21.5, 0.003);
		writer.validated(entry, sample);
		assertEquals(entry, heard().get(0));
		final ValidationSample arrived = (ValidationSample) heard.get(1);
		assertArrayEquals(sample.noisy().images(), arrived.noisy().images());
		assertArrayEquals(sample.denoised().images(), arrived.denoised().images());
		assertArrayEquals(sample.target().images(), arrived.target().images());
		try (Stream<Path> files = Files.list(scratch)) {
			assertEquals(0, files.count());
		}
	}

	private static ArrayParticleStack stack(final float... values) {
		final float[][] images = new float[values.length][16];
		for (int i = 0; i < values.length; i++) for (int k = 0; k < 16; k++) images[i][k] = values[i] + k;
		return new ArrayParticleStack("stack", 4, 1.5, images);
	}

	@Test
	void remarksOfLibrariesAreNoEvents() {
		reader.accept("Loading library ...");
		reader.accept("{\"event\":{}}");
		reader.accept("{\"event\":\"of a later version\"}");
		reader.accept("{not json");
		reader.accept("[1]");
		assertEquals(List.of(), heard);
		assertFalse(reader.isComplete());
	}

	@Test
	void warningsAndReportsAreTold() {
		final EventWriter writer = writer(null);
		writer.message("Warning: \"quoted\"");
		writer.checkpointed(9, Path.of("m.checkpoint"));
		writer.report("two\nlines");
		writer.exit(0);
		assertEquals(List.of("Warning: \"quoted\"", "9 m.checkpoint"), heard());
		assertEquals("two\nlines", reader.report());
		assertTrue(reader.isComplete());
		assertEquals("warning", JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8).lines().findFirst()
			.orElseThrow()).getAsJsonObject().get("event").getAsString());
	}

	@Test
	void finishEndsATrainingWhenItsValidationGainsNoMore() {
		final EventWriter writer = writer(null);
		final ValidationSample none = new ValidationSample(stack(), stack(), stack());
		writer.request(StopRequest.FINISH);
		final double[] psnr = { 20, 21, 20.9, 21.5, 21.4, 21.5, 21.3 };
		for (int i = 0; i < psnr.length; i++) {
			assertFalse(writer.isStopRequested(), "before validation " + i);
			writer.validated(new HistoryEntry(i, i, i, 0, 0, psnr[i]), none);
		}
		assertTrue(writer.isStopRequested());
		assertFalse(writer.isCancelled());
	}

	@Test
	void theNextTrainingOfAStudyIsNotMeasuredByTheLast() {
		final EventWriter writer = writer(null);
		final ValidationSample none = new ValidationSample(stack(), stack(), stack());
		writer.startedAt(0);
		writer.validated(new HistoryEntry(1, 1, 1, 0, 0, 30), none);
		writer.startedAt(0);
		writer.request(StopRequest.FINISH);
		for (int i = 0; i < 9; i++) writer.validated(new HistoryEntry(i, i, i, 0, 0, 20 + i), none);
		assertFalse(writer.isStopRequested());
	}

	@Test
	void stopLeavesNothingBeforeTheFirstUpdateAndKeepsTheModelAfterIt() {
		final EventWriter writer = writer(null);
		writer.request(StopRequest.STOP);
		assertTrue(writer.isCancelled());
		writer.updated(new TrainingProgress(1, 2, 1, 1, 0, 0, 0, WITHOUT_ADVERSARY, 0, 1, 0));
		assertFalse(writer.isCancelled());
		assertTrue(writer.isStopRequested());
		writer.request(StopRequest.CANCEL);
		writer.request(StopRequest.STOP);
		assertTrue(writer.isCancelled());
	}
}
