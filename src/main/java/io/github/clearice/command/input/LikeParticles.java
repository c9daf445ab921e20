package io.github.clearice.command.input;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.fourier.Volume;
import io.github.clearice.measure.ParticleMeasurement;
import io.github.clearice.measure.TwoSampleTest;
import io.github.clearice.model.ModelFile;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.simulate.SimulationTerms.MapTerms;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.stack.ParticleProfile.Likeness;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The real particles of {@code like=}, which simulated ones should resemble. */
public final class LikeParticles implements AutoCloseable {

	/** The largest box that is simulated unless another is given: light networks take hours for larger ones. */
	private static final int LARGEST_BOX = 128;
	/** Boxes of our own networks are multiples of this. */
	private static final int STEP = 8;
	/** Shown in pictures, and kept with the model. */
	private static final int SAMPLES = 6;

	/** The picture beside simulated stacks. */
	public static final String PICTURE = "like.png";

	/**
	 * What is asked for.
	 *
	 * @param like the real particles
	 * @param project the folder that paths in tables start from, or null
	 * @param given names of the terms that were given
	 * @param terms puts them in the place of those of a base
	 */
	public record Request(File like, File project, Set<String> given, UnaryOperator<SimulationTerms> terms) {}

	private final TaskListener listener;
	private final long seed;
	private final ParticleStack stack;
	/** At the box and pixel size of the model. */
	private final ParticleStack seen;
	private final List<WeightedMap> states;
	private final ParticleProfile profile;
	/** The terms of the maps, bright as they are. */
	private final MapTerms sized;
	private final SimulationTerms terms;

	/**
	 * Measures the particles and makes the terms that simulate similar ones; given parameters take precedence.
	 *
	 * @param request the particles, and what takes precedence
	 * @param maps the maps of the particles
	 * @param began the terms that an earlier part of a training began with, which are kept; otherwise null
	 */
	public LikeParticles(final Request request, final List<Path> maps, final SimulationTerms began, final long seed,
		final TaskListener listener)
	{
		this.listener = listener;
		this.seed = seed;
		final SimulationTerms asked = request.terms().apply(began == null ? SimulationTerms.DEFAULTS : began);
		if (asked.bin() > 1) throw new ParameterException("like= simulates images of the size of real particles, which" +
			" bin= would make smaller. Leave bin= out, or resample the particles first.");
		stack = open(ClearIceCommand.existing(request.like(), "like"), request.project(), asked.maps().pixelSizeAngstrom());
		try {
			if (Double.isNaN(stack.pixelSizeAngstrom())) throw new ParameterException(stack.place() +
				" does not state its pixel size, so it cannot be compared with a map. Give pixel=, or name a STAR file.");
			final MapTerms bright = asked.maps().dark(false);
			if (maps.stream().allMatch(MapSource::isStructure)) {
				seen = asAsked(bright);
				sized = bright.sized(seen.box(), seen.pixelSizeAngstrom());
				states = MapSource.states(sized, maps, listener);
			}
			else {
				final boolean isStated = bright.pixelSizeAngstrom() != null || !Double.isNaN(MapSource.statedPixelSize(maps.get(
					0)));
				sized = isStated ? bright : bright.sized(bright.box(), stack.pixelSizeAngstrom());
				states = MapSource.states(sized, maps, listener);
				seen = asMap(states.get(0).map());
			}
			profile = ParticleMeasurement.of(seen, states, seed, listener);
		}
		catch (final RuntimeException e) {
			stack.close();
			throw e;
		}
		profile.lines().forEach(listener::message);
		if (!profile.hasClearContrast() && began == null && !request.given().contains("dark")) listener.message(
			"Warning: it is not clear whether the particles are dark or bright. Look at them, and give dark=true or" +
				" dark=false.");
		final SimulationTerms like = began == null ? request.terms().apply(SimulationTerms.DEFAULTS.like(profile)) : asked;
		terms = like.withMaps(sized.dark(like.maps().dark()));
	}

	/** The terms that simulate such particles. */
	public SimulationTerms terms() {
		return terms;
	}

	/** Simulates pairs of such particles. */
	public PairSimulator simulator(final int pairs) {
		return new PairSimulator(terms.maps().dark() ? states.stream().map(WeightedMap::inverted).toList() : states, terms
			.options(pairs, null, seed));
	}

