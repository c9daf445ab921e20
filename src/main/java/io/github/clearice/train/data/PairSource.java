package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.Split;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Where the pairs of a training come from: a noisy image each, and the target
 * that a network is to make of it. Any pair can be asked for at any time, from
 * any thread.
 */
public interface PairSource extends AutoCloseable {

	/** Noisy particles and their clean images, the same in each epoch. */
	static PairSource of(final ParticlePairs pairs) {
		return new StackPairs(pairs, Map.of(), null);
	}

	/**
	 * As {@link #of(ParticlePairs)}, with an estimate of each particle that another method made from its whole stack, for
	 * a network that improves on it.
	 *
	 * @param guide one image for each pair, on the scale of the noisy one; closed along with the pairs
	 */
	static PairSource guided(final ParticlePairs pairs, final ParticleStack guide) {
		return new StackPairs(pairs, guide);
	}

	/**
	 * Refined particles, and references made from a map.
	 *
	 * @param pairs particles and {@link io.github.clearice.simulate.References}
	 * @param description of the references for the card, by name
	 * @param ctf whether references lack the CTFs of the particles
	 */
	static PairSource refined(final ParticlePairs pairs, final Map<String, String> description,
		final ModelCard.TrainedCtf ctf)
	{
		return new StackPairs(pairs, description, ctf);
	}

	/**
	 * Pairs that are simulated while the training runs: other particles in each
	 * epoch, and some that are only validated on.
	 *
	 * @param simulator that counts the pairs of an epoch
	 * @param maps what messages and cards call the maps
	 * @param description of the simulation for the card, by name
	 */
	static PairSource simulated(final PairSimulator simulator, final String maps, final Map<String, String> description) {
		return new SimulatedPairs(simulator, maps, description, SimulatedPairs.HELD, null);
	}

	/**
	 * As {@link #simulated(PairSimulator, String, Map)}, of particles like real ones.
	 *
	 * @param like their measured properties
	 */
	static PairSource simulated(final PairSimulator simulator, final String maps, final Map<String, String> description,
		final Like like)
	{
		return new SimulatedPairs(simulator, maps, description, SimulatedPairs.HELD, like);
	}

	/**
	 * Real particles that simulated ones are like.
	 *
	 * @param profile their measured properties
	 * @param particles a few of them, of the box and pixel size of the pairs
	 */
	record Like(ParticleProfile profile, ArrayParticleStack particles) {}

	/**
	 * Two noisy images of each particle, of independent noise: Noise2Noise.
	 *
	 * @param halves both stacks
	 * @param clean images to validate with, not to train on; or null
	 */
	static PairSource halves(final ParticlePairs halves, final ParticleStack clean) {
		return new HalfPairs(halves, clean);
	}

	/**
	 * Noisy images alone: Noise2Void.
	 *
	 * @param clean images to validate with, not to train on; or null
	 */
	static PairSource blind(final ParticleStack noisy, final ParticleStack clean) {
		return new BlindPairs(noisy, clean);
	}

	/**
	 * Checks that options suit data without clean images.
	 *
	 * @param supervision that goes with the data
	 * @param data a description of them, for messages
	 * @throws ParameterException if the options do not suit
	 */
	static void requireWithoutClean(final Supervision supervision, final String data, final TrainingOptions options) {
		if (options.sampling().supervision() != supervision) throw new ParameterException("supervision=" +
			options.sampling()
			.supervision().label() + " does not go with " + data + ". Use supervision=" + supervision.label() + ".");
		if (options.sampling().fresh()) throw new ParameterException(
			"fresh=true adds noise to clean images, but there is none to train on. Leave it out.");
		if (options.objective().adversary().isPresent()) throw new ParameterException(
			"A discriminator would learn the noise of the targets, and the network to make such noise: gan= needs clean" +
			" images. Use gan=none.");
	}

