package io.github.clearice.evaluate.contamination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.metrics.EvaluationTable;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.model.ModelCache;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.simulate.Contaminant;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
class ContaminationStudyTest {

	private static final Device DEVICE = new Device(false, Precision.FLOAT32, 1);
	private static final int TESTS = 12;

	@TempDir
	Path folder;

	private final ParticlePairs pairs = TinyTraining.pairs(60);

	@Test
	void aCancelledStudyContinuesWithoutRepeatingFinishedTrainings() throws IOException {
		final Listener first = new Listener(2);
		assertThrows(TaskCancelledException.class, () -> study(options(1), first).run());
		final List<Path> finished = tables();
		assertEquals(1, finished.size());
		final List<Object> times = new ArrayList<>();
		for (final Path table : finished) times.add(Files.getLastModifiedTime(table));
		final Listener second = new Listener(Integer.MAX_VALUE);
		final StudyScores scores = study(options(1), second).run();
		assertTrue(second.messages.get(0).startsWith(
			"4 trainings: l1, l2 under A with gaussian, fractions 0.0, 0.5, 1 seed; 1 finished already."),
			second.messages.get(0));
		assertTrue(second.messages.stream().anyMatch(line -> line.startsWith("Plan: 2 x l2") && line.contains("1 x l1")),
			String.join("\n", second.messages));
		for (int i = 0; i < finished.size(); i++)
			assertEquals(times.get(i), Files.getLastModifiedTime(finished.get(i)));
		assertEquals(4, tables().size());
		try (Stream<Path> left = Files.list(folder.resolve("cells"))) {
			assertEquals(4, left.count());
		}
		assertEquals(4, scores.rows().size());
		// Half of the references replaced by noise do harm; l2, the mean of both, suffers.
		assertTrue(row(scores, ContaminationType.A, 0, "l2").peakSignalToNoise().mean() > row(scores, ContaminationType.A,
			.5, "l2").peakSignalToNoise().mean());
		final Listener third = new Listener(Integer.MAX_VALUE);
		assertEquals(scores.rows(), study(options(1), third).run().rows());
		assertEquals(0, third.updates);
	}

	@Test
	void withoutContaminationItsTypeMakesNoDifference() {
		final StudyOptions options = new StudyOptions(List.of(StudyMethod.named("l1"), StudyMethod.named("wgan")), List.of(
			ContaminationType.A, ContaminationType.B), List.of(.1, 0.), Contaminant.GAUSSIAN, 2, 1, TESTS, TinyTraining
				.options());
		assertEquals(List.of("l1-clean-1", "wgan-clean-1", "l1-A-0.1-1", "wgan-A-0.1-1", "l1-B-0.1-1", "wgan-B-0.1-1",
			"l1-clean-2", "wgan-clean-2", "l1-A-0.1-2", "wgan-A-0.1-2", "l1-B-0.1-2", "wgan-B-0.1-2"), options.cells()
				.stream().map(StudyCell::name).toList());
	}

	@Test
	void refusesToGoOnWithAnotherStudy() {
		study(options(1), new Listener(0));
		final StudyOptions other = new StudyOptions(List.of(StudyMethod.named("l1")), List.of(ContaminationType.A), List.of(
			.1), Contaminant.ICE, 1, 1, TESTS, TinyTraining.options());
		assertEquals(folder +
			" holds a study with contaminant gaussian, not ice. Give the same to continue it, or another" +
			" output= for a new one.", assertThrows(ParameterException.class, () -> study(other, new Listener(0)))
				.getMessage());
	}

	@Test
	void refusesOptionsOutOfRange() {
		assertMessage("must lie from 0 to below 1, not 1.0", () -> options(1, List.of(1.)));
		assertMessage("must lie from 0 to below 1, not -0.1", () -> options(1, List.of(-.1)));
		assertMessage("must lie from 0 to below 1, not NaN", () -> options(1, List.of(Double.NaN)));
		assertMessage("at least one method", () -> options(1, List.of()));
		assertMessage("at least 1 seed", () -> options(0, List.of(.1)));
		assertMessage("There is no method l3", () -> StudyMethod.named("l3"));
		assertMessage("l2-parity has no adversarial loss to balance. Use l2.", () -> StudyMethod.named("l2-parity"));
		assertEquals("1", StudyMethod.named("beta0.5-parity").options().get("parity"));
		final StudyOptions many = new StudyOptions(List.of(StudyMethod.named("l1")), List.of(ContaminationType.A), List.of(
			.1), Contaminant.ICE, 1, 1, 59, TinyTraining.options());
		assertMessage("leaves 1 to train on", () -> study(many, new Listener(0)));
	}

	@Test
	void noticesAnAlteredTable() throws IOException {
		final Path table = folder.resolve("t.tsv");
		Files.writeString(table, "image\tindex\tmse\n");
		assertMessage("Delete it to make it again", () -> EvaluationTable.read(table));
	}