	/** Opens the particles; {@code pixel=} is for those that do not state their pixel size. */
	private ParticleStack open(final Path path, final File project, final Double pixelSizeAngstrom) {
		final ParticleStack stated = Stacks.open(path, null, project, listener);
		if (!Double.isNaN(stated.pixelSizeAngstrom()) || pixelSizeAngstrom == null) return stated;
		stated.close();
		return Stacks.open(path, pixelSizeAngstrom, project, listener);
	}

	/** For a structure: at box= and pixel=, where given, else all that the particles show in a box that networks take. */
	private ParticleStack asAsked(final MapTerms asked) {
		final int own = stack.box();
		final Integer box = asked.box();
		final Double pixel = asked.pixelSizeAngstrom();
		final int usual = Math.max(2 * STEP, Math.min(LARGEST_BOX, own / STEP * STEP));
		final Resampling resampling = pixel == null ? Resampling.toBox(own, box == null ? usual : box) : Resampling.byRatio(
			own, pixel / stack.pixelSizeAngstrom());
		final int edge = box != null ? box : pixel == null ? usual : Math.max(2 * STEP, (int) Math.rint(resampling
			.resampledBox() / (double) STEP) * STEP);
		return resampled(resampling, edge);
	}

	private ParticleStack asMap(final Volume map) {
		return resampled(Resampling.byRatio(stack.box(), map.pixelSizeAngstrom() / stack.pixelSizeAngstrom()), map.box());
	}

	private ParticleStack resampled(final Resampling resampling, final int box) {
		if (resampling.isNone() && box == stack.box()) return stack;
		final ParticleStack resampled = stack.resampled(resampling, box);
		listener.message(String.format(Locale.ROOT,
			"Particles are simulated with %d pixels of %.4g A; those of %d pixels of %.4g A are resampled to that.",
			box, resampled.pixelSizeAngstrom(), stack.box(), stack.pixelSizeAngstrom()));
		return resampled;
	}

	/** The measured profile, and how well particles simulated from it match the real ones; the match is also reported. */
	public PairSource.Like compared(final PairSimulator simulator) {
		final Likeness likeness = TwoSampleTest.of(seen, simulator, states, seed);
		listener.message(String.format(Locale.ROOT,
			"Real and simulated particles, two-sample tests: spectrum p = %.3f, variance p = %.3f, radial profile p =" +
				" %.3f%s.",
			likeness.spectrum(), likeness.variance(), likeness.profile(), likeness.isAlike()
				? ": they cannot be told apart" : ""));
		if (!likeness.isAlike()) listener.message("Warning: simulated particles are unlike the real ones (" + String.join(
			"; ", likeness.findings()) +
			"). A wrong pixel size, map or CTF, or a mask in the images, makes such differences: look at the picture.");
		return new PairSource.Like(profile.with(likeness), ArrayParticleStack.copyOf(seen, IntStream.range(0, Math.min(
			SAMPLES, seen.size())).toArray()));
	}

	/** The picture beside a model file {@code NAME.clearice}: {@code NAME.like.png}. */
	public static Path pictureBeside(final Path model) {
		final String name = model.getFileName().toString();
		final String stem = name.endsWith(ModelFile.EXTENSION) ? name.substring(0, name.length() - ModelFile.EXTENSION
			.length()) : name;
		return model.resolveSibling(stem + ".like.png");
	}

	/** Draws real beside simulated particles, if the source of pairs was made with {@code like=}. */
	public static void draw(final PairSource source, final Path model, final TaskListener listener) {
		if (source.like().isEmpty()) return;
		final ParticleStack real = source.like().get().particles();
		final float[] target = new float[source.box() * source.box()];
		draw(real, (index, pixels) -> source.read(index, pixels, target), pictureBeside(model), listener);
	}

	/** Compares real with simulated particles, in words and in a picture. */
	public void compare(final PairSimulator simulator, final Path picture) {
		final float[] clean = new float[simulator.box() * simulator.box()];
		draw(compared(simulator).particles(), (index, pixels) -> simulator.simulate(index, clean, pixels), picture,
			listener);
	}

	/** @param simulated writes the pixels of a simulated particle of this number */
	private static void draw(final ParticleStack real, final BiConsumer<Integer, float[]> simulated, final Path picture,
		final TaskListener listener)
	{
		final int count = real.size();
		final float[][] images = new float[count][real.box() * real.box()];
		for (int i = 0; i < count; i++) simulated.accept(i, images[i]);
		Montage.ofFirst(count, count).add("real", real).add("simulated", new ArrayParticleStack("simulated", real.box(),
			real.pixelSizeAngstrom(), images)).write(picture);
		listener.message("Real beside simulated particles: " + picture);
	}

	@Override
	public void close() {
		stack.close();
	}
}
