package io.github.clearice.command.input;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.denoise.GeneralPairs;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.data.AdaptedPairs;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The particles that a general model is adapted to, as its network sees them. */
final class AdaptationFiles {

	/** In the description of the pairs: the edge of the particles' boxes in Å. */
	static final String BOX = "box-angstrom";

	/** More particles do not make a better model in minutes, but need more memory: 64 kB each. */
	private static final int LARGEST = 5000;

	private final TrainingFiles files;
	private final String from;
	private final TrainingOptions options;
	private final TaskListener listener;
	private final ModelFile model;

	/**
	 * @param files that are given
	 * @param from the model, as users call it
	 * @throws ParameterException if there is no such model, or it is not for particles of any kind
	 */
	AdaptationFiles(final TrainingFiles files, final String from, final TrainingOptions options,
		final TaskListener listener)
	{
		this.files = files;
		this.from = from;
		this.options = options;
		this.listener = listener;
		model = ModelNames.read(from);
		if (!model.card().isGeneral()) throw new ParameterException("The model " + from +
			" (from=) was trained for particles of one kind, or without guides, and cannot be adapted to others. Give" +
			" from=general; to train a model further on its own particles, use resume=.");
	}

	/**
	 * Opens what the network sees, and should make of it.
	 *
	 * @param began the terms of the simulation that an earlier part of the training began with; null in a new training
	 * @throws ParameterException if the files make nothing together
	 */
	PairSource open(final SimulationTerms began) {
		if (files.guide() != null) throw new ParameterException(
			"guide= has no use with from=: guides are made as denoising will make them. Leave it out.");
		final boolean pairs = files.noisy() == null || files.clean() != null && files.second() == null && options.sampling()
			.supervision() == Supervision.CLEAN;
		final Supervision supervision = pairs ? Supervision.CLEAN : Supervision.NOISE2NOISE;
		if (options.sampling().supervision() != supervision) throw new ParameterException("supervision=" + options
			.sampling().supervision().label() + " does not go with from= and these particles: guides hold the noise of" +
			" their images, which targets must not have. Leave it out, or give clean=.");
		try (ModelDenoiser network = new ModelDenoiser(from, model, Device.choose(options.compute().device(), options
			.precision(), options.compute().threads(), listener)))
		{
			if (files.star() != null) return refined(network, began);
			if (files.noisy() == null) return simulated(network, began);
			final Path noisy = particles(files.noisy(), "noisy");
			try (ParticleStack stack = Stacks.open(noisy, null, files.project(), listener);
					ParticleStack clean = opened(files.clean(), "clean", noisy);
					ParticleStack second = opened(files.second(), "second", noisy))
			{
				requireMatch(stack, clean);
				requireMatch(stack, second);
				if (clean != null) requireWithoutCtf(new ParticlePairs(stack, clean));
				final ParticleStack some = some(stack), truth = clean == null ? null : some(clean);
				if (pairs) return source(GeneralPairs.ofClean(network, new ParticlePairs(some, truth), listener), stack, Map
					.of());
				return source(second == null ? GeneralPairs.ofSplit(network, some, truth, options.seed(), listener)
					: GeneralPairs.ofHalves(network, new ParticlePairs(some, some(second)), truth, listener), stack, Map.of(
						"noise", second == null ? "split" : "that of " + second.name()));
			}
		}
	}

	/** A warning where a model was adapted to particles in boxes of another width. */
	static Optional<String> warning(final ModelCard card, final ParticleStack stack, final String model) {
		final double edge = stack.box() * stack.pixelSizeAngstrom(), trained = boxAngstrom(card);
		if (Double.isNaN(edge - trained) || Math.abs(edge - trained) <= ModelDenoiser.PIXEL_SIZE_TOLERANCE * trained)
			return Optional.empty();
		return Optional.of(String.format(Locale.ROOT, "Warning: boxes of %s are %.0f Å wide, but %s was adapted to" +
			" particles in boxes of %.0f Å, to which these look %s. Use method=general for them, or adapt it to them.", stack
				.name(), edge, model, trained, edge > trained ? "smaller" : "larger"));
	}

