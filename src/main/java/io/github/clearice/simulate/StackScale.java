package io.github.clearice.simulate;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;

/**
 * The scale of a stack's pixels.
 *
 * @param background mean over the border of the images
 * @param standardDeviation of all pixels
 */
record StackScale(double mean, double standardDeviation, double minimum, double maximum, double background) {

	/** Images that are looked at, spread over the stack. */
	private static final int SAMPLE = 500;

	/**
	 * Measures a stack.
	 *
	 * @throws ParameterException if a pixel is no number, or all are equal
	 */
	static StackScale of(final ParticleStack stack) {
		final int box = stack.box(), count = Math.min(SAMPLE, stack.size());
		final float[] image = new float[box * box];
		double sum = 0, squares = 0, border = 0, minimum = Double.POSITIVE_INFINITY, maximum = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < count; i++) {
			final int index = (int) ((long) i * stack.size() / count);
			stack.read(index, image);
			PixelCheck.fault(stack, index, image).ifPresent(fault -> {
				throw new ParameterException("Image " + fault + "; leave this image out.");
			});
			final ImageStatistics statistics = ImageStatistics.of(image);
			sum += statistics.mean();
			squares += statistics.variance() + statistics.mean() * statistics.mean();
			minimum = Math.min(minimum, statistics.minimum());
			maximum = Math.max(maximum, statistics.maximum());
			border += borderMean(image, box);
		}
		final double mean = sum / count;
		final double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
		if (!(deviation > 0)) throw new ParameterException("All pixels of " + stack.name() +
			" are equal: there is no particle in it. Name another stack.");
		return new StackScale(mean, deviation, minimum, maximum, border / count);
	}

	private static double borderMean(final float[] image, final int box) {
		double sum = 0;
		for (int i = 0; i < box; i++)
			sum += image[i] + image[(box - 1) * box + i] + image[i * box] + image[i * box + box - 1];
		return sum / (4 * box);
	}

	double range() {
		return maximum - minimum;
	}
}
