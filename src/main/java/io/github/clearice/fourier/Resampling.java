package io.github.clearice.fourier;

/**
 * A change of pixel size, and of the number of pixels that hold the field of view.
 *
 * @param box edge length of the images in pixels
 * @param ratio new pixel size over the old one
 * @param resampledBox edge length of the resampled images
 */
public record Resampling(int box, double ratio, int resampledBox) {

	/** A pixel size this near to one at which the field of view is a whole number of pixels is taken for that. */
	private static final double ROUNDING = 1e-4;

	/** To so many pixels. */
	public static Resampling toBox(final int box, final int resampledBox) {
		return new Resampling(box, (double) box / resampledBox, resampledBox);
	}

	/**
	 * To a pixel size: that at which the field of view is a whole number of pixels if it is nearer than 1e-4, else to
	 * this one exactly, and to the even number of pixels nearest to the field of view.
	 *
	 * @param ratio new pixel size over the old one
	 */
	public static Resampling byRatio(final int box, final double ratio) {
		if (!(ratio > 0) || Double.isInfinite(ratio)) throw new IllegalArgumentException(
			"The ratio of pixel sizes must be positive, not " + ratio + ".");
		final double exact = box / ratio;
		final int nearest = (int) Math.rint(exact);
		if (nearest >= 2 && Math.abs(nearest / exact - 1) < ROUNDING) return toBox(box, nearest);
		return new Resampling(box, ratio, Math.max(2, 2 * (int) Math.rint(exact / 2)));
	}

	/** Whether pixels stay as they are. */
	public boolean isNone() {
		return box == resampledBox && ratio == 1;
	}

	/** Whether the field of view is a whole number of new pixels, so that Fourier transforms can be cropped or padded. */
	public boolean isWhole() {
		return Math.abs((double) box / resampledBox / ratio - 1) < 1e-12;
	}

	/** A resampler for one thread. */
	public ImageResampler resampler() {
		if (isNone()) return (image, resampled) -> System.arraycopy(image, 0, resampled, 0, box * box);
		return isWhole() ? new FourierResampler(box, resampledBox) : new KernelResampler(box, ratio, resampledBox);
	}

	/** Resamples square images about their centre. Implementations hold buffers: one instance a thread. */
	@FunctionalInterface
	public interface ImageResampler {

		/**
		 * Resamples an image.
		 *
		 * @param image the pixels, left as they are
		 * @param resampled receives the new ones; another array
		 */
		void apply(float[] image, float[] resampled);
	}
}
