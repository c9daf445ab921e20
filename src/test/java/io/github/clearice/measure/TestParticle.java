package io.github.clearice.measure;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

/** A lopsided particle of a dozen balls, half as wide as its box. */
final class TestParticle {

	private TestParticle() {}

	static Volume map(final int box, final double pixelSizeAngstrom) {
		return map(box, pixelSizeAngstrom, 1);
	}

	/** @param size of the particle, usually 1 */
	static Volume map(final int box, final double pixelSizeAngstrom, final double size) {
		final Volume map = Volume.zeros(box, pixelSizeAngstrom);
		final SplittableRandom random = Seeds.random(5);
		for (int ball = 0; ball < 12; ball++) {
			final double x = box * (.5 + size * .15 * random.nextGaussian()), y = box * (.5 +
				size * .07 * random.nextGaussian());
			final double z = box * (.5 + size * .07 * random.nextGaussian()), width = size * box * .05;
			for (int p = 0; p < map.voxels().length; p++) {
				final double square = Math.pow(p % box - x, 2) + Math.pow(p / box % box - y, 2) + Math.pow(p / (box * box) - z,
					2);
				map.voxels()[p] += (float) Math.exp(-square / (2 * width * width));
			}
		}
		return map;
	}
}
