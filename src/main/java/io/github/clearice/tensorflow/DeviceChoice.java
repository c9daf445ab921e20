package io.github.clearice.tensorflow;

import java.util.Locale;

/** Where a network is asked to run. */
public enum DeviceChoice {
	/** A GPU where one works, otherwise the processor. */
	AUTO,
	/** The processor. */
	CPU,
	/** A GPU; refused where none works. */
	GPU;

	/** The name used in commands: {@code auto}, {@code cpu}, {@code gpu}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a choice by its {@link #label()}.
	 *
	 * @throws NetworkException if there is none
	 */
	public static DeviceChoice of(final String label) {
		for (final DeviceChoice choice : values()) if (choice.label().equals(label)) return choice;
		throw new NetworkException("Device must be auto, cpu or gpu, not " + label + ".");
	}
}
