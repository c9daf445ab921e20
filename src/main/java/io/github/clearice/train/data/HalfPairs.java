package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelCard;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource.ValidationTarget;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Pairs of two noisy images of the same particles, whose noise is independent, such as those of even and odd frames.
 * Which of the two is the target is drawn at random. A network cannot predict the noise of the target, so it learns to
 * leave it out: with the squared loss its best guess is the mean of all targets that go with an image, which is the
 * clean one; with the absolute loss the median.
 *
 * @see <a href="https://arxiv.org/abs/1803.04189">Lehtinen et al. 2018, Noise2Noise</a>
 */
final class HalfPairs implements StackSource {

	private final ParticlePairs halves;
	private final ParticleStack clean;

	/** @param clean to validate with, or null */
	HalfPairs(final ParticlePairs halves, final ParticleStack clean) {
		this.halves = halves;
		this.clean = clean;
		if (clean != null) ParticlePairs.requireMatch(halves.noisy(), clean);
	}

	@Override
	public Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
		return Optional.of(ModelCard.TrainedCtf.KEPT);
	}

	@Override
	public ParticleStack noisy() {
		return halves.noisy();
	}

	/** That of the targets where the noisy images have none. */
	@Override
	public double pixelSizeAngstrom() {
		return halves.pixelSizeAngstrom();
	}

	@Override
	public String targetName() {
		return halves.clean().name();
	}

	@Override
	public Map<String, String> description() {
		return Map.of("validation", validationTarget().label());
	}

	@Override
	public ValidationTarget validationTarget() {
		return clean == null ? ValidationTarget.SECOND : ValidationTarget.CLEAN;
	}

	@Override
	public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
		PairSource.requireWithoutClean(Supervision.NOISE2NOISE, "two noisy stacks", options);
		options.sampling().augment().requireSuits(halves.noisy());
		final float[] first = new float[box() * box()], second = first.clone();
		read(0, first, second);
		if (Arrays.equals(first, second)) throw new ParameterException(noisyName() + " and " + targetName() +
			" hold the same images, noise and all, so there is nothing to learn. Give images of independent noise.");
		return this;
	}

	@Override
	public void read(final int index, final float[] noisy, final float[] target) {
		halves.noisy().read(index, noisy);
		halves.clean().read(index, target);
	}

	@Override
	public void hold(final int index, final float[] noisy, final float[] target) {
		halves.noisy().read(index, noisy);
		(clean == null ? halves.clean() : clean).read(index, target);
		if (clean != null) PairSource.requireNumbers(index, clean.name(), target);
	}

	@Override
	public ImageScale draw(final long epoch, final int index, final SplittableRandom random,
		final Consumer<float[]> motion, final float[] noisy, final float[] target)
	{
		if (random.nextBoolean()) read(index, noisy, target);
		else read(index, target, noisy);
		final ImageScale scale = ImageScale.of(noisy);
		motion.accept(noisy);
		motion.accept(target);
		return scale;
	}

	@Override
	public void close() {
		try {
			halves.close();
		}
		finally {
			if (clean != null) clean.close();
		}
	}
}
