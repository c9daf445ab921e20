package io.github.clearice.metrics;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Pixel-wise measures of how near an image comes to its reference. */
public final class ImageQuality {

	private ImageQuality() {}

	/**
	 * The mean squared error: the mean over pixels of {@code (image - reference)^2}.
	 *
	 * @param referenceImage axes x and y
	 * @param image of the same size
	 * @throws ParameterException if the images have different sizes
	 */
	public static double meanSquaredError(final RandomAccessibleInterval<? extends RealType<?>> referenceImage,
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final float[] reference = PixelArrays.pixels(referenceImage), pixels = PixelArrays.pixels(image);
		requireEqualSize(referenceImage, image);
		double sum = 0;
		for (int i = 0; i < reference.length; i++) {
			final double difference = (double) pixels[i] - reference[i];
			sum += difference * difference;
		}
		return sum / reference.length;
	}

	/**
	 * The peak signal-to-noise ratio in dB: {@code 10 log10(range^2 / mse)}.
	 *
	 * @param range the range of values that the images could have
	 * @param meanSquaredError of the images in the same unit; 0 gives infinity
	 */
	public static double peakSignalToNoise(final double range, final double meanSquaredError) {
		return 10 * Math.log10(range * range / meanSquaredError);
	}

	/**
	 * The signal-to-noise ratio of an image:
	 * {@code var(reference) / var(image - reference)} over the whole box, the
	 * definition of Gu et al. 2021 with all that differs from the reference taken as
	 * noise. A constant offset does not count. Infinite where nothing differs, 0
	 * where the reference is constant.
	 *
	 * @param referenceImage axes x and y
	 * @param image of the same size
	 * @throws ParameterException if the images have different sizes
	 */
	public static double signalToNoise(final RandomAccessibleInterval<? extends RealType<?>> referenceImage,
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final float[] reference = PixelArrays.pixels(referenceImage), pixels = PixelArrays.pixels(image);
		requireEqualSize(referenceImage, image);
		final double signal = ImageStatistics.of(reference).variance();
		if (signal == 0) return 0;
		double sum = 0, squares = 0;
		for (int i = 0; i < reference.length; i++) {
			final double difference = (double) pixels[i] - reference[i];
			sum += difference;
			squares += difference * difference;
		}
		final double mean = sum / reference.length;
		return signal / Math.max(0, squares / reference.length - mean * mean);
	}

	private static void requireEqualSize(final Interval reference, final Interval image) {
		if (!Arrays.equals(reference.dimensionsAsLongArray(),
			image.dimensionsAsLongArray())) throw new ParameterException("The reference has " + Arrays
			.toString(reference.dimensionsAsLongArray()) + " pixels, but the image " + Arrays.toString(image
				.dimensionsAsLongArray()) + "; compare images of one size.");
	}
}
