package io.github.clearice.worker;

import java.util.Locale;
import java.util.Optional;

/** The events of work that is watched by a program, in the order in which they come as a rule. */
enum EventName {

		/** Work begins: {@code task}, {@code total} steps, 0 where that is unknown. */
		BEGIN,
		/** {@code done} steps of {@code total}, with a {@code detail} of a few words where there is one. */
		PROGRESS,
		/** A training goes on from update {@code step}; what was heard of later ones does not count. */
		START,
		/** Where a training stands: see {@link TrainingEvents}. */
		METRICS,
		/**
		 * The weights were tried on the held-out particles: see {@link TrainingEvents}. Some of them lie in {@code file}:
		 * see {@link PreviewFile}.
		 */
		VALIDATION,
		/** All that is needed to go on after update {@code step} lies in {@code file}. */
		CHECKPOINT,
		/**
		 * A search trains a {@code setting} of {@code settings}, with {@code options}, in a {@code round} of {@code rounds}
		 * up to {@code updates}. What follows, until it was tried, is of that training.
		 */
		TRIAL,
		/**
		 * What a search knows of a setting after a round: as {@link #TRIAL}, with {@code psnr} where it did not diverge.
		 */
		TRIED,
		/** A {@code text} worth reading. */
		MESSAGE,
		/** A {@code text} that tells of something wrong. */
		WARNING,
		/** The work that began last has ended. */
		END,
		/** The {@code text} that a verb ends with. */
		REPORT,
		/** Why the verb failed, in the line {@code text}; {@code cancelled} where the user asked for it. */
		ERROR,
		/** The last event: the exit {@code code} of the process. */
		EXIT;

	/** What warnings among messages begin with. */
	static final String WARNING_MARK = "Warning: ";

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Optional<EventName> ofWord(final String word) {
		for (final EventName name : values()) if (name.word().equals(word)) return Optional.of(name);
		return Optional.empty();
	}
}
