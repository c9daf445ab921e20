package io.github.clearice.evaluate.trust;

import java.util.Arrays;
import java.util.Locale;

/**
 * Asks whether the model is better at the images that it was trained on than at others, under noise that it has not
 * seen and, where the noisy images of the training are known, under their own; and whether its results are nearer to
 * images of the training than to the truth.
 *
 * @param training clean images that the model was trained on, on the scale of the particles
 * @param known the noisy images that it was trained on with them; null where they are not known
 */
record Memorisation(float[][] training, float[][] known) implements TrustTest {

	private static final double LIMIT = 1.5;
	/** A model that has memorised its training images makes no error on them. */
	private static final double LARGEST = 1000;
	private static final int STREAM = 0x7d;

	@Override
	public TrustFinding run(final TrustData data) {
		final int count = Math.min(training.length, data.clean.length);
		final float[][] projected = Arrays.copyOf(training, count), noisy = data.draw(projected, STREAM, 0);
		final float[][] seen = data.truth(projected);
		final double others = meanSquare(data.denoised, data.clean);
		final double fresh = Math.min(LARGEST, others / meanSquare(data.denoise(noisy), seen));
		final double own = known == null ? fresh : Math.min(LARGEST, others / meanSquare(data.denoiseOthers(Arrays
			.copyOf(known, count)), seen));
		int remembered = 0;
		for (int i = 0; i < data.denoised.length; i++) {
			if (TrustData.greatestSimilarity(data.denoised[i], seen, -1) > TrustData.similarity(data.denoised[i],
				data.clean[i])) remembered++;
		}
		final double ratio = Math.max(fresh, own);
		return TrustFinding.atMost("memory", "Is it better for images of its training?", ratio, LIMIT, String.format(
			Locale.ROOT, "Its squared error for particles that it has not seen is %.2f times that for %d images of" +
				" its training with new noise%s; %s of its results are nearer to one of these images than" +
				" to the truth. %s", fresh, count,
			known == null ? "" : String.format(Locale.ROOT, " and %.2f times that with the noise of the training", own),
			TrustFinding.percent((double) remembered / data.denoised.length), ratio <= LIMIT
				? "It has learned what particles have in common."
				: "It has memorised single images: train on more particles, or for a shorter time."));
	}

	private static double meanSquare(final float[][] first, final float[][] second) {
		double sum = 0;
		for (int i = 0; i < first.length; i++) for (int p = 0; p < first[i].length; p++) sum += Math.pow(first[i][p] -
			second[i][p], 2);
		return sum / ((double) first.length * first[0].length);
	}
}
