package io.github.clearice.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackEvaluationTest {

	private static final int BOX = 16;

	@TempDir
	Path folder;

	@Test
	void scoresEachImageOfEachStack() {
		final ParticleStack clean = stack("clean.mrcs", 40, 0), noisy = stack("noisy.mrcs", 40, 1), better = stack(
			"better.mrcs", 40, 0.5);
		final List<StackQuality> result = evaluate(clean, noisy, better);
		assertEquals(List.of("noisy.mrcs", "better.mrcs"), result.stream().map(StackQuality::name).toList());
		assertEquals(ImageQuality.signalToNoise(Views.hyperSlice(clean.image(), 2, 37), Views.hyperSlice(noisy.image(), 2,
			37)), result.get(0).images().get(37).signalToNoise(), 1e-5);
		assertTrue(result.get(1).mean().peakSignalToNoise() > result.get(0).mean().peakSignalToNoise() + 5);
	}

	/**
	 * Two real stacks, by the functions of {@link ImageComparisonTest}:
	 *
	 * <pre>
	 * a, b = (mrcfile.open(f'betagal_64_{s}_shift.mrcs').data.astype(float) for s in ('noctf', 'ctf'))
	 * rows = [scores(x, y) for x, y in zip(a, b)]; rows[99], np.mean(rows, 0), np.std(rows, 0, ddof=1)
	 * np.mean([frc(x, y) for x, y in zip(a, b)], 0)[[1, 5, 20, 32]]
	 * </pre>
	 */
	@Test
	void scoresOfRelionStacksEqualScikitImage() {
		try (ParticleStack clean = MrcParticleStack.open(TestData.file("relion/betagal_64_noctf_shift.mrcs"));
			ParticleStack other = MrcParticleStack.open(TestData.file("relion/betagal_64_ctf_shift.mrcs")))
		{
			final StackQuality quality = evaluate(clean, other).get(0);
			assertScores(quality.images().get(99), 0.04113783500754384, 13.857585679893287, 0.3747275737125479,
				1.4023409491792554, 19.305142877246038, 19.001979530487734);
			assertScores(quality.mean(), 0.03480683, 14.64675933, 0.50177516, 1.42609992, 19.13054477, 18.77871324);
			assertScores(quality.standardDeviation(), 0.00584669, 0.75726473, 0.07121522, 0.03860857, 2.51217835,
				2.44001108);
			final double[] curve = quality.meanCorrelation().values();
			assertEquals(0.99794406, curve[1], 1e-5);
			assertEquals(0.99902297, curve[5], 1e-5);
			assertEquals(0.07166842, curve[20], 1e-4);
			assertEquals(-0.07199035, curve[32], 1e-4);
		}
	}

	@Test
	void resultDoesNotDependOnTheNumberOfThreads() {
		final ParticleStack clean = stack("clean.mrcs", 50, 0);
		final List<ParticleStack> noisy = List.of(stack("noisy.mrcs", 50, 1));
		final StackQuality one = StackEvaluation.run(clean, noisy, EvaluationOptions.DEFAULT, TaskListener.SILENT, 1).get(
			0);
		final StackQuality five = StackEvaluation.run(clean, noisy, EvaluationOptions.DEFAULT, TaskListener.SILENT, 5).get(
			0);
		assertEquals(one.images(), five.images());
		assertArrayEquals(one.meanCorrelation().values(), five.meanCorrelation().values());
	}

	@Test
	void meanAndSpreadAreThoseOfTheImages() {
		final StackQuality quality = new StackQuality("three", List.of(score(1), score(2), score(6)), null);
		assertEquals(3, quality.mean().peakSignalToNoise());
		// numpy.std([1, 2, 6], ddof=1)
		assertEquals(2.6457513110645907, quality.standardDeviation().peakSignalToNoise(), 1e-12);
	}

	@Test
	void infiniteScoresStayInfinite() {
		final ParticleStack clean = stack("clean.mrcs", 3, 0);
		final StackQuality same = evaluate(clean, clean).get(0);
		assertEquals(Double.POSITIVE_INFINITY, same.mean().peakSignalToNoise());
		assertEquals(0, same.standardDeviation().peakSignalToNoise());
		assertEquals(0, same.mean().meanSquaredError());
		final StackQuality mixed = new StackQuality("mixed", List.of(score(20), score(Double.POSITIVE_INFINITY)), null);
		assertEquals(Double.POSITIVE_INFINITY, mixed.mean().peakSignalToNoise());
		assertTrue(Double.isNaN(mixed.standardDeviation().peakSignalToNoise()));
	}

	@Test
	void writesTheColumnsThatScriptsReadWithMeanAndSpreadLast() throws IOException {
		final Path file = folder.resolve("scores.tsv");
		EvaluationTable.write(file, evaluate(stack("clean.mrcs", 3, 0), stack("a.mrcs", 3, 1), stack("b.mrcs", 3, 0)));
		final List<String> lines = Files.readAllLines(file);
		assertEquals("image\tindex\tmse\tpsnr\tssim\tsnr\tfrc05\tfrc0143", lines.get(0));
		assertEquals(1 + 3 + 3 + 4, lines.size());
		assertTrue(lines.get(1).startsWith("a.mrcs\t1\t"), lines.get(1));
		assertTrue(lines.get(7).startsWith("a.mrcs\tmean\t"), lines.get(7));
		assertTrue(lines.get(8).startsWith("a.mrcs\tsd\t"), lines.get(8));
		assertEquals("b.mrcs\tmean\t0.000000\tInfinity\t1.000000\tInfinity\t8.000000\t8.000000", lines.get(9));
		final double mean = (number(lines.get(1), 3) + number(lines.get(2), 3) + number(lines.get(3), 3)) / 3;
		assertEquals(mean, number(lines.get(7), 3), 1e-5);
	}

	@Test
	void refusesStacksThatDoNotMatchNamingBoth() {
		final String message = assertThrows(InputException.class, () -> evaluate(stack("clean.mrcs", 3, 0), stack(
			"noisy.mrcs", 4, 0))).getMessage();
		assertTrue(message.contains("clean.mrcs holds 3") && message.contains("noisy.mrcs holds 4"), message);
	}

	@Test
	void refusesNaNNamingTheImage() {
		final ArrayParticleStack noisy = stack("noisy.mrcs", 20, 1);
		noisy.images()[17][BOX + 2] = Float.NaN;
		final String message = assertThrows(ParameterException.class, () -> evaluate(stack("clean.mrcs", 20, 0), noisy))
			.getMessage();
		assertTrue(message.startsWith("Image 18 of noisy.mrcs holds NaN at pixel (2, 1)"), message);
	}

	@Test
	void refusesEmptyStacks() {
		assertThrows(ParameterException.class, () -> evaluate(stack("empty.mrcs", 0, 0), stack("empty.mrcs", 0, 0)));
		assertThrows(ParameterException.class, () -> evaluate(stack("clean.mrcs", 2, 0)));
	}

	@Test
	void stopsWhenAsked() {
		final TaskListener cancelled = new TaskListener() {

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		final ParticleStack stack = stack("clean.mrcs", 20, 0);
		assertThrows(TaskCancelledException.class, () -> StackEvaluation.run(stack, List.of(stack),
			EvaluationOptions.DEFAULT, cancelled));
	}

	@Test
	void saysThatThePixelSizeIsUnknown() {
		final List<String> lines = new ArrayList<>();
		final ParticleStack stack = new ArrayParticleStack("x.mrcs", BOX, Double.NaN, stack("x", 2, 1).images());
		StackEvaluation.run(stack, List.of(stack), EvaluationOptions.DEFAULT, new TaskListener() {

			@Override
			public void message(final String line) {
				lines.add(line);
			}
		});
		assertEquals(1, lines.size());
		assertTrue(lines.get(0).contains("pixel size of x.mrcs is unknown"), lines.get(0));
	}

	@Test
	void leavesNothingWhereTheTableCannotBeWritten() throws IOException {
		Files.createDirectory(folder.resolve("taken"));
		assertThrows(RuntimeException.class, () -> EvaluationTable.write(folder.resolve("taken"), evaluate(stack("a", 2, 0),
			stack("b", 2, 1))));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
	}

	private static List<StackQuality> evaluate(final ParticleStack reference, final ParticleStack... stacks) {
		return StackEvaluation.run(reference, List.of(stacks), EvaluationOptions.DEFAULT, TaskListener.SILENT);
	}

	private static void assertScores(final QualityScores scores, final double... expected) {
		final double[] values = scores.values();
		for (int i = 0; i < expected.length; i++) assertEquals(expected[i], values[i], 2e-5 * expected[i],
			QualityScores.COLUMNS.get(i));
	}

	private static QualityScores score(final double psnr) {
		return new QualityScores(0.1, psnr, 0.5, 1, 10, 8);
	}

	private static double number(final String line, final int column) {
		return Double.parseDouble(line.split("\t")[column]);
	}

	private static ArrayParticleStack stack(final String name, final int count, final double sigma) {
		final float[][] images = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(3, i);
			for (int p = 0; p < images[i].length; p++) images[i][p] = (float) (Math.sin(p * 0.3 + i) + sigma * random
				.nextGaussian());
		}
		return new ArrayParticleStack(name, BOX, 4, images);
	}
}
