package io.github.clearice.train;

import io.github.clearice.network.DeviceChoice;
import io.github.clearice.network.Precision;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that sets a training apart but its particles.
 *
 * @param network {@code light}, {@code gu2021}, or {@code auto}: light without a GPU, gu2021 with one
 * @param loss what is made small
 * @param epochs passes over the training particles, at least 1
 * @param maximumMinutes the training ends, and its learning rate has fallen, by then; infinite for no limit
 * @param batch particles of one update, at least 1
 * @param learningRate and its course
 * @param adam constants of the optimiser
 * @param seed of the split, the first weights, the order of particles and the augmentation
 * @param validationShare of the particles held out to choose the best weights
 * @param augment whether pairs are turned by quarter turns and mirrored at random; not for images with an
 *          astigmatic CTF
 * @param precision of the computation
 * @param device to run on
 * @param threads of the processor, 0 for all; trainings repeat bit by bit for equal numbers of threads
 * @param checkpointMinutes between two checkpoints; 0 for one after every epoch
 */
public record TrainingOptions(String network, Loss loss, int epochs, double maximumMinutes, int batch,
	LearningRate learningRate, AdamSettings adam, long seed, double validationShare, boolean augment, Precision precision,
	DeviceChoice device, int threads, double checkpointMinutes)
{

	/** Network by device. */
	public static final String AUTO = "auto";

	private static final int MOST_EPOCHS = 1_000_000;

	public TrainingOptions {
		require(epochs >= 1 && epochs <= MOST_EPOCHS, "epochs", "1 to " + MOST_EPOCHS, epochs);
		require(maximumMinutes > 0, "minutes", "positive", maximumMinutes);
		require(batch >= 1, "batch", "at least 1", batch);
		require(validationShare > 0 && validationShare < 1, "validation", "above 0 and below 1", validationShare);
		require(threads >= 0, "threads", "0 (all) or more", threads);
		require(checkpointMinutes >= 0, "checkpoint", "0 minutes (every epoch) or more", checkpointMinutes);
	}

	/**
	 * Our own best for a small machine: it brings 2,000 particles of 64 pixels to
	 * convergence within three minutes on two cores.
	 */
	public static TrainingOptions fast() {
		return new TrainingOptions(AUTO, Loss.L1, 60, Double.POSITIVE_INFINITY, 20, new LearningRate(0.012, 200, true),
			new AdamSettings(0.9f, 0.999f, 0.995f), 1, 0.1, true, Precision.AUTO, DeviceChoice.AUTO, 0, 2);
	}

	/** These options with some replaced, by the names of {@link #toMap()}. */
	public TrainingOptions with(final Map<String, String> changes) {
		final Map<String, String> all = toMap();
		for (final Map.Entry<String, String> change : changes.entrySet()) {
			if (all.put(change.getKey(), change.getValue()) == null) throw new TrainingException("There is no training option " +
				change.getKey() + ". The options are: " + String.join(", ", toMap().keySet()) + ".");
		}
		return of(all);
	}

	/** These options with one replaced. */
	public TrainingOptions with(final String name, final Object value) {
		return with(Map.of(name, String.valueOf(value)));
	}

	/** All options by name, as model cards keep them. */
	public Map<String, String> toMap() {
		final Map<String, String> map = new LinkedHashMap<>();
		map.put("network", network);
		map.put("loss", loss.label());
		map.put("epochs", Integer.toString(epochs));
		map.put("minutes", Double.toString(maximumMinutes));
		map.put("batch", Integer.toString(batch));
		map.put("rate", Double.toString(learningRate.peak()));
		map.put("warmup", Integer.toString(learningRate.warmUpSteps()));
		map.put("decay", Boolean.toString(learningRate.decays()));
		map.put("beta1", Float.toString(adam.beta1()));
		map.put("beta2", Float.toString(adam.beta2()));
		map.put("average", Float.toString(adam.averageDecay()));
		map.put("seed", Long.toString(seed));
		map.put("validation", Double.toString(validationShare));
		map.put("augment", Boolean.toString(augment));
		map.put("precision", precision.label());
		map.put("device", device.label());
		map.put("threads", Integer.toString(threads));
		map.put("checkpoint", Double.toString(checkpointMinutes));
		return map;
	}

	/**
	 * Options from all their names and values.
	 *
	 * @throws TrainingException if one is missing, no number or out of range
	 */
	static TrainingOptions of(final Map<String, String> map) {
		final OptionReader read = new OptionReader(map);
		return new TrainingOptions(read.word("network"), Loss.of(read.word("loss")), read.integer("epochs"), read.real(
			"minutes"), read.integer("batch"), new LearningRate(read.real("rate"), read.integer("warmup"), read.flag(
				"decay")), new AdamSettings((float) read.real("beta1"), (float) read.real("beta2"), (float) read.real(
					"average")), read.whole("seed"), read.real("validation"), read.flag("augment"), Precision.of(read.word(
						"precision")), DeviceChoice.of(read.word("device")), read.integer("threads"), read.real("checkpoint"));
	}

	private static void require(final boolean holds, final String name, final String range, final Number value) {
		if (!holds) throw new TrainingException(String.format(Locale.ROOT, "Option %s must be %s, not %s.", name, range,
			value));
	}
}
