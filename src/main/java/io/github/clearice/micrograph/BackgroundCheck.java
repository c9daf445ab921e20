package io.github.clearice.micrograph;

import java.util.Arrays;

/**
 * Checks whether the background around a position is uniform. At the edge of a carbon film it
 * is not, and template matching finds false particles along the edge.
 * <p>
 * Of the ring about a particle, the medians of opposite halves are compared: other
 * particles cover less than half of a half, which leaves a median as it is. Holds
 * buffers: one instance a thread.
 */
final class BackgroundCheck {

	/** The ring around the particle, in diameters of the particle. */
	private static final double INNER_RADIUS = 0.5, OUTER_RADIUS = 1.25;

	/** Between medians, in local standard deviations of the pixels: noise and ramps make less, carbon more. */
	private static final double LARGEST_STEP = 0.75;

	private static final int DIRECTIONS = 4;

	private final Micrograph micrograph;
	private final int reach;
	private final double inner;
	private final double outer;
	private final float[] near;
	private final float[] far;

	/** @param micrograph normalised by its {@link LocalScale} */
	BackgroundCheck(final Micrograph micrograph, final double diameterPixels) {
		this.micrograph = micrograph;
		inner = INNER_RADIUS * diameterPixels;
		outer = OUTER_RADIUS * diameterPixels;
		reach = (int) Math.ceil(outer);
		near = new float[(2 * reach + 1) * (2 * reach + 1)];
		far = new float[near.length];
	}

	/** Whether all pairs of opposite halves of the ring have about the same median. */
	boolean isUniform(final int pixel) {
		for (int i = 0; i < DIRECTIONS; i++) if (step(pixel, Math.PI * i / DIRECTIONS) > LARGEST_STEP) return false;
		return true;
	}

	private double step(final int pixel, final double direction) {
		final int width = micrograph.width(), x = pixel % width, y = pixel / width;
		final double dx = Math.cos(direction), dy = Math.sin(direction);
		int onNear = 0, onFar = 0;
		for (int v = Math.max(0, y - reach); v <= Math.min(micrograph.height() - 1, y + reach); v++) {
			for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
				final double radius = Math.hypot(u - x, v - y);
				if (radius < inner || radius > outer) continue;
				final float value = micrograph.pixels()[v * width + u];
				if ((u - x) * dx + (v - y) * dy > 0) far[onFar++] = value;
				else near[onNear++] = value;
			}
		}
		return onNear == 0 || onFar == 0 ? 0 : Math.abs(median(near, onNear) - median(far, onFar));
	}

	private static double median(final float[] values, final int count) {
		Arrays.sort(values, 0, count);
		return values[count / 2];
	}
}