	/**
	 * Checks that an image that was not surveyed contains only finite numbers.
	 *
	 * @throws ParameterException if a pixel is NaN or infinite
	 */
	static void requireNumbers(final int index, final String name, final float[] image) {
		if (!ImageScale.of(image).isFinite()) throw new ParameterException("Particle " + (index + 1) + " of " + name +
			" has a pixel that is not a number (NaN or infinite). Remove or repair the particle.");
	}

	/** Edge length of the images in pixels. */
	int box();

	/** Pixel size in Å, or NaN where nobody says. */
	double pixelSizeAngstrom();

	/** Number of pairs, those of an epoch and those that are held out: indices are below. */
	int size();

	/** Number of pairs, from the first, that are examined before a training: all, unless there is no end of them. */
	default int surveyed() {
		return size();
	}

	/** What messages and cards call the noisy images. */
	String noisyName();

	/** What messages and cards call the targets. */
	String targetName();

	/** How the pairs are made, for the card. */
	default Map<String, String> description() {
		return Map.of();
	}

	/**
	 * How a network learns to treat the contrast transfer functions of the noisy images.
	 *
	 * @return empty where no table lists them
	 */
	default Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
		return Optional.empty();
	}

	/** The real particles that the noisy images are simulated after. */
	default Optional<Like> like() {
		return Optional.empty();
	}

	/** The model whose weights a training on these pairs begins with; empty for a new one. */
	default Optional<ModelFile> begin() {
		return Optional.empty();
	}

	/** Which pairs are trained on, and which are held out. */
	default Split split(final double validationShare, final long seed) {
		return Split.of(size(), validationShare, seed);
	}

	/**
	 * Checks that the pairs can be sampled as asked, and gives the source to draw them
	 * from: itself, or one that adds to them.
	 *
	 * @throws ParameterException if they cannot
	 * @throws io.github.clearice.task.TaskCancelledException if the listener says so
	 */
	PairSource prepared(TrainingOptions options, TaskListener listener);

	/**
	 * Reads a pair as it is surveyed.
	 *
	 * @param noisy receives {@code box * box} pixels
	 * @param target receives as many, on the same scale
	 */
	void read(int index, float[] noisy, float[] target);

	/** Images that a network sees of each pair: the noisy one, and a guide where there are guides. */
	default int planes() {
		return 1;
	}

	/**
	 * Reads the guide of a pair, where a pair has two planes.
	 *
	 * @param guide receives {@code box * box} pixels, on the scale of the noisy image
	 */
	default void readGuide(final int index, final float[] guide) {
		throw new IllegalStateException("These pairs have no guides.");
	}

	/** The reference for the results of held-out pairs. */
	default ValidationTarget validationTarget() {
		return ValidationTarget.CLEAN;
	}

	/** Reads a held-out pair, with what its result is to be compared with as the target. */
	default void hold(final int index, final float[] noisy, final float[] target) {
		read(index, noisy, target);
	}

	/**
	 * Draws a pair to train on.
	 *
	 * @param epoch from 0
	 * @param random stream of this pair in this epoch alone
	 * @param motion moves an image in its plane, in place, each image in the same way
	 * @param noisy receives {@code box * box} pixels
	 * @param target receives as many, on the same scale
	 * @return where the pixels of the noisy image lie
	 */
	default ImageScale draw(final long epoch, final int index, final SplittableRandom random,
		final Consumer<float[]> motion, final float[] noisy, final float[] target)
	{
		read(index, noisy, target);
		final ImageScale scale = ImageScale.of(noisy);
		motion.accept(noisy);
		motion.accept(target);
		return scale;
	}

	/** Closes the source of the pairs. */
	@Override
	default void close() {}

	/** The images that denoised validation particles are compared with. */
	enum ValidationTarget {
		/** Their clean images. */
		CLEAN("clean images"),
		/** Other noisy images of them: no result can match their noise, which makes a ceiling for the figure. */
		SECOND("second noisy images"),
		/** The noisy images themselves, at pixels that the network did not see; their noise makes a ceiling too. */
		BLIND("hidden pixels of the noisy images");

		private final String label;

		ValidationTarget(final String label) {
			this.label = label;
		}

		/** For the card. */
		String label() {
			return label;
		}
	}
}
