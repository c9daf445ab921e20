package io.github.clearice.network;

/**
 * A network whose training begins with small images and adds a level whenever
 * their size is doubled (Karras et al. 2018). The weights of a level keep their
 * names, so that those learned with small images go on with larger ones.
 *
 * @param <N> the kind of network
 */
public interface Growing<N> {

	/** Images are no smaller, in pixels. */
	int SMALLEST_SIZE = 4;

	/** How often a box is halved down to the size of the first images. */
	static int levels(final int box) {
		int levels = 0;
		for (int size = box; size % 2 == 0 && size / 2 >= SMALLEST_SIZE; size /= 2) levels++;
		return levels;
	}

	/**
	 * This network with another share of its newest level.
	 *
	 * @param share 1 when the level stands alone; below, that which {@link Layers#fading} is given comes first
	 */
	N blended(float share);
}
