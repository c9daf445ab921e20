package io.github.clearice.train.data;

import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.Sampling;
import io.github.clearice.train.options.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pairs out of two stacks. */
final class StackPairs implements PairSource {

	private final ParticlePairs pairs;
	private final Map<String, String> description;

	StackPairs(final ParticlePairs pairs, final Map<String, String> description) {
		this.pairs = pairs;
		this.description = Collections.unmodifiableMap(new LinkedHashMap<>(description));
	}

	@Override
	public Map<String, String> description() {
		return description;
	}

	@Override
	public int box() {
		return pairs.box();
	}

	@Override
	public double pixelSizeAngstrom() {
		return pairs.pixelSizeAngstrom();
	}

	@Override
	public int size() {
		return pairs.size();
	}

	@Override
	public String noisyName() {
		return pairs.noisy().name();
	}

	@Override
	public String targetName() {
		return pairs.clean().name();
	}

	@Override
	public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
		final Sampling sampling = options.sampling();
		if (sampling.supervision() != Supervision.CLEAN) throw new ParameterException("supervision=" +
			sampling.supervision()
			.label() + " does not learn from clean images, but " + targetName() + " is given. Use supervision=clean.");
		if (sampling.fresh()) return new FreshPairs(this, pairs, sampling.augment(), listener);
		sampling.augment().requireSuits(pairs.noisy());
		return this;
	}

	@Override
	public void read(final int index, final float[] noisy, final float[] target) {
		pairs.noisy().read(index, noisy);
		pairs.clean().read(index, target);
	}

	@Override
	public void close() {
		pairs.close();
	}
}
