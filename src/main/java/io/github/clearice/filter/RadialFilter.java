package io.github.clearice.filter;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;

/** Applies one radial Fourier filter to batches of images, on all cores. */
final class RadialFilter {

	private final int box;
	private final float[] factors;

	/** @param factors one for each coefficient of a half spectrum */
	RadialFilter(final int box, final float[] factors) {
		this.box = box;
		this.factors = factors;
	}

	void apply(final float[][] noisy, final float[][] denoised) {
		if (noisy.length == 0) return;
		if (noisy[0].length != box * box) throw new ParameterException("The filter was prepared for a box of " + box +
			" pixels, but an image has " + noisy[0].length + " pixels; prepare it for this stack.");
		ParallelLoop.run(noisy.length, 8, thread -> {
			final FourierFilter filter = new FourierFilter(box, factors);
			return i -> filter.apply(noisy[(int) i], denoised[(int) i]);
		});
	}
}
