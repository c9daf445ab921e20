package io.github.clearice.network;

/** A generator that grows. */
public interface GrowingArchitecture extends Architecture, GrowingNetwork<GrowingArchitecture> {

	/**
	 * This network as it is before it is grown: it takes the mean of pixels first, and
	 * repeats those of its result.
	 *
	 * @param levels it has yet to grow
	 */
	GrowingArchitecture withoutLevels(int levels);
}
