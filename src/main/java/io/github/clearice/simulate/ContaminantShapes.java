package io.github.clearice.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws what else is bright in a micrograph: simple shapes of the right size, contrast and sharpness. */
final class ContaminantShapes {

	/** Edges fall from full to none over this many pixels. */
	private static final double EDGE_PIXELS = 1.5;

	private ContaminantShapes() {}

	/**
	 * One to three crystals: regular polygons of five to seven corners, pulled out of shape, with a radius of 0.1 to
	 * 0.35 of the box and twice to five times the contrast of the particles.
	 */
	static void ice(final SplittableRandom random, final StackScale scale, final int box, final float[] image) {
		Arrays.fill(image, (float) scale.background());
		final int crystals = 1 + random.nextInt(3);
		for (int c = 0; c < crystals; c++) {
			final double x = random.nextDouble(box), y = random.nextDouble(box);
			final double radius = box * random.nextDouble(.1, .35), stretch = random.nextDouble(.5, 1);
			final double turn = random.nextDouble(2 * Math.PI), first = random.nextDouble(2 * Math.PI);
			final int corners = 5 + random.nextInt(3);
			final double height = scale.standardDeviation() * random.nextDouble(2, 5);
			final double cosine = Math.cos(turn), sine = Math.sin(turn);
			for (int p = 0; p < image.length; p++) {
				final double dx = p % box - x, dy = (double) (p / box) - y;
				final double u = cosine * dx + sine * dy, v = (cosine * dy - sine * dx) / stretch;
				image[p] += (float) (height * covered(distance(u, v, radius, corners, first)));
			}
		}
	}

	/** How far a point is outside a regular polygon, in pixels; negative inside. */
	private static double distance(final double u, final double v, final double radius, final int corners,
		final double first)
	{
		double farthest = Double.NEGATIVE_INFINITY;
		for (int k = 0; k < corners; k++) {
			final double angle = first + 2 * Math.PI * k / corners;
			farthest = Math.max(farthest, u * Math.cos(angle) + v * Math.sin(angle) - radius * Math.cos(Math.PI / corners));
		}
		return farthest;
	}

	/** Share of a pixel inside an edge at this distance. */
	private static double covered(final double distance) {
		return Math.max(0, Math.min(1, .5 - distance / EDGE_PIXELS));
	}

	/** A half-plane through the middle third of the box, once to three times as bright as the particles, and grainy. */
	static void carbon(final SplittableRandom random, final StackScale scale, final int box, final float[] image) {
		final double angle = random.nextDouble(2 * Math.PI), offset = box * random.nextDouble(-1 / 6., 1 / 6.);
		final double height = scale.standardDeviation() * random.nextDouble(1, 3);
		final double cosine = Math.cos(angle), sine = Math.sin(angle);
		final float[] grain = new float[image.length];
		for (int p = 0; p < grain.length; p++) grain[p] = (float) random.nextGaussian();
		for (int p = 0; p < image.length; p++) {
			final double distance = cosine * (p % box - box / 2) + sine * (p / box - box / 2) - offset;
			image[p] = (float) (scale.background() + covered(distance) * (height + scale.standardDeviation() * smooth(grain,
				box, p)));
		}
	}

	/** Grains of two to three pixels: the mean of 3 by 3, brought back to a standard deviation of 1. */
	private static double smooth(final float[] grain, final int box, final int pixel) {
		double sum = 0;
		for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
			final int x = Math.floorMod(pixel % box + dx, box), y = Math.floorMod(pixel / box + dy, box);
			sum += grain[y * box + x];
		}
		return sum / 3;
	}

	/** Another particle, moved by 0.35 to 0.6 of the box in any direction; what it leaves is background. */
	static void neighbour(final SplittableRandom random, final StackScale scale, final float[] other, final int box,
		final float[] image)
	{
		final double angle = random.nextDouble(2 * Math.PI), way = box * random.nextDouble(.35, .6);
		final int dx = (int) Math.round(way * Math.cos(angle)), dy = (int) Math.round(way * Math.sin(angle));
		Arrays.fill(image, (float) scale.background());
		for (int y = Math.max(0, dy); y < Math.min(box, box + dy); y++) {
			for (int x = Math.max(0, dx); x < Math.min(box, box + dx); x++)
				image[y * box + x] = other[(y - dy) * box + x - dx];
		}
	}
}
