package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts particles anywhere but near each other. */
final class Placement {

	/** Throws for each particle: with as many, half of the plane can be filled. */
	private static final int MOST_THROWS = 2000;

	private Placement() {}

	/**
	 * Draws places, each anywhere that is allowed.
	 *
	 * @param width of the area in pixels
	 * @param height of the area in pixels
	 * @param distance least distance of two places
	 * @return {@code [count]} pairs of x and y
	 * @throws ParameterException if so many do not fit
	 */
	static List<double[]> draw(final int count, final double width, final double height, final double distance,
		final SplittableRandom random)
	{
		final List<double[]> places = new ArrayList<>();
		for (int thrown = 0; places.size() < count; thrown++) {
			if (thrown == MOST_THROWS * count) throw new ParameterException("Only " + places.size() + " of " + count +
				" particles fit at a distance of " + Math.round(distance) +
				" pixels. Ask for fewer particles, a smaller distance or larger micrographs.");
			final double x = random.nextDouble() * (width - 1), y = random.nextDouble() * (height - 1);
			if (places.stream().allMatch(other -> Math.hypot(other[0] - x, other[1] - y) >= distance)) places.add(
				new double[] { x, y });
		}
		return places;
	}
}
