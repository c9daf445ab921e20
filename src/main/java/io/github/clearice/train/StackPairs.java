package io.github.clearice.train;

import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.simulate.CommonAstigmatism;
import io.github.clearice.task.TaskListener;

import java.util.Locale;

/** Pairs out of two stacks. */
final class StackPairs implements PairSource {

	private final ParticlePairs pairs;

	StackPairs(final ParticlePairs pairs) {
		this.pairs = pairs;
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
	public PairSource prepared(final Sampling sampling, final TaskListener listener) {
		if (sampling.supervision() != Supervision.CLEAN) throw new TrainingException("supervision=" + sampling.supervision()
			.label() + " does not learn from clean images, but " + targetName() + " is given. Use supervision=clean.");
		if (sampling.fresh()) return new FreshPairs(this, pairs, listener);
		if (sampling.augment() != Augmentation.NONE) requireTurnable();
		return this;
	}

	/** Turned particles are particles of another astigmatism, which must be one that the stack may have. */
	private void requireTurnable() {
		pairs.noisy().rows().ifPresent(rows -> {
			final CommonAstigmatism astigmatism = CommonAstigmatism.of(rows);
			if (astigmatism.matters(pairs.pixelSizeAngstrom())) throw new TrainingException(String.format(Locale.ROOT,
				"The CTFs of %s are all astigmatic in one direction (%.0f Å at %.0f degrees), which turned particles would not " +
					"be. Use augment=none, or fresh=true with clean images without CTF.", pairs.noisy().name(), astigmatism
						.differenceAngstrom(), astigmatism.angleDegree()));
		});
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
