package io.github.clearice.filter.covariance;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

/** Two defoci, in turn: one loses low frequencies, the other higher ones, so neither alone has all. */
record TwoDefoci(int particles) implements TransferFunctions {

	@Override
	public int groups() {
		return 2;
	}

	@Override
	public int group(final int particle) {
		return particle % 2;
	}

	@Override
	public double amplitude(final int group, final double frequencyPerPixel) {
		return Math.cos((group == 0 ? 9 : 16) * frequencyPerPixel);
	}

	/** The particles as these defoci show them, with noise of deviation 0.5. */
	ArrayParticleStack observed(final ParticleStack truth) {
		final int box = truth.box();
		final float[][] clean = PixelArrays.of(truth.image()), noisy = new float[particles][box * box];
		final HalfPlane plane = new HalfPlane(box);
		final float[] factors = new float[plane.length()];
		for (int i = 0; i < particles; i++) {
			for (int p = 0; p < factors.length; p++) factors[p] = (float) amplitude(group(i), plane.frequencyPerPixel(p));
			new FourierFilter(box, factors).apply(clean[i], noisy[i]);
			final SplittableRandom random = Seeds.random(9, i);
			for (int p = 0; p < noisy[i].length; p++) noisy[i][p] += (float) (0.5 * random.nextGaussian());
		}
		return new ArrayParticleStack("observed", box, 4, noisy);
	}
}
