package io.github.clearice.fourier;

import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;
import java.util.function.IntFunction;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * Turns samples on the padded Fourier grid of {@link FourierVolume} back into a map: the inverse of the transform
 * there. It never computes voxels outside the map. On all cores.
 */
public final class FourierSynthesis {

	/** Gives the samples of the half space, plane by plane. */
	@FunctionalInterface
	public interface Plane {

		/**
		 * @param kz from {@code -radius} to {@code radius}, {@code radius = padding * (box / 2)}
		 * @param samples receives rows ky = {@code -radius .. radius} of kx = {@code 0 .. radius}, real and imaginary
		 *          parts interleaved; where kx = 0, the samples at k and -k must be conjugates
		 */
		void fill(int kz, float[] samples);
	}

	private static final int BLOCK = 8;

	private final int box;
	private final int padded;
	private final int radius;
	private final int columns;
	private final int side;

	private FourierSynthesis(final int box, final int padding) {
		this.box = box;
		this.padded = box * padding;
		this.radius = padding * (box / 2);
		this.columns = radius + 1;
		this.side = 2 * radius + 1;
		if (2L * side * box * columns > Integer.MAX_VALUE - 8) throw new IllegalArgumentException("A box of " + box +
			" voxels padded " + padding + " times is too large to transform. Use a smaller padding or bin the images.");
	}

	/**
	 * Computes a map.
	 *
	 * @param box edge length of the map in voxels
	 * @param padding how many times larger the transformed box is, an even number
	 * @param planes makes the source of samples for thread {@code 0, 1, ..}
	 */
	public static Volume volume(final int box, final double pixelSizeAngstrom, final int padding,
		final IntFunction<Plane> planes)
	{
		if (padding < 2 || padding % 2 != 0) throw new IllegalArgumentException("Padding must be even, not " + padding +
			".");
		final FourierSynthesis synthesis = new FourierSynthesis(box, padding);
		final Volume map = Volume.zeros(box, pixelSizeAngstrom);
		synthesis.alongZ(synthesis.alongY(planes), map);
		return map;
	}

	/** @return for each kz, box rows y of the frequencies kx */
	private float[] alongY(final IntFunction<Plane> planes) {
		final float[] stage = new float[2 * side * box * columns];
		ParallelLoop.run(side, 1, thread -> {
			final Plane plane = planes.apply(thread);
			final FloatFFT_1D transform = new FloatFFT_1D(padded);
			final float[] samples = new float[2 * side * columns];
			final float[] block = new float[BLOCK * 2 * padded];
			return z -> {
				plane.fill((int) z - radius, samples);
				transformLines(transform, block, samples, 0, 2 * columns, stage, 2 * (int) z * box * columns, 2 * columns);
			};
		});
		return stage;
	}

	private void alongZ(final float[] stage, final Volume map) {
		ParallelLoop.run(box, 1, thread -> {
			final FloatFFT_1D transform = new FloatFFT_1D(padded);
			final float[] block = new float[BLOCK * 2 * padded];
			final float[] lines = new float[2 * box * columns];
			final float[] line = new float[padded];
			return y -> {
				transformLines(transform, block, stage, 2 * (int) y * columns, 2 * box * columns, lines, 0, 2 * columns);
				for (int z = 0; z < box; z++)
					transformRow(transform, lines, 2 * z * columns, line, map, map.index(0, (int) y, z));
			};
		});
	}

	/**
	 * Transforms along an axis: from {@code side} frequencies, the middle one zero, to the {@code box} voxels of the map.
	 */
	private void transformLines(final FloatFFT_1D transform, final float[] block, final float[] source,
		final int fromFirst, final int fromStep, final float[] target, final int toFirst, final int toStep)
	{
		for (int first = 0; first < columns; first += BLOCK) {
			final int width = Math.min(BLOCK, columns - first);
			Arrays.fill(block, 0);
			for (int k = 0; k < side; k++) {
				final int from = fromFirst + k * fromStep + 2 * first;
				final int to = 2 * Math.floorMod(k - radius, padded);
				// The two Nyquist frequencies share a place.
				for (int x = 0; x < width; x++) {
					block[2 * x * padded + to] += source[from + 2 * x];
					block[2 * x * padded + to + 1] += source[from + 2 * x + 1];
				}
			}
			for (int x = 0; x < width; x++) transform.complexInverse(block, 2 * x * padded, true);
			for (int i = 0; i < box; i++) {
				final int from = 2 * Math.floorMod(i - box / 2, padded);
				final int to = toFirst + i * toStep + 2 * first;
				for (int x = 0; x < width; x++) {
					target[to + 2 * x] = block[2 * x * padded + from];
					target[to + 2 * x + 1] = block[2 * x * padded + from + 1];
				}
			}
		}
	}

	/** The frequencies kx of one row to its voxels, in JTransforms' packed layout. */
	private void transformRow(final FloatFFT_1D transform, final float[] lines, final int from, final float[] line,
		final Volume map, final int to)
	{
		Arrays.fill(line, 0);
		line[0] = lines[from];
		for (int kx = 1; 2 * kx < padded && kx < columns; kx++) {
			line[2 * kx] = lines[from + 2 * kx];
			line[2 * kx + 1] = lines[from + 2 * kx + 1];
		}
		if (2 * radius == padded) line[1] = lines[from + 2 * radius];
		transform.realInverse(line, true);
		final float[] voxels = map.voxels();
		for (int x = 0; x < box; x++) voxels[to + x] = line[Math.floorMod(x - box / 2, padded)];
	}
}
