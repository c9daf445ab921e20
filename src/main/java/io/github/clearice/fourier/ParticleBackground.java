package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * The pixels of a particle image outside a circle around its centre, which contain only noise.
 * <p>
 * The centre is pixel {@code box / 2} (integer division) on both axes. RELION
 * normalises particles by these pixels, with a circle of
 * {@value #DEFAULT_DIAMETER_FRACTION} box widths by default.
 */
public final class ParticleBackground {

	/** Diameter of the circle as a part of the box, as RELION's default. */
	public static final double DEFAULT_DIAMETER_FRACTION = 0.75;

	private final int box;
	private final int[] pixels;

	/** The background outside {@value #DEFAULT_DIAMETER_FRACTION} box widths. */
	public ParticleBackground(final int box) {
		this(box, DEFAULT_DIAMETER_FRACTION * box / 2);
	}

	/**
	 * @param box edge length of the images in pixels
	 * @param radiusPixels radius of the circle that holds the particle
	 * @throws IllegalArgumentException if fewer than two pixels lie outside
	 */
	public ParticleBackground(final int box, final double radiusPixels) {
		if (!(radiusPixels >= 0)) throw new IllegalArgumentException("The particle's radius must not be negative: " +
			radiusPixels + " pixels.");
		this.box = box;
		final int centre = box / 2;
		final int[] outside = new int[box * box];
		int count = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double dx = x - centre, dy = y - centre;
			if (dx * dx + dy * dy > radiusPixels * radiusPixels) outside[count++] = y * box + x;
		}
		if (count < 2) throw new IllegalArgumentException("A particle radius of " + radiusPixels +
			" pixels leaves no background in a box of " + box + "; give a smaller radius.");
		pixels = Arrays.copyOf(outside, count);
	}

	/** How a particle stands out: the mean within a quarter box of the centre minus that beyond half a box. */
	public static double centreMinusEdge(final int box, final float[] image) {
		double centre = 0, edge = 0;
		int centrePixels = 0, edgePixels = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double radius = Math.hypot(x - box / 2.0, y - box / 2.0);
			if (radius < box / 4.0) {
				centre += image[y * box + x];
				centrePixels++;
			}
			else if (radius > box / 2.0) {
				edge += image[y * box + x];
				edgePixels++;
			}
		}
		return centre / Math.max(1, centrePixels) - edge / Math.max(1, edgePixels);
	}

	/** Number of background pixels. */
	public int size() {
		return pixels.length;
	}

	/** {@code box * box} pixels: 1 in the background, 0 in the particle. */
	public float[] mask() {
		final float[] mask = new float[box * box];
		for (final int pixel : pixels) mask[pixel] = 1;
		return mask;
	}

	/** Mean of the background. */
	public double mean(final float[] image) {
		double sum = 0;
		for (final int pixel : pixels) sum += image[pixel];
		return sum / pixels.length;
	}

	/** Sample variance of the background (divided by n - 1), after removing its mean. */
	public double variance(final float[] image) {
		final double mean = mean(image);
		double squares = 0;
		for (final int pixel : pixels) squares += (image[pixel] - mean) * (image[pixel] - mean);
		return squares / (pixels.length - 1);
	}

	/** The part of the background whose pixels equal its first one, which noise hardly ever does but a mask makes. */
	public double equalShare(final float[] image) {
		int equal = 0;
		for (final int pixel : pixels) if (image[pixel] == image[pixels[0]]) equal++;
		return (double) equal / pixels.length;
	}

	/**
	 * Keeps the background, less its mean, and sets the particle to zero.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param background receives as many
	 */
	public void isolate(final float[] image, final float[] background) {
		final float mean = (float) mean(image);
		Arrays.fill(background, 0, box * box, 0);
		for (final int pixel : pixels) background[pixel] = image[pixel] - mean;
	}

	/**
	 * Takes out of the image, in place, the plane that fits its background best in the least squares, as RELION does
	 * before it normalises: ice grows thicker towards one side.
	 */
	public void flatten(final float[] image) {
		double sum = 0, sumX = 0, sumY = 0, xx = 0, xy = 0, yy = 0, x1 = 0, y1 = 0;
		for (final int pixel : pixels) {
			// About the middle, where the sums of x and y stay small.
			final double x = pixel % box - box / 2, y = pixel / box - box / 2, value = image[pixel];
			sum += value;
			sumX += x * value;
			sumY += y * value;
			x1 += x;
			y1 += y;
			xx += x * x;
			xy += x * y;
			yy += y * y;
		}
		final int n = pixels.length;
		xx -= x1 * x1 / n;
		xy -= x1 * y1 / n;
		yy -= y1 * y1 / n;
		sumX -= x1 * sum / n;
		sumY -= y1 * sum / n;
		final double determinant = xx * yy - xy * xy;
		// Background pixels that all lie on one line fix no plane.
		if (!(determinant > 1e-9 * xx * yy)) return;
		final double slopeX = (sumX * yy - sumY * xy) / determinant, slopeY = (sumY * xx - sumX * xy) / determinant;
		final double level = sum / n - slopeX * x1 / n - slopeY * y1 / n;
		for (int y = 0; y < box; y++) {
			final double row = level + slopeY * (y - box / 2);
			for (int x = 0; x < box; x++) image[y * box + x] -= (float) (row + slopeX * (x - box / 2));
		}
	}

	/**
	 * Shifts and scales the image in place so that its background has mean 0 and
	 * standard deviation 1. An image whose background is constant is shifted only:
	 * there is no noise to scale by.
	 */
	public void normalise(final float[] image) {
		final double mean = mean(image);
		final double deviation = Math.sqrt(variance(image));
		final double scale = deviation > 0 ? 1 / deviation : 1;
		for (int i = 0; i < image.length; i++) image[i] = (float) ((image[i] - mean) * scale);
	}
}
