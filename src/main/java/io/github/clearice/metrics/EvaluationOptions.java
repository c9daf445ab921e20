package io.github.clearice.metrics;

import io.github.clearice.task.ParameterException;

import java.util.Objects;

/**
 * How images are compared.
 *
 * @param window the window of the structural similarity
 * @param fixedRange the range L of values for MSE, PSNR and SSIM, images taken as
 *          they are; NaN, the default, scales each reference to [0, 1] by its own
 *          minimum and maximum and the image by the same affine map
 */
public record EvaluationOptions(SimilarityWindow window, double fixedRange) {

	/** Wang's similarity on references scaled to [0, 1]. */
	public static final EvaluationOptions DEFAULT = new EvaluationOptions(SimilarityWindow.WANG_2004, Double.NaN);

	/** @throws ParameterException if the range is not positive */
	public EvaluationOptions {
		Objects.requireNonNull(window, "window");
		if (fixedRange <= 0 || fixedRange > Float.MAX_VALUE) throw new ParameterException(
			"The range of values must be positive and within what pixels can hold, not " + fixedRange +
				"; leave it out to scale each reference to [0, 1].");
	}

	public EvaluationOptions withWindow(final SimilarityWindow other) {
		return new EvaluationOptions(other, fixedRange);
	}

	public EvaluationOptions withFixedRange(final double range) {
		return new EvaluationOptions(window, range);
	}

	/** Whether each reference is scaled to [0, 1]. */
	public boolean scalesReferences() {
		return Double.isNaN(fixedRange);
	}
}
