package io.github.clearice.simulate;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The image that replaces a particle image.
 * <p> The first two are noise, of the scale of the stack they come into. The others imitate false picks: an image
 * without noise replaces the reference unchanged, and the noisy image after the noise of its stack is added. They are
 * drawn in units of the clean particles: background, standard deviation and range.
 * </p>
 */
public enum Contaminant {

	/** Gaussian noise of the mean and standard deviation of the stack, as in the text of Gu et al. 2021. */
	GAUSSIAN,
	/** Noise that is uniform over the range of the stack, as in the code published with Gu et al. 2021. */
	UNIFORM,
	/** Crystals of ice: convex polygons with sharp edges, some times as bright as a particle. */
	ICE,
	/** The edge of the carbon film: one side brighter and grainy. */
	CARBON,
	/** A neighbour's particle, half out of the box. */
	NEIGHBOUR,
	/** Ice without a particle: the background alone. */
	EMPTY,
	/** The image of another particle. */
	SHUFFLED;

	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static List<String> labels() {
		return Arrays.stream(values()).map(Contaminant::label).toList();
	}

	/** @throws ParameterException if there is no such contaminant */
	public static Contaminant named(final String label) {
		return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst().orElseThrow(
			() -> new ParameterException("There is no contaminant " + label + ". Use one of " + String.join(", ", labels()) +
				"."));
	}

	/** Whether images of particles are needed to draw it. */
	boolean takesOtherParticles() {
		return this == NEIGHBOUR || this == SHUFFLED;
	}

	/** Whether it is noise by itself, so that none is added to it. */
	boolean isNoise() {
		return this == GAUSSIAN || this == UNIFORM;
	}

	/**
	 * Draws it.
	 *
	 * @param random its own stream
	 * @param scale of the stack that the image comes into; of the clean particles where it is no noise
	 * @param other image of another particle, or null where none is needed
	 * @param box edge length in pixels
	 * @param image receives {@code box * box} pixels
	 */
	void draw(final SplittableRandom random, final Scale scale, final float[] other, final int box,
		final float[] image)
	{
		switch (this) {
			case GAUSSIAN -> {
				for (int p = 0; p < image.length; p++) image[p] = (float) (scale.mean() + scale.standardDeviation() * random
					.nextGaussian());
			}
			case UNIFORM -> {
				for (int p = 0; p < image.length; p++)
					image[p] = (float) (scale.minimum() + random.nextDouble() * scale.range());
			}
			case ICE -> Shapes.ice(random, scale, box, image);
			case CARBON -> Shapes.carbon(random, scale, box, image);
			case NEIGHBOUR -> Shapes.neighbour(random, scale, other, box, image);
			case EMPTY -> Arrays.fill(image, (float) scale.background());
			case SHUFFLED -> System.arraycopy(other, 0, image, 0, image.length);
		}
	}

	/** Draws other bright features of a micrograph: simple shapes of the right size, contrast and sharpness. */
	private static final class Shapes {

		/** Edges fall from full to none over this many pixels. */
		private static final double EDGE_PIXELS = 1.5;

		private Shapes() {}

		/**
		 * One to three crystals: regular polygons of five to seven corners, pulled out of shape, with a radius of 0.1 to
		 * 0.35 of the box and twice to five times the contrast of the particles.
		 */
		static void ice(final SplittableRandom random, final Scale scale, final int box, final float[] image) {
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
		static void carbon(final SplittableRandom random, final Scale scale, final int box, final float[] image) {
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

		/** Another particle, moved by 0.35 to 0.6 of the box in any direction; the uncovered part is background. */
		static void neighbour(final SplittableRandom random, final Scale scale, final float[] other, final int box,
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

	/**
	 * The scale of a stack's pixels.
	 *
	 * @param background mean over the border of the images
	 * @param standardDeviation of all pixels
	 */
	record Scale(double mean, double standardDeviation, double minimum, double maximum, double background) {

		/** Number of images used, spread over the stack. */
		private static final int SAMPLE = 500;

		/**
		 * Measures a stack.
		 *
		 * @throws ParameterException if a pixel is not a number, or all are equal
		 */
		static Scale of(final ParticleStack stack) {
			final int box = stack.box();
			final int[] sample = stack.spread(SAMPLE);
			final int count = sample.length;
			final float[] image = new float[box * box];
			double sum = 0, squares = 0, border = 0, minimum = Double.POSITIVE_INFINITY, maximum = Double.NEGATIVE_INFINITY;
			for (final int index : sample) {
				stack.read(index, image);
				PixelCheck.fault(stack, index, image).ifPresent(fault -> {
					throw new ParameterException("Image " + fault + "; leave this image out.");
				});
				final ImageStatistics statistics = ImageStatistics.of(image);
				sum += statistics.mean();
				squares += statistics.variance() + statistics.mean() * statistics.mean();
				minimum = Math.min(minimum, statistics.minimum());
				maximum = Math.max(maximum, statistics.maximum());
				border += borderMean(image, box);
			}
			final double mean = sum / count;
			final double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
			if (!(deviation > 0)) throw new ParameterException("All pixels of " + stack.name() +
				" are equal: there is no particle in it. Name another stack.");
			return new Scale(mean, deviation, minimum, maximum, border / count);
		}

		private static double borderMean(final float[] image, final int box) {
			double sum = 0;
			for (int i = 0; i < box; i++)
				sum += image[i] + image[(box - 1) * box + i] + image[i * box] + image[i * box + box - 1];
			return sum / (4 * box);
		}

		double range() {
			return maximum - minimum;
		}
	}
}
