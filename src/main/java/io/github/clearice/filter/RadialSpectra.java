package io.github.clearice.filter;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

/**
 * The mean power of signal and noise in rings of equal spatial frequency.
 *
 * @param box edge length of the images in pixels
 * @param signal mean {@code |F|^2} of the unscaled transform in each ring of
 *          {@link FourierShells#ofImages}, the corners included
 * @param noise the same of the noise; white noise has {@code sigma^2 box^2}
 */
public record RadialSpectra(int box, double[] signal, double[] noise) {

	private static final String TASK = "Estimating spectra";

	/**
	 * Spectra of a noisy stack whose noise is white.
	 *
	 * @param sigma standard deviation of the noise a pixel
	 * @throws ParameterException if the stack is empty or a pixel is NaN
	 */
	static RadialSpectra ofWhiteNoise(final ParticleStack noisy, final double sigma, final TaskListener listener) {
		final FourierShells rings = FourierShells.ofImages(noisy.box());
		final double[] noise = new double[rings.count()];
		Arrays.fill(noise, sigma * sigma * noisy.box() * noisy.box());
		return new RadialSpectra(noisy.box(), less(meanPower(rings, noisy, null, listener), noise), noise);
	}

	/**
	 * Spectra of a noisy stack whose noise, of any colour, is that of the pixels
	 * outside the particle.
	 * <p>
	 * The noise spectrum is the mean periodogram of the isolated background, divided
	 * by the power that white noise of variance 1 would show there after its mean is
	 * removed, {@code sum(m) - |M|^2 / sum(m)} with m the background's mask and M its
	 * transform. The mean (ring 0) takes the noise of ring 1.
	 *
	 * @param background which pixels hold no particle
	 */
	public static RadialSpectra ofBackground(final ParticleStack noisy, final ParticleBackground background,
		final TaskListener listener)
	{
		NoiseLevel.requireUnmasked(noisy, background);
		final FourierShells rings = FourierShells.ofImages(noisy.box());
		final double[] power = meanPower(rings, noisy, background, listener);
		final double[] unit = maskedUnitPower(rings, background);
		final double[] noise = new double[rings.count()];
		for (int k = 1; k < noise.length; k++) noise[k] = power[k] * noisy.box() * noisy.box() / unit[k];
		noise[0] = noise[1];
		return new RadialSpectra(noisy.box(), less(meanPower(rings, noisy, null, listener), noise), noise);
	}

	/** The true spectra, of pairs whose clean images are known: an oracle. */
	public static RadialSpectra ofPairs(final ParticlePairs pairs, final TaskListener listener) {
		final FourierShells rings = FourierShells.ofImages(pairs.box());
		final int count = rings.count();
		final double[] sums = StackSample.sum(TASK, pairs.noisy(), 2 * count, () -> {
			final RealFourierTransform2D transform = new RealFourierTransform2D(pairs.box());
			final float[] spectrum = new float[transform.spectrumLength()];
			final float[] clean = new float[pairs.box() * pairs.box()];
			final float[] noise = new float[clean.length];
			final double[] part = new double[count];
			return (index, pixels, target) -> {
				StackSample.read(pairs.clean(), index, clean);
				for (int i = 0; i < noise.length; i++) noise[i] = pixels[i] - clean[i];
				addPower(rings, transform, clean, spectrum, part, target, 0);
				addPower(rings, transform, noise, spectrum, part, target, count);
			};
		}, listener);
		final int images = StackSample.size(pairs.noisy());
		return new RadialSpectra(pairs.box(), mean(rings, Arrays.copyOf(sums, count), images), mean(rings, Arrays
			.copyOfRange(sums, count, 2 * count), images));
	}

	/**
	 * The factors of the Wiener filter, {@code S / (S + N)} in each ring; 0 if it has neither signal nor noise.
	 */
	public double[] wienerFactors() {
		final double[] factors = new double[signal.length];
		for (int k = 0; k < factors.length; k++) {
			final double total = signal[k] + noise[k];
			factors[k] = total > 0 ? signal[k] / total : 0;
		}
		return factors;
	}

	/** Mean power in rings of the images, or of their isolated background where one is given. */
	private static double[] meanPower(final FourierShells rings, final ParticleStack stack,
		final ParticleBackground background, final TaskListener listener)
	{
		final double[] sums = StackSample.sum(TASK, stack, rings.count(), () -> {
			final RealFourierTransform2D transform = new RealFourierTransform2D(stack.box());
			final float[] spectrum = new float[transform.spectrumLength()];
			final float[] isolated = new float[stack.box() * stack.box()];
			return (index, pixels, target) -> {
				if (background != null) background.isolate(pixels, isolated);
				transform.forward(background == null ? pixels : isolated, spectrum);
				rings.addPower(spectrum, target);
			};
		}, listener);
		return mean(rings, sums, StackSample.size(stack));
	}

	private static void addPower(final FourierShells rings, final RealFourierTransform2D transform, final float[] image,
		final float[] spectrum, final double[] part, final double[] target, final int offset)
	{
		Arrays.fill(part, 0);
		transform.forward(image, spectrum);
		rings.addPower(spectrum, part);
		for (int k = 0; k < part.length; k++) target[offset + k] += part[k];
	}

	private static double[] maskedUnitPower(final FourierShells rings, final ParticleBackground background) {
		final RealFourierTransform2D transform = new RealFourierTransform2D(rings.box());
		final float[] spectrum = new float[transform.spectrumLength()];
		final double[] power = new double[rings.count()];
		transform.forward(background.mask(), spectrum);
		rings.addPower(spectrum, power);
		final double[] unit = mean(rings, power, 1);
		for (int k = 0; k < unit.length; k++) unit[k] = background.size() - unit[k] / background.size();
		return unit;
	}

	private static double[] mean(final FourierShells rings, final double[] sums, final int images) {
		final double[] mean = new double[sums.length];
		for (int k = 0; k < mean.length; k++) mean[k] = sums[k] / (rings.size(k) * images);
		return mean;
	}

	private static double[] less(final double[] total, final double[] noise) {
		final double[] signal = new double[total.length];
		for (int k = 0; k < signal.length; k++) signal[k] = Math.max(0, total[k] - noise[k]);
		return signal;
	}
}
