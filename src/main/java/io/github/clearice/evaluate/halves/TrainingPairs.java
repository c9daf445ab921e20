package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.HalfSets;
import io.github.clearice.reconstruct.Reconstruction;
import io.github.clearice.reconstruct.ShellFilter;
import io.github.clearice.simulate.References;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource;

import java.util.stream.IntStream;

/** The pairs that the models of a split-half test are trained on. */
final class TrainingPairs {

	private final SplitHalfData data;
	private final SplitHalfOptions options;
	private final TaskListener listener;
	private final ParticleStack trained;
	private final HalfSets halves;
	private Reconstruction.Maps maps;

	TrainingPairs(final SplitHalfData data, final SplitHalfOptions options, final TaskListener listener) {
		this.data = data;
		this.options = options;
		this.listener = listener;
		this.trained = data.noisy().particles(IntStream.range(0, data.noisy().size() - options.tests()).toArray());
		this.halves = HalfSets.of(trained).requireBoth(data.noisy().place(), "");
	}

	/** All pairs, with references that know all particles. */
	PairSource shared() {
		return pairs("all particles", IntStream.range(0, trained.size()).toArray(), -1);
	}

	/** The pairs of a half-set, with references that know its particles alone. */
	PairSource ofHalf(final int half) {
		return pairs("half-set " + (half + 1), halves.rows(half), half);
	}

	private PairSource pairs(final String name, final int[] rows, final int half) {
		final ParticleStack noisy = data.noisy().particles(rows);
		final ParticlePairs pairs;
		if (options.references() == ReferenceKind.CLEAN) pairs = new ParticlePairs(noisy, data.clean().particles(rows));
		else {
			final ParticleStack normalised = noisy.normalised();
			final Volume map = options.references() == ReferenceKind.MAP ? data.truth() : map(half);
			pairs = new ParticlePairs(normalised, new References(normalised, map, "the map of " + name, options.keepsCtf())
				.fittedTo(normalised, listener));
		}
		return PairSource.of(options.contamination() == null ? pairs : options.contamination().of(pairs));
	}

	/** The map of a half-set, as far as the halves agree on it; or that of all particles. */
	private Volume map(final int half) {
		if (maps == null) maps = Reconstruction.run(trained, new Reconstruction.Options(options.symmetry(), options.ctf(),
			true), listener);
		return half < 0 ? maps.whole() : ShellFilter.weightedByCorrelation(half == 0 ? maps.first() : maps.second(), maps
			.correlation());
	}
}
