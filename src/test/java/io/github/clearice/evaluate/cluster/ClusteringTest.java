package io.github.clearice.evaluate.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ClusteringTest {

	private static final int BOX = 16;

	@Test
	void componentsHaveTheVariancesThatWereDrawn() {
		// Three patterns that do not overlap, with standard deviations of 5, 3 and 2, in noise of 0.1.
		final int count = 400;
		final double[] sizes = { 5, 3, 2 };
		final float[][] images = new float[count][BOX * BOX];
		final double[][] drawn = new double[3][count];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(3, i);
			for (int c = 0; c < 3; c++) drawn[c][i] = sizes[c] * random.nextGaussian();
			for (int p = 0; p < BOX * BOX; p++) images[i][p] = (float) (7 + .1 * random.nextGaussian() + (p % 4 < 3
				? drawn[p % 4][i] / 8 : 0));
		}
		final ArrayParticleStack stack = new ArrayParticleStack("x", BOX, 4, images);
		final PrincipalComponents found = PrincipalComponents.of(stack, 3, 1, TaskListener.SILENT);
		final double[][] coordinates = found.coordinates(stack, stack.spread(count));
		// Each pattern covers 64 pixels by 1/8, so that it has length 1; noise adds 0.01.
		for (int c = 0; c < 3; c++) {
			final double mean = Arrays.stream(drawn[c]).average().orElseThrow();
			final double variance = Arrays.stream(drawn[c]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
			assertEquals(variance + .01, found.variances()[c], .03 * variance);
			double product = 0;
			for (int i = 0; i < count; i++) product += coordinates[i][c] * (drawn[c][i] - mean) / count;
			assertEquals(1, Math.abs(product) / Math.sqrt(variance * found.variances()[c]), .01);
		}
	}

	@Test
	void groupsThatLieApartAreFoundAsTheyAre() {
		final int[] classes = new int[300];
		final double[][] points = groups(classes, 8);
		final ToIntFunction<double[]> byMeans = Clustering.byMeans(points, 3, 1);
		assertEquals(new Agreement(1, 1, 1), Agreement.of(sorted(points, byMeans), classes));
		assertEquals(1, Agreement.of(sorted(points, Clustering.byMixture(points, byMeans)), classes).accuracy());
	}

	@Test
	void aMixtureTellsLongGroupsApartWhereMeansCannot() {
		// Two parallel lines: k-means cuts across, the mixture along them.
		final int[] classes = new int[400];
		final double[][] points = new double[400][2];
		for (int i = 0; i < 400; i++) {
			final SplittableRandom random = Seeds.random(4, i);
			classes[i] = i % 2;
			points[i][0] = 10 * random.nextGaussian();
			points[i][1] = 4 * classes[i] + .3 * random.nextGaussian() + .3 * points[i][0];
		}
		final ToIntFunction<double[]> byMeans = Clustering.byMeans(points, 2, 1);
		final double before = Agreement.of(sorted(points, byMeans), classes).accuracy();
		assertTrue(before < .7);
		assertTrue(Agreement.of(sorted(points, Clustering.byMixture(points, byMeans)), classes).accuracy() >= before);
	}

	private static int[] sorted(final double[][] points, final ToIntFunction<double[]> clusters) {
		return Arrays.stream(points).mapToInt(clusters).toArray();
	}

	@Test
	void imagesOfALongStackAreLookedAtAllOverIt() {
		final ArrayParticleStack stack = new ArrayParticleStack("x", 1, 4, new float[10][1]);
		assertArrayEquals(new int[] { 0, 2, 5, 7 }, stack.spread(4));
		assertArrayEquals(IntStream.range(0, 10).toArray(), stack.spread(20));
	}

	@Test
	void agreementIsThatOfScikitLearn() {
		final int[] clusters = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 2 }, classes = { 0, 0, 1, 1, 1, 0, 2, 2, 1, 2 };
		// sklearn.metrics.adjusted_rand_score(classes, clusters), normalized_mutual_info_score(classes, clusters)
		final Agreement agreement = Agreement.of(clusters, classes);
		assertEquals(0.20454545454545456, agreement.adjustedRand(), 1e-12);
		assertEquals(0.44270128334604997, agreement.mutualInformation(), 1e-12);
		assertEquals(.7, agreement.accuracy(), 1e-12);
		// Names do not count; one cluster for all is chance.
		final int[] renamed = Arrays.stream(clusters).map(c -> (c + 1) % 3).toArray();
		assertEquals(agreement, Agreement.of(renamed, classes));
		assertEquals(0, Agreement.of(new int[10], classes).adjustedRand(), 1e-12);
		assertEquals(0, Agreement.of(new int[10], classes).mutualInformation(), 1e-12);
	}

	@Test
	void assignmentIsTheCheapestOfAll() {
		final SplittableRandom random = Seeds.random(8, 0);
		for (int trial = 0; trial < 200; trial++) {
			final int size = 1 + random.nextInt(6);
			final double[][] costs = new double[size][size];
			for (final double[] row : costs) Arrays.setAll(row, c -> random.nextInt(-20, 20));
			final int[] found = Assignment.solve(costs);
			double cost = 0;
			for (int r = 0; r < size; r++) cost += costs[r][found[r]];
			assertEquals(size, Arrays.stream(found).distinct().count());
			assertEquals(solve(costs, 0, 0), cost, 1e-9);
		}
	}

	/** By trying all. */
	private static double solve(final double[][] costs, final int row, final int taken) {
		if (row == costs.length) return 0;
		double least = Double.POSITIVE_INFINITY;
		for (int c = 0; c < costs.length; c++)
			if ((taken >> c & 1) == 0) least = Math.min(least, costs[row][c] + solve(costs, row + 1, taken | 1 << c));
		return least;
	}

	@Test
	void theSameSeedGivesTheSame() {
		final int[] classes = new int[90];
		final double[][] points = groups(classes, 1);
		assertArrayEquals(sorted(points, Clustering.byMeans(points, 3, 5)), sorted(points, Clustering.byMeans(points, 3,
			5)));
	}

	@Test
	void refusesWhatCannotBeSorted() {
		assertMessage("all alike", "are equal", () -> components(new float[20][BOX * BOX], 2));
		assertMessage("too few", "components take more", () -> components(new float[3][BOX * BOX], 3));
		final float[][] broken = new float[20][BOX * BOX];
		broken[4][7] = Float.NaN;
		assertMessage("NaN", "Image ", () -> components(broken, 2));
		assertMessage("labels", "10 images, but 9 labels", () -> Agreement.of(new int[10], new int[9]));
		assertMessage("clusters", "There can be 2 to 4 clusters", () -> Clustering.byMeans(new double[4][2], 5, 1));
	}

	private static PrincipalComponents components(final float[][] images, final int count) {
		return PrincipalComponents.of(new ArrayParticleStack("x", BOX, 4, images), count, 1, TaskListener.SILENT);
	}

	private static void assertMessage(final String what, final String part, final Runnable work) {
		final String message = assertThrows(ParameterException.class, work::run, what).getMessage();
		assertTrue(message.contains(part), message);
	}

	/** Three groups in a triangle. */
	private static double[][] groups(final int[] classes, final double apart) {
		final double[][] points = new double[classes.length][2];
		for (int i = 0; i < points.length; i++) {
			final SplittableRandom random = Seeds.random(6, i);
			classes[i] = i % 3;
			points[i][0] = apart * Math.cos(2 * Math.PI * classes[i] / 3) + random.nextGaussian();
			points[i][1] = apart * Math.sin(2 * Math.PI * classes[i] / 3) + random.nextGaussian();
		}
		return points;
	}
}
