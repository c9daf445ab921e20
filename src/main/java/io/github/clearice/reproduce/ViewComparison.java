package io.github.clearice.reproduce;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.TabSeparated;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which view images show, against the view that they should.
 *
 * @param errorsDegree by which the orientation found in each image differs from its true one
 * @param correlation mean correlation of pixels with the true projections
 */
record ViewComparison(double[] errorsDegree, double correlation) {

	static final List<String> COLUMNS = List.of("images", "count", "wrong", "wrong_share", "low", "high", "median_degree",
		"correlation");

	/** The search of poses tries directions 7 degrees apart and refines them: another view is further. */
	static final double WRONG_DEGREE = 15;
	/** For intervals of 95 %. */
	private static final double NORMAL_QUANTILE = 1.96;

	/**
	 * Compares.
	 *
	 * @param found poses of the images
	 * @param truth their true poses, row by row
	 * @param symmetry of the map
	 * @param images stack or STAR file
	 * @param projections stack of the true projections
	 */
	static ViewComparison of(final Path found, final Path truth, final String symmetry, final Path images,
		final Path projections)
	{
		final PointGroup group = PointGroup.of(symmetry);
		final List<RelionParticle> seen = RelionParticles.read(found).particles(), right = RelionParticles.read(truth)
			.particles();
		final double[] errors = new double[right.size()];
		for (int i = 0; i < errors.length; i++) errors[i] = Rotations.distanceDegree(matrix(seen.get(i)), matrix(right.get(
			i)), group);
		double sum = 0;
		try (MrcParticleStack stack = MrcParticleStack.open(images); MrcParticleStack truths = MrcParticleStack.open(
			projections))
		{
			final float[] image = new float[stack.box() * stack.box()], projection = image.clone();
			for (int i = 0; i < stack.size(); i++) {
				stack.read(i, image);
				truths.read(i, projection);
				sum += correlation(image, projection) / stack.size();
			}
		}
		return new ViewComparison(errors, sum);
	}

	private static double[] matrix(final RelionParticle particle) {
		return new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()).matrix();
	}

	private static double correlation(final float[] first, final float[] second) {
		final ImageStatistics a = ImageStatistics.of(first), b = ImageStatistics.of(second);
		double sum = 0;
		for (int i = 0; i < first.length; i++) sum += (first[i] - a.mean()) * (second[i] - b.mean());
		return sum / first.length / a.standardDeviation() / b.standardDeviation();
	}

	/** How many show another view. */
	long wrong() {
		return Arrays.stream(errorsDegree).filter(error -> error > WRONG_DEGREE).count();
	}

	/** The images with the largest error first. */
	int[] worstFirst() {
		return IntStream.range(0, errorsDegree.length).boxed().sorted((a, b) -> Double.compare(errorsDegree[b],
			errorsDegree[a])).mapToInt(i -> i).toArray();
	}

	/** A row of the table; the interval of the share is Wilson's (1927). */
	String row(final String name) {
		final double n = errorsDegree.length, share = wrong() / n, z2 = NORMAL_QUANTILE * NORMAL_QUANTILE;
		final double middle = (share + z2 / 2 / n) / (1 + z2 / n);
		final double half = NORMAL_QUANTILE / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / 4 / n / n);
		final double[] sorted = errorsDegree.clone();
		Arrays.sort(sorted);
		return TabSeparated.line(name, errorsDegree.length, wrong(), TabSeparated.decimals(4, share, Math.max(0, middle -
			half), Math.min(1, middle + half)), TabSeparated.decimals(sorted[sorted.length / 2], 2), TabSeparated.decimals(
				correlation, 4));
	}
}
