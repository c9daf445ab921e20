package io.github.clearice.evaluate;

import io.github.clearice.metrics.StackQuality;
import io.github.clearice.stack.ArrayParticleStack;

/**
 * How a method did on pairs.
 *
 * @param quality how near its results come to the truth
 * @param secondsPerImage wall time of the whole stack, preparation, reading and writing included, over its images; NaN
 *          for the noisy images themselves and for results of other programs
 * @param examples its results for the first particles
 */
public record MethodScore(StackQuality quality, double secondsPerImage, ArrayParticleStack examples) {

	public String name() {
		return quality.name();
	}
}
