package io.github.clearice.fourier;

import java.util.Arrays;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * The circular harmonics of an image's continuous Fourier transform
 * {@code F(xi, theta) = sum f(x) exp(-2 pi i x xi)} about pixel box / 2:
 * {@code F_k(xi) = mean over theta of F exp(-i k theta)} on the circles of a
 * {@link PolarGrid}, for k = 0 .. K; {@code F_-k = (-1)^k conj(F_k)} as images are
 * real. Angles count from -90 degrees. Holds buffers: one instance a thread.
 */
public final class CircularHarmonics {

	private final PolarGrid grid;
	private final int highest;
	private final int circles;
	private final RealFourierTransform2D transform;
	private final FloatFFT_1D angular;
	private final float[] enlarged;
	private final float[] spectrum;
	private final float[] padded;
	private final float[] ring;

	/** @param highestOrder K, below half the number of angles */
	public CircularHarmonics(final PolarGrid grid, final int highestOrder) {
		if (highestOrder < 0 || 2 * highestOrder >= grid.angles()) throw new IllegalArgumentException("Orders up to " +
			highestOrder + " need more than " + grid.angles() + " angles.");
		this.grid = grid;
		highest = highestOrder;
		circles = grid.radii().length;
		transform = new RealFourierTransform2D(grid.gridBox());
		angular = new FloatFFT_1D(grid.angles());
		enlarged = new float[grid.gridBox() * grid.gridBox()];
		spectrum = new float[transform.spectrumLength()];
		padded = new float[2 * grid.paddedColumns() * grid.paddedRows()];
		ring = new float[2 * grid.angles()];
	}

	/** Number of floats of the real or imaginary parts of all harmonics: order by order, circle by circle. */
	public int length() {
		return (highest + 1) * circles;
	}

	/**
	 * Image to harmonics.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param re receives {@link #length()} real parts
	 * @param im receives the imaginary parts
	 */
	public void forward(final float[] image, final float[] re, final float[] im) {
		Arrays.fill(enlarged, 0);
		forEachPixel((pixel, place, apodisation) -> enlarged[place] = image[pixel] * apodisation);
		transform.forward(enlarged, spectrum);
		forEachCell((cell, from, sign) -> {
			padded[2 * cell] = spectrum[2 * from];
			padded[2 * cell + 1] = sign * spectrum[2 * from + 1];
		});
		final int half = grid.angles() / 2;
		final float scale = 1f / grid.angles();
		for (int circle = 0; circle < circles; circle++) {
			for (int a = 0; a < half; a++) interpolate(circle * half + a, a);
			mirror(half);
			angular.complexForward(ring);
			for (int k = 0; k <= highest; k++) {
				re[k * circles + circle] = ring[2 * k] * scale;
				im[k * circles + circle] = ring[2 * k + 1] * scale;
			}
		}
	}

	/**
	 * Harmonics to the image of the function they describe within the circle of 1/2
	 * periods a pixel, {@code integral of F exp(2 pi i x xi)}: the adjoint of
	 * {@link #forward} under the quadrature.
	 *
	 * @param image receives {@code box * box} pixels
	 */
	public void inverse(final float[] re, final float[] im, final float[] image) {
		Arrays.fill(padded, 0);
		final int half = grid.angles() / 2;
		final double[] radii = grid.radii(), weights = grid.weights();
		for (int circle = 0; circle < circles; circle++) {
			Arrays.fill(ring, 0);
			for (int k = 0; k <= highest; k++) {
				ring[2 * k] = re[k * circles + circle];
				ring[2 * k + 1] = im[k * circles + circle];
				// F_-k = (-1)^k conj(F_k)
				if (k == 0) continue;
				final int minus = grid.angles() - k;
				ring[2 * minus] = k % 2 == 0 ? ring[2 * k] : -ring[2 * k];
				ring[2 * minus + 1] = k % 2 == 0 ? -ring[2 * k + 1] : ring[2 * k + 1];
			}
			angular.complexInverse(ring, false);
			final float weight = (float) (radii[circle] * weights[circle] * 2 * Math.PI / grid.angles());
			for (int a = 0; a < half; a++) spread(circle * half + a, a, weight);
		}
		fold();
		transform.inverse(spectrum, enlarged);
		final float scale = (float) grid.gridBox() * grid.gridBox();
		forEachPixel((pixel, place, apodisation) -> image[pixel] = enlarged[place] * apodisation * scale);
	}

