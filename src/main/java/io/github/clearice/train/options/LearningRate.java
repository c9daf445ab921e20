package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Map;

/**
 * How the learning rate runs over a training: a linear rise over the first
 * updates, then, with {@link Decay#COSINE}, half a cosine down to nearly zero
 * (Loshchilov and Hutter 2017, without restarts).
 *
 * @param peak the highest rate
 * @param warmUpSteps updates of the rise
 * @param decay how the rate falls after the rise
 * @param patience validations without a gain before the rate falls, with {@link Decay#PLATEAU}; otherwise unused
 */
public record LearningRate(double peak, int warmUpSteps, Decay decay, int patience) {

	/** Validations without a gain, unless something else is said. */
	static final int USUAL_PATIENCE = 5;
	static final String PATIENCE = "patience";

	/** Where the cosine ends, as a share of the peak. */
	private static final double LEAST_SHARE = 0.01;

	public LearningRate {
		checkPeak("rate", peak);
		if (warmUpSteps < 0) throw new ParameterException("Option warmup must be 0 or more steps, not" +
			" " + warmUpSteps + ".");
		if (patience < 1) throw new ParameterException("Option patience must be 1 or more validations, not " + patience +
			".");
	}

	/** Reads what {@link #addTo} writes. */
	static LearningRate of(final OptionReader read) {
		final Decay decay = read.choice("decay", Decay.class);
		return new LearningRate(read.real("rate"), read.integer("warmup"), decay, decay == Decay.PLATEAU ? read.integer(
			PATIENCE) : USUAL_PATIENCE);
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("rate", Double.toString(peak));
		map.put("warmup", Integer.toString(warmUpSteps));
		map.put("decay", decay.label());
		if (decay == Decay.PLATEAU) map.put(PATIENCE, Integer.toString(patience));
	}

	/** Adds or removes what only one way of falling has. */
	static void change(final Map<String, String> options, final Decay to) {
		options.put("decay", to.label());
		if (to == Decay.PLATEAU) options.putIfAbsent(PATIENCE, Integer.toString(USUAL_PATIENCE));
		else options.remove(PATIENCE);
	}

	static void checkPeak(final String name, final double peak) {
		if (!(peak > 0) || peak > 10) throw new ParameterException("Option " + name +
			" must be above 0 and at most 10, not " + peak + ".");
	}

	/**
	 * The rate of one update, before reductions at a plateau.
	 *
	 * @param step number of the update, from 1
	 * @param progress share of the training that is over, 0 to 1
	 */
	public double at(final long step, final double progress) {
		final double rise = warmUpSteps == 0 ? 1 : Math.min(1, step / (double) warmUpSteps);
		if (decay != Decay.COSINE) return peak * rise;
		final double fall = (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
		return peak * rise * (LEAST_SHARE + (1 - LEAST_SHARE) * fall);
	}

	/** How learning rates fall after their rise. */
	public enum Decay {
		/** Along half a cosine, over the whole training. */
		COSINE,
		/** Not at all. */
		NONE,
		/** By a factor whenever the validation has not improved for a while. */
		PLATEAU;

		/** The name used in commands and cards: {@code cosine}, {@code none}, {@code plateau}. */
		public String label() {
			return OptionReader.label(this);
		}
	}
}
