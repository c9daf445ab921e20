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
	/** Of half a circle's angles. */
	private final FloatFFT_1D angular;
	/** {@code exp(i theta)} of half a circle's angles, counted from the first. */
	private final float[] turn;
	/** The pixels of each row and column of the image in the enlarged one. */
	private final int[] places;
	private final float[] enlarged;
	private final float[] spectrum;
	private final float[] padded;
	private final float[] even;
	private final float[] odd;

	/** @param highestOrder K, below half the number of angles */
	public CircularHarmonics(final PolarGrid grid, final int highestOrder) {
		if (highestOrder < 0 || 2 * highestOrder >= grid.angles()) throw new IllegalArgumentException("Orders up to " +
			highestOrder + " need more than " + grid.angles() + " angles.");
		this.grid = grid;
		highest = highestOrder;
		circles = grid.radii().length;
		transform = new RealFourierTransform2D(grid.gridBox());
		final int half = grid.angles() / 2;
		angular = new FloatFFT_1D(half);
		turn = new float[2 * half];
		for (int a = 0; a < half; a++) {
			turn[2 * a] = (float) Math.cos(Math.PI * a / half);
			turn[2 * a + 1] = (float) Math.sin(Math.PI * a / half);
		}
		places = new int[grid.box()];
		for (int i = 0; i < places.length; i++) places[i] = Math.floorMod(i - grid.box() / 2, grid.gridBox());
		enlarged = new float[grid.gridBox() * grid.gridBox()];
		spectrum = new float[transform.spectrumLength()];
		padded = new float[2 * grid.paddedColumns() * grid.paddedRows()];
		even = new float[half];
		odd = new float[2 * half];
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
		for (int circle = 0; circle < circles; circle++) {
			for (int a = 0; a < half; a++) interpolate(circle * half + a, a);
			analyse(circle, re, im);
		}
	}

	/**
	 * The samples of half a circle to its harmonics. As {@code F(theta + pi) = conj(F(theta))}, even harmonics are those of
	 * the real part, and odd ones those of the imaginary part, turned by an order so that they are even, too.
	 */
	private void analyse(final int circle, final float[] re, final float[] im) {
		final int half = even.length;
		final float scale = 1f / half;
		for (int a = 0; a < half; a++) {
			final float part = odd[2 * a + 1];
			even[a] = odd[2 * a];
			odd[2 * a] = part * turn[2 * a + 1];
			odd[2 * a + 1] = part * turn[2 * a];
		}
		angular.realForward(even);
		angular.complexForward(odd);
		for (int k = 0; k <= highest; k++) {
			final int at = k * circles + circle;
			if (k % 2 == 1) {
				re[at] = odd[k - 1] * scale;
				im[at] = odd[k] * scale;
			}
			else {
				re[at] = even[k] * scale;
				im[at] = k == 0 ? 0 : even[k + 1] * scale;
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
			synthesise(circle, re, im);
			final float weight = (float) (radii[circle] * weights[circle] * 2 * Math.PI / grid.angles());
			for (int a = 0; a < half; a++) spread(circle * half + a, a, weight);
		}
		fold();
		transform.inverse(spectrum, enlarged);
		final float scale = (float) grid.gridBox() * grid.gridBox();
		forEachPixel((pixel, place, apodisation) -> image[pixel] = enlarged[place] * apodisation * scale);
	}

	/** The samples of half a circle from its harmonics, see {@link #analyse}. */
	private void synthesise(final int circle, final float[] re, final float[] im) {
		final int half = even.length;
		Arrays.fill(even, 0);
		Arrays.fill(odd, 0);
		for (int k = 0; k <= highest; k++) {
			final int at = k * circles + circle;
			if (k % 2 == 1) {
				odd[k - 1] = re[at];
				odd[k] = im[at];
			}
			else {
				even[k] = re[at];
				if (k > 0) even[k + 1] = im[at];
			}
		}
		// Without its scale, this transform doubles for some lengths.
		angular.realInverse(even, true);
		angular.complexInverse(odd, false);
		for (int a = 0; a < half; a++) {
			final float part = odd[2 * a + 1] * turn[2 * a] + odd[2 * a] * turn[2 * a + 1];
			odd[2 * a] = half * even[a];
			odd[2 * a + 1] = 2 * part;
		}
	}

	/** Leaves a sample in the places of {@link #odd}. */
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
		odd[2 * angle] = re;
		odd[2 * angle + 1] = im;
	}

	private void spread(final int sample, final int angle, final float quadratureWeight) {
		final int columns = grid.paddedColumns();
		final float re = odd[2 * angle] * quadratureWeight, im = odd[2 * angle + 1] * quadratureWeight;
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
			final int row = places[y] * size;
			for (int x = 0; x < box; x++, pixel++) visitor.visit(pixel, row + places[x], grid.apodisation[y] *
				grid.apodisation[x]);
		}
	}
}
