package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.LearningRate.Decay;
import io.github.clearice.train.options.Preset.OptionOrigin;
import io.github.clearice.train.options.Sampling.Supervision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that sets a training apart but its particles. Options have names,
 * the same in commands, macros and model cards; see {@link #toMap()}.
 *
 * @param origin the preset they started from
 * @param network its name, or {@link #AUTO}: light without a GPU, gu2021 with one
 * @param adaptive whether the network estimates the noise level of each image and goes by it
 * @param objective the loss to minimise
 * @param schedule how long it runs
 * @param learningRate and its course
 * @param adam constants of the optimiser
 * @param sampling the presentation of the particles to the network
 * @param compute the hardware it runs on
 * @param seed of the split, the first weights, the order of particles and all that is drawn
 */
public record TrainingOptions(OptionOrigin origin, String network, boolean adaptive, Objective objective,
	Schedule schedule,
	LearningRate learningRate, AdamSettings adam, Sampling sampling, ComputeOptions compute, long seed)
{

	/** Whether the network goes by the noise level of each image; models of earlier builds do not say, and do not. */
	private static final String ADAPTIVE = "adaptive";

	/** Network by device. */
	public static final String AUTO = "auto";

	public TrainingOptions {
		if (objective.adversary().isPresent() && sampling.supervision() != Supervision.CLEAN) throw new ParameterException(
			"A discriminator would take the noisy targets of supervision=" + sampling.supervision().label() +
				" for clean images. Use gan=none, or supervision=clean.");
		if (schedule.growth() > 0 && sampling.supervision() == Supervision.NOISE2VOID) throw new ParameterException(
			"Noise2Void cannot hide pixels in the small images that a network grows from. Use growth=0, or another" +
			" supervision=.");
	}

	/** Our own best for a small machine. */
	public static TrainingOptions fast() {
		return Preset.FAST.options();
	}

	/**
	 * These options with some replaced, by the names of {@link #toMap()}. With another
	 * {@code gan}, the options of its family take their usual values unless given.
	 *
	 * @throws ParameterException if there is no such option, its value is out of range, or options contradict each other
	 */
	public TrainingOptions with(final Map<String, String> changes) {
		final Map<String, String> before = toMap();
		final Map<String, String> all = new LinkedHashMap<>(before);
		if (changes.containsKey("gan")) Gan.change(all, new OptionReader(all).choice("gan", Gan.class), new OptionReader(
			changes).choice("gan", Gan.class));
		if (changes.containsKey("decay")) LearningRate.change(all, new OptionReader(changes).choice("decay", Decay.class));
		for (final Map.Entry<String, String> change : changes.entrySet()) {
			requireKnown(change.getKey(), all);
			all.put(change.getKey(), change.getValue());
		}
		final TrainingOptions changed = of(all);
		final Map<String, String> after = changed.toMap();
		final List<String> overridden = new ArrayList<>(changes.keySet());
		overridden.removeIf(name -> after.get(name).equals(before.get(name)));
		return changed.from(origin.and(overridden));
	}

	/** These options with one replaced. */
	public TrainingOptions with(final String name, final Object value) {
		return with(Map.of(name, String.valueOf(value)));
	}

	/**
	 * The precision to compute in, where it was not left to the device: float32 for a gradient penalty, with
	 * which bfloat16 came out 0.3 dB lower.
	 */
	public Precision precision() {
		final boolean penalty = objective.adversary().map(game -> game.gan() == Gan.WGAN).orElse(false);
		return penalty && compute.precision() == Precision.AUTO ? Precision.FLOAT32 : compute.precision();
	}

	/** The same values as if they had another origin. */
	TrainingOptions from(final OptionOrigin other) {
		return new TrainingOptions(other, network, adaptive, objective, schedule, learningRate, adam, sampling, compute,
			seed);
	}

	private static void requireKnown(final String name, final Map<String, String> options) {
		if (name.equals(OptionOrigin.PRESET) || name.equals(OptionOrigin.OVERRIDDEN)) throw new ParameterException(
			"Option " + name +
				" says where the options come from and cannot be set by itself. Start from the preset, and change the others.");
		if (options.containsKey(name)) return;
		if (name.equals(LearningRate.PATIENCE)) throw new ParameterException(
			"Option patience goes with decay=plateau only. Leave it out, or give decay=plateau.");
		if (Gan.allOptions().contains(name)) throw new ParameterException("Option " + name + " goes with " + Gan.having(
			name) + " only, but gan is " + options.get("gan") + ". Leave it out, or choose another gan=.");
		throw new ParameterException("There is no training option " + name + ". The options are: " + String.join(", ",
			options.keySet()) + ".");
	}

	/**
	 * All options by name, as model cards keep them, after {@code preset} and
	 * {@code overridden}. What only other families of losses have is not among them.
	 */
	public Map<String, String> toMap() {
		final Map<String, String> map = new LinkedHashMap<>();
		origin.addTo(map);
		map.put("network", network);
		map.put(ADAPTIVE, Boolean.toString(adaptive));
		objective.addTo(map);
		schedule.addTo(map);
		learningRate.addTo(map);
		adam.addTo(map);
		map.put("seed", Long.toString(seed));
		sampling.addTo(map);
		compute.addTo(map);
		return map;
	}

	/**
	 * Options from all their names and values, as {@link #toMap} has them and model cards keep them.
	 *
	 * @throws ParameterException if one is missing, no number or out of range
	 */
	public static TrainingOptions of(final Map<String, String> map) {
		final OptionReader read = new OptionReader(map);
		return new TrainingOptions(OptionOrigin.of(read), read.word("network"), read.flag(ADAPTIVE), Objective.of(read),
			Schedule.of(read), LearningRate.of(read), AdamSettings.of(read), Sampling.of(read), ComputeOptions.of(read), read
				.whole("seed"));
	}

	/**
	 * The hardware of a training.
	 *
	 * @param precision of the computation
	 * @param device to run on
	 * @param threads of the processor, 0 for all; trainings repeat bit by bit for equal numbers of threads
	 */
	public record ComputeOptions(Precision precision, DeviceChoice device, int threads) {

		public ComputeOptions {
			if (threads < 0) throw new ParameterException("Option threads must be 0 (all) or more, not " + threads + ".");
		}

		/** Reads what {@link #addTo} writes. */
		static ComputeOptions of(final OptionReader read) {
			return new ComputeOptions(Precision.of(read.word("precision")), DeviceChoice.of(read.word("device")),
				read.integer(
				"threads"));
		}

		/** Adds all options to a map. */
		void addTo(final Map<String, String> map) {
			map.put("precision", precision.label());
			map.put("device", device.label());
			map.put("threads", Integer.toString(threads));
		}
	}
}
