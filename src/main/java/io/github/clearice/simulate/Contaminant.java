package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What stands in the place of a particle image.
 * <p>
 * The first two are noise, of the scale of the stack they come into. The others are
 * what a particle picker takes for particles: an image without noise, which a
 * reference is replaced by as it is and a noisy image with the noise of its stack
 * added. They are drawn in units of the clean particles: background, standard
 * deviation and range.
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
	void draw(final SplittableRandom random, final StackScale scale, final float[] other, final int box,
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
			case ICE -> ContaminantShapes.ice(random, scale, box, image);
			case CARBON -> ContaminantShapes.carbon(random, scale, box, image);
			case NEIGHBOUR -> ContaminantShapes.neighbour(random, scale, other, box, image);
			case EMPTY -> Arrays.fill(image, (float) scale.background());
			case SHUFFLED -> System.arraycopy(other, 0, image, 0, image.length);
		}
	}
}
