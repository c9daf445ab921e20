package io.github.clearice.evaluate.cluster;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions in which the images of a stack differ most, and where each image lies along them.
 * <p>
 * Found by subspace iteration from a random start (Halko, Martinsson and Tropp 2011, algorithm 4.4) in some passes over
 * the stack, so that memory does not depend on its length. Some more directions than asked for are carried along.
 * </p>
 *
 * @param coordinates {@code [image][component]}, about the mean image
 * @param variances of the coordinates, in descending order
 */
public record PrincipalComponents(double[][] coordinates, double[] variances) {

	private static final int MORE = 6;
	private static final int PASSES = 5;
	private static final String TASK = "Principal components";

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
		listener.begin(TASK, PASSES + 2);
		try {
			final int pixels = stack.box() * stack.box(), carried = Math.min(components + MORE, Math.min(pixels, stack
				.size() - 1));
			final float[] mean = mean(stack, listener);
			double[][] directions = new double[carried][pixels];
			final SplittableRandom random = Seeds.random(seed);
			for (final double[] direction : directions) for (int p = 0; p < pixels; p++) direction[p] = random.nextGaussian();
			orthonormalise(directions);
			for (int pass = 0; pass < PASSES; pass++) {
				listener.progress(pass + 1L);
				directions = covarianceTimes(stack, mean, directions, listener);
				orthonormalise(directions);
			}
			return rotated(coordinates(stack, mean, directions, listener), components, stack);
		}
		finally {
			listener.end();
		}
	}

	private static float[] mean(final ParticleStack stack, final TaskListener listener) {
		final double[] sum = new double[stack.box() * stack.box()];
		final float[] image = new float[sum.length];
		for (int i = 0; i < stack.size(); i++) {
			listener.checkCancelled(TASK);
			final int index = i;
			stack.read(i, image);
			PixelCheck.fault(stack, i, image).ifPresent(fault -> {
				throw new ParameterException("Image " + fault + "; leave image " + (index + 1) + " out.");
			});
			for (int p = 0; p < sum.length; p++) sum[p] += image[p];
		}
		for (int p = 0; p < sum.length; p++) image[p] = (float) (sum[p] / stack.size());
		return image;
	}

	private static double[][] covarianceTimes(final ParticleStack stack, final float[] mean, final double[][] directions,
		final TaskListener listener)
	{
		final double[][] products = new double[directions.length][mean.length];
		final float[] image = new float[mean.length];
		for (int i = 0; i < stack.size(); i++) {
			listener.checkCancelled(TASK);
			stack.read(i, image);
			for (int d = 0; d < directions.length; d++) {
				final double along = along(image, mean, directions[d]);
				for (int p = 0; p < mean.length; p++) products[d][p] += along * (image[p] - mean[p]);
			}
		}
		return products;
	}

	private static double[][] coordinates(final ParticleStack stack, final float[] mean, final double[][] directions,
		final TaskListener listener)
	{
		final double[][] coordinates = new double[stack.size()][directions.length];
		final float[] image = new float[mean.length];
		for (int i = 0; i < stack.size(); i++) {
			listener.checkCancelled(TASK);
			stack.read(i, image);
			for (int d = 0; d < directions.length; d++) coordinates[i][d] = along(image, mean, directions[d]);
		}
		return coordinates;
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
	private static PrincipalComponents rotated(final double[][] coordinates, final int components,
		final ParticleStack stack)
	{
		final int carried = coordinates[0].length;
		final double[][] covariance = new double[carried][carried];
		for (final double[] image : coordinates) for (int a = 0; a < carried; a++) for (int b = 0; b < carried; b++)
			covariance[a][b] += image[a] * image[b] / coordinates.length;
		final EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
		final double[][] turned = new double[coordinates.length][components];
		for (int c = 0; c < components; c++) {
			final double[] axis = eigen.getEigenvector(c).toArray();
			for (int i = 0; i < turned.length; i++) turned[i][c] = dot(coordinates[i], axis);
		}
		final double[] variances = Arrays.copyOf(eigen.getRealEigenvalues(), components);
		if (!(variances[0] > 0)) throw new ParameterException("All images of " + stack.name() +
			" are equal: there is nothing to sort. Name another stack.");
		return new PrincipalComponents(turned, variances);
	}
}
