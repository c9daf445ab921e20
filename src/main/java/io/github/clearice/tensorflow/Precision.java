package io.github.clearice.tensorflow;

import java.util.Locale;

/** The number format of a network's computations; weights are always float32. */
public enum Precision {
	/** bfloat16 on a processor that has instructions for it, otherwise float32. */
	AUTO,
	/**
	 * IEEE single precision throughout; but GPUs since Ampere multiply with 10 bits of mantissa inside convolutions
	 * (TF32), unless NVIDIA_TF32_OVERRIDE=0 is in the environment.
	 */
	FLOAT32,
	/** On a processor: convolutions in bfloat16 (8 bits of mantissa), sums and weights in float32. */
	BFLOAT16,
	/** On a GPU: convolutions in float16 (11 bits of mantissa, nothing below 6e-8), sums and weights in float32. */
	FLOAT16;

	/** The name used in commands and cards: {@code auto}, {@code float32}, {@code bfloat16}, {@code float16}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a precision by its {@link #label()}.
	 *
	 * @throws NetworkException if there is none
	 */
	public static Precision of(final String label) {
		for (final Precision precision : values()) if (precision.label().equals(label)) return precision;
		throw new NetworkException("Precision must be auto, float32, bfloat16 or float16, not " + label + ".");
	}
}
