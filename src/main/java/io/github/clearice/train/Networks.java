package io.github.clearice.train;

import io.github.clearice.model.Checkpoint;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.Discriminator;
import io.github.clearice.network.zoo.AdaptiveNetwork;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.task.ParameterException;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.options.Adversary;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.TrainingOptions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that a training trains.
 *
 * @param generator the denoiser
 * @param discriminator there if the objective has an adversary
 */
public record Networks(Architecture generator, Optional<Discriminator> discriminator) {

	private static final String DISCRIMINATOR = "discriminator";
	private static final String OPTION = DISCRIMINATOR + ".";

	/** The networks for some pairs: that of the model they begin with, or those that the options name. */
	static Networks of(final PairSource source, final TrainingOptions options) {
		return source.begin().map(model -> with(model.card().network(), options)).orElseGet(() -> named(options, source
			.planes()));
	}

	/**
	 * The networks that options name.
	 *
	 * @param planes images that the denoiser sees of each particle: 2 for a noisy one and a guide
	 */
	static Networks named(final TrainingOptions options, final int planes) {
		final String name = name(options);
		final Architecture plain = Architectures.named(name);
		final Architecture generator = options.adaptive() ? new AdaptiveNetwork(plain) : plain;
		return new Networks(planes == 1 ? generator : new GuidedNetwork(generator), discriminator(options, name));
	}

	/** A network of one's own, with the discriminator that the options name. */
	public static Networks with(final Architecture generator, final TrainingOptions options) {
		return new Networks(generator, discriminator(options, name(options)));
	}

	/** The networks of a training that was begun. */
	static Networks resumed(final ModelFile resumed) {
		final Map<String, String> state = resumed.checkpoint().map(Checkpoint::state).orElse(Map.of());
		final Map<String, String> options = new LinkedHashMap<>();
		state.forEach((key, value) -> {
			if (key.startsWith(OPTION)) options.put(key.substring(OPTION.length()), value);
		});
		return new Networks(resumed.card().network(), Optional.ofNullable(state.get(DISCRIMINATOR)).map(
			name -> Discriminators.rebuild(name, options)));
	}

	/** The data that {@link #resumed} needs besides the card. */
	void save(final Map<String, String> state) {
		discriminator.ifPresent(network -> {
			state.put(DISCRIMINATOR, network.name());
			network.options().forEach((option, value) -> state.put(OPTION + option, value));
		});
	}

	/**
	 * Checks that both take images of this size.
	 *
	 * @throws io.github.clearice.tensorflow.NetworkException if one does not
	 */
	void checkBox(final int box) {
		generator.checkBox(box);
		discriminator.ifPresent(network -> network.checkBox(box));
	}

	/** The name of the generator that options ask for, or that goes with this machine. */
	public static String name(final TrainingOptions options) {
		if (!options.network().equals(TrainingOptions.AUTO)) return options.network();
		final boolean gpu = options.compute().device() != DeviceChoice.CPU && TensorFlowRuntime.get().hasGpu();
		return gpu ? Architectures.GU_2021 : Architectures.LIGHT;
	}

	private static Optional<Discriminator> discriminator(final TrainingOptions options, final String network) {
		return options.objective().adversary().map(adversary -> {
			final boolean critic = adversary.gan() == Gan.WGAN;
			final boolean conditional = adversary.gan() == Gan.CONDITIONAL;
			if (adversary.discriminator().equals(Adversary.AUTO)) return suited(network, critic, conditional);
			final Discriminator named = Discriminators.named(adversary.discriminator(), critic);
			if (conditional && !named.conditional()) throw new ParameterException(
				"gan=conditional needs a discriminator that sees the noisy image too, but " + adversary.discriminator() +
					" does not. Use another gan=, or discriminator=auto.");
			return named;
		});
	}

	/** The discriminator made for the network, if its inputs suit; otherwise a light one. */
	private static Discriminator suited(final String network, final boolean critic, final boolean conditional) {
		if (Discriminators.names().contains(network)) {
			final Discriminator own = Discriminators.named(network, critic);
			if (own.conditional() == conditional) return own;
		}
		return Discriminators.named(conditional ? Discriminators.LIGHT_CONDITIONAL : Architectures.LIGHT, critic);
	}
}
