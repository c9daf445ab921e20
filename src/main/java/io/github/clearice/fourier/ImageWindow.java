package io.github.clearice.fourier;

/**
 * Crops square images to a smaller box, or pads them to a larger one, about pixel {@code box / 2} (integer division),
 * the centre of particles.
 */
public final class ImageWindow {

	private ImageWindow() {}

	/**
	 * Crops or pads with a constant.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param fill of pixels that the image does not have
	 * @param windowed receives {@code windowBox * windowBox} pixels; another array than {@code image}
	 */
	public static void apply(final float[] image, final int box, final float fill, final float[] windowed,
		final int windowBox)
	{
		final int shift = box / 2 - windowBox / 2;
		for (int y = 0; y < windowBox; y++) {
			final int row = y + shift;
			for (int x = 0; x < windowBox; x++) {
				final int column = x + shift;
				final boolean inside = row >= 0 && row < box && column >= 0 && column < box;
				windowed[y * windowBox + x] = inside ? image[row * box + column] : fill;
			}
		}
	}

	/**
	 * Crops, or pads with the image's own reflections, so that noise continues as it is.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param windowed receives {@code windowBox * windowBox} pixels; another array than {@code image}
	 */
	public static void mirrored(final float[] image, final int box, final float[] windowed, final int windowBox) {
		final int shift = box / 2 - windowBox / 2;
		for (int y = 0; y < windowBox; y++) for (int x = 0; x < windowBox; x++) {
			windowed[y * windowBox + x] = image[reflected(y + shift, box) * box + reflected(x + shift, box)];
		}
	}

	private static int reflected(final int position, final int box) {
		final int within = Math.floorMod(position, 2 * box);
		return within < box ? within : 2 * box - 1 - within;
	}
}
