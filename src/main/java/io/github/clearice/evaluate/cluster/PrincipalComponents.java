package io.github.clearice.evaluate.cluster;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions in which the images of a stack differ most.
 * <p>
 * Found by subspace iteration from a random start (Halko, Martinsson and Tropp 2011, algorithm 4.4) in some passes over
 * the stack, or over {@value #MOST_IMAGES} of its images that are spread evenly, so that neither memory nor time
 * depends on the length of a long one. Some more directions than asked for are carried along.
 * </p>
 *
 * @param mean of the images
 * @param axes {@code [component][pixel]}, of length 1
 * @param variances of the images along them, in descending order
 */
public record PrincipalComponents(float[] mean, double[][] axes, double[] variances) {

	/** So many images show the directions, also those in which noise hides most of a difference. */
	private static final int MOST_IMAGES = 100_000;

	private static final int MORE = 6;
	private static final int PASSES = 5;
	private static final String TASK = "Principal components";

	/** Passes over the images that are looked at. */
	private static final class Passes {

		private final ParticleStack stack;
		private final TaskListener listener;
		private final int[] chosen;
		private long done;

		Passes(final ParticleStack stack, final TaskListener listener) {
			this.stack = stack;
			this.listener = listener;
			chosen = stack.spread(MOST_IMAGES);
		}

		/** @param visitor takes the number of an image, and its pixels */
		void run(final BiConsumer<Integer, float[]> visitor) {
			final float[] image = new float[stack.box() * stack.box()];
			for (final int index : chosen) {
				listener.checkCancelled(TASK);
				stack.read(index, image);
				visitor.accept(index, image);
				listener.progress(++done);
			}
		}
	}

	/**
	 * Analyses a stack.
	 *
	 * @param components how many, at least 1
	 * @param seed of the start
	 * @throws ParameterException if the images are too few or all equal, or a pixel is NaN
	 */
	public static PrincipalComponents of(final ParticleStack stack, final int components, final long seed,
		final TaskListener listener)
	{
		if (components < 1) throw new ParameterException("There must be at least 1 component, not " + components + ".");
		if (stack.size() <= components) throw new ParameterException(stack.name() + " holds " + stack.size() +
			" images; " + components + " components take more than that. Give more images, or a smaller components=.");
		final Passes passes = new Passes(stack, listener);
		listener.begin(TASK, (PASSES + 2L) * passes.chosen.length);
		try {
			final int pixels = stack.box() * stack.box(), carried = Math.min(components + MORE, Math.min(pixels, stack
				.size() - 1));
			final float[] mean = mean(passes);
			double[][] directions = new double[carried][pixels];
			final SplittableRandom random = Seeds.random(seed);
			for (final double[] direction : directions) for (int p = 0; p < pixels; p++) direction[p] = random.nextGaussian();
			orthonormalise(directions);
			for (int pass = 0; pass < PASSES; pass++) {
				directions = covarianceTimes(passes, mean, directions);
				orthonormalise(directions);
			}
			return rotated(passes, mean, directions, components);
		}
		finally {
			listener.end();
		}
	}

	/** Where some images of a stack lie along the axes. */
	public double[][] coordinates(final ParticleStack stack, final int... chosen) {
		final float[] image = new float[mean.length];
		final double[][] coordinates = new double[chosen.length][];
		for (int i = 0; i < chosen.length; i++) {
			stack.read(chosen[i], image);
			coordinates[i] = coordinates(image);
		}
		return coordinates;
	}

	/** Where an image lies along the axes, about the mean image. */
	public double[] coordinates(final float[] image) {
		final double[] coordinates = new double[axes.length];
		Arrays.setAll(coordinates, c -> along(image, mean, axes[c]));
		return coordinates;
	}

	private static float[] mean(final Passes passes) {
		final ParticleStack stack = passes.stack;
		final double[] sum = new double[stack.box() * stack.box()];
		passes.run((index, image) -> {
			PixelCheck.fault(stack, index, image).ifPresent(fault -> {
				throw new ParameterException("Image " + fault + "; leave image " + (index + 1) + " out.");
			});
			for (int p = 0; p < sum.length; p++) sum[p] += image[p];
		});
		final float[] mean = new float[sum.length];
		for (int p = 0; p < sum.length; p++) mean[p] = (float) (sum[p] / passes.chosen.length);
		return mean;
	}

	private static double[][] covarianceTimes(final Passes passes, final float[] mean, final double[][] directions) {
		final double[][] products = new double[directions.length][mean.length];
		passes.run((index, image) -> {
			for (int d = 0; d < directions.length; d++) {
				final double along = along(image, mean, directions[d]);
				for (int p = 0; p < mean.length; p++) products[d][p] += along * (image[p] - mean[p]);
			}
		});
		return products;
	}

	private static double along(final float[] image, final float[] mean, final double[] direction) {
		double sum = 0;
		for (int p = 0; p < mean.length; p++) sum += (image[p] - mean[p]) * direction[p];
		return sum;
	}

	/** Gram and Schmidt, twice for the sake of rounding. */
	private static void orthonormalise(final double[][] directions) {
		for (int d = 0; d < directions.length; d++) {
			for (int again = 0; again < 2; again++) for (int other = 0; other < d; other++) {
				final double overlap = dot(directions[d], directions[other]);
				for (int p = 0; p < directions[d].length; p++) directions[d][p] -= overlap * directions[other][p];
			}
			final double length = Math.sqrt(dot(directions[d], directions[d]));
			if (length > 0) for (int p = 0; p < directions[d].length; p++) directions[d][p] /= length;
		}
	}

	private static double dot(final double[] a, final double[] b) {
		double sum = 0;
		for (int p = 0; p < a.length; p++) sum += a[p] * b[p];
		return sum;
	}

	/** Rotates the subspace so that its axes are the components. */
	private static PrincipalComponents rotated(final Passes passes, final float[] mean, final double[][] directions,
		final int components)
	{
		final int carried = directions.length;
		final double[][] covariance = new double[carried][carried];
		final double[] place = new double[carried];
		passes.run((index, image) -> {
			for (int d = 0; d < carried; d++) place[d] = along(image, mean, directions[d]);
			for (int a = 0; a < carried; a++) for (int b = 0; b < carried; b++) covariance[a][b] += place[a] * place[b] /
				passes.chosen.length;
		});
		final EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
		final double[][] axes = new double[components][mean.length];
		for (int c = 0; c < components; c++) for (int d = 0; d < carried; d++) {
			final double share = eigen.getEigenvector(c).getEntry(d);
			for (int p = 0; p < mean.length; p++) axes[c][p] += share * directions[d][p];
		}
		final double[] variances = Arrays.copyOf(eigen.getRealEigenvalues(), components);
		if (!(variances[0] > 0)) throw new ParameterException("All images of " + passes.stack.name() +
			" are equal: there is nothing to sort. Name another stack.");
		return new PrincipalComponents(mean, axes, variances);
	}
}
