package io.github.clearice.command.input;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelCard;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.References;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The files that a training learns from.
 *
 * @param noisy stack of particles, or null
 * @param clean their clean images, or null
 * @param guide estimates of the particles by another method, or null
 * @param second stack of the same particles with other noise, or null
 * @param star refined particles, or null
 * @param like particles that simulated ones shall be like, or null
 * @param project the folder that paths in tables start from, or null
 * @param map structures or maps, joined by commas, or null
 * @param given names of the terms of a simulation that were given
 * @param terms puts them in the place of those of a base
 */
public record TrainingFiles(File noisy, File clean, File guide, File second, File star, File like, File project,
	String map, Set<String> given, UnaryOperator<SimulationTerms> terms)
{

	/** In the description of pairs that a model is adapted to: its name. */
	public static final String FROM = "from";

	/** The terms that references have, too. */
	private static final Set<String> OF_REFERENCES = Set.of("keepctf", "resolution", "chains", "exclude");

	/** The files, which must all be there. */
	public List<Path> all() {
		final List<Path> all = new ArrayList<>();
		if (noisy != null) all.add(ClearIceCommand.existing(noisy, "noisy"));
		if (second != null) all.add(ClearIceCommand.existing(second, "second"));
		if (star != null) all.add(ClearIceCommand.existing(star, "star"));
		if (like != null) all.add(ClearIceCommand.existing(like, "like"));
		if (clean != null) all.add(ClearIceCommand.existing(clean, "clean"));
		if (guide != null) all.add(ClearIceCommand.existing(guide, "guide"));
		if (hasMap()) all.addAll(maps());
		return all;
	}

	/**
	 * The files that the other parameters require.
	 *
	 * @param adapts whether a model is adapted, which noisy particles suffice for
	 */
	public List<String> missing(final Supervision supervision, final boolean adapts) {
		if ((star != null || like != null) && !hasMap()) return List.of("map");
		if (noisy == null && (clean != null || second != null || star == null && !hasMap())) return List.of("noisy");
		final boolean learnsFromNoise = adapts || second != null || supervision == Supervision.NOISE2VOID;
		return noisy != null && clean == null && !learnsFromNoise ? List.of("clean") : List.of();
	}

	/**
	 * Adds the options that go with the files, where they are not given.
	 *
	 * @param adapts whether a model is adapted, which noisy particles suffice for
	 */
	public void addDefaults(final Map<String, String> options, final boolean adapts) {
		if (second != null || adapts && noisy != null && clean == null) options.putIfAbsent("supervision",
			Supervision.NOISE2NOISE.label());
		// The best guess under the squared loss is the mean of the noisy targets: the clean image, whatever the noise.
		if (!Supervision.NOISE2NOISE.label().equals(options.get("supervision"))) return;
		options.putIfAbsent("loss", "l2");
		// Noise of the targets makes long steps wander.
		if (adapts) options.putIfAbsent("rate", "0.003");
	}

	/**
	 * Opens the pair source that the files define.
	 *
	 * @param options of the training, which the kind of targets is one of
	 * @param from the model that is adapted; null for a new one
	 * @param began the terms of the simulation that an earlier part of the training began with; null in a new training
	 * @throws ParameterException if they make nothing together
	 */
	public PairSource open(final TrainingOptions options, final String from, final SimulationTerms began,
		final TaskListener listener)
	{
		final Supervision supervision = options.sampling().supervision();
		if (!hasMap() && !given.isEmpty()) throw new ParameterException(given.iterator().next() +
			"= is for particles that are simulated from a map. Give map=, or leave it out.");
		final boolean stacks = noisy != null || clean != null || second != null;
		if (star != null && (stacks || !hasMap())) throw new ParameterException(
			"star= names refined particles, whose references are made from a map. Give map= with it and no stacks; a STAR" +
			" file of noisy particles that have clean images is noisy=.");
		if (like != null && (star != null || stacks || !hasMap())) throw new ParameterException(
			"like= names particles that those simulated from a map shall be like. Give map= with it, and no other" +
				" particles.");
		if (guide != null && !stacks) throw new ParameterException(
			"guide= goes with noisy= and clean= particles. Leave it out, or give them.");
		if (from != null && (stacks || hasMap()) && !(stacks && hasMap())) return new AdaptationFiles(this, from, options,
			listener).open(began);
		if (star != null) return refined(began, listener);
		if (hasMap() && !stacks) return simulated(began, options.seed(), listener);
		if (hasMap()) throw new ParameterException(
			"map= simulates its own noisy and clean particles, or makes references for star=. Give either map=, or noisy=" +
			" and clean=.");
		if (!stacks && from != null) throw new ParameterException("There is nothing to adapt " + from +
			" to. Give noisy= particles, alone or with clean= or second= ones, or a map= to simulate them from.");
		if (!stacks) throw new ParameterException(
			"There is nothing to train on. Give noisy= and clean= particles, or a map= to simulate them from, or to make" +
			" references for star= from.");
		if (guide != null && (second != null || supervision != Supervision.CLEAN)) throw new ParameterException(
			"guide= goes with noisy= and clean= particles alone. Leave it out, or use supervision=clean without second=.");
		if (second != null) return halves(listener);
		return supervision == Supervision.NOISE2VOID ? blind(listener) : stacks(supervision, listener);
	}

	private PairSource halves(final TaskListener listener) {
		final Path noisyPath = ClearIceCommand.existing(noisy, "noisy");
		final Path secondPath = ClearIceCommand.existing(second, "second");
		if (AtomicOutput.isSame(noisyPath, secondPath)) throw new ParameterException("noisy= and second= are the same" +
			" file " +
			noisyPath + ", noise and all. Give images of independent noise.");
		final ParticlePairs halves = Stacks.openPairs(noisyPath, secondPath, project, listener);
		ParticleStack truth = null;
		try {
			truth = openClean(listener);
			return PairSource.halves(halves, truth);
		}
		catch (final RuntimeException e) {
			halves.close();
			if (truth != null) truth.close();
			throw e;
		}
	}

	private PairSource blind(final TaskListener listener) {
		final ParticleStack stack = Stacks.open(ClearIceCommand.existing(noisy, "noisy"), null, project, listener);
		ParticleStack truth = null;
		try {
			truth = openClean(listener);
			return PairSource.blind(stack, truth);
		}
		catch (final RuntimeException e) {
			stack.close();
			if (truth != null) truth.close();
			throw e;
		}
	}

	private ParticleStack openClean(final TaskListener listener) {
		return clean == null ? null : Stacks.open(ClearIceCommand.existing(clean, "clean"), null, project, listener);
	}

	private PairSource stacks(final Supervision supervision, final TaskListener listener) {
		final Path noisyPath = ClearIceCommand.existing(noisy, "noisy");
		if (supervision == Supervision.NOISE2NOISE) throw new ParameterException(
			"supervision=noise2noise needs other noisy images of the same particles. Give second=.");
		final Path cleanPath = ClearIceCommand.existing(clean, "clean");
		if (AtomicOutput.isSame(noisyPath, cleanPath)) throw new ParameterException("noisy= and clean= are the same file " +
			noisyPath + ", so there is no noise to learn from. Give the clean images of the particles.");
		final ParticlePairs pairs = Stacks.openPairs(noisyPath, cleanPath, project, listener);
		if (guide == null) return PairSource.of(pairs);
		ParticleStack guides = null;
		try {
			guides = Stacks.open(ClearIceCommand.existing(guide, "guide"), null, project, listener);
			return PairSource.guided(pairs, guides);
		}
		catch (final RuntimeException e) {
			pairs.close();
			if (guides != null) guides.close();
			throw e;
		}
	}

	private PairSource simulated(final SimulationTerms began, final long seed, final TaskListener listener) {
		return simulator(began, seed, Integer.MAX_VALUE, listener, (simulator, description, real) -> {
			if (real == null) return PairSource.simulated(simulator, mapNames(), description);
			return PairSource.simulated(simulator, mapNames(), description, real.compared(simulator));
		});
	}

	/** Names of the maps, for messages. */
	private String mapNames() {
		return maps().stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(", "));
	}

	/** Does something with a simulator. */
	interface SimulatorUse<T> {

		/**
		 * @param description of the simulation for the card, by name
		 * @param real the particles that simulated ones are like, or null
		 */
		T use(PairSimulator simulator, Map<String, String> description, LikeParticles real);
	}

	/**
	 * Makes what simulates particles of the maps.
	 *
	 * @param most particles that it simulates in an epoch
	 */
	<T> T simulator(final SimulationTerms began, final long seed, final int most, final TaskListener listener,
		final SimulatorUse<T> use)
	{
		final List<Path> maps = maps();
		try (LikeParticles real = like == null ? null : new LikeParticles(new LikeParticles.Request(like,
			project, given, terms), maps, began, seed, listener))
		{
			final SimulationTerms all = real == null ? terms.apply(began == null ? SimulationTerms.DEFAULTS : began) : real
				.terms();
			final SimulationTerms asked = all.count() > most ? all.withCount(most) : all;
			final PairSimulator simulator = real != null ? real.simulator(asked.count()) : new PairSimulator(MapSource.states(
				asked.maps(), maps, listener), asked.options(asked.count(), null, seed));
			simulator.warnings().forEach(listener::message);
			final Map<String, String> description = new LinkedHashMap<>(Map.of("map", map));
			description.putAll(asked.toMap());
			return use.use(simulator, description, real);
		}
	}

	private PairSource refined(final SimulationTerms began, final TaskListener listener) {
		final Refined refined = refinedPairs(began, listener);
		return PairSource.refined(refined.pairs, refined.description, refined.ctf);
	}

	/**
	 * Refined particles and their references.
	 *
	 * @param description of the references for the card, by name
	 * @param ctf what becomes of the particles' transfer functions
	 */
	record Refined(ParticlePairs pairs, Map<String, String> description, ModelCard.TrainedCtf ctf) {}

	/** Opens refined particles, and projects the map at their angles. */
	Refined refinedPairs(final SimulationTerms began, final TaskListener listener) {
		for (final String name : given) if (!OF_REFERENCES.contains(name)) throw new ParameterException(name +
			"= is for particles that are simulated, but star= brings its own. Leave it out.");
		final SimulationTerms asked = terms.apply(began == null ? SimulationTerms.DEFAULTS : began);
		final List<Path> maps = maps();
		if (maps.size() > 1) throw new ParameterException("map= names " + maps.size() +
			" maps, but refined particles show one. Give one map.");
		final ParticleStack particles = Stacks.open(ClearIceCommand.existing(star, "star"), null, project, listener);
		try {
			final ParticleStack noisy = particles.normalised();
			final boolean withCtf = asked.cleanWithCtf();
			final Volume volume = MapSource.reference(asked.maps(), maps.get(0), noisy, listener);
			final References references = new References(noisy, volume, maps.get(0).getFileName().toString(), withCtf)
				.fittedTo(noisy, listener);
			final Map<String, String> description = asked.toMap();
			description.keySet().retainAll(OF_REFERENCES);
			description.put("map", map);
			description.put("reference-scale", Double.toString(references.gain()));
			listener.message(String.format(Locale.ROOT,
				"References are %.4g times the projections of the map: the particles are %s.", references.gain(), references
					.gain() > 0 ? "as bright as it" : "dark where it is bright"));
			final ModelCard.TrainedCtf ctf = withCtf ? ModelCard.TrainedCtf.KEPT : references.hasCtf()
				? ModelCard.TrainedCtf.CORRECTED : ModelCard.TrainedCtf.NONE;
			return new Refined(new ParticlePairs(noisy, references), description, ctf);
		}
		catch (final RuntimeException e) {
			particles.close();
			throw e;
		}
	}

	private boolean hasMap() {
		return map != null && !map.isBlank();
	}

	private List<Path> maps() {
		return ClearIceCommand.existing(map, "map");
	}
}
