package io.github.clearice.fourier;

import io.github.clearice.task.ParallelLoop;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * Discrete Fourier transform of real cubic volumes, in the half-space layout of
 * {@code numpy.fft.rfftn}, on all cores.
 * <p>
 * A spectrum holds {@code box * box} rows (kz, then ky = 0, 1, .., -1) of
 * {@code box / 2 + 1} complex numbers (kx = 0 .. box/2), real and imaginary parts
 * interleaved. The forward transform is unscaled, the inverse divides by
 * {@code box^3}. Immutable and thread-safe.
 */
public final class RealFourierTransform3D {

	private static final int BLOCK = 8;

	/** The largest box whose spectrum fits one Java array. */
	public static final int LARGEST_BOX = 1023;

	private final int box;
	private final int plane;

	/** @param box edge length of the volumes in voxels, 2 to {@value #LARGEST_BOX} */
	public RealFourierTransform3D(final int box) {
		if (box < 2 || box > LARGEST_BOX) throw new IllegalArgumentException("Box must be 2 to " + LARGEST_BOX +
			" voxels to be transformed, not " + box + ".");
		this.box = box;
		this.plane = 2 * box * (box / 2 + 1);
	}

	/** Number of floats of a spectrum: {@code 2 * box^2 * (box / 2 + 1)}. */
	public int spectrumLength() {
		return box * plane;
	}

	/**
	 * Real volume to spectrum.
	 *
	 * @param volume {@code box^3} voxels, left as they are
	 * @return {@link #spectrumLength()} floats
	 */
	public float[] forward(final float[] volume) {
		final float[] spectrum = new float[spectrumLength()];
		ParallelLoop.run(box, 1, thread -> {
			final RealFourierTransform2D transform = new RealFourierTransform2D(box);
			final float[] section = new float[box * box];
			final float[] transformed = new float[plane];
			return z -> {
				System.arraycopy(volume, (int) z * section.length, section, 0, section.length);
				transform.forward(section, transformed);
				System.arraycopy(transformed, 0, spectrum, (int) z * plane, plane);
			};
		});
		alongZ(spectrum, false);
		return spectrum;
	}

	/**
	 * Spectrum to real volume, divided by {@code box^3}.
	 *
	 * @param spectrum {@link #spectrumLength()} floats, overwritten
	 * @return {@code box^3} voxels
	 */
	public float[] inverse(final float[] spectrum) {
		alongZ(spectrum, true);
		final float[] volume = new float[box * box * box];
		ParallelLoop.run(box, 1, thread -> {
			final RealFourierTransform2D transform = new RealFourierTransform2D(box);
			final float[] section = new float[box * box];
			final float[] transformed = new float[plane];
			return z -> {
				System.arraycopy(spectrum, (int) z * plane, transformed, 0, plane);
				transform.inverse(transformed, section);
				System.arraycopy(section, 0, volume, (int) z * section.length, section.length);
			};
		});
		return volume;
	}

	private void alongZ(final float[] spectrum, final boolean inverse) {
		final int columns = box / 2 + 1;
		ParallelLoop.run(box, 1, thread -> {
			final FloatFFT_1D transform = new FloatFFT_1D(box);
			final float[] block = new float[BLOCK * 2 * box];
			return row -> {
				for (int first = 0; first < columns; first += BLOCK) {
					final int width = Math.min(BLOCK, columns - first);
					final int from = 2 * ((int) row * columns + first);
					gather(spectrum, from, width, block);
					for (int x = 0; x < width; x++) {
						if (inverse) transform.complexInverse(block, 2 * x * box, true);
						else transform.complexForward(block, 2 * x * box);
					}
					scatter(block, width, spectrum, from);
				}
			};
		});
	}

	private void gather(final float[] spectrum, final int from, final int width, final float[] block) {
		for (int z = 0; z < box; z++) {
			for (int x = 0; x < width; x++) {
				final int to = 2 * (x * box + z);
				block[to] = spectrum[from + z * plane + 2 * x];
				block[to + 1] = spectrum[from + z * plane + 2 * x + 1];
			}
		}
	}

	private void scatter(final float[] block, final int width, final float[] spectrum, final int to) {
		for (int z = 0; z < box; z++) {
			for (int x = 0; x < width; x++) {
				final int from = 2 * (x * box + z);
				spectrum[to + z * plane + 2 * x] = block[from];
				spectrum[to + z * plane + 2 * x + 1] = block[from + 1];
			}
		}
	}
}