	@Test
	void scoresAreMeansOverSeedsAndComparedBySeed() {
		final StudyOptions options = new StudyOptions(List.of(StudyMethod.named("l1"), StudyMethod.named("beta0.5")), List
			.of(ContaminationType.B), List.of(.2), Contaminant.GAUSSIAN, 2, 5, 3, TinyTraining.options());
		final Map<StudyCell, List<QualityScores>> cells = new LinkedHashMap<>();
		final double[][] psnr = { { 20, 22, 24 }, { 21, 24, 24 }, { 21, 23, 25 }, { 22, 22, 22 } };
		int next = 0;
		for (final StudyCell cell : options.cells()) cells.put(cell, scores(psnr[next++]));
		final StudyScores scores = new StudyScores(options, cells);
		// Seed 5: l1 22, beta 23; seed 6: l1 23, beta 22.
		assertEquals(22.5, scores.rows().get(0).peakSignalToNoise().mean(), 1e-12);
		assertEquals(Math.sqrt(.5), scores.rows().get(0).peakSignalToNoise().deviation(), 1e-12);
		final StudyScores.Comparison comparison = scores.comparisons().get(0);
		assertEquals("(0.5, 0.5)-GAN + l1", comparison.method().label());
		assertEquals(0, comparison.difference(), 1e-12);
		assertEquals(1, comparison.better());
		assertEquals(2, comparison.seeds());
		assertEquals(1, comparison.probability(), 1e-12);
		scores.write(folder.resolve("table.tsv"), folder.resolve("tests.tsv"));
		final List<StudyScores.Row> rows = StudyScores.readRows(folder.resolve("table.tsv"));
		assertEquals(scores.rows().stream().map(StudyScores.Row::method).toList(), rows.stream().map(
			StudyScores.Row::method).toList());
		assertEquals(ContaminationType.B, rows.get(0).type());
		assertEquals(22.5, rows.get(0).peakSignalToNoise().mean(), 1e-12);
		assertEquals(.70711, rows.get(0).peakSignalToNoise().deviation(), 1e-12);
		assertEquals(.5, rows.get(0).similarity().mean(), 1e-12);
		final StudyScores.Comparison read = StudyScores.readComparisons(folder.resolve("tests.tsv")).get(0);
		assertEquals(new StudyScores.Comparison(comparison.type(), comparison.fraction(), comparison.method(), read
			.difference(), read.low(), read.high(), 1, 1, 2), read);
		assertEquals(comparison.low(), read.low(), 1e-4);
		assertTrue(scores.format().contains("22.50 (0.71)"), scores.format());
	}

	@Test
	void oneSeedHasNoDeviation() {
		final StudyOptions options = new StudyOptions(List.of(StudyMethod.named("l1")), List.of(ContaminationType.B), List
			.of(.2), Contaminant.GAUSSIAN, 1, 5, 3, TinyTraining.options());
		final Map<StudyCell, List<QualityScores>> cells = new LinkedHashMap<>();
		for (final StudyCell cell : options.cells()) cells.put(cell, scores(new double[] { 20, 22, 24 }));
		final String printed = new StudyScores(options, cells).format();
		assertTrue(printed.contains("22.00 (-)"), printed);
		assertFalse(printed.contains("NaN"), printed);
	}

	private static List<QualityScores> scores(final double[] psnr) {
		final List<QualityScores> scores = new ArrayList<>();
		for (final double value : psnr) scores.add(new QualityScores(.1, value, .5, 1, 20, 15));
		return scores;
	}

	private static StudyScores.Row row(final StudyScores scores, final ContaminationType type, final double fraction,
		final String method)
	{
		return scores.rows().stream().filter(row -> row.type() == type && row.fraction() == fraction && row.method().name()
			.equals(method)).findFirst().orElseThrow();
	}

	private ContaminationStudy study(final StudyOptions options, final Listener listener) {
		return new ContaminationStudy(pairs, options, folder, model -> ModelCache.open(model, DEVICE,
			ModelDenoiser.Options.PLAIN),
			MrcParticleStack::open, listener);
	}

	private static StudyOptions options(final int seeds) {
		return options(seeds, List.of(0., .5));
	}

	private static StudyOptions options(final int seeds, final List<Double> fractions) {
		return new StudyOptions(List.of(StudyMethod.named("l1"), StudyMethod.named("l2")), List.of(ContaminationType.A),
			fractions, Contaminant.GAUSSIAN, seeds, 1, TESTS, TinyTraining.options().with(Map.of("network", "light", "epochs",
				"4")));
	}

	private List<Path> tables() throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve("cells"))) {
			return files.filter(file -> file.toString().endsWith(".tsv")).sorted().toList();
		}
	}

	private static void assertMessage(final String part, final Runnable work) {
		final String message = assertThrows(ParameterException.class, work::run).getMessage();
		assertTrue(message.contains(part), message);
		assertFalse(message.contains("\n"));
	}

	/** Cancels in a training. */
	private static final class Listener implements TrainingListener {

		private final int cancelIn;
		private final List<String> messages = new ArrayList<>();
		private int trainings;
		private int updates;

		/** @param cancelIn training, from 1, which is cancelled */
		Listener(final int cancelIn) {
			this.cancelIn = cancelIn;
		}

		@Override
		public void updated(final TrainingProgress progress) {
			updates++;
		}

		@Override
		public void message(final String line) {
			messages.add(line);
			if (line.startsWith("Training ")) trainings++;
		}

		@Override
		public boolean isCancelled() {
			return trainings >= cancelIn;
		}
	}
}
