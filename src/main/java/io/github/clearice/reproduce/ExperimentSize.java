package io.github.clearice.reproduce;

import io.github.clearice.task.ParameterException;

import java.util.Locale;

/** How much of an experiment is run. */
public enum ExperimentSize {

	/** To see that everything works: two minutes at most, and nothing to conclude from. */
	SMOKE,

	/** For a machine with two cores, overnight at most. */
	DESK,

	/** That of the paper, for a GPU. */
	FULL;

	/** What it is called in commands. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The value for this size. */
	<T> T of(final T smoke, final T desk, final T full) {
		return switch (this) {
			case SMOKE -> smoke;
			case DESK -> desk;
			case FULL -> full;
		};
	}

	/** @throws ParameterException if there is none of this label */
	public static ExperimentSize named(final String label) {
		for (final ExperimentSize size : values()) if (size.label().equals(label)) return size;
		throw new ParameterException("size=" + label + " is not a size. Choose smoke, desk or full.");
	}
}
