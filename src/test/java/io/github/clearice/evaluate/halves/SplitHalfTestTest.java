package io.github.clearice.evaluate.halves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Views;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SplitHalfTestTest {

	private static final int BOX = 20;
	private static final Volume MAP = Views.particle(BOX);
	private static final Views NOISY = Views.of(120, false, 0, 4, MAP), CLEAN = Views.of(120, false, 0, 0, MAP);

	@TempDir
	Path folder;

	@TempDir
	Path models;

	private final List<String> opened = new ArrayList<>();

	/** A filter that draws rings into each image, like the artefacts of a network. */
	private static class Rings extends ArrayDenoiser {

		private final double phase;

		Rings(final double phase) {
			this.phase = phase;
		}

		@Override
		public String name() {
			return "rings";
		}

		@Override
		protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
			for (int i = 0; i < noisy.length; i++) for (int p = 0; p < noisy[i].length; p++) {
				final double r = Math.hypot(p % BOX - BOX / 2, p / BOX - BOX / 2);
				denoised[i][p] = (float) (noisy[i][p] + 8 * Math.cos(2.2 * r + phase) * Math.exp(-r * r / 40));
			}
		}
	}

	@Test
	void inventionsOfOneModelRaiseTheAgreementAndThoseOfSplitModelsDoNot() {
		final List<HalfCurves> curves = test(new SplitHalfData(NOISY, CLEAN, MAP), 0, "0", "0", "1.57").run();
		assertEquals(List.of("noisy", "clean", "shared", "split"), curves.stream().map(HalfCurves::name).toList());
		assertEquals(0, curves.get(0).inflation(), 0.1);
		assertTrue(curves.get(1).halvesAngstrom() < curves.get(0).halvesAngstrom());
		assertTrue(curves.get(2).inflation() > 0.3, () -> curves.get(2).describe());
		assertTrue(curves.get(3).inflation() < 0.1, () -> curves.get(3).describe());
		for (final String file : List.of("noisy.mrc", "clean_half2.mrc", "shared.star", "split.mrcs", "split_half1.mrc"))
			assertTrue(Files.exists(folder.resolve(file)), file);
	}

	@Test
	void continuesWithoutDenoisingAgain() {
		final List<HalfCurves> first = test(new SplitHalfData(NOISY, CLEAN, null), 0, "0").run();
		assertEquals(3, first.size());
		opened.clear();
		final List<HalfCurves> again = test(new SplitHalfData(NOISY, CLEAN, null), 0, "0").run();
		assertEquals(List.of(), opened);
		assertEquals(first.get(2).inflation(), again.get(2).inflation());
		assertMessage("holds a study with models", () -> test(new SplitHalfData(NOISY, CLEAN, null), 0, "1"));
	}

	/** The training is refused, since no network takes boxes of 20; the old results are already deleted. */
	@Test
	void aModelThatIsTrainedAgainDenoisesAgain() throws IOException {
		final SplitHalfData data = new SplitHalfData(NOISY, CLEAN, null);
		for (final String model : List.of("shared", "half1", "half2"))
			Files.writeString(Files.createDirectories(folder.resolve("models")).resolve(model + ".clearice"), "0");
		trainedHere(data).run();
		assertEquals(3, opened.size());
		trainedHere(data).run();
		assertEquals(3, opened.size());
		Files.delete(folder.resolve("models/half2.clearice"));
		assertMessage("not 20", () -> trainedHere(data).run());
		assertTrue(Files.exists(folder.resolve("shared.mrcs")) && Files.notExists(folder.resolve("split.mrcs")));
	}

	private SplitHalfTest trainedHere(final SplitHalfData data) {
		return new SplitHalfTest(data, options(ReferenceKind.CLEAN, 0), List.of(), folder, model -> {
			opened.add(model.toString());
			return new Rings(0);
		}, new TrainingListener() {});
	}

	@Test
	void aModelThatHasBeenReplacedIsAnotherStudy() throws IOException {
		final SplitHalfData data = new SplitHalfData(NOISY, CLEAN, null);
		test(data, 0, "0").run();
		Files.writeString(models.resolve("0"), "trained again");
		assertMessage("holds a study with contents of the models", () -> test(data, 0, "0"));
	}

	@Test
	void closesTheFirstModelWhereTheSecondCannotBeOpened() {
		final List<String> closed = new ArrayList<>();
		final SplitHalfTest test = new SplitHalfTest(new SplitHalfData(NOISY, CLEAN, null), options(ReferenceKind.CLEAN, 0),
			models("0", "1", "2"), folder, model -> {
				if (model.endsWith("2")) throw new ParameterException("damaged");
				return new Rings(0) {

					@Override
					public void close() {
						closed.add(model.getFileName().toString());
					}
				};
			}, new TrainingListener() {});
		assertMessage("damaged", test::run);
		assertEquals(List.of("0", "1"), closed);
	}

	@Test
	void reconstructsTheTestParticlesAlone() {
		final List<HalfCurves> all = test(new SplitHalfData(NOISY, CLEAN, MAP), 0, "0").run();
		folder = folder.resolve("tests");
		final List<HalfCurves> some = test(new SplitHalfData(NOISY, CLEAN, MAP), 40, "0").run();
		assertTrue(some.get(1).truth().values()[6] < all.get(1).truth().values()[6]);
	}

	/** No noise; detail of one half map that the other half does not confirm is left out. */
	@Test
	void referencesOfAHalfAreProjectionsOfItsOwnMap() {
		final Volume other = Views.blobs(BOX, 3, PointGroup.C1, new double[][] { { -0.1, 0.2, 0 }, { 0.2, 0.1, 0.1 } });
		// The views of the two maps take turns, as half-sets do.
		final Views mixed = Views.of(240, false, 0, 0, MAP, other);
		final TrainingPairs pairs = new TrainingPairs(new SplitHalfData(mixed, null, null), options(ReferenceKind.HALVES,
			40), new TaskListener()
		{});
		for (final int half : new int[] { 0, 1 }) {
			final PairSource source = pairs.ofHalf(half);
			assertEquals(100, source.size());
			final float[] noisy = new float[BOX * BOX], reference = noisy.clone();
			source.read(3, noisy, reference);
			assertTrue(correlation(noisy, reference) > 0.6, "half " + half + ": " + correlation(noisy, reference));
		}
		assertEquals(200, pairs.shared().size());
	}

	private static double correlation(final float[] a, final float[] b) {
		final ImageStatistics first = ImageStatistics.of(a), second = ImageStatistics.of(b);
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (a[i] - first.mean()) * (b[i] - second.mean());
		return sum / a.length / first.standardDeviation() / second.standardDeviation();
	}

	/** By hand: C = 0.8 goes with FSC = 0.64 / 1.36 between halves, C = -0.1 with none. */
	@Test
	void expectedCorrelationOfHalvesFollowsFromTheTruth() {
		final HalfCurves curves = new HalfCurves("shared", new ShellCorrelation(8, 2, new double[] { 1, .9, .8, .3, .1 }),
			new ShellCorrelation(8, 2, new double[] { 1, 1, .8, .4, -.1 }));
		assertEquals(0.470588, curves.expected(2), 1e-6);
		assertEquals(0, curves.expected(4));
		assertEquals((.9 - 1 + .8 - .470588 + .3 - .16 / 1.84 + .1) / 4, curves.inflation(), 1e-6);
		assertEquals(
			"shared: halves agree to 4.23 Å, but the truth is reached only to 5.82 Å (FSC between halves +0.136 beyond" +
				" what the truth allows).", curves.describe());
	}

	@Test
	void refusesWhatLacksSomething() {
		final SplitHalfData bare = new SplitHalfData(NOISY, null, null);
		assertMessage("Give them (clean=)", () -> test(bare, 0, "0"));
		final SplitHalfData full = new SplitHalfData(NOISY, CLEAN, MAP);
		assertMessage("2 models are given", () -> test(full, 0, "0", "1"));
		assertMessage("leaves too few to train on", () -> test(full, 118, "0"));
		assertMessage("must not be negative", () -> test(full, -1, "0"));
		assertMessage("box of 12", () -> new SplitHalfData(NOISY, CLEAN, Views.particle(12)));
	}

	/** @param models the phases of the rings that they draw */
	private SplitHalfTest test(final SplitHalfData data, final int tests, final String... models) {
		return new SplitHalfTest(data, options(ReferenceKind.CLEAN, tests), models(models), folder, model -> {
			opened.add(model.toString());
			return new Rings(Double.parseDouble(model.getFileName().toString()));
		}, new TrainingListener() {});
	}

	/** Files with these names, and no model in them. */
	private List<Path> models(final String... names) {
		return Stream.of(names).map(models::resolve).peek(file -> {
			if (Files.notExists(file)) TextFile.write(file, "a model");
		}).toList();
	}

	private static SplitHalfOptions options(final ReferenceKind references, final int tests) {
		return new SplitHalfOptions(TrainingOptions.fast(), references, null, tests, false, false, PointGroup.C1);
	}

	private static void assertMessage(final String part, final Executable work) {
		final ClearIceException thrown = assertThrows(ClearIceException.class, work);
		assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
	}
}
