package io.github.clearice.worker;

import io.github.clearice.train.log.TrainingListener;

import java.util.Locale;
import java.util.Optional;

/**
 * How running work is asked to end, from the weakest request to the strongest. A worker
 * receives it as the name in lower case.
 */
public enum StopRequest {

	/** The work should continue. */
	NONE,
	/** A training should continue until its validation gains no more, and then keep its best model. */
	FINISH,
	/** A training should end now and keep its best model; other work should end and leave nothing. */
	STOP,
	/** The work should end and leave nothing. */
	CANCEL;

	/** The request of a listener: cancel before stop. */
	public static StopRequest of(final TrainingListener listener) {
		if (listener.isCancelled()) return CANCEL;
		return listener.isStopRequested() ? STOP : NONE;
	}

	/** The word that is sent to a worker. */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The request that a word stands for; empty for any other word. */
	static Optional<StopRequest> ofWord(final String word) {
		for (final StopRequest stopRequest : values())
			if (stopRequest.word().equals(word.trim())) return Optional.of(stopRequest);
		return Optional.empty();
	}
}
