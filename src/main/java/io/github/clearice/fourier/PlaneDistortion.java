package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Distorts square images in their plane by a matrix on their frequencies, about pixel {@code box / 2} (integer
 * division).
 * <p>
 * The transform of the result at k is that of the image at A k, by the Kaiser-Bessel kernel of {@link PolarGrid} in a
 * transform of twice the box, to about 1e-5; frequencies that the image does not have are zero. Holds buffers: one
 * instance a thread.
 */
public final class PlaneDistortion {

	private static final int PADDING = 2;

	private static final int KERNEL = PolarGrid.KERNEL;

	/** Values of the kernel for each sample of the grid, between which is interpolated linearly. */
	private static final int FINENESS = 2048;

	private static final double[] TABLE = new double[KERNEL / 2 * FINENESS + 2];

	static {
		for (int i = 0; i < TABLE.length; i++) TABLE[i] = PolarGrid.kernel((double) i / FINENESS);
	}

	private final int box;
	private final int edge;
	private final RealFourierTransform2D from;
	private final RealFourierTransform2D to;
	private final float[] apodisation;
	private final float[] padded;
	private final float[] source;
	private final float[] spectrum;
	private final double[] kernelX = new double[KERNEL];
	private final double[] kernelY = new double[KERNEL];

	/** @param box edge length of the images in pixels, at least 4 */
	public PlaneDistortion(final int box) {
		this.box = box;
		edge = PADDING * box;
		from = new RealFourierTransform2D(edge);
		to = new RealFourierTransform2D(box);
		padded = new float[edge * edge];
		source = new float[from.spectrumLength()];
		spectrum = new float[to.spectrumLength()];
		apodisation = new float[box];
		for (int x = 0; x < box; x++)
			apodisation[x] = (float) (1 / PolarGrid.kernelTransform((double) (x - box / 2) / edge));
	}

	/** @param image {@code box * box} pixels, in place; A is [xx, xy; yx, yy] */
	public void apply(final float[] image, final double xx, final double xy, final double yx, final double yy) {
		Arrays.fill(padded, 0);
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			padded[Math.floorMod(y - box / 2, edge) * edge + Math.floorMod(x - box / 2, edge)] = image[y * box + x] *
				apodisation[x] * apodisation[y];
		}
		from.forward(padded, source);
		for (int row = 0; row < box; row++) for (int kx = 0; kx < to.columns(); kx++) {
			final int ky = row <= box / 2 ? row : row - box;
			final double x = PADDING * (xx * kx + xy * ky), y = PADDING * (yx * kx + yy * ky);
			final int at = 2 * (row * to.columns() + kx);
			spectrum[at] = spectrum[at + 1] = 0;
			// Beyond the Nyquist frequency the transform of pixels repeats itself.
			if (Math.abs(x) > box || Math.abs(y) > box) continue;
			interpolate(x, y, at);
			final double turn = -2 * Math.PI * (kx + ky) * (box / 2) / box;
			final float re = spectrum[at], im = spectrum[at + 1], c = (float) Math.cos(turn), s = (float) Math.sin(turn);
			spectrum[at] = re * c - im * s;
			spectrum[at + 1] = re * s + im * c;
		}
		to.inverse(spectrum, image);
	}

	private void interpolate(final double x, final double y, final int at) {
		final int left = (int) Math.floor(x) - PolarGrid.MARGIN, top = (int) Math.floor(y) - PolarGrid.MARGIN;
		for (int i = 0; i < KERNEL; i++) {
			kernelX[i] = kernel(x - left - i);
			kernelY[i] = kernel(y - top - i);
		}
		double re = 0, im = 0;
		for (int j = 0; j < KERNEL; j++) for (int i = 0; i < KERNEL; i++) {
			final int column = Math.floorMod(left + i, edge);
			// The half that is not there is the conjugate of the one that is.
			final boolean mirrored = column > edge / 2;
			final int row = Math.floorMod(mirrored ? -(top + j) : top + j, edge);
			final int index = 2 * (row * from.columns() + (mirrored ? edge - column : column));
			final double weight = kernelX[i] * kernelY[j];
			re += weight * source[index];
			im += (mirrored ? -weight : weight) * source[index + 1];
		}
		spectrum[at] = (float) re;
		spectrum[at + 1] = (float) im;
	}

	private static double kernel(final double distance) {
		final double position = Math.abs(distance) * FINENESS;
		final int below = (int) position;
		if (below >= TABLE.length - 1) return 0;
		return TABLE[below] + (position - below) * (TABLE[below + 1] - TABLE[below]);
	}
}
