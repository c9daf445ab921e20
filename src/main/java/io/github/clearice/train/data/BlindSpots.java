package io.github.clearice.train.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Hides single pixels of an image from a network that is to guess them
 * (Noise2Void: Krull, Buchholz and Jug 2019, section 3.4). The image is divided
 * into cells of 8 x 8 pixels; in each, one pixel at random takes the value of
 * another at most two pixels away. So 1.6 % of the pixels are hidden, and none of
 * them has many others beside it.
 *
 * @see <a href="https://doi.org/10.1109/CVPR.2019.00223">Krull, Buchholz and Jug 2019</a>
 */
public final class BlindSpots {

	private static final int CELL = 8;
	private static final int REACH = 2;

	private BlindSpots() {}

	/**
	 * Hides pixels.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param seen receives the image with its hidden pixels replaced, from place {@code at}
	 * @param weights receives 1 at hidden pixels and 0 at others, from place {@code at}
	 */
	public static void hide(final float[] image, final int box, final SplittableRandom random, final float[] seen,
		final float[] weights, final int at)
	{
		System.arraycopy(image, 0, seen, at, box * box);
		Arrays.fill(weights, at, at + box * box, 0);
		for (int top = 0; top < box; top += CELL) for (int left = 0; left < box; left += CELL) {
			final int y = top + random.nextInt(Math.min(CELL, box - top));
			final int x = left + random.nextInt(Math.min(CELL, box - left));
			seen[at + y * box + x] = neighbour(image, box, x, y, random);
			weights[at + y * box + x] = 1;
		}
	}

	private static float neighbour(final float[] image, final int box, final int x, final int y,
		final SplittableRandom random)
	{
		while (true) {
			final int nearX = x + random.nextInt(-REACH, REACH + 1), nearY = y + random.nextInt(-REACH, REACH + 1);
			final boolean inside = nearX >= 0 && nearX < box && nearY >= 0 && nearY < box;
			if (inside && (nearX != x || nearY != y)) return image[nearY * box + nearX];
		}
	}
}
