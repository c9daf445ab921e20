package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.Augmentation;
import io.github.clearice.train.options.TrainingOptions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Pairs of two stacks whose clean images get new noise whenever they are drawn;
 * those held out stay as they are. A clean image is moved before its contrast
 * transfer function, if it has one, and its noise are added: neither is turned
 * with it.
 */
final class FreshPairs implements PairSource {

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
