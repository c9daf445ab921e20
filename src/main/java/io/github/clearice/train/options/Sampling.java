package io.github.clearice.train.options;

import io.github.clearice.fourier.RigidTransform2D;
import io.github.clearice.fourier.SquareSymmetry;
import io.github.clearice.simulate.CommonAstigmatism;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How the particles are presented to the network.
 *
 * @param supervision the kind of targets
 * @param augment how pairs are varied
 * @param fresh whether clean images get new noise in every epoch
 * @param guideDrop share of the pairs whose guide is left out, if there are guides, so that the network can do without
 * @param validationShare fraction of the particles held out to choose the best weights
 */
public record Sampling(Supervision supervision, Augmentation augment, boolean fresh, double guideDrop,
	double validationShare)
{

	public Sampling {
		if (!(guideDrop >= 0 && guideDrop <= 1)) throw new ParameterException(
			"Option guidedrop must be 0 to 1, not " + guideDrop + ".");
		if (!(validationShare > 0 && validationShare < 1)) throw new ParameterException(
			"Option validation must be above 0 and below 1, not " + validationShare + ".");
	}

	/** Reads what {@link #addTo} writes. */
	static Sampling of(final OptionReader read) {
		return new Sampling(read.choice("supervision", Supervision.class), read.choice("augment", Augmentation.class), read
			.flag("fresh"), read.real("guidedrop"), read.real("validation"));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("supervision", supervision.label());
		map.put("augment", augment.label());
		map.put("fresh", Boolean.toString(fresh));
		map.put("guidedrop", Double.toString(guideDrop));
		map.put("validation", Double.toString(validationShare));
	}

	/** How training pairs are varied from epoch to epoch. */
	public enum Augmentation {
		/** Not at all. */
		NONE,
		/** Quarter rotations and mirrors, for images without an astigmatism of one direction. */
		ROTATIONS,
		/**
		 * Any turn in the plane, mirrors, and shifts of up to two pixels. Images are moved
		 * by {@link RigidTransform2D}, which keeps white noise white.
		 */
		FREE;

		/** Largest shift of {@link #FREE} along x and y, in pixels: the slips of centring. */
		private static final double MOST_SHIFT = 2;

		/**
		 * Draws a motion.
		 *
		 * @param box edge length of the images in pixels
		 * @return moves an image in place, each image in the same way; for one thread
		 */
		public Consumer<float[]> motion(final int box, final SplittableRandom random) {
			if (this == NONE) return image -> {};
			final int turn = random.nextInt(SquareSymmetry.COUNT);
			final float[] scratch = new float[box * box];
			if (this == ROTATIONS) return image -> SquareSymmetry.apply(turn, box, image, scratch);
			final RigidTransform2D motion = new RigidTransform2D(box);
			final double angle = random.nextDouble(-RigidTransform2D.LARGEST_ANGLE_DEGREE,
				RigidTransform2D.LARGEST_ANGLE_DEGREE);
			final double x = random.nextDouble(-MOST_SHIFT, MOST_SHIFT), y = random.nextDouble(-MOST_SHIFT, MOST_SHIFT);
			return image -> {
				SquareSymmetry.apply(turn, box, image, scratch);
				motion.apply(image, angle, x, y);
			};
		}

		/**
		 * Checks that noisy images may be moved: rotated particles are particles of another
		 * astigmatism, which must be one that the stack may have.
		 *
		 * @throws ParameterException if their CTFs are all astigmatic in one direction
		 */
		public void requireSuits(final ParticleStack noisy) {
			if (this == NONE || noisy.rows().isEmpty()) return;
			final CommonAstigmatism common = CommonAstigmatism.of(noisy.rows().get());
			if (common.matters(noisy.pixelSizeAngstrom())) throw new ParameterException(String.format(Locale.ROOT,
				"The CTFs of %s are all astigmatic in one direction (%.0f Å at %.0f degrees), and rotated particles would" +
					" not be. Use augment=none, or clean images without CTF (clearice train fresh=true).",
				noisy.name(), common.differenceAngstrom(), common.angleDegree()));
		}

		/** The name used in commands and cards: {@code none}, {@code rotations}, {@code free}. */
		public String label() {
			return OptionReader.label(this);
		}
	}

	/** The target of a noisy image in training. */
	public enum Supervision {
		/** The clean image. */
		CLEAN,
		/** A second, independent noisy image of the same particle (Lehtinen et al. 2018). */
		NOISE2NOISE,
		/** The noisy image itself, at pixels that the network does not see (Krull et al. 2019). */
		NOISE2VOID;

		/** The name used in commands and cards: {@code clean}, {@code noise2noise}, {@code noise2void}. */
		public String label() {
			return OptionReader.label(this);
		}
	}
}
