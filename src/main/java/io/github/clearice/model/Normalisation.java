package io.github.clearice.model;

import io.github.clearice.task.InputException;

import java.util.Arrays;

/**
 * How images are brought to the scale of a network, and back.
 * <p>
 * The network sees {@code (noisy - m) / s}, with mean m and standard deviation s
 * of that noisy image. Its target is {@code gain * (clean - l) / s + offset} with
 * the same s, gain and offset being those of the data set. So a result r becomes
 * {@code l + s * (r - offset) / gain}: an image on the scale of the noisy and of
 * the clean one.
 * <p>
 * The mean l that the image has without its noise is m, estimated from one image:
 * to within {@code s / sqrt(pixels)}. Where all clean images of a data set have one
 * mean, as projections of one map do, that is known better: l is this level, unless
 * m is further off than noise explains, as in particles with another background.
 *
 * @param gain positive
 * @param offset of the targets
 * @param level the mean of all clean images, or null where they differ
 */
public record Normalisation(double gain, double offset, Double level) {

	/** At this many standard errors between the level and the mean of an image, they count equally. */
	private static final double DOUBTFUL_DISTANCE = 4;

	public Normalisation {
		if (!(gain > 0) || Double.isInfinite(gain) || !Double.isFinite(offset) || level != null && !Double.isFinite(
			level))
		{
			throw new InputException(
				"The normalisation needs a positive gain, a finite offset and a finite level or none, not " + gain + ", " +
					offset + " and " + level + ". The model file is damaged; get a fresh copy.");
		}
	}

	/** For a network whose results are added to a guide: plain multiples of the noisy image's deviation from its mean. */
	public static final Normalisation OF_GUIDED = new Normalisation(1, 0, null);

	/** The same for images that do not have the mean of the particles. */
	Normalisation withoutLevel() {
		return new Normalisation(gain, offset, null);
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
	 * Brings a noisy image and its guide to the network's scale: their pixels alternate. The guide gets the scale of the
	 * results, to which it is added.
	 *
	 * @param guide an estimate of the clean image, on the scale of the noisy one; null if there is none
	 * @param at where in {@code input} the images begin
	 */
	public void toInput(final float[] noisy, final float[] guide, final ImageScale scale, final float[] input,
		final int at)
	{
		final float[] plane = new float[noisy.length];
		toInput(noisy, scale, plane, 0);
		for (int i = 0; i < plane.length; i++) input[at + 2 * i] = plane[i];
		if (guide == null || scale.isConstant()) Arrays.fill(plane, (float) offset);
		else toTarget(guide, scale, plane, 0);
		for (int i = 0; i < plane.length; i++) input[at + 2 * i + 1] = plane[i];
	}

	/**
	 * Brings a clean image to the scale of the network's results.
	 *
	 * @param scale of the noisy image, with a positive standard deviation
	 */
	public void toTarget(final float[] clean, final ImageScale scale, final float[] target, final int at) {
		final double factor = gain / scale.deviation();
		final double mean = cleanMean(scale, clean.length);
		for (int i = 0; i < clean.length; i++) target[at + i] = (float) ((clean[i] - mean) * factor + offset);
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
		final double mean = cleanMean(scale, denoised.length);
		for (int i = 0; i < denoised.length; i++) denoised[i] = (float) (mean + (result[at + i] - offset) * factor);
	}

	/** The mean of an image without its noise. */
	private double cleanMean(final ImageScale scale, final int pixels) {
		if (level == null || scale.isConstant()) return scale.mean();
		final double standardError = scale.deviation() / Math.sqrt(pixels);
		final double trust = 1 / (1 + Math.pow((level - scale.mean()) / (DOUBTFUL_DISTANCE * standardError), 4));
		return scale.mean() + trust * (level - scale.mean());
	}
}