	private void interpolate(final int sample, final int angle) {
		final int columns = grid.paddedColumns();
		float re = 0, im = 0;
		for (int y = 0; y < PolarGrid.KERNEL; y++) {
			final float weight = grid.kernelsY[sample * PolarGrid.KERNEL + y];
			int cell = 2 * (grid.cells[sample] + y * columns);
			float rowRe = 0, rowIm = 0;
			for (int x = 0; x < PolarGrid.KERNEL; x++) {
				final float kernel = grid.kernelsX[sample * PolarGrid.KERNEL + x];
				rowRe += kernel * padded[cell++];
				rowIm += kernel * padded[cell++];
			}
			re += weight * rowRe;
			im += weight * rowIm;
		}
		ring[2 * angle] = re;
		ring[2 * angle + 1] = im;
	}

	private void spread(final int sample, final int angle, final float quadratureWeight) {
		final int columns = grid.paddedColumns();
		final float re = ring[2 * angle] * quadratureWeight, im = ring[2 * angle + 1] * quadratureWeight;
		for (int y = 0; y < PolarGrid.KERNEL; y++) {
			final float weight = grid.kernelsY[sample * PolarGrid.KERNEL + y];
			int cell = 2 * (grid.cells[sample] + y * columns);
			for (int x = 0; x < PolarGrid.KERNEL; x++) {
				final float kernel = weight * grid.kernelsX[sample * PolarGrid.KERNEL + x];
				padded[cell++] += kernel * re;
				padded[cell++] += kernel * im;
			}
		}
	}

	/** The other half of the circle: the transform of a real image there is the conjugate. */
	private void mirror(final int half) {
		for (int a = 0; a < half; a++) {
			ring[2 * (half + a)] = ring[2 * a];
			ring[2 * (half + a) + 1] = -ring[2 * a + 1];
		}
	}

	/** Adds the spread values, and the conjugates that the other half circle would have spread, to the half plane. */
	private void fold() {
		Arrays.fill(spectrum, 0);
		final int size = grid.gridBox(), columns = size / 2 + 1;
		for (int row = 0, cell = 0; row < grid.paddedRows(); row++) {
			final int ky = Math.floorMod(row - grid.box() - PolarGrid.MARGIN, size), minusY = (size - ky) % size;
			for (int column = 0; column < grid.paddedColumns(); column++, cell++) {
				final int kx = Math.floorMod(column - PolarGrid.MARGIN, size), minusX = (size - kx) % size;
				if (kx < columns) {
					spectrum[2 * (ky * columns + kx)] += padded[2 * cell];
					spectrum[2 * (ky * columns + kx) + 1] += padded[2 * cell + 1];
				}
				if (minusX < columns) {
					spectrum[2 * (minusY * columns + minusX)] += padded[2 * cell];
					spectrum[2 * (minusY * columns + minusX) + 1] -= padded[2 * cell + 1];
				}
			}
		}
	}

	private interface CellVisitor {

		void visit(int cell, int coefficient, float sign);
	}

	/** All cells of the padded grid, the coefficient of the half plane each is equal to, and whether conjugate (-1). */
	private void forEachCell(final CellVisitor visitor) {
		final int size = grid.gridBox(), columns = size / 2 + 1;
		for (int row = 0, cell = 0; row < grid.paddedRows(); row++) {
			final int ky = Math.floorMod(row - grid.box() - PolarGrid.MARGIN, size), minusY = (size - ky) % size;
			for (int column = 0; column < grid.paddedColumns(); column++, cell++) {
				final int kx = column - PolarGrid.MARGIN;
				if (kx >= 0 && kx < columns) visitor.visit(cell, ky * columns + kx, 1);
				else visitor.visit(cell, minusY * columns + (kx < 0 ? -kx : size - kx), -1);
			}
		}
	}

	private interface PixelVisitor {

		void visit(int pixel, int place, float apodisation);
	}

	/** All pixels of the image, their place in the enlarged one with pixel box / 2 at the origin. */
	private void forEachPixel(final PixelVisitor visitor) {
		final int box = grid.box(), size = grid.gridBox();
		for (int y = 0, pixel = 0; y < box; y++) {
			final int row = Math.floorMod(y - box / 2, size) * size;
			for (int x = 0; x < box; x++, pixel++) visitor.visit(pixel, row + Math.floorMod(x - box / 2, size),
				grid.apodisation[y] * grid.apodisation[x]);
		}
	}
}
