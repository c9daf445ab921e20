package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelCard;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.Sampling;
import io.github.clearice.train.options.Sampling.Augmentation;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Pairs out of two stacks. */
final class StackPairs implements StackSource {

	private final ParticlePairs pairs;
	private final Map<String, String> description;
	private final ModelCard.TrainedCtf known;
	/** Null where there are no guides. */
	private final ParticleStack guide;

	/** @param known what becomes of the CTFs; null to find out */
	StackPairs(final ParticlePairs pairs, final Map<String, String> description, final ModelCard.TrainedCtf known) {
		this.pairs = pairs;
		this.known = known;
		this.guide = null;
		this.description = Collections.unmodifiableMap(new LinkedHashMap<>(description));
	}

	/** @param guide an estimate of each particle */
	StackPairs(final ParticlePairs pairs, final ParticleStack guide) {
		ParticlePairs.requireMatch(pairs.noisy(), guide);
		this.pairs = pairs;
		this.known = null;
		this.guide = guide;
		this.description = Map.of("guide", guide.name());
	}

	@Override
	public Map<String, String> description() {
		return description;
	}

	@Override
	public Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
		if (known != null) return Optional.of(known);
		final Optional<Boolean> listed = pairs.noisy().showsCtf();
		if (listed.isEmpty()) return Optional.empty();
		if (!listed.get()) return Optional.of(ModelCard.TrainedCtf.NONE);
		try {
			return Optional.of(ResidualNoise.of(pairs, listener).hasTransfer() ? ModelCard.TrainedCtf.CORRECTED
				: ModelCard.TrainedCtf.KEPT);
		}
		catch (final ParameterException e) {
			// The clean images are neither those of the noisy ones nor their projections, such as filtered ones.
			return Optional.empty();
		}
	}

	@Override
	public ParticleStack noisy() {
		return pairs.noisy();
	}

	/** That of the targets where the noisy images have none. */
	@Override
	public double pixelSizeAngstrom() {
		return pairs.pixelSizeAngstrom();
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
		if (guide != null && sampling.fresh()) throw new ParameterException(
			"fresh=true draws new noise, but guides were made from the noisy images as they are. Leave it out.");
		if (guide != null && options.objective().adversary().isPresent()) throw new ParameterException(
			"A network that improves on a guide is trained without a discriminator. Use gan=none.");
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
	public int planes() {
		return guide == null ? 1 : 2;
	}

	@Override
	public void readGuide(final int index, final float[] image) {
		guide.read(index, image);
	}

	@Override
	public void close() {
		try {
			pairs.close();
		}
		finally {
			if (guide != null) guide.close();
		}
	}

	/**
	 * Pairs of two stacks whose clean images get new noise whenever they are drawn;
	 * those held out stay as they are. A clean image is moved before its contrast
	 * transfer function, if it has one, and its noise are added: neither is turned
	 * with it.
	 */
	static final class FreshPairs implements PairSource {

		private final PairSource stacks;
		private final ResidualNoise noise;

		/** @throws ParameterException if the clean images have CTFs that turned ones would not have */
		FreshPairs(final PairSource stacks, final ParticlePairs pairs, final Augmentation augment,
			final TaskListener listener)
		{
			this.stacks = stacks;
			this.noise = ResidualNoise.of(pairs, listener);
			if (!noise.hasTransfer()) augment.requireSuits(pairs.noisy());
		}

		@Override
		public Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
			return stacks.ctf(listener);
		}

		@Override
		public int box() {
			return stacks.box();
		}

		@Override
		public double pixelSizeAngstrom() {
			return stacks.pixelSizeAngstrom();
		}

		@Override
		public int size() {
			return stacks.size();
		}

		@Override
		public String noisyName() {
			return stacks.noisyName();
		}

		@Override
		public String targetName() {
			return stacks.targetName();
		}

		@Override
		public Map<String, String> description() {
			final Map<String, String> description = new LinkedHashMap<>(stacks.description());
			description.put("noise", (noise.isWhite() ? "white" : "coloured as the residuals") + (noise.hasLevels()
				? ", level by image" : ", one level") + (noise.hasTransfer() ? ", after the CTF" : ""));
			description.put("noise-sigma", Double.toString(noise.sigma()));
			return description;
		}

		@Override
		public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
			return this;
		}

		@Override
		public void read(final int index, final float[] noisy, final float[] target) {
			stacks.read(index, noisy, target);
		}

		@Override
		public ImageScale draw(final long epoch, final int index, final SplittableRandom random,
			final Consumer<float[]> motion, final float[] noisy, final float[] target)
		{
			stacks.read(index, noisy, target);
			motion.accept(target);
			noise.draw(index, target, random, noisy);
			return ImageScale.of(noisy);
		}

		@Override
		public void close() {
			stacks.close();
		}
	}
}
