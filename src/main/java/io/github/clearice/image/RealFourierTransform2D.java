package io.github.clearice.image;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * Discrete Fourier transform of real square images, in the half-plane layout of
 * {@code numpy.fft.rfft2}.
 * <p>
 * A spectrum holds {@code box} rows (ky = 0, 1, .., -1) of {@code box / 2 + 1}
 * complex numbers (kx = 0 .. box/2), real and imaginary parts interleaved. The
 * forward transform is unscaled, the inverse divides by {@code box^2}. Holds
 * buffers: one instance a thread.
 */
public final class RealFourierTransform2D {

	private final int box;
	private final int columns;
	private final FloatFFT_1D transform;
	private final float[] row;
	private final float[] column;

	/** @param box edge length of the images in pixels, at least 2 */
	public RealFourierTransform2D(final int box) {
		if (box < 2) throw new IllegalArgumentException("Box must be at least 2 pixels, not " + box + ".");
		this.box = box;
		this.columns = box / 2 + 1;
		this.transform = new FloatFFT_1D(box);
		this.row = new float[box + 2];
		this.column = new float[2 * box];
	}

	public int box() {
		return box;
	}

	/** Number of floats of a spectrum: {@code 2 * box * (box / 2 + 1)}. */
	public int spectrumLength() {
		return 2 * box * columns;
	}

	/**
	 * Real image to spectrum.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param spectrum receives {@link #spectrumLength()} floats
	 */
	public void forward(final float[] image, final float[] spectrum) {
		for (int y = 0; y < box; y++) {
			System.arraycopy(image, y * box, row, 0, box);
			transform.realForward(row);
			unpack(spectrum, 2 * y * columns);
		}
		for (int x = 0; x < columns; x++) {
			gather(spectrum, x);
			transform.complexForward(column);
			scatter(spectrum, x);
		}
	}

	/**
	 * Spectrum to real image, divided by {@code box^2}.
	 *
	 * @param spectrum {@link #spectrumLength()} floats, overwritten
	 * @param image receives {@code box * box} pixels
	 */
	public void inverse(final float[] spectrum, final float[] image) {
		for (int x = 0; x < columns; x++) {
			gather(spectrum, x);
			transform.complexInverse(column, true);
			scatter(spectrum, x);
		}
		for (int y = 0; y < box; y++) {
			pack(spectrum, 2 * y * columns);
			transform.realInverse(row, true);
			System.arraycopy(row, 0, image, y * box, box);
		}
	}

	// JTransforms keeps the real highest frequency (even length) or the last imaginary part (odd) in element 1.
	private void unpack(final float[] spectrum, final int offset) {
		spectrum[offset] = row[0];
		spectrum[offset + 1] = 0;
		final int last = columns - 1;
		System.arraycopy(row, 2, spectrum, offset + 2, box - 2);
		if (box % 2 == 0) {
			spectrum[offset + 2 * last] = row[1];
			spectrum[offset + 2 * last + 1] = 0;
		}
		else {
			spectrum[offset + 2 * last + 1] = row[1];
		}
	}

	private void pack(final float[] spectrum, final int offset) {
		row[0] = spectrum[offset];
		final int last = columns - 1;
		System.arraycopy(spectrum, offset + 2, row, 2, box - 2);
		row[1] = box % 2 == 0 ? spectrum[offset + 2 * last] : spectrum[offset + 2 * last + 1];
	}

	private void gather(final float[] spectrum, final int x) {
		for (int y = 0; y < box; y++) {
			final int from = 2 * (y * columns + x);
			column[2 * y] = spectrum[from];
			column[2 * y + 1] = spectrum[from + 1];
		}
	}

	private void scatter(final float[] spectrum, final int x) {
		for (int y = 0; y < box; y++) {
			final int to = 2 * (y * columns + x);
			spectrum[to] = column[2 * y];
			spectrum[to + 1] = column[2 * y + 1];
		}
	}
}
