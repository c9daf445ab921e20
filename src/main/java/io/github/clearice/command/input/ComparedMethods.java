package io.github.clearice.command.input;

import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.evaluate.MethodComparison;
import io.github.clearice.evaluate.MethodScore;
import io.github.clearice.filter.LowPass;
import io.github.clearice.filter.MeanImage;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PosteriorOptions;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods that a user wants to be compared, by name. */
public final class ComparedMethods {

	private static final String ALL = "all";
	private static final String MEAN = "mean";
	private static final String CLEAN_MEAN = "cleanmean";
	private static final String ORACLE = "oracle";

	private final Set<String> names = new LinkedHashSet<>();
	private final boolean all;
	private final FilterParameters terms;
	private final ParticlePairs pairs;
	private final Path map;
	private final int order;

	/**
	 * @param joined names joined by commas
	 * @param map the map whose projections the particles are, for the posterior mean; null if unknown
	 * @param order of the posterior mean's grid of directions
	 * @throws ParameterException if one is neither a method nor a file, or the posterior mean lacks its map
	 */
	public ComparedMethods(final String joined, final FilterParameters terms, final ParticlePairs pairs, final Path map,
		final int order)
	{
		this.terms = terms;
		this.pairs = pairs;
		this.map = map;
		this.order = order;
		for (final String part : joined.split(",")) {
			final String name = part.trim();
			if (name.equals(ALL)) {
				names.add(MEAN);
				names.addAll(FilterParameters.methods());
				names.add(ORACLE);
				if (map != null) names.add(Denoisers.POSTERIOR);
			}
			else if (!name.isEmpty()) names.add(requireKnown(name));
		}
		if (map == null && names.contains(Denoisers.POSTERIOR)) throw new ParameterException("methods=" +
			Denoisers.POSTERIOR + " needs map=, the map of which the particles are projections. Give it.");
		all = List.of(joined.split("\\s*,\\s*")).contains(ALL);
	}

	/** Whether one of these methods runs a network: one of ClearIce's own, or a file, which a model must be. */
	public static boolean hasModel(final String joined) {
		return Arrays.stream(joined.split(",")).map(String::trim).anyMatch(name -> name.equals(ALL) || FilterParameters
			.usesNetwork(name) || ModelNames.file(name).isPresent());
	}

	/** Whether one of these methods measures the noise outside the particle. */
	public static boolean measureNoise(final String joined) {
		return Arrays.stream(joined.split(",")).map(String::trim).anyMatch(name -> name.equals(ALL) || FilterParameters
			.measuresNoise(name));
	}

	/** The scores of the noisy images and of each method; with {@code all}, methods that do not suit are left out. */
	public List<MethodScore> run(final MethodComparison comparison, final TaskListener listener) {
		final List<MethodScore> scores = new ArrayList<>();
		scores.add(comparison.ofNoisy());
		for (final String name : names) {
			listener.message("Method " + name);
			try (Denoiser denoiser = denoiser(name, listener)) {
				scores.add(comparison.of(denoiser));
			}
			catch (final ParameterException e) {
				if (!all) throw e;
				listener.message(name + " is left out: " + e.getMessage());
			}
		}
		return scores;
	}

	private Denoiser denoiser(final String name, final TaskListener listener) {
		if (name.equals(MEAN)) return new MeanImage();
		if (name.equals(CLEAN_MEAN)) return new MeanImage(pairs.clean());
		if (name.equals(ORACLE)) return terms.oracle(pairs, listener);
		if (name.equals(Denoisers.POSTERIOR)) return Denoisers.ofMaps(List.of(map), List.of(), pairs.pixelSizeAngstrom(),
			PosteriorOptions.centred(new HealpixGrid(order), terms.correctsCtf()), listener);
		if (name.equals(FilterParameters.LOWPASS) && terms.cutoffAngstrom() == null) return LowPass.best(pairs, listener);
		if (FilterParameters.methods().contains(name)) return terms.denoiser(name, pairs.noisy());
		final Path model = ModelNames.file(name).orElse(Path.of(name));
		return Denoisers.fitted(Denoisers.ofModel(model, "auto", "auto", ModelDenoiser.Options.PLAIN, listener), terms,
			pairs.noisy(), listener);
	}

	private static String requireKnown(final String name) {
		if (List.of(MEAN, CLEAN_MEAN, ORACLE, Denoisers.POSTERIOR).contains(name) || FilterParameters.methods().contains(
			name) ||
			InputFile.named(name).isPresent() || ModelNames.file(name).isPresent()) return name;
		throw new ParameterException("methods= names " + name +
			", which is neither a model file nor one of all, mean, cleanmean, oracle, " + Denoisers.POSTERIOR + ", " +
				String.join(", ",
				FilterParameters.methods()) + ". Check the name.");
	}
}
