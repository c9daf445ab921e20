package io.github.clearice.simulate;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;

/**
 * One state of a simulated sample.
 *
 * @param name its name in messages, usually the file name
 * @param map its density
 * @param weight its share of the particles, relative to the other states
 */
public record WeightedMap(String name, Volume map, double weight) {

	private static final double SHARE_WITHIN = 0.99;

	public WeightedMap {
		if (!(weight > 0) || Double.isInfinite(weight)) throw new ParameterException("The weight of " + name + " is " +
			weight + ". It must be above 0, such as 1.");
	}

	/**
	 * Radius in pixels of the particle about the middle of the box: that of the sphere that holds
	 * {@value #SHARE_WITHIN} of the variance of the voxels.
	 */
	public double radiusPixels() {
		final int box = map.box();
		final float[] data = map.voxels();
		final double[] squares = new double[box];
		double edge = 0;
		for (int i = 0; i < box; i++) edge += data[i] / box;
		double sum = 0;
		for (int p = 0; p < data.length; p++) {
			final double radius = Math.hypot(Math.hypot(p % box - box / 2, p / box % box - box / 2), p / (box * box) - box /
				2);
			final double square = (data[p] - edge) * (data[p] - edge);
			squares[Math.min(box - 1, (int) Math.round(radius))] += square;
			sum += square;
		}
		double within = 0;
		for (int radius = 0; radius < box; radius++) {
			within += squares[radius];
			if (within >= SHARE_WITHIN * sum) return radius;
		}
		return box / 2.0;
	}

	/** The same with dark particles for bright ones. */
	public WeightedMap inverted() {
		final float[] data = map.voxels().clone();
		for (int i = 0; i < data.length; i++) data[i] = -data[i];
		return new WeightedMap(name, Volume.of(map.box(), map.pixelSizeAngstrom(), data), weight);
	}
}
