package io.github.clearice.fourier;

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
	private final float[] pairs;
	private final float[] block;

	/** @param box edge length of the images in pixels, at least 2 */
	public RealFourierTransform2D(final int box) {
		if (box < 2) throw new IllegalArgumentException("Box must be at least 2 pixels, not " + box + ".");
		this.box = box;
		this.columns = box / 2 + 1;
		this.transform = new FloatFFT_1D(box);
		this.pairs = new float[(box + 1) / 2 * 2 * box];
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
		forward(image, spectrum, columns);
	}

	/**
	 * Real image to the coarse part of its spectrum.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param spectrum receives the frequencies kx below {@code kept} in their places; others are left as they were
	 * @param kept at most {@link #columns()}
	 */
	void forward(final float[] image, final float[] spectrum, final int kept) {
		// Two real rows make one complex row: half the transforms.
		for (int y = 0; y < box; y += 2) {
			final boolean pair = y + 1 < box;
			for (int x = 0; x < box; x++) {
				pairs[2 * x] = image[y * box + x];
				pairs[2 * x + 1] = pair ? image[(y + 1) * box + x] : 0;
			}
			transform.complexForward(pairs);
			separate(spectrum, 2 * y * columns, kept, pair);
		}
		for (int first = 0; first < kept; first += BLOCK) {
			final int width = Math.min(BLOCK, kept - first);
			gather(spectrum, first, width);
			for (int x = 0; x < width; x++) transform.complexForward(block, 2 * x * box);
			scatter(spectrum, first, width);
		}
	}

	/**
	 * Spectrum to real image, divided by {@code box^2}.
	 *
	 * @param spectrum {@link #spectrumLength()} floats, left as they are
	 * @param image receives {@code box * box} pixels
	 */
	public void inverse(final float[] spectrum, final float[] image) {
		for (int first = 0; first < columns; first += BLOCK) {
			final int width = Math.min(BLOCK, columns - first);
			gather(spectrum, first, width);
			for (int x = 0; x < width; x++) transform.complexInverse(block, 2 * x * box, false);
			combine(first, width);
		}
		final float scale = 1f / ((float) box * box);
		for (int y = 0; y < box; y += 2) {
			final int pair = y * box;
			transform.complexInverse(pairs, pair, false);
			for (int x = 0; x < box; x++) image[pair + x] = pairs[pair + 2 * x] * scale;
			if (y + 1 < box) for (int x = 0; x < box; x++) image[pair + box + x] = pairs[pair + 2 * x + 1] * scale;
		}
	}

	/** Splits the transform of (row + i next row) by its even and odd symmetry. */
	private void separate(final float[] spectrum, final int offset, final int kept, final boolean pair) {
		final int next = offset + 2 * columns;
		for (int x = 0; x < kept; x++) {
			final int mirror = x == 0 ? 0 : box - x;
			final float re = pairs[2 * x], im = pairs[2 * x + 1];
			final float mirrorRe = pairs[2 * mirror], mirrorIm = pairs[2 * mirror + 1];
			spectrum[offset + 2 * x] = 0.5f * (re + mirrorRe);
			spectrum[offset + 2 * x + 1] = 0.5f * (im - mirrorIm);
			if (pair) {
				spectrum[next + 2 * x] = 0.5f * (im + mirrorIm);
				spectrum[next + 2 * x + 1] = 0.5f * (mirrorRe - re);
			}
		}
	}

	/**
	 * Makes complex rows (row + i next row) of all frequencies from the columns of
	 * the block, taking the real part alone where a real row has no other.
	 */
	private void combine(final int first, final int width) {
		for (int y = 0; y < box; y += 2) {
			final int pair = y * box;
			// The row after the last of an odd box is zero: it lies beyond the column.
			final float keep = y + 1 < box ? 1 : 0;
			final int next = y + 1 < box ? 2 : 0;
			for (int x = 0; x < width; x++) {
				final int from = 2 * (x * box + y), column = first + x, mirror = box - column;
				final float re = block[from], im = block[from + 1];
				final float nextRe = keep * block[from + next], nextIm = keep * block[from + next + 1];
				if (column == 0 || column == mirror) {
					pairs[pair + 2 * column] = re;
					pairs[pair + 2 * column + 1] = nextRe;
				}
				else {
					pairs[pair + 2 * column] = re - nextIm;
					pairs[pair + 2 * column + 1] = im + nextRe;
					pairs[pair + 2 * mirror] = re + nextIm;
					pairs[pair + 2 * mirror + 1] = nextRe - im;
				}
			}
		}
	}

	private void gather(final float[] spectrum, final int first, final int width) {
		for (int y = 0; y < box; y++) {
			final int from = 2 * (y * columns + first);
			for (int x = 0; x < width; x++) {
				final int to = 2 * (x * box + y);
				block[to] = spectrum[from + 2 * x];
				block[to + 1] = spectrum[from + 2 * x + 1];
			}
		}
	}

	private void scatter(final float[] spectrum, final int first, final int width) {
		for (int y = 0; y < box; y++) {
			final int to = 2 * (y * columns + first);
			for (int x = 0; x < width; x++) {
				final int from = 2 * (x * box + y);
				spectrum[to + 2 * x] = block[from];
				spectrum[to + 2 * x + 1] = block[from + 1];
			}
		}
	}

	/** The least even number, not below another, without prime factors above 5. */
	public static int evenSize(final int least) {
		int size = Math.max(2, least + least % 2);
		while (rest(size) > 1) size += 2;
		return size;
	}

	private static int rest(final int size) {
		int rest = size;
		for (final int prime : new int[] { 2, 3, 5 }) while (rest % prime == 0) rest /= prime;
		return rest;
	}
}
