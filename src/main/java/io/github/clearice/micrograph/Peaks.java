package io.github.clearice.micrograph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The local maxima of a map that have no larger one near. */
final class Peaks {

	/** A maximum between pixels. */
	record Peak(double x, double y, double value, int pixel) {}

	private Peaks() {}

	/**
	 * Finds maxima, the largest first.
	 *
	 * @param border pixels at the rim that are not looked at, at least 1
	 * @param distance least distance of two in pixels
	 * @param allowed pixels at which a maximum counts; others do not keep maxima near them from counting
	 */
	static List<Peak> find(final float[] map, final int width, final int height, final int border, final double distance,
		final IntPredicate allowed)
	{
		final List<Integer> maxima = new ArrayList<>();
		for (int y = border; y < height - border; y++) for (int x = border; x < width - border; x++) {
			if (isMaximum(map, width, y * width + x)) maxima.add(y * width + x);
		}
		maxima.sort((first, second) -> Float.compare(map[second], map[first]));
		final boolean[] taken = new boolean[map.length];
		final List<Peak> peaks = new ArrayList<>();
		for (final int at : maxima) {
			if (taken[at] || !allowed.test(at)) continue;
			peaks.add(refined(map, width, at));
			block(taken, width, height, at, distance);
		}
		return peaks;
	}

	private static boolean isMaximum(final float[] map, final int width, final int at) {
		for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
			final float other = map[at + dy * width + dx];
			// Of equal neighbours, the first counts.
			if (other > map[at] || other == map[at] && dy * width + dx < 0) return false;
		}
		return true;
	}

	private static Peak refined(final float[] map, final int width, final int at) {
		return new Peak(at % width + vertex(map[at - 1], map[at], map[at + 1]), at / width + vertex(map[at - width],
			map[at], map[at + width]), map[at], at);
	}

	/** Of the parabola through three neighbours. */
	private static double vertex(final double before, final double here, final double after) {
		final double curvature = before - 2 * here + after;
		return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature))) : 0;
	}

	private static void block(final boolean[] taken, final int width, final int height, final int at,
		final double distance)
	{
		final int reach = (int) Math.ceil(distance), x = at % width, y = at / width;
		for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
			final int left = Math.max(0, x - reach), right = Math.min(width - 1, x + reach);
			final double dy = v - y;
			for (int u = left; u <= right; u++) if (Math.hypot(u - x, dy) < distance) taken[v * width + u] = true;
		}
	}
}
