package io.github.clearice.command;

import io.github.clearice.classical.ClassicalException;
import io.github.clearice.classical.CovarianceWiener;
import io.github.clearice.classical.LowPass;
import io.github.clearice.classical.MeanImage;
import io.github.clearice.evaluate.MethodComparison;
import io.github.clearice.evaluate.MethodScore;
import io.github.clearice.particle.Denoiser;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.task.TaskListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods that a user wants to be compared, by name. */
final class ComparedMethods {

	private static final String ALL = "all";
	private static final String MEAN = "mean";
	private static final String ORACLE = "oracle";

	private final Set<String> names = new LinkedHashSet<>();
	private final boolean all;
	private final ClassicalTerms terms;
	private final ParticlePairs pairs;

	/**
	 * @param joined names joined by commas
	 * @throws CommandException if one is neither a method nor a file
	 */
	ComparedMethods(final String joined, final ClassicalTerms terms, final ParticlePairs pairs) {
		this.terms = terms;
		this.pairs = pairs;
		for (final String part : joined.split(",")) {
			final String name = part.trim();
			if (name.equals(ALL)) {
				names.add(MEAN);
				names.addAll(ClassicalTerms.METHODS);
				names.add(ORACLE);
			}
			else if (!name.isEmpty()) names.add(requireKnown(name));
		}
		all = List.of(joined.split("\\s*,\\s*")).contains(ALL);
	}

	/** Whether one of these names is that of a file, which a model must be. */
	static boolean hasModel(final String joined) {
		return Arrays.stream(joined.split(",")).map(String::trim).anyMatch(name -> Files.isRegularFile(Path.of(name)));
	}

	/** The scores of the noisy images and of each method; with {@code all}, methods that do not suit are left out. */
	List<MethodScore> run(final MethodComparison comparison, final TaskListener listener) {
		final List<MethodScore> scores = new ArrayList<>();
		scores.add(comparison.ofNoisy());
		for (final String name : names) {
			listener.message("Method " + name);
			try (Denoiser denoiser = denoiser(name, listener)) {
				scores.add(comparison.of(denoiser));
			}
			catch (final ClassicalException e) {
				if (!all) throw e;
				listener.message(name + " is left out: " + e.getMessage());
			}
		}
		return scores;
	}

	private Denoiser denoiser(final String name, final TaskListener listener) {
		if (name.equals(MEAN)) return new MeanImage();
		if (name.equals(ORACLE)) return CovarianceWiener.oracle(pairs);
		if (name.equals(ClassicalTerms.LOWPASS) && terms.cutoffAngstrom() == null) return LowPass.best(pairs, listener);
		if (ClassicalTerms.METHODS.contains(name)) return terms.denoiser(name, pairs.noisy());
		return Denoisers.ofModel(Path.of(name), "auto", "auto", 1, listener);
	}

	private static String requireKnown(final String name) {
		if (name.equals(MEAN) || name.equals(ORACLE) || ClassicalTerms.METHODS.contains(name) || Files.exists(Path.of(
			name))) return name;
		throw new CommandException("methods= names " + name + ", which is neither a model file nor one of all, mean, oracle, " +
			String.join(", ", ClassicalTerms.METHODS) + ". Check the name.");
	}
}
