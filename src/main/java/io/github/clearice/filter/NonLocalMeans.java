package io.github.clearice.filter;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;

/**
 * Non-local means: each pixel becomes a mean of the pixels in a window around it,
 * weighted by the similarity of the patches around them.
 * <p>
 * The weight of a pixel with a patch at the mean squared difference d is
 * {@code exp(-max(0, d - 2 sigma^2) / (strength sigma)^2)}; the noise alone gives
 * {@code 2 sigma^2}. Patches are flat squares, images are continued by reflection.
 *
 * @see <a href="https://doi.org/10.1137/040616024">Buades, Coll and Morel 2005</a>,
 *      and for the form of the weight their
 *      <a href="https://doi.org/10.5201/ipol.2011.bcm_nlm">IPOL article of 2011</a>
 */
public final class NonLocalMeans extends SingleImageDenoiser {

	/** Tuned on projections of particles at SNR 0.1 and 0.05. */
	public static final int DEFAULT_PATCH_PIXELS = 9, DEFAULT_WINDOW_PIXELS = 21;
	public static final double DEFAULT_STRENGTH = 0.5;

	/** Weights with a larger exponent are below 1e-7 and are left out. */
	private static final float LARGEST_EXPONENT = 16;

	private final int patch;
	private final int window;
	private final double strength;

	/** With the default patches, windows and strength. */
	public NonLocalMeans(final NoiseLevel noise) {
		this(noise, DEFAULT_PATCH_PIXELS, DEFAULT_WINDOW_PIXELS, DEFAULT_STRENGTH);
	}

	/**
	 * @param patchPixels edge length of the patches that are compared, odd
	 * @param windowPixels edge length of the window that is searched, odd
	 * @param strength decay of the weights in noise levels, the papers' h / sigma
	 * @throws ParameterException if a length is even or not positive, or the strength
	 *           not positive
	 */
	public NonLocalMeans(final NoiseLevel noise, final int patchPixels, final int windowPixels, final double strength) {
		super(noise);
		patch = requireOdd("patch", patchPixels);
		window = requireOdd("search window", windowPixels);
		if (!(strength > 0) || Double.isInfinite(strength)) throw new ParameterException(
			"The strength of non-local means must be a positive number, not " + strength + ".");
		this.strength = strength;
	}

	@Override
	public String name() {
		return "non-local means";
	}

	@Override
	protected Worker worker(final int box) {
		return new Pass(box);
	}

	private static int requireOdd(final String what, final int pixels) {
		if (pixels < 1 || pixels % 2 == 0) throw new ParameterException("The " + what +
			" of non-local means needs a middle pixel: give an odd number of pixels, not " + pixels + ".");
		return pixels;
	}

	/** Works through the shifts; each serves both pixels of a pair. */
	private final class Pass implements Worker {

		private final int box;
		private final int reach = window / 2;
		private final int margin = reach + patch / 2;
		private final int width;
		private final float[] padded;
		private final float[] weights;
		private final float[] sums;
		private final float[] shifted;
		private final PatchDistances distances;

		Pass(final int box) {
			this.box = box;
			width = box + 2 * margin;
			padded = new float[width * width];
			weights = new float[width * width];
			sums = new float[width * width];
			shifted = new float[width];
			distances = new PatchDistances(width, patch);
		}

		@Override
		public void denoise(final float[] image, final double sigma, final float[] denoised) {
			pad(image);
			// A pixel is like itself.
			Arrays.fill(weights, 1);
			System.arraycopy(padded, 0, sums, 0, sums.length);
			final float offset = (float) (2 * sigma * sigma * patch * patch);
			final float scale = (float) (1 / (strength * strength * sigma * sigma * patch * patch));
			for (int dy = 0; dy <= reach; dy++) {
				for (int dx = dy == 0 ? 1 : -reach; dx <= reach; dx++) addShift(dy, dx, offset, scale);
			}
			for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
				final int at = (y + margin) * width + x + margin;
				denoised[y * box + x] = sums[at] / weights[at];
			}
		}

		/** All pairs of pixels this far apart with at least one pixel in the image. */
		private void addShift(final int dy, final int dx, final float offset, final float scale) {
			final int firstColumn = Math.min(0, -dx), columns = box + Math.abs(dx);
			distances.start(padded, dy, dx, reach - dy, reach + firstColumn, columns);
			for (int y = -dy; y < box; y++) {
				final float[] row = distances.next();
				for (int i = 0; i < columns; i++) {
					final float exponent = Math.min(LARGEST_EXPONENT, Math.max(0, (row[i] - offset) * scale));
					row[i] = exponential(exponent);
				}
				final int first = (y + margin) * width + margin + firstColumn;
				addTo(first, dy * width + dx, row, columns);
				addTo(first + dy * width + dx, -dy * width - dx, row, columns);
			}
		}

		private void addTo(final int first, final int shift, final float[] row, final int columns) {
			for (int i = 0; i < columns; i++) weights[first + i] += row[i];
			System.arraycopy(padded, first + shift, shifted, 0, columns);
			for (int i = 0; i < columns; i++) sums[first + i] += row[i] * shifted[i];
		}

		private void pad(final float[] image) {
			for (int y = 0; y < width; y++) for (int x = 0; x < width; x++) {
				padded[y * width + x] = image[reflect(y - margin) * box + reflect(x - margin)];
			}
		}

		private int reflect(final int position) {
			if (box == 1) return 0;
			final int period = 2 * (box - 1);
			final int inside = Math.floorMod(position, period);
			return inside < box ? inside : period - inside;
		}
	}

	/** {@code exp(-x)} for x of 0 to 16, to 1e-4 at 1: products alone, which processors do eight at once. */
	private static float exponential(final float x) {
		final float part = x * (1f / 64);
		float power = 1 - part + 0.5f * part * part;
		power *= power;
		power *= power;
		power *= power;
		power *= power;
		power *= power;
		return power * power;
	}
}
