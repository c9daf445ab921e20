package io.github.clearice.fourier;

/** Resamples square images about their centre. Implementations hold buffers: one instance a thread. */
@FunctionalInterface
public interface ImageResampler {

	/**
	 * Resamples an image.
	 *
	 * @param image the pixels, left as they are
	 * @param resampled receives the new ones; another array
	 */
	void apply(float[] image, float[] resampled);
}
