package io.github.clearice.fourier;

import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * The three-dimensional Fourier transform of a zero-padded map, up to the
 * Nyquist frequency of the map, in the half space kx &ge; 0.
 * <p>
 * The transform is unscaled and its phase origin is voxel {@code box / 2}. The
 * sample at ({@code kx}, {@code ky}, {@code kz}) steps of the padded grid lies
 * at {@code data()[index(kx, ky, kz)]} (real part) and the element after it
 * (imaginary part). Samples reach one step beyond {@link #radius()} so that
 * linear interpolation at the rim needs no special case. Immutable and shared by
 * all threads.
 */
public final class FourierVolume {

	private static final int BLOCK = 8;

	private final int box;
	private final int padding;
	private final int radius;
	private final int columns;
	private final int side;
	private final float[] data;

	private FourierVolume(final int box, final int padding) {
		this.box = box;
		this.padding = padding;
		this.radius = padding * (box / 2);
		this.columns = radius + 2;
		this.side = 2 * radius + 4;
		final long length = 2L * columns * side * side;
		if (length > Integer.MAX_VALUE - 8) throw new IllegalArgumentException("A box of " + box +
			" voxels padded " + padding + " times is too large to transform. Use a smaller padding or bin the map.");
		this.data = new float[(int) length];
	}

	/**
	 * Transforms a map.
	 *
	 * @param map the map, left as it is
	 * @param padding how many times larger the transformed box is, at least 1
	 */
	public static FourierVolume of(final Volume map, final int padding) {
		if (padding < 1) throw new IllegalArgumentException("Padding must be at least 1, not " + padding + ".");
		final FourierVolume transform = new FourierVolume(map.box(), padding);
		transform.fill(map);
		return transform;
	}

	/** Edge length of the map in voxels. */
	public int box() {
		return box;
	}

	public int padding() {
		return padding;
	}

	/** The highest frequency kept, in steps of the padded grid: {@code padding * (box / 2)}. */
	public int radius() {
		return radius;
	}

	/** Floats from one ky to the next. */
	public int rowStride() {
		return 2 * columns;
	}

	/** Floats from one kz to the next. */
	public int planeStride() {
		return 2 * columns * side;
	}

	/** The offset of ky and kz as indices of rows and planes. */
	public int centre() {
		return radius + 1;
	}

	/** The samples, not copied: read only. */
	public float[] data() {
		return data;
	}

	/** Where the sample of a frequency lies; kx from 0, ky and kz from {@code -radius - 1}, all to {@code radius + 1}. */
	public int index(final int kx, final int ky, final int kz) {
		return (kz + centre()) * planeStride() + (ky + centre()) * rowStride() + 2 * kx;
	}

	private void fill(final Volume map) {
		final int padded = box * padding;
		final float[] voxels = map.voxels();
		final float[] stage = new float[Math.multiplyExact(box * side, 2 * columns)];
		ParallelLoop.run(box, 1, thread -> {
			final FloatFFT_1D transform = new FloatFFT_1D(padded);
			final float[] line = new float[2 * padded];
			final float[] rows = new float[box * 2 * columns];
			final float[] block = new float[BLOCK * 2 * padded];
			return z -> {
				for (int y = 0; y < box; y++) transformRow(voxels, (int) z, y, transform, line, rows);
				transformLines(transform, block, rows, 0, 2 * columns, stage, (int) z * planeStride(), rowStride());
			};
		});
		ParallelLoop.run(side, 1, thread -> {
			final FloatFFT_1D transform = new FloatFFT_1D(padded);
			final float[] block = new float[BLOCK * 2 * padded];
			return ky -> transformLines(transform, block, stage, (int) ky * rowStride(), planeStride(), data, (int) ky *
				rowStride(), planeStride());
		});
	}

	/** One row of voxels to its frequencies 0 .. radius + 1. */
	private void transformRow(final float[] voxels, final int z, final int y, final FloatFFT_1D transform,
		final float[] line, final float[] rows)
	{
		final int padded = box * padding, half = box / 2, from = (z * box + y) * box;
		Arrays.fill(line, 0);
		for (int x = 0; x < half; x++) line[2 * (x - half + padded)] = voxels[from + x];
		for (int x = half; x < box; x++) line[2 * (x - half)] = voxels[from + x];
		transform.complexForward(line);
		for (int kx = 0; kx < columns; kx++) {
			final int at = 2 * (kx < padded ? kx : kx - padded);
			rows[2 * (y * columns + kx)] = line[at];
			rows[2 * (y * columns + kx) + 1] = line[at + 1];
		}
	}

	/**
	 * Transforms along an axis: from {@code box} samples (origin in the middle,
	 * {@code fromStep} floats apart) to {@code side} frequencies, for a row of
	 * {@code columns} neighbours.
	 */
	private void transformLines(final FloatFFT_1D transform, final float[] block, final float[] source,
		final int fromFirst, final int fromStep, final float[] target, final int toFirst, final int toStep)
	{
		final int padded = box * padding;
		for (int first = 0; first < columns; first += BLOCK) {
			final int width = Math.min(BLOCK, columns - first);
			Arrays.fill(block, 0);
			for (int i = 0; i < box; i++) {
				final int from = fromFirst + i * fromStep + 2 * first;
				final int to = 2 * Math.floorMod(i - box / 2, padded);
				for (int x = 0; x < width; x++) {
					block[2 * x * padded + to] = source[from + 2 * x];
					block[2 * x * padded + to + 1] = source[from + 2 * x + 1];
				}
			}
			for (int x = 0; x < width; x++) transform.complexForward(block, 2 * x * padded);
			for (int k = 0; k < side; k++) {
				final int from = 2 * Math.floorMod(k - centre(), padded);
				final int to = toFirst + k * toStep + 2 * first;
				for (int x = 0; x < width; x++) {
					target[to + 2 * x] = block[2 * x * padded + from];
					target[to + 2 * x + 1] = block[2 * x * padded + from + 1];
				}
			}
		}
	}
}
