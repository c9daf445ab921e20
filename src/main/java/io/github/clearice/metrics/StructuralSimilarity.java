package io.github.clearice.metrics;

import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The mean structural similarity of two images (Wang, Bovik, Sheikh and
 * Simoncelli 2004, IEEE Trans. Image Process. 13:600, equation 13 with
 * {@code C1 = (0.01 L)^2}, {@code C2 = (0.03 L)^2} unless the window has others). The
 * product of three terms in Gu et al. 2021 is the same, since their third constant
 * is half of the second.
 * <p>
 * Averaged over the positions where the whole window lies inside the image. Holds
 * buffers: one instance a thread.
 *
 * @see <a href="https://doi.org/10.1109/TIP.2003.819861">Wang et al. 2004</a>
 */
public final class StructuralSimilarity {

	private static final double K1 = 0.01;
	private static final double K2 = 0.03;

	private final int box;
	private final SimilarityWindow window;
	private final int valid;
	private final double[] product;
	private final double[] rows;
	private final double[] referenceMean;
	private final double[] imageMean;
	private final double[] referenceSquare;
	private final double[] imageSquare;
	private final double[] cross;

	/**
	 * @param box edge length of the images in pixels
	 * @throws ParameterException if the window does not fit the box
	 */
	public StructuralSimilarity(final int box, final SimilarityWindow window) {
		if (box < window.size()) throw new ParameterException("Images of " + box +
			" pixels are smaller than the similarity window of " + window.size() + " x " + window.size() +
			"; compare larger images.");
		this.box = box;
		this.window = window;
		valid = box - window.size() + 1;
		product = new double[box * box];
		rows = new double[box * valid];
		referenceMean = new double[valid * valid];
		imageMean = new double[valid * valid];
		referenceSquare = new double[valid * valid];
		imageSquare = new double[valid * valid];
		cross = new double[valid * valid];
	}

	/**
	 * The similarity of two images, 1 where they are equal.
	 *
	 * @param referenceImage {@code box * box} pixels, axes x and y
	 * @param otherImage as many
	 * @param range the range of values that the images could have: L, or half of it
	 *          where the window says so
	 */
	public double compute(final RandomAccessibleInterval<? extends RealType<?>> referenceImage,
		final RandomAccessibleInterval<? extends RealType<?>> otherImage, final double range)
	{
		final float[] reference = PixelArrays.pixels(referenceImage), image = PixelArrays.pixels(otherImage);
		multiply(reference, null);
		smooth(referenceMean);
		multiply(image, null);
		smooth(imageMean);
		multiply(reference, reference);
		smooth(referenceSquare);
		multiply(image, image);
		smooth(imageSquare);
		multiply(reference, image);
		smooth(cross);
		final double c1 = window.constant(K1, range);
		final double c2 = window.constant(K2, range);
		final double factor = window.covarianceFactor();
		double sum = 0;
		for (int i = 0; i < cross.length; i++) {
			final double x = referenceMean[i], y = imageMean[i];
			final double varianceX = factor * (referenceSquare[i] - x * x);
			final double varianceY = factor * (imageSquare[i] - y * y);
			final double covariance = factor * (cross[i] - x * y);
			final double numerator = (2 * x * y + c1) * (2 * covariance + c2);
			final double denominator = (x * x + y * y + c1) * (varianceX + varianceY + c2);
			// Both vanish only without a range and without content, where the images agree.
			sum += denominator == 0 ? 1 : numerator / denominator;
		}
		return sum / cross.length;
	}

	private void multiply(final float[] first, final float[] second) {
		if (second == null) for (int i = 0; i < product.length; i++) product[i] = first[i];
		else for (int i = 0; i < product.length; i++) product[i] = (double) first[i] * second[i];
	}

	/** Weighs the product by the window, along rows and then columns, where it fits. */
	private void smooth(final double[] smoothed) {
		for (int y = 0; y < box; y++) weigh(product, y * box, 1, rows, y * valid);
		for (int y = 0; y < valid; y++) weigh(rows, y * valid, valid, smoothed, y * valid);
	}

	/** One row of weighted sums; the window is symmetric, so its taps go in pairs. */
	private void weigh(final double[] source, final int from, final int step, final double[] sums, final int to) {
		final double[] weights = window.weights();
		final int last = weights.length - 1;
		final int centre = from + last / 2 * step;
		final double middle = weights[last / 2];
		for (int x = 0; x < valid; x++) sums[to + x] = middle * source[centre + x];
		for (int t = 0; t < last / 2; t++) {
			final double weight = weights[t];
			final int first = from + t * step, second = from + (last - t) * step;
			for (int x = 0; x < valid; x++) sums[to + x] += weight * (source[first + x] + source[second + x]);
		}
	}
}
