package io.github.clearice.evaluate.trust;

import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Gives the model noise without a particle. */
final class NoiseResponse implements TrustTest {

	private static final double LIMIT = 0.5;
	private static final int STREAM = 0x7a;
	private static final String PARTICLES = "denoised particles";

	@Override
	public TrustFinding run(final TrustData data) {
		final float[] empty = new float[data.box * data.box];
		Arrays.fill(empty, (float) background(data));
		final float[][] noise = new float[data.noisy.length][empty.length];
		for (int i = 0; i < noise.length; i++) data.noise.draw(data.indices[i], empty, Seeds.random(data.seed, STREAM, i),
			noise[i]);
		final float[][] results = data.denoise(noise);
		final double energy = TrustData.meanVariance(results) / TrustData.meanVariance(data.denoised);
		double like = 0, particle = 0;
		final int compared = Math.min(50, noise.length);
		for (int i = 0; i < compared; i++) {
			like += TrustData.greatestLikeness(results[i], data.clean, -1) / compared;
			particle += TrustData.greatestLikeness(data.denoised[i], data.clean, i) / compared;
		}
		return TrustFinding.atMost("noise", "What does it make of pure noise?", energy, LIMIT, String.format(Locale.ROOT,
			"From noise of the measured colour and no particle it makes images with %.0f %% of the power that it gives" +
				" particles. Their greatest correlation with a projection is %.2f on average; that of denoised particles with" +
				" projections of others is %.2f. %s", 100 * energy, like, particle, energy <= LIMIT
					? "An empty box stays visibly emptier than a particle."
					: "An empty box looks like a particle: do not take its results as proof that something is there."), List.of(),
			List.of(new TrustFinding.Row("pure noise", TrustData.shown(noise)), new TrustFinding.Row(PARTICLES, TrustData.shown(
				data.denoised)), new TrustFinding.Row("results for noise, on the scale above", TrustData.shown(
					results), PARTICLES), new TrustFinding.Row("results for noise, each on its own scale", TrustData.shown(results))));
	}

	/** Mean over the corners of the clean images. */
	private static double background(final TrustData data) {
		final int last = data.box - 1;
		double sum = 0;
		for (final float[] image : data.clean) sum += image[0] + image[last] + image[last * data.box] + image[last * data.box +
			last];
		return sum / (4 * data.clean.length);
	}
}
