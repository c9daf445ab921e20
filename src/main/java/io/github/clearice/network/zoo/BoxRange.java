package io.github.clearice.network.zoo;

import io.github.clearice.tensorflow.NetworkException;

/**
 * The boxes that a network takes.
 *
 * @param network what to call it in messages
 * @param smallest edge length in pixels
 * @param step between one box and the next
 */
record BoxRange(String network, int smallest, int step) {

	private static final int LARGEST = 512;

	/**
	 * @throws NetworkException if the box is not one of these
	 */
	void check(final int box) {
		if (box >= smallest && box <= LARGEST && box % step == 0) return;
		throw new NetworkException("This " + network + " takes boxes of " + smallest + " to " + LARGEST +
			" pixels in steps of " + step + ", not " + box + ". Crop, pad or rescale the particles.");
	}
}
