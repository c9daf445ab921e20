package io.github.clearice.micrograph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParticleFinderTest {

	private static final int WIDTH = 600, HEIGHT = 420;

	@TempDir
	Path folder;

	@Test
	void findsDiscsOnARampBesideCarbonAndNothingInNoise() {
		final List<double[]> places = new ArrayList<>();
		for (int i = 0; i < 20; i++) places.add(new double[] { 50.3 + 70 * (i % 5), 55.7 + 80 * (i / 5) });
		final ParticleFinder finder = new ParticleFinder(disc(), 4);
		final Candidates candidates = finder.find(micrograph(places, true), TaskListener.SILENT);
		final List<Pick> picks = candidates.withErrors(0.05);
		assertEquals(20, picks.size(), 3);
		double away = 0, alongX = 0, alongY = 0;
		for (final double[] place : places) {
			final Pick nearest = candidates.best(20).stream().min(Comparator.comparingDouble(pick -> Math.hypot(pick.x() -
				place[0], pick.y() - place[1]))).orElseThrow();
			away += Math.hypot(nearest.x() - place[0], nearest.y() - place[1]) / 20;
			alongX += (nearest.x() - place[0]) / 20;
			alongY += (nearest.y() - place[1]) / 20;
		}
		assertTrue(away < 3, "mean distance from the truth " + away);
		assertTrue(Math.hypot(alongX, alongY) < 1, "all picks are off by (" + alongX + ", " + alongY + ")");
		assertEquals(20, candidates.best(20).size());
		assertTrue(candidates.above(0.99).isEmpty());
		assertTrue(finder.find(micrograph(List.of(), false), TaskListener.SILENT).withErrors(0.05).size() <= 3);
	}

	@Test
	void findsDarkParticlesLikeBrightOnes() {
		final List<double[]> places = List.of(new double[] { 100, 100 }, new double[] { 300, 200 });
		final Micrograph bright = micrograph(places, false), dark = micrograph(places, false);
		for (int i = 0; i < dark.pixels().length; i++) dark.pixels()[i] *= -1;
		final List<Pick> expected = new ParticleFinder(disc(), 4).find(bright, TaskListener.SILENT).best(2);
		final PickOptions options = new PickOptions(null, 120, Double.NaN, 20, new HealpixGrid(0), 360, null, true);
		assertEquals(expected, new ParticleFinder(options, 4).find(dark, TaskListener.SILENT).best(2));
	}

	@Test
	void countsFoundAndMissed() {
		final StarTable.Builder table = StarTable.loop("particles", "rlnMicrographName", "rlnCoordinateX",
			"rlnCoordinateY");
		for (final String x : new String[] { "50", "100", "150", "2" })
			table.add("000002@m.mrcs", x, "60");
		new StarFile(List.of(table.build())).write(folder.resolve("truth.star"));
		final PickTruth truth = PickTruth.read(folder.resolve("truth.star"));
		final List<Pick> picks = List.of(pick(52, 0.9), pick(75, 0.8), pick(97, 0.7), pick(53, 0.6));
		final Micrograph blank = Micrograph.of("blank", 200, 200, 4, new float[200 * 200]);
		final PickTruth.Score score = truth.score(1, blank, picks, 10, 20);
		// One particle lies in the rim, one is missed, one is found twice: 2 of 4 are right, of 3.
		assertEquals("3 2 0.5 0.6667 0.5714", String.format(Locale.ROOT, "%d %d %.1f %.4f %.4f", score.particles(), score
			.found(4), score.precision(4), score.recall(4), score.f1(4)));
		assertEquals(3, score.best());
		assertEquals((1 + 2.0 / 3) / 3, score.averagePrecision(), 1e-12);
		final PickTruth.Score none = truth.score(0, blank, picks, 10, 20);
		assertEquals(0, none.particles());
		assertEquals(0.25, PickTruth.Score.of(List.of(score, none)).precision(8));
		new StarFile(List.of(StarTable.loop("x", "rlnImageName").build())).write(folder.resolve("other.star"));
		assertThrows(InputException.class, () -> PickTruth.read(folder.resolve("other.star")));
	}

	@Test
	void refusesWhatCannotBeLookedFor() {
		assertThrows(ParameterException.class, () -> new PickOptions(null, Double.NaN, Double.NaN, 20, new HealpixGrid(0),
			360, null, false));
		assertThrows(ParameterException.class, () -> new PickOptions(null, 30, Double.NaN, 20, new HealpixGrid(0), 360,
			null, false));
		assertThrows(ParameterException.class, () -> new ParticleFinder(disc(), Double.NaN));
		assertThrows(ParameterException.class, () -> new ParticleFinder(disc(), 4).find(Micrograph.of("small", 40, 40, 4,
			new float[1600]), TaskListener.SILENT));
	}

	private static PickOptions disc() {
		return new PickOptions(null, 120, Double.NaN, 20, new HealpixGrid(0), 360, null, false);
	}

	private static Pick pick(final double x, final double score) {
		return new Pick(x, 60, score, 0);
	}

	private static Micrograph micrograph(final List<double[]> places, final boolean carbon) {
		final SplittableRandom random = Seeds.random(3, 4);
		final float[] pixels = new float[WIDTH * HEIGHT];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % WIDTH, y = i / WIDTH;
			double value = random.nextGaussian() + (carbon ? 0.003 * x + (x > 460 ? 3 : 0) : 0);
			for (final double[] place : places) if (Math.hypot(x - place[0], y - place[1]) < 15) value += 1.5;
			pixels[i] = (float) value;
		}
		return Micrograph.of("test.mrc", WIDTH, HEIGHT, 4, pixels);
	}
}
