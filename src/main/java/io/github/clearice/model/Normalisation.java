package io.github.clearice.model;

/**
 * How images are brought to the scale of a network, and back.
 * <p>
 * The network sees {@code (noisy - m) / s}, with mean m and standard deviation s
 * of that noisy image. Its target is {@code gain * (clean - m) / s + offset} with
 * the same m and s, gain and offset being those of the data set. So a result r
 * becomes {@code m + s * (r - offset) / gain}: an image on the scale of the noisy
 * and of the clean one.
 *
 * @param gain positive
 * @param offset of the targets
 */
public record Normalisation(double gain, double offset) {

	public Normalisation {
		if (!(gain > 0) || Double.isInfinite(gain) || !Double.isFinite(offset)) throw new ModelException(
			"The normalisation needs a positive gain and a finite offset, not " + gain + " and " + offset +
				". The model file is damaged; get a fresh copy.");
	}

	/**
	 * Brings a noisy image to the network's scale; a constant one becomes zero.
	 *
	 * @param at where in {@code input} the image begins
	 */
	public void toInput(final float[] noisy, final ImageScale scale, final float[] input, final int at) {
		final double deviation = scale.deviation();
		final double factor = deviation > 0 ? 1 / deviation : 0;
		for (int i = 0; i < noisy.length; i++) input[at + i] = (float) ((noisy[i] - scale.mean()) * factor);
	}

	/**
	 * Brings a clean image to the scale of the network's results.
	 *
	 * @param scale of the noisy image, with a positive standard deviation
	 */
	public void toTarget(final float[] clean, final ImageScale scale, final float[] target, final int at) {
		final double factor = gain / scale.deviation();
		for (int i = 0; i < clean.length; i++) target[at + i] = (float) ((clean[i] - scale.mean()) * factor + offset);
	}

	/**
	 * Brings a result back to the scale of the particles; that of a constant image
	 * is constant.
	 *
	 * @param scale of the noisy image
	 * @param at where in {@code result} the image begins
	 */
	public void fromResult(final float[] result, final int at, final ImageScale scale, final float[] denoised) {
		final double factor = scale.deviation() / gain;
		for (int i = 0; i < denoised.length; i++) denoised[i] = (float) (scale.mean() + (result[at + i] - offset) *
			factor);
	}
}
