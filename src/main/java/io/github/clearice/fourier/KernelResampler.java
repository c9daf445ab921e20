package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Resamples square images to any pixel size, where {@link FourierResampler} reaches only those at which the field of
 * view is a whole number of pixels.
 * <p>
 * Each pixel is the trigonometric interpolation between all pixels of its line, without frequencies beyond the Nyquist
 * frequency of the new pixels; where {@link FourierResampler} can do it, the result is the same. Pixel {@code box / 2}
 * stays in the centre. Takes about {@code box * resampledBox * (box + resampledBox)} multiplications, some ten times
 * the time. Holds buffers: one instance a thread.
 */
public final class KernelResampler implements Resampling.ImageResampler {

	private final int box;
	private final int resampledBox;
	/** {@code [box][resampledBox]}. */
	private final float[] kernel;
	private final float[] rows;

	/**
	 * @param box edge length of the images in pixels
	 * @param ratio new pixel size over that of the images
	 * @param resampledBox edge length of the resampled images
	 */
	public KernelResampler(final int box, final double ratio, final int resampledBox) {
		if (!(ratio > 0) || Double.isInfinite(ratio)) throw new IllegalArgumentException(
			"The ratio of pixel sizes must be positive, not " + ratio + ".");
		this.box = box;
		this.resampledBox = resampledBox;
		this.kernel = new float[box * resampledBox];
		this.rows = new float[box * resampledBox];
		final double limit = Math.min(box, box / ratio) / 2;
		for (int j = 0; j < resampledBox; j++) {
			final double position = box / 2 + (j - resampledBox / 2) * ratio;
			for (int i = 0; i < box; i++) kernel[i * resampledBox + j] = (float) (interpolation(position - i, limit) / box);
		}
	}

	/**
	 * The sum of {@code cos(2 pi k distance / box)} over all frequencies up to the limit, at which both signs count by
	 * half.
	 */
	private double interpolation(final double distance, final double limit) {
		final int last = (int) Math.floor(limit);
		final double half = Math.PI * distance / box, sine = Math.sin(half);
		final double sum = Math.abs(sine) < 1e-12 ? 2 * last + 1 : Math.sin((2 * last + 1) * half) / sine;
		return last == limit ? sum - Math.cos(2 * last * half) : sum;
	}

	/**
	 * Resamples an image.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param resampled receives {@code resampledBox * resampledBox}
	 */
	@Override
	public void apply(final float[] image, final float[] resampled) {
		Arrays.fill(rows, 0);
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			addScaled(image[y * box + x], kernel, x * resampledBox, rows, y * resampledBox);
		}
		Arrays.fill(resampled, 0, resampledBox * resampledBox, 0);
		for (int y = 0; y < box; y++) for (int j = 0; j < resampledBox; j++) {
			addScaled(kernel[y * resampledBox + j], rows, y * resampledBox, resampled, j * resampledBox);
		}
	}

	private void addScaled(final float factor, final float[] source, final int from, final float[] target, final int to) {
		for (int i = 0; i < resampledBox; i++) target[to + i] += factor * source[from + i];
	}
}
