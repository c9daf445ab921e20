package io.github.clearice.denoise;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;

/**
 * The particles of a stack as two stacks with independent noise: noise as strong as half of its own is added to each
 * image for the one, and twice as much of the same subtracted for the other. If it has the spectrum of the image's own
 * noise, and both are Gaussian, nothing that is made of the first image tells anything about the noise of the second.
 * <p>
 * The spectrum is the mean one outside the particles, and the level that of each image's own background.
 *
 * @see <a href="https://doi.org/10.1109/CVPR46437.2021.00208">Pang, Zheng, Quan and Ji 2021</a>, on recorrupted images
 * @see <a href="https://doi.org/10.48550/arXiv.2112.03220">Leiner et al. 2023</a>, on data fission
 */
final class NoiseSplit {

	/** The added noise's variance in the first image, in units of the image's; in the second its inverse. */
	private static final double ADDED = 0.5;
	private static final int STREAM = 0x5e1;

	private final ParticleStack stack;
	private final long seed;
	private final ParticleBackground background;
	private final float[] shape;

	/**
	 * Measures the noise of a stack, which the parts are read from.
	 *
	 * @throws ParameterException if the stack is empty, a pixel is NaN, or there is no noise
	 */
	NoiseSplit(final ParticleStack stack, final long seed, final TaskListener listener) {
		this.stack = stack;
		this.seed = seed;
		background = new ParticleBackground(stack.box());
		final double level = NoiseLevel.sigma(stack, background, listener);
		if (!(level > 0)) throw new ParameterException("The images of " + stack.name() +
			" have no noise outside the particles, as if they were masked, so that it cannot be split. Give images as they" +
			" were extracted.");
		final double[] power = NoiseLevel.ofBackground(ParticleBackground.DEFAULT_DIAMETER_FRACTION).spectra(stack,
			listener).noise();
		final double[] factors = new double[power.length];
		for (int k = 0; k < power.length; k++) factors[k] = Math.sqrt(power[k]) / (stack.box() * level);
		shape = FourierShells.ofImages(stack.box()).spread(factors);
	}

	/** The images with one and a half times the variance of their noise. */
	ParticleStack first() {
		return part(Math.sqrt(ADDED));
	}

	/** The images with three times the variance of their noise. */
	ParticleStack second() {
		return part(-1 / Math.sqrt(ADDED));
	}

	private ParticleStack part(final double share) {
		return stack.with((index, pixels) -> {
			stack.read(index, pixels);
			final double sigma = share * Math.sqrt(background.variance(pixels));
			final SplittableRandom random = Seeds.random(seed, STREAM, index);
			final float[] noise = new float[pixels.length];
			for (int p = 0; p < noise.length; p++) noise[p] = (float) (sigma * random.nextGaussian());
			new FourierFilter(stack.box(), shape).apply(noise, noise);
			for (int p = 0; p < noise.length; p++) pixels[p] += noise[p];
		});
	}
}
