package io.github.clearice.reconstruct;

import io.github.clearice.fourier.Volume;

/** How far a map is from being the same from all sides. */
final class Roundness {

	/**
	 * Below this share of a map's variance, its shape does not distinguish views: a ball has 0, beta-galactosidase and
	 * RNA
	 * polymerase II to 60 Å have 0.4 and 0.3.
	 */
	private static final double LEAST_SHAPE = 0.02;

	private Roundness() {}

	/** Whether no view of a map is likelier than another. */
	static boolean isBall(final Volume map) {
		return shape(map) < LEAST_SHAPE;
	}

	/** The share of a map's variance that its mean over all directions does not have; 0 of a constant one. */
	static double shape(final Volume map) {
		final int box = map.box();
		final float[] voxels = map.voxels();
		final double[] sum = new double[box + 1], weight = new double[box + 1];
		double mean = 0;
		for (int i = 0; i < voxels.length; i++) {
			final double at = radius(i, box);
			final int shell = (int) at;
			sum[shell] += (shell + 1 - at) * voxels[i];
			weight[shell] += shell + 1 - at;
			sum[shell + 1] += (at - shell) * voxels[i];
			weight[shell + 1] += at - shell;
			mean += voxels[i] / (double) voxels.length;
		}
		double rest = 0, all = 0;
		for (int i = 0; i < voxels.length; i++) {
			final double at = radius(i, box);
			final int shell = (int) at;
			final double round = (shell + 1 - at) * sum[shell] / Math.max(1e-9, weight[shell]) + (at - shell) * sum[shell +
				1] / Math.max(1e-9, weight[shell + 1]);
			rest += (voxels[i] - round) * (voxels[i] - round);
			all += (voxels[i] - mean) * (voxels[i] - mean);
		}
		return all > 0 ? rest / all : 0;
	}

	private static double radius(final int voxel, final int box) {
		final int x = voxel % box - box / 2, y = voxel / box % box - box / 2, z = voxel / box / box - box / 2;
		return Math.sqrt((double) x * x + y * y + z * z);
	}
}
