package io.github.clearice.train;

import io.github.clearice.train.DivergenceWatch.Divergence;
import io.github.clearice.train.options.OptionReader;

import java.util.Map;

/** How often a training has gone back to its last good state, and what that has left of its learning rates. */
final class Rollbacks {

	/** A training that diverges more often has the wrong options. */
	static final int MOST = 3;
	private static final double FALL = 0.5;

	private int count;
	private double share = 1;
	private double criticShare = 1;

	/** Whether going back once more would be in vain. */
	boolean isSpent() {
		return count >= MOST;
	}

	int count() {
		return count;
	}

	/** Counts a divergence, and lowers the rates: that of the discriminator alone where that is the remedy. */
	void add(final Divergence divergence) {
		count++;
		criticShare *= FALL;
		if (!divergence.criticAlone()) share *= FALL;
	}

	/** The rates are new ones: what happened with others does not count. */
	void forget() {
		count = 0;
		share = 1;
		criticShare = 1;
	}

	/** What is left of the network's rate. */
	double share() {
		return share;
	}

	/** What is left of the discriminator's rate. */
	double criticShare() {
		return criticShare;
	}

	/** What happened and what follows, in one line. */
	String message(final Divergence divergence, final long from, final long to) {
		return "Warning: after update " + from + " " + divergence.reason() + ". The training goes on from update " + to +
			" with half the learning rate" + (divergence.criticAlone() ? " of the discriminator" : "") + " (" + count +
			" of at most " + MOST + " times).";
	}

	void save(final Map<String, String> state) {
		state.put("rollbacks", Integer.toString(count));
		state.put("rollbackShare", Double.toString(share));
		state.put("rollbackCriticShare", Double.toString(criticShare));
	}

	void restore(final OptionReader state) {
		count = state.integer("rollbacks");
		share = state.real("rollbackShare");
		criticShare = state.real("rollbackCriticShare");
	}
}
