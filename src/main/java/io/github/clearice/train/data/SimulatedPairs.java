package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelCard;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.stack.Split;
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

/**
 * Pairs that are simulated when they are asked for. The first are held out; each
 * epoch then continues where the one before ended, so that no image is seen twice.
 */
final class SimulatedPairs implements PairSource {

	/** Pairs to validate on: their mean PSNR has a standard error of a few hundredths of a dB. */
	static final int HELD = 300;

	/** The order of more would take gigabytes. */
	private static final int MOST_COUNT = 100_000_000;

	/** Enough pairs to know the range of the clean images. */
	private static final int MOST_SURVEYED = 1000;

	private final PairSimulator simulator;
	private final String maps;
	private final Map<String, String> description;
	private final int held;
	/** Null where no real particles were measured. */
	private final Like like;

	SimulatedPairs(final PairSimulator simulator, final String maps, final Map<String, String> description,
		final int held, final Like like)
	{
		if (simulator.options().count() > MOST_COUNT) throw new ParameterException("An epoch of " + simulator.options()
			.count() + " simulated pairs is too long to be shuffled. Use count=" + MOST_COUNT + " or less, and more epochs.");
		this.simulator = simulator;
		this.maps = maps;
		this.description = Collections.unmodifiableMap(new LinkedHashMap<>(description));
		this.held = held;
		this.like = like;
	}

	@Override
	public Optional<Like> like() {
		return Optional.ofNullable(like);
	}

	@Override
	public Optional<ModelCard.TrainedCtf> ctf(final TaskListener listener) {
		final SimulationOptions options = simulator.options();
		if (options.ctf() == null) return Optional.of(ModelCard.TrainedCtf.NONE);
		return Optional.of(options.clean() == CleanImage.WITH_CTF ? ModelCard.TrainedCtf.KEPT
			: ModelCard.TrainedCtf.CORRECTED);
	}

	@Override
	public int box() {
		return simulator.box();
	}

	@Override
	public double pixelSizeAngstrom() {
		return simulator.pixelSizeAngstrom();
	}

	@Override
	public int size() {
		return held + simulator.options().count();
	}

	@Override
	public int surveyed() {
		return Math.min(size(), MOST_SURVEYED);
	}

	@Override
	public String noisyName() {
		return "particles simulated from " + maps;
	}

	@Override
	public String targetName() {
		return "projections of " + maps;
	}

	@Override
	public Map<String, String> description() {
		return description;
	}

	/** The share does not count: a held-out pair costs no pair to train on. */
	@Override
	public Split split(final double validationShare, final long seed) {
		return Split.ofFirst(held, size());
	}

	/** Particles are drawn in all directions: turning them would add nothing. */
	@Override
	public PairSource prepared(final TrainingOptions options, final TaskListener listener) {
		final Sampling sampling = options.sampling();
		if (sampling.supervision() != Supervision.CLEAN) throw new ParameterException("supervision=" +
			sampling.supervision()
			.label() +
			" is for particles without clean images, but those simulated from a map have some. Use supervision=clean.");
		if (sampling.augment() == Augmentation.FREE) throw new ParameterException(
			"Particles simulated from a map are turned in any direction anyway. Leave augment=free out; shift= shifts them.");
		return this;
	}

	@Override
	public void read(final int index, final float[] noisy, final float[] target) {
		simulator.simulate(index, target, noisy);
	}

	@Override
	public ImageScale draw(final long epoch, final int index, final SplittableRandom random,
		final Consumer<float[]> motion, final float[] noisy, final float[] target)
	{
		simulator.simulate(index + epoch * simulator.options().count(), target, noisy);
		return ImageScale.of(noisy);
	}
}
