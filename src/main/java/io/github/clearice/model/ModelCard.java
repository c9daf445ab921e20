package io.github.clearice.model;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.task.InputException;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything about a model except its weights: the content of {@code card.json}.
 *
 * @param schema version of the file format, {@value #SCHEMA}
 * @param architecture family of networks; see {@link Architectures#rebuild}
 * @param architectureOptions the options of the network within its family
 * @param box edge length of the particles in pixels
 * @param pixelSizeAngstrom null where the training stacks did not say
 * @param contrast whether particles are {@code bright} or {@code dark} against the background
 * @param normalisation of images and results
 * @param loss such as {@code l1} or {@code (0.5, 0.5)-GAN + 10 l1}
 * @param reduction how the terms of an image were joined, such as {@code mean} or {@code pixels sum, scores mean}
 * @param training the options of the training, by name
 * @param seed of the training
 * @param data the data it was trained on
 * @param input what the noisy images of the training look like; null if there were too few to tell
 * @param like measured properties of the real particles that the training particles imitate; null if there were none,
 * and in models of earlier builds
 * @param history validations in the order of training
 * @param metrics named figures, such as {@link #VALIDATION_PSNR}
 * @param versions of ClearIce, TensorFlow and Java
 */
public record ModelCard(int schema, String architecture, Map<String, String> architectureOptions, int box,
		Double pixelSizeAngstrom, String contrast, Normalisation normalisation, String loss, String reduction,
		Map<String, String> training, long seed, TrainingData data, InputProfile input, ParticleProfile like,
			List<HistoryEntry> history,
		Map<String, Double> metrics, Map<String, String> versions) {

	/** The format that this version writes and reads. */
	public static final int SCHEMA = 1;

	/** Figures: mean PSNR in dB of the denoised validation images, and of the noisy ones where clean ones are known. */
	public static final String VALIDATION_PSNR = "validation-psnr", NOISY_PSNR = "noisy-psnr";

	/**
	 * Figures of a model that was adapted from another one: the mean PSNR in dB of the validation images denoised by
	 * that, by how much the mean squared error fell, in percent of the particles' power, and the standard error of this.
	 */
	public static final String UNADAPTED_PSNR = "unadapted-psnr", ADAPTATION_GAIN = "adaptation-gain-percent",
			ADAPTATION_ERROR = "adaptation-gain-error-percent";

	/** How a model treats the contrast transfer functions of particles. */
	public enum TrainedCtf {
		/** The noisy images had none. */
		NONE,
		/** Results have those of the noisy images. */
		KEPT,
		/** Results are free of those of the noisy images. */
		CORRECTED
	}

	/**
	 * The training data of a model.
	 *
	 * @param noisy name of the noisy stack
	 * @param clean name of the clean stack, or of other targets
	 * @param particles number of pairs; of an epoch, where others come in each
	 * @param validation how many of them were held out
	 * @param fingerprint SHA-256 of the pixels of the pairs
	 * @param description how the pairs were made, by name; empty for plain stacks
	 * @param ctf the treatment of the noisy images' contrast transfer functions; null if no table listed any
	 */
	public record TrainingData(String noisy, String clean, int particles, int validation, String fingerprint,
		Map<String, String> description, TrainedCtf ctf)
	{

		/** @throws InputException if something is missing */
		public TrainingData {
			try {
				Objects.requireNonNull(noisy, "data.noisy");
				Objects.requireNonNull(clean, "data.clean");
				Objects.requireNonNull(fingerprint, "data.fingerprint");
				description = ordered(description, "data.description");
			}
			catch (final NullPointerException e) {
				throw missing(e);
			}
		}
	}

	/** @throws InputException if something is missing or out of range */
	public ModelCard {
		if (schema != SCHEMA) throw new InputException("The model file has schema version " + schema +
			", but this version of ClearIce reads version " + SCHEMA + ". Use the version that wrote it, or a later one.");
		try {
			Objects.requireNonNull(architecture, "architecture");
			Objects.requireNonNull(normalisation, "normalisation");
			Objects.requireNonNull(loss, "loss");
			Objects.requireNonNull(data, "data");
			architectureOptions = ordered(architectureOptions, "architectureOptions");
			training = ordered(training, "training");
			metrics = ordered(metrics, "metrics");
			versions = ordered(versions, "versions");
			history = List.copyOf(Objects.requireNonNull(history, "history"));
		}
		catch (final NullPointerException e) {
			throw missing(e);
		}
		if (box < 1) throw new InputException("The model card has a box of " + box +
			" pixels. The model file is damaged; get a fresh copy.");
		if (pixelSizeAngstrom != null && !(pixelSizeAngstrom > 0)) throw new InputException(
			"The model card has a pixel size of " + pixelSizeAngstrom + " Å. The model file is damaged; get a fresh copy.");
	}

	/**
	 * Whether the training ended with a model that is worse than the noisy images, or not better than the model that it
	 * began with.
	 */
	public boolean isOfNoUse() {
		final Double denoised = metrics.get(VALIDATION_PSNR), noisy = metrics.get(NOISY_PSNR), unadapted = metrics.get(
			UNADAPTED_PSNR);
		return denoised != null && (noisy != null && denoised <= noisy || unadapted != null && denoised <= unadapted);
	}

	/** The same card with other figures. */
	public ModelCard with(final Map<String, Double> otherMetrics) {
		return new ModelCard(schema, architecture, architectureOptions, box, pixelSizeAngstrom, contrast, normalisation,
			loss, reduction, training, seed, data, input, like, history, otherMetrics, versions);
	}

	/** Whether it fits particles of any pixel size and contrast, see {@link ModelFile#forAnyParticles()}. */
	boolean isForAnyParticles() {
		return pixelSizeAngstrom == null && contrast == null;
	}

	/** Whether it is for particles of any kind, and its network sees guides: the general model, or one made of it. */
	public boolean isGeneral() {
		return isForAnyParticles() && architectureOptions.containsKey(GuidedNetwork.OPTION);
	}

	/** The same card without what the particles of the training had in common, which others are compared with. */
	public ModelCard forAnyParticles() {
		final TrainingData trained = new TrainingData(data.noisy, data.clean, data.particles, data.validation,
			data.fingerprint, data.description, null);
		return new ModelCard(schema, architecture, architectureOptions, box, null, null, normalisation, loss, reduction,
			training, seed, trained, null, null, history, metrics, versions);
	}

	/** The network that the card describes. */
	public Architecture network() {
		return Architectures.rebuild(architecture, architectureOptions);
	}

	private static InputException missing(final NullPointerException named) {
		return new InputException("The model card lacks " + named.getMessage() +
			". The model file is damaged; get a fresh copy.", named);
	}

	private static <V> Map<String, V> ordered(final Map<String, V> map, final String name) {
		return Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(map, name)));
	}
}
