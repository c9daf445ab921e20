package io.github.clearice.fourier;

/**
 * A sphere about voxel {@code box / 2} whose edge falls off as a raised cosine.
 *
 * @param radius where the edge begins, in voxels
 * @param edge width of the edge, in voxels
 */
public record SoftSphere(double radius, double edge) {

	/** Edges narrower than a few voxels ring in Fourier space; RELION's standard too. */
	public static final double DEFAULT_EDGE = 3;

	public SoftSphere {
		if (!(radius >= 0) || !(edge >= 0)) throw new IllegalArgumentException("Radius and edge must not be negative: " +
			radius + ", " + edge + ".");
	}

	/** The sphere that touches the faces of a box: what projections from all sides determine. */
	public static SoftSphere inscribed(final int box) {
		return new SoftSphere(box / 2, DEFAULT_EDGE);
	}

	/** The weight of a voxel at a distance from the centre: 1 inside, 0 outside. */
	public double weight(final double distance) {
		if (distance <= radius) return 1;
		if (distance >= radius + edge) return 0;
		return 0.5 + 0.5 * Math.cos(Math.PI * (distance - radius) / edge);
	}

	/** The weights of all voxels of a box, as a mask. */
	public Volume mask(final int box, final double pixelSizeAngstrom) {
		final Volume mask = Volume.zeros(box, pixelSizeAngstrom);
		final float[] weights = mask.voxels();
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			final double dx = x - box / 2, dy = y - box / 2, dz = z - box / 2;
			weights[i] = (float) weight(Math.sqrt(dx * dx + dy * dy + dz * dz));
		}
		return mask;
	}

	/** Replaces the outside by its own mean, in place. */
	public void flattenOutside(final Volume map) {
		final float[] weights = mask(map.box(), map.pixelSizeAngstrom()).voxels();
		final float[] data = map.voxels();
		double sum = 0, share = 0;
		for (int i = 0; i < data.length; i++) {
			sum += (1 - weights[i]) * (double) data[i];
			share += 1 - weights[i];
		}
		final double mean = share > 0 ? sum / share : 0;
		for (int i = 0; i < data.length; i++) data[i] = (float) (weights[i] * data[i] + (1 - weights[i]) * mean);
	}
}
