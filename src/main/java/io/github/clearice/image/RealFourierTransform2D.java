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

	/** Columns gathered together: eight complex floats fill a cache line. */
	private static final int BLOCK = 8;

	private final int box;
	private final int columns;
	private final FloatFFT_1D transform;
	private final float[] rows;
	private final float[] block;

	/** @param box edge length of the images in pixels, at least 2 */
	public RealFourierTransform2D(final int box) {
		if (box < 2) throw new IllegalArgumentException("Box must be at least 2 pixels, not " + box + ".");
		this.box = box;
		this.columns = box / 2 + 1;
		this.transform = new FloatFFT_1D(box);
		this.rows = new float[2 * box];
		this.block = new float[BLOCK * 2 * box];
	}

	public int box() {
		return box;
	}

	/** Complex numbers a row of a spectrum: {@code box / 2 + 1}. */
	public int columns() {
		return columns;
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
		// Two real rows make one complex row: half the transforms.
		for (int y = 0; y < box; y += 2) {
			final boolean pair = y + 1 < box;
			for (int x = 0; x < box; x++) {
				rows[2 * x] = image[y * box + x];
				rows[2 * x + 1] = pair ? image[(y + 1) * box + x] : 0;
			}
			transform.complexForward(rows);
			separate(spectrum, 2 * y * columns, pair);
		}
		transformColumns(spectrum, true);
	}

	/**
	 * Spectrum to real image, divided by {@code box^2}.
	 *
	 * @param spectrum {@link #spectrumLength()} floats, overwritten
	 * @param image receives {@code box * box} pixels
	 */
	public void inverse(final float[] spectrum, final float[] image) {
		transformColumns(spectrum, false);
		final float scale = 1f / ((float) box * box);
		for (int y = 0; y < box; y += 2) {
			final boolean pair = y + 1 < box;
			combine(spectrum, 2 * y * columns, pair);
			transform.complexInverse(rows, false);
			final int first = y * box;
			for (int x = 0; x < box; x++) image[first + x] = rows[2 * x] * scale;
			if (pair) for (int x = 0; x < box; x++) image[first + box + x] = rows[2 * x + 1] * scale;
		}
	}

	/** Splits the transform of (row + i next row) by its even and odd symmetry. */
	private void separate(final float[] spectrum, final int offset, final boolean pair) {
		final int next = offset + 2 * columns;
		for (int x = 0; x < columns; x++) {
			final int mirror = x == 0 ? 0 : box - x;
			final float re = rows[2 * x], im = rows[2 * x + 1];
			final float mirrorRe = rows[2 * mirror], mirrorIm = rows[2 * mirror + 1];
			spectrum[offset + 2 * x] = 0.5f * (re + mirrorRe);
			spectrum[offset + 2 * x + 1] = 0.5f * (im - mirrorIm);
			if (pair) {
				spectrum[next + 2 * x] = 0.5f * (im + mirrorIm);
				spectrum[next + 2 * x + 1] = 0.5f * (mirrorRe - re);
			}
		}
	}

	/** Undoes {@link #separate}, taking the real part alone where a real row has no other. */
	private void combine(final float[] spectrum, final int offset, final boolean pair) {
		final int next = pair ? offset + 2 * columns : offset;
		final float keep = pair ? 1 : 0;
		final int half = (box - 1) / 2;
		rows[0] = spectrum[offset];
		rows[1] = keep * spectrum[next];
		for (int x = 1; x <= half; x++) {
			final float re = spectrum[offset + 2 * x], im = spectrum[offset + 2 * x + 1];
			final float nextRe = keep * spectrum[next + 2 * x], nextIm = keep * spectrum[next + 2 * x + 1];
			rows[2 * x] = re - nextIm;
			rows[2 * x + 1] = im + nextRe;
			rows[2 * (box - x)] = re + nextIm;
			rows[2 * (box - x) + 1] = nextRe - im;
		}
		if (box % 2 == 0) {
			rows[box] = spectrum[offset + box];
			rows[box + 1] = keep * spectrum[next + box];
		}
	}

	private void transformColumns(final float[] spectrum, final boolean forward) {
		for (int first = 0; first < columns; first += BLOCK) {
			final int width = Math.min(BLOCK, columns - first);
			for (int y = 0; y < box; y++) {
				final int from = 2 * (y * columns + first);
				for (int x = 0; x < width; x++) {
					final int to = 2 * (x * box + y);
					block[to] = spectrum[from + 2 * x];
					block[to + 1] = spectrum[from + 2 * x + 1];
				}
			}
			for (int x = 0; x < width; x++) {
				if (forward) transform.complexForward(block, 2 * x * box);
				else transform.complexInverse(block, 2 * x * box, false);
			}
			for (int y = 0; y < box; y++) {
				final int to = 2 * (y * columns + first);
				for (int x = 0; x < width; x++) {
					final int from = 2 * (x * box + y);
					spectrum[to + 2 * x] = block[from];
					spectrum[to + 2 * x + 1] = block[from + 1];
				}
			}
		}
	}
}
