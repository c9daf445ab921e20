package io.github.clearice.network;

import io.github.clearice.tensorflow.NetworkException;

/**
 * A network whose training begins with small images and adds a level whenever
 * their size is doubled (Karras et al. 2018). The weights of a level keep their
 * names, so that those learned with small images continue with larger ones.
 *
 * @param <N> the kind of network
 */
public interface GrowingNetwork<N> {

	/** Edge lengths of the first images in pixels. */
	int SMALLEST_FIRST = 4, LARGEST_FIRST = 7;
	/** Edge length of the last images at most. */
	int LARGEST_BOX = 512;

	/**
	 * How often a box is halved down to the size of the first images, 4 to 7 pixels.
	 *
	 * @throws NetworkException if that does not go, naming the boxes it takes
	 */
	static int levels(final int box) {
		int levels = 0;
		int size = box;
		for (; size % 2 == 0 && size > LARGEST_FIRST; size /= 2) levels++;
		if (size < SMALLEST_FIRST || size > LARGEST_FIRST || box > LARGEST_BOX) throw new NetworkException(
			"A growing network takes boxes of 4, 5, 6 or 7 pixels times a power of two up to " + LARGEST_BOX +
				", such as 64, 80, 96, 112 and 128, not " + box + ". Crop, pad or rescale the particles.");
		return levels;
	}

	/**
	 * This network with another share of its newest level.
	 *
	 * @param share 1 when the level stands alone; below, that which {@link Layers#fading} is given comes first
	 */
	N blended(float share);

	/** A generator that grows. */
	interface GrowingArchitecture extends Architecture, GrowingNetwork<GrowingArchitecture> {

		/**
		 * This network as it is before it is grown: it takes the mean of pixels first, and
		 * repeats those of its result.
		 *
		 * @param levels it has yet to grow
		 */
		GrowingArchitecture withoutLevels(int levels);
	}

	/** A discriminator that grows: it has as many levels as the size of its images asks for. */
	interface GrowingDiscriminator extends Discriminator, GrowingNetwork<GrowingDiscriminator> {}
}
