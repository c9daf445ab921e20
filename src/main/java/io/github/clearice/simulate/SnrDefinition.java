package io.github.clearice.simulate;

/** What "signal" means where a signal-to-noise ratio sets the noise level. */
public enum SnrDefinition {

	/**
	 * One noise level for all particles, as a camera has: its variance is the mean
	 * over the stack of the signal's variance, divided by the ratio.
	 */
	STACK,

	/** A noise level for each particle: the variance of its own signal, divided by the ratio. */
	IMAGE
}
