package io.github.clearice.train.search;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;

/**
 * How a search spends its updates: all settings are trained a little, the best
 * third three times as long, and so on, until one is trained to the end
 * (Jamieson and Talwalkar 2016, "Successive Halving", with a factor of 3 as in
 * Li et al. 2018). Every rung costs about as much as one whole training.
 */
final class SuccessiveHalving {

	/** Of the settings of a rung, one in so many goes on, for so many times the updates. */
	static final int FACTOR = 3;

	/**
	 * A round of the search.
	 *
	 * @param settings that take part
	 * @param updates that each has had at its end
	 */
	record Rung(int settings, long updates) {}

	private SuccessiveHalving() {}

	/**
	 * The rounds for a number of settings; the last trains one of them to the end.
	 *
	 * @param settings at least 2
	 * @param updates of a whole training
	 * @throws ParameterException if a whole training is too short to be divided among so many
	 */
	static List<Rung> rungs(final int settings, final long updates) {
		final List<Rung> rungs = new ArrayList<>();
		int left = settings;
		int count = 1;
		while (left > 1) {
			left = (left + FACTOR - 1) / FACTOR;
			count++;
		}
		left = settings;
		for (int rung = 0; rung < count; rung++) {
			final long share = (long) Math.pow(FACTOR, count - 1 - rung);
			if (updates < share) throw new ParameterException("A training of " + updates +
				" updates is too short to search among " + settings + " settings. Use more epochs=, or search=" + Math.max(2,
					settings / FACTOR) + ".");
			rungs.add(new Rung(left, updates / share));
			left = (left + FACTOR - 1) / FACTOR;
		}
		return rungs;
	}
}
