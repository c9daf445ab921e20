package io.github.clearice.metrics;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Scores images against one reference at a time. Holds buffers: one instance a
 * thread.
 */
public final class ImageComparison {

	/**
	 * The scores of one image and the ring correlation behind two of them.
	 */
	public record Result(QualityScores scores, ShellCorrelation correlation) {}

	private final EvaluationOptions options;
	private final StructuralSimilarity similarity;
	private final RingCorrelation rings;
	private final ArrayImg<FloatType, FloatArray> reference;
	private final ArrayImg<FloatType, FloatArray> scaled;
	private float offset;
	private float scale;
	private double range;

	/**
	 * @param shells the rings of the images, shared by the threads
	 * @param pixelSizeAngstrom pixel size in Å
	 * @throws ParameterException if the images are smaller than the similarity window
	 */
	public ImageComparison(final FourierShells shells, final double pixelSizeAngstrom, final EvaluationOptions options) {
		this.options = options;
		similarity = new StructuralSimilarity(shells.box(), options.window());
		rings = new RingCorrelation(shells, pixelSizeAngstrom);
		reference = ArrayImgs.floats(shells.box(), shells.box());
		scaled = ArrayImgs.floats(shells.box(), shells.box());
	}

	/**
	 * Sets the reference of the next images.
	 *
	 * @param image {@code box * box} finite pixels, axes x and y; copied
	 * @param name its name in messages
	 * @throws ParameterException if it is constant and has to be scaled to [0, 1]
	 */
	public void setReference(final RandomAccessibleInterval<? extends RealType<?>> image, final String name) {
		final float[] pixels = PixelArrays.pixels(image);
		if (options.scalesReferences()) {
			final ImageStatistics statistics = ImageStatistics.of(pixels);
			offset = (float) statistics.minimum();
			scale = (float) (1 / statistics.range());
			range = 1;
			if (!(statistics.range() > 0) || !Float.isFinite(scale)) throw new ParameterException(name +
				" is constant and cannot be scaled to [0, 1]; leave this image out or give a fixed range of values.");
		}
		else {
			offset = 0;
			scale = 1;
			range = options.fixedRange();
		}
		rescale(pixels, reference);
		rings.setReference(reference);
	}

	/**
	 * Scores one image against the reference.
	 *
	 * @param image {@code box * box} finite pixels, axes x and y
	 */
	public Result compare(final RandomAccessibleInterval<? extends RealType<?>> image) {
		rescale(PixelArrays.pixels(image), scaled);
		final double error = ImageQuality.meanSquaredError(reference, scaled);
		final ShellCorrelation correlation = rings.with(scaled);
		return new Result(new QualityScores(error, ImageQuality.peakSignalToNoise(range, error), //
			similarity.compute(reference, scaled, range), ImageQuality.signalToNoise(reference, scaled), //
			correlation.resolutionAngstrom(ShellCorrelation.HALF), correlation.resolutionAngstrom(
				ShellCorrelation.ONE_SEVENTH)), correlation);
	}

	private void rescale(final float[] pixels, final ArrayImg<FloatType, FloatArray> image) {
		final float[] result = image.update(null).getCurrentStorageArray();
		for (int i = 0; i < result.length; i++) result[i] = (pixels[i] - offset) * scale;
	}
}
