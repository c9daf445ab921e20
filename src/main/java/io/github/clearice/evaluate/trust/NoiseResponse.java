package io.github.clearice.evaluate.trust;

import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Gives the model images without a particle.
 *
 * @param kind of the images
 */
record NoiseResponse(Kind kind) implements TrustTest {

	/** The content of the images in place of particles. */
	enum Kind {
		/** Noise of the colour that was measured. */
		MEASURED("noise", "What does it make of pure noise?", "noise of the measured colour", 0x7a),
		/** White noise of the same standard deviation, if the measured noise is not white. */
		WHITE("white", "What does it make of white noise?", "white noise", 0x7e),
		/** The noisy images with random phases: all that a spectrum says of a particle, and no particle. */
		SCRAMBLED("scrambled", "What does it make of images with the spectrum of particles, but without a particle?",
			"the noisy images with random phases", 0x7f);

		private final String test;
		private final String question;
		private final String label;
		private final int stream;

		Kind(final String test, final String question, final String label, final int stream) {
			this.test = test;
			this.question = question;
			this.label = label;
			this.stream = stream;
		}
	}

	private static final double LIMIT = 0.5;
	private static final String PARTICLES = "denoised particles";

	@Override
	public TrustFinding run(final TrustData data) {
		final float[][] noise = images(data), results = data.denoise(noise);
		// With their CTFs, where results lack them: of coarse shapes that no CTF lets through, the data say nothing anyway.
		final double energy = TrustData.meanVariance(data.observed(results)) / TrustData.meanVariance(data.observed(
			data.denoised));
		double like = 0, particle = 0;
		final int compared = Math.min(50, noise.length);
		for (int i = 0; i < compared; i++) {
			like += TrustData.greatestSimilarity(results[i], data.clean, -1) / compared;
			particle += TrustData.greatestSimilarity(data.denoised[i], data.clean, i) / compared;
		}
		return TrustFinding.atMost(kind.test, kind.question, energy, LIMIT, String.format(Locale.ROOT,
			"From %s it makes images with %s of the power of denoised particles. On average, " +
				"their highest correlation with a projection is %.2f; that of denoised particles with" +
				" projections of other particles is %.2f. %s", kind.label,
			TrustFinding.percent(energy), like, particle, energy <= LIMIT
				? "An empty box remains visibly emptier than a particle."
				: "An empty box looks like a particle: do not take its results as proof that something is there.")).montage(
					new TrustFinding.Row(kind.label, TrustData.shown(noise)), new TrustFinding.Row(PARTICLES, TrustData.shown(
						data.denoised)), new TrustFinding.Row("results, on the scale above", TrustData.shown(results), PARTICLES),
					new TrustFinding.Row("results, each on its own scale", TrustData.shown(results)));
	}

	private float[][] images(final TrustData data) {
		final float[] empty = new float[data.box * data.box];
		Arrays.fill(empty, (float) data.background());
		final float[][] images = new float[data.noisy.length][empty.length];
		for (int i = 0; i < images.length; i++) {
			final SplittableRandom random = Seeds.random(data.seed, kind.stream, i);
			if (kind == Kind.MEASURED) data.noise.draw(data.indices[i], empty, random, images[i]);
			else if (kind == Kind.SCRAMBLED) images[i] = PhaseRandomised.randomised(data.noisy[i], data.box, 1, random);
			else {
				System.arraycopy(empty, 0, images[i], 0, empty.length);
				data.noise.transfer(data.indices[i], images[i]);
				for (int p = 0; p < empty.length; p++) images[i][p] += (float) (data.noise.sigma() * random.nextGaussian());
			}
		}
		return images;
	}
}
