package io.github.clearice.worker;

import io.github.clearice.train.TrainingListener;

import java.util.Locale;
import java.util.Optional;

/** What the user wants of work that runs, the stronger the later; sent to a worker as its name in small letters. */
public enum Wish {

	/** It should go on. */
	NONE,
	/** A training should go on until its validation gains no more, and then keep its best model. */
	FINISH,
	/** A training should end now and keep its best model; other work should end and leave nothing. */
	STOP,
	/** The work should end and leave nothing. */
	CANCEL;

	/** What somebody who listens wants now. */
	public static Wish of(final TrainingListener listener) {
		if (listener.isCancelled()) return CANCEL;
		return listener.isStopRequested() ? STOP : NONE;
	}

	/** The word that tells a worker. */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The wish that a word tells; empty for words that tell none. */
	static Optional<Wish> ofWord(final String word) {
		for (final Wish wish : values()) if (wish.word().equals(word.trim())) return Optional.of(wish);
		return Optional.empty();
	}
}
