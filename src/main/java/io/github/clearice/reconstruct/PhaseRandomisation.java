package io.github.clearice.reconstruct;

import io.github.clearice.fourier.RealFourierTransform3D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

/**
 * Replaces the phases of a volume beyond a shell by random ones. What still
 * correlates between two such volumes within a mask, the mask has brought in.
 *
 * @see <a href="https://doi.org/10.1016/j.ultramic.2013.06.004">Chen et al. 2013</a>
 */
final class PhaseRandomisation {

	private PhaseRandomisation() {}

	/** @param from first shell with random phases; amplitudes stay */
	static Volume apply(final Volume volume, final int from, final long seed) {
		final int box = volume.box(), columns = box / 2 + 1;
		final RealFourierTransform3D transform = new RealFourierTransform3D(box);
		final float[] spectrum = transform.forward(volume.data());
		final SplittableRandom random = Seeds.random(seed);
		for (int z = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < columns; x++) {
			if (Math.rint(Math.sqrt((double) x * x + square(y, box) + square(z, box))) < from) continue;
			final int mirror = ((box - z) % box * box + (box - y) % box) * columns + x;
			final int at = (z * box + y) * columns + x;
			final boolean paired = x == 0 || 2 * x == box;
			// A pair within a plane of the half spectrum gets its phase once; what is its own partner stays real.
			if (paired && mirror <= at) continue;
			final double phase = random.nextDouble(2 * Math.PI);
			final double amplitude = Math.hypot(spectrum[2 * at], spectrum[2 * at + 1]);
			spectrum[2 * at] = (float) (amplitude * Math.cos(phase));
			spectrum[2 * at + 1] = (float) (amplitude * Math.sin(phase));
			if (!paired) continue;
			spectrum[2 * mirror] = spectrum[2 * at];
			spectrum[2 * mirror + 1] = -spectrum[2 * at + 1];
		}
		return new Volume(box, volume.pixelSizeAngstrom(), transform.inverse(spectrum));
	}

	private static double square(final int index, final int box) {
		final double frequency = 2 * index <= box ? index : index - box;
		return frequency * frequency;
	}
}
