package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Distorts square images in their plane by a matrix on their frequencies, about pixel {@code box / 2} (integer division).
 * <p>
 * The transform of the result at k is that of the image at A k, interpolated linearly in a transform of twice the box,
 * which the pixels are corrected for; frequencies that the image does not have are zero. Holds buffers: one instance a
 * thread.
 */
public final class PlaneDistortion {

	private static final int PADDING = 2;

	private final int box;
	private final int edge;
	private final RealFourierTransform2D from;
	private final RealFourierTransform2D to;
	private final float[] gain;
	private final float[] padded;
	private final float[] source;
	private final float[] spectrum;

	/** @param box edge length of the images in pixels, at least 2 */
	public PlaneDistortion(final int box) {
		this.box = box;
		edge = PADDING * box;
		from = new RealFourierTransform2D(edge);
		to = new RealFourierTransform2D(box);
		padded = new float[edge * edge];
		source = new float[from.spectrumLength()];
		spectrum = new float[to.spectrumLength()];
		gain = new float[box];
		for (int x = 0; x < box; x++) {
			final double angle = Math.PI * (x - box / 2) / edge;
			final double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
			gain[x] = (float) (1 / (sinc * sinc));
		}
	}

	/** @param image {@code box * box} pixels, in place; A is [xx, xy; yx, yy] */
	public void apply(final float[] image, final double xx, final double xy, final double yx, final double yy) {
		double level = 0;
		for (final float pixel : image) level += pixel / image.length;
		Arrays.fill(padded, 0);
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			padded[Math.floorMod(y - box / 2, edge) * edge + Math.floorMod(x - box / 2, edge)] = (float) (image[y * box + x] -
				level) * gain[x] * gain[y];
		}
		from.forward(padded, source);
		final double limit = PADDING * ((box - 1) / 2);
		for (int row = 0; row < box; row++) for (int kx = 0; kx < to.columns(); kx++) {
			final int ky = row <= box / 2 ? row : row - box;
			final double x = PADDING * (xx * kx + xy * ky), y = PADDING * (yx * kx + yy * ky);
			final int at = 2 * (row * to.columns() + kx);
			spectrum[at] = spectrum[at + 1] = 0;
			if (Math.abs(x) > limit || Math.abs(y) > limit) continue;
			interpolate(x < 0 ? -x : x, x < 0 ? -y : y, x < 0 ? -1 : 1, at);
			final double turn = -2 * Math.PI * (kx + ky) * (box / 2) / box;
			final float re = spectrum[at], im = spectrum[at + 1], c = (float) Math.cos(turn), s = (float) Math.sin(turn);
			spectrum[at] = re * c - im * s;
			spectrum[at + 1] = re * s + im * c;
		}
		to.inverse(spectrum, image);
		for (int i = 0; i < image.length; i++) image[i] += (float) level;
	}

	/** Reads a sample with x of 0 or more; the sign is that of the imaginary part. */
	private void interpolate(final double x, final double y, final float sign, final int at) {
		final int ix = (int) x, iy = (int) Math.floor(y);
		final float fx = (float) (x - ix), fy = (float) (y - iy);
		final int low = 2 * (Math.floorMod(iy, edge) * from.columns() + ix);
		final int high = 2 * (Math.floorMod(iy + 1, edge) * from.columns() + ix);
		for (int part = 0; part < 2; part++) {
			final float below = source[low + part] + fx * (source[low + 2 + part] - source[low + part]);
			final float above = source[high + part] + fx * (source[high + 2 + part] - source[high + part]);
			spectrum[at + part] = (part == 0 ? 1 : sign) * (below + fy * (above - below));
		}
	}
}
