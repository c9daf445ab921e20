package io.github.clearice.train.data;

import io.github.clearice.model.ModelFile;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Map;
import java.util.Optional;

/**
 * Particles that a trained model is adapted to, as its network sees them: a training on them begins with the weights of
 * the model, and ends with the better of the two.
 *
 * @param model whose network sees a noisy image and a guide
 * @param noisy what it sees
 * @param guide on the scale of the noisy images
 * @param target what it should make of them: clean images, or noisy ones whose noise is independent of all that it sees
 * @param truth clean images to validate with, not to train on; or null
 * @param supervision the kind of targets
 * @param description of the pairs for the card, by name
 */
public record AdaptedPairs(ModelFile model, ParticleStack noisy, ParticleStack guide, ParticleStack target,
	ParticleStack truth, Supervision supervision, Map<String, String> description) implements StackSource
{

	/** @throws io.github.clearice.task.InputException if stacks do not belong together */
	public AdaptedPairs {
		ParticlePairs.requireMatch(noisy, guide);
		ParticlePairs.requireMatch(noisy, target);
		if (truth != null) ParticlePairs.requireMatch(noisy, truth);
		description = Map.copyOf(description);
	}

	@Override
	public Optional<ModelFile> begin() {
		return Optional.of(model);
	}

	@Override
	public String targetName() {
		return target.name();
	}

	@Override
	public ValidationTarget validationTarget() {
		return truth != null || supervision == Supervision.CLEAN ? ValidationTarget.CLEAN : ValidationTarget.SECOND;
	}

	@Override
	public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
		final String network = model.card().architecture();
		if (options.sampling().supervision() != supervision) throw new ParameterException("supervision=" + options
			.sampling().supervision().label() + " does not go with the targets of these particles, which a model is adapted" +
			" to (from=). Use supervision=" + supervision.label() + ".");
		if (!options.network().equals(TrainingOptions.AUTO) && !options.network().equals(network))
			throw new ParameterException("network=" + options.network() + " cannot be had by adapting a model (from=)," +
				" whose network stays. Leave it out.");
		if (options.adaptive() || options.sampling().fresh() || options.schedule().growth() > 0 || options.objective()
			.adversary().isPresent()) throw new ParameterException("adaptive=, fresh=, growth= and gan= are for new models," +
				" not for one that is adapted (from=). Leave them out.");
		return this;
	}

	@Override
	public void read(final int index, final float[] image, final float[] wanted) {
		noisy.read(index, image);
		target.read(index, wanted);
	}

	@Override
	public int planes() {
		return 2;
	}

	@Override
	public void readGuide(final int index, final float[] image) {
		guide.read(index, image);
	}

	@Override
	public void hold(final int index, final float[] image, final float[] wanted) {
		noisy.read(index, image);
		(truth == null ? target : truth).read(index, wanted);
	}
}
