package io.github.clearice.simulate;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;

/**
 * One state of a simulated sample.
 *
 * @param name what messages call it: its file name as a rule
 * @param map its density
 * @param weight its share of the particles, relative to the other states
 */
public record WeightedMap(String name, Volume map, double weight) {

	public WeightedMap {
		if (!(weight > 0) || Double.isInfinite(weight)) throw new ParameterException("The weight of " + name + " is " +
			weight + ". It must be above 0, such as 1.");
	}
}