	/** NaN where the card does not say. */
	private static double boxAngstrom(final ModelCard card) {
		try {
			return Double.parseDouble(card.data().description().getOrDefault(BOX, "NaN"));
		}
		catch (final NumberFormatException e) {
			throw new InputException("The model card has a box of " + card.data().description().get(BOX) +
				" Å. The model file is damaged; get a fresh copy.", e);
		}
	}

	private static void requireMatch(final ParticleStack stack, final ParticleStack other) {
		if (other != null) ParticlePairs.requireMatch(stack, other);
	}

	/** Null where no file is given. */
	private ParticleStack opened(final File file, final String parameter, final Path noisy) {
		if (file == null) return null;
		final Path path = particles(file, parameter);
		if (AtomicOutput.isSame(noisy, path)) throw new ParameterException("noisy= and " + parameter +
			"= are the same file " + noisy + ". Give other images of the same particles, or leave " + parameter + "= out.");
		return Stacks.open(path, null, files.project(), listener);
	}

	private static Path particles(final File file, final String parameter) {
		final Path path = ClearIceCommand.existing(file, parameter);
		if (MicrographInput.looksSo(path)) throw new ParameterException(path + " (" + parameter +
			"=) holds micrographs, but the general model is adapted to particles. Extract them first (clearice pick).");
		return path;
	}

	/** The particles, or so many of them, spread over all. */
	private ParticleStack some(final ParticleStack stack) {
		if (stack.size() <= LARGEST) return stack;
		return stack.particles(stack.spread(LARGEST));
	}

	/** The general model takes transfer functions out, where a table lists them. */
	private void requireWithoutCtf(final ParticlePairs pairs) {
		if (!pairs.noisy().showsCtf().orElse(false)) return;
		final boolean kept;
		try {
			kept = !ResidualNoise.of(pairs, listener).hasTransfer();
		}
		catch (final ParameterException e) {
			// The clean images are not those of the noisy ones, such as filtered ones: nobody can tell.
			return;
		}
		if (kept) throw withCtf(pairs.clean().name());
	}

	private static ParameterException withCtf(final String images) {
		return new ParameterException("The clean images (" + images +
			") have the CTFs of the particles, but the general model takes CTFs out. Give clean images without CTFs.");
	}

	private PairSource refined(final ModelDenoiser network, final SimulationTerms began) {
		final TrainingFiles.Refined refined = files.refinedPairs(began, listener);
		try (ParticlePairs pairs = refined.pairs()) {
			if (refined.ctf() == ModelCard.TrainedCtf.KEPT) throw withCtf("keepctf=true");
			return source(GeneralPairs.ofClean(network, new ParticlePairs(some(pairs.noisy()), some(pairs.clean())),
				listener), pairs.noisy(), refined.description());
		}
	}

	private PairSource simulated(final ModelDenoiser network, final SimulationTerms began) {
		return files.simulator(began, options.seed(), LARGEST, listener, (simulator, description, real) -> {
			try (TemporaryFolder folder = new TemporaryFolder("adapt")) {
				new Simulation(simulator).write(folder.path(), listener);
				try (ParticlePairs pairs = Stacks.openPairs(folder.resolve(Simulation.STAR), folder.resolve(Simulation.CLEAN),
					null, listener))
				{
					return source(GeneralPairs.ofClean(network, pairs, listener), pairs.noisy(), description);
				}
			}
		});
	}

	private PairSource source(final GeneralPairs pairs, final ParticleStack stack, final Map<String, String> more) {
		if (stack.size() > pairs.noisy().size()) listener.message(String.format(Locale.ROOT,
			"The model is adapted to %,d of the %,d particles of %s, spread over all.", pairs.noisy().size(), stack.size(),
			stack.name()));
		final Map<String, String> description = new LinkedHashMap<>(more);
		description.put(TrainingFiles.FROM, from);
		final double edge = stack.box() * stack.pixelSizeAngstrom();
		if (!Double.isNaN(edge)) description.put(BOX, Double.toString(edge));
		return new AdaptedPairs(model, pairs.noisy(), pairs.guide(), pairs.target(), pairs.truth(), options.sampling()
			.supervision(), description);
	}
}
