package io.github.clearice.simulate;

import io.github.clearice.fourier.Volume;

/** Maps to simulate from. */
final class TestMaps {

	private TestMaps() {}

	/** A particle without symmetry. */
	static Volume particle(final int box, final double pixelSizeAngstrom) {
		final double unit = box / 32.0;
		return blobs(box, pixelSizeAngstrom, 1.5 * unit, new double[][] { { 3 * unit, -2 * unit, 5 * unit, 1 }, { -6 * unit,
			4 * unit, unit, 0.5 }, { 0, 7 * unit, -4 * unit, 0.8 } });
	}

	/**
	 * Gaussian blobs.
	 *
	 * @param blobs x, y, z from the centre and peak density of each
	 */
	static Volume blobs(final int box, final double pixelSizeAngstrom, final double sigma, final double[][] blobs) {
		final Volume map = Volume.zeros(box, pixelSizeAngstrom);
		for (final double[] blob : blobs) for (int z = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x =
			0; x < box; x++)
		{
			final double dx = x - box / 2 - blob[0], dy = y - box / 2 - blob[1], dz = z - box / 2 - blob[2];
			map.voxels()[map.index(x, y, z)] += (float) (blob[3] * Math.exp(-(dx * dx + dy * dy + dz * dz) / (2 * sigma *
				sigma)));
		}
		return map;
	}
}
