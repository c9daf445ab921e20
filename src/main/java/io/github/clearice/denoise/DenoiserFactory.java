package io.github.clearice.denoise;

import io.github.clearice.stack.Denoiser;

/**
 * A denoising method that another library contributes. It is found through {@link java.util.ServiceLoader} (a file
 * {@code META-INF/services/io.github.clearice.denoise.DenoiserFactory} in its jar), through SciJava's plugin index, or
 * registered by a script, and then stands in every list of methods.
 */
public interface DenoiserFactory {

	/** The name in {@code method=} and {@code methods=}: one lower-case word. */
	String name();

	/** One sentence for help texts and lists. */
	String description();

	/** A new denoiser for one stack, closed by the caller. */
	Denoiser create();
}
