package io.github.clearice.evaluate.trust;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Asks whether results are nearer to an image of the training than to the truth, more often than to as many images that
 * the model has not seen.
 *
 * @param training clean images that the model was trained on
 */
record Memory(float[][] training) implements TrustTest {

	private static final double LIMIT = 0.1;

	@Override
	public TrustFinding run(final TrustData data) {
		final int count = data.denoised.length, compared = Math.min(training.length, count - 1);
		final float[][] seen = Arrays.copyOf(training, compared);
		int remembered = 0, chance = 0;
		double truth = 0, nearest = 0;
		for (int i = 0; i < count; i++) {
			final double own = TrustData.likeness(data.denoised[i], data.clean[i]);
			final double known = TrustData.greatestLikeness(data.denoised[i], seen, -1);
			// The next particles, so that there are as many and the image's own is not among them.
			final float[][] unseen = new float[compared][];
			for (int k = 0; k < compared; k++) unseen[k] = data.clean[(i + 1 + k) % count];
			if (known > own) remembered++;
			if (TrustData.greatestLikeness(data.denoised[i], unseen, -1) > own) chance++;
			truth += own / count;
			nearest += known / count;
		}
		final double excess = (remembered - chance) / (double) count;
		return TrustFinding.atMost("memory", "Does it show images of its training?", excess, LIMIT, String.format(Locale.ROOT,
			"%.0f %% of the results are nearer to one of %d training images than to the truth; to one of as many images that" +
				" it has not seen, %.0f %% (mean correlation with the truth %.2f, with the nearest training image %.2f). %s", 100.0 *
					remembered / count, compared, 100.0 * chance / count, truth, nearest, excess <= LIMIT
						? "It does not answer from memory." : "It answers from memory: train on more particles."), List.of(), List
							.of());
	}
}
