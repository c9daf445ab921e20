package io.github.clearice.fourier;

/**
 * Which sample of a half-plane spectrum, as {@link RealFourierTransform2D} makes
 * it, is which, and how often the full plane has it. Immutable and thread-safe.
 */
public final class HalfPlane {

	private final int box;
	private final int columns;

	/** @param box edge length of the images in pixels */
	public HalfPlane(final int box) {
		this.box = box;
		this.columns = box / 2 + 1;
	}

	/** Number of samples: {@code box * (box / 2 + 1)}. */
	public int length() {
		return box * columns;
	}

	/** Distance of a sample from the origin of the plane, in steps of the spectrum. */
	public double radius(final int index) {
		final int row = index / columns;
		return Math.hypot(index % columns, row <= box / 2 ? row : row - box);
	}

	/** Frequency of a sample in periods a pixel. */
	public double frequencyPerPixel(final int index) {
		return radius(index) / box;
	}

	/** Number of samples of the full plane that a sample represents: 2 if its conjugate partner is left out. */
	public int weight(final int index) {
		return columnWeight(index % columns);
	}

	/** Mean over the full plane of the square of a function that is real and even. */
	public double meanSquare(final float[] values) {
		double sum = 0;
		for (int row = 0; row < box; row++) {
			for (int kx = 0; kx < columns; kx++) {
				final double value = values[row * columns + kx];
				sum += columnWeight(kx) * value * value;
			}
		}
		return sum / ((double) box * box);
	}

	/** Population variance of the image of a spectrum, by Parseval's theorem. */
	public double variance(final float[] spectrum) {
		double sum = 0;
		for (int row = 0; row < box; row++) {
			for (int kx = 0; kx < columns; kx++) {
				final int at = 2 * (row * columns + kx);
				final double re = spectrum[at], im = spectrum[at + 1];
				sum += columnWeight(kx) * (re * re + im * im);
			}
		}
		sum -= (double) spectrum[0] * spectrum[0];
		final double pixels = (double) box * box;
		return Math.max(0, sum) / (pixels * pixels);
	}

	private int columnWeight(final int kx) {
		return kx == 0 || 2 * kx == box ? 1 : 2;
	}
}
