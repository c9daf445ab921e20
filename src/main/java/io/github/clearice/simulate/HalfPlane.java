package io.github.clearice.simulate;

/** Which sample of a half-plane spectrum is which, and how often the full plane has it. */
final class HalfPlane {

	private final int box;
	private final int columns;

	HalfPlane(final int box) {
		this.box = box;
		this.columns = box / 2 + 1;
	}

	int length() {
		return box * columns;
	}

	double frequencyPerPixel(final int index) {
		final int row = index / columns;
		return Math.hypot(index % columns, row <= box / 2 ? row : row - box) / box;
	}

	/** Mean over the full plane of the square of a function that is real and even. */
	double meanSquare(final float[] values) {
		double sum = 0;
		for (int row = 0; row < box; row++) {
			for (int kx = 0; kx < columns; kx++) {
				final double value = values[row * columns + kx];
				sum += weight(kx) * value * value;
			}
		}
		return sum / ((double) box * box);
	}

	/** Population variance of the image of a spectrum, by Parseval's theorem. */
	double variance(final float[] spectrum) {
		double sum = 0;
		for (int row = 0; row < box; row++) {
			for (int kx = 0; kx < columns; kx++) {
				final int at = 2 * (row * columns + kx);
				final double re = spectrum[at], im = spectrum[at + 1];
				sum += weight(kx) * (re * re + im * im);
			}
		}
		sum -= (double) spectrum[0] * spectrum[0];
		final double pixels = (double) box * box;
		return Math.max(0, sum) / (pixels * pixels);
	}

	private int weight(final int kx) {
		return kx == 0 || 2 * kx == box ? 1 : 2;
	}
}
