package io.github.clearice.evaluate.trust;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The data of all tests: pairs that the model has not seen, its results for them, and their noise.
 * <p> Like is compared with like. Clean images here are the ideal results: with contrast transfer functions if the
 * model was trained to keep them, without if it removes them. Where results are compared with the noisy images
 * themselves, {@link #observed} gives them the functions that they lack; where noisy images are compared with clean
 * ones, {@link #matched} lets them act on the noisy images once more, which makes all signs right.
 */
final class TrustData {

	/** Number of pairs used, spread over the stack. */
	private static final int LARGEST_SAMPLE = 400;
	/** The power of particles in a ring must be this many standard errors above that of noise. */
	private static final double CLEAR = 3;
	/** Power below this part of that of the first ring is rounding. */
	private static final double NOTHING = 1e-9;
	/** Fewer say too little. */
	static final int SMALLEST_SAMPLE = 8;

	private final Denoiser denoiser;
	private final ParticleStack asked;
	private final TaskListener listener;
	final int box;
	final double pixelSizeAngstrom;
	final long seed;
	/** {@code [particle][pixel]} */
	final float[][] noisy;
	/** The ideal results for them. */
	final float[][] clean;
	final float[][] denoised;
	/** Which particles of the stack these are. */
	final int[] indices;
	/** All of the noisy stack. */
	final ParticleStack particles;
	final ResidualNoise noise;
	final FourierShells rings;
	/** Whether results, and {@link #clean}, lack the contrast transfer functions of the noisy images. */
	final boolean corrected;
	/** The last ring in which the particles stand out of the noise of all images together. */
	private final int lastRing;
	/** The last ring in which results are right, or the noisy images where these are right beyond it. */
	private final int rightRing;
	/** The images of the clean stack. */
	private final float[][] projections;

	/**
	 * @param pairs left open
	 * @throws ParameterException if they are too few, constant, or hold NaN
	 */
	TrustData(final ParticlePairs pairs, final Denoiser denoiser, final long seed, final TaskListener listener) {
		if (pairs.size() < SMALLEST_SAMPLE) throw new ParameterException("A trust report needs at least " +
			SMALLEST_SAMPLE + " pairs, but " + pairs.noisy().name() + " holds " + pairs.size() + ". Give more.");
		this.denoiser = denoiser;
		this.listener = listener;
		this.seed = seed;
		particles = pairs.noisy();
		box = pairs.box();
		pixelSizeAngstrom = Double.isNaN(pairs.pixelSizeAngstrom()) ? 1 : pairs.pixelSizeAngstrom();
		rings = FourierShells.ofImages(box);
		indices = pairs.noisy().spread(LARGEST_SAMPLE);
		asked = asked(pairs.noisy());
		denoiser.prepare(asked, listener);
		noisy = read(pairs.noisy(), indices);
		projections = read(pairs.clean(), indices);
		noise = ResidualNoise.of(pairs, listener);
		if (!noise.hasTransfer() && denoiser.correctsCtf().orElse(false) && pairs.noisy().showsCtf().orElse(false))
			throw new ParameterException("The model " + denoiser.name() + " takes CTFs out of particles, but the images of " +
				pairs.clean().name() + " have those of the noisy ones. Give clean images without CTF (clearice simulate" +
				" keepctf=false).");
		corrected = noise.hasTransfer() && denoiser.correctsCtf().orElse(true);
		clean = truth(projections);
		denoised = denoise(noisy);
		lastRing = lastRing();
		rightRing = (int) Math.max(2, Math.floor(Math.max(rightShell(denoised), rightShell(matched(noisy)))));
	}

	/**
	 * A stack in the order in which a denoiser is asked: first the particles that are used, so that a batch of them
	 * follows on each other, then the others, from which methods learn too.
	 */
	static ParticleStack asked(final ParticleStack noisy) {
		if (noisy.size() <= LARGEST_SAMPLE) return noisy;
		final int[] used = noisy.spread(LARGEST_SAMPLE);
		final boolean[] taken = new boolean[noisy.size()];
		for (final int index : used) taken[index] = true;
		return noisy.particles(IntStream.concat(IntStream.of(used), IntStream.range(0, noisy.size()).filter(
			index -> !taken[index])).toArray());
	}

	private double rightShell(final float[][] images) {
		return angstrom(1) / resolutionAngstrom(correlation(images, clean));
	}

	/** Where a curve of correlations falls below one half. */
	double resolutionAngstrom(final double[] correlation) {
		return new ShellCorrelation(box, pixelSizeAngstrom, correlation).resolutionAngstrom(ShellCorrelation.HALF);
	}

	/** The ideal results for these particles, from the clean images of others at their places. */
	float[][] truth(final float[][] projected) {
		return corrected ? projected : transferred(projected);
	}

	/** Results, or {@link #clean} images, as the noisy images show them: with the CTFs that they lack. */
	float[][] observed(final float[][] images) {
		return corrected ? transferred(images) : images;
	}

	/** The noisy images as they are best compared with clean ones: multiplied by the CTFs that these lack. */
	float[][] matched(final float[][] images) {
		return observed(images);
	}

	private float[][] transferred(final float[][] images) {
		if (!noise.hasTransfer()) return images;
		final float[][] transferred = new float[images.length][];
		for (int i = 0; i < images.length; i++) {
			transferred[i] = images[i].clone();
			noise.transfer(indices[i], transferred[i]);
		}
		return transferred;
	}

	/** New noisy images of the particles in these places. */
	float[][] draw(final float[][] projected, final int stream, final int number) {
		final float[][] images = new float[projected.length][box * box];
		for (int i = 0; i < images.length; i++)
			noise.draw(indices[i], projected[i], Seeds.random(seed, stream, number, i), images[i]);
		return images;
	}

	/** New noisy images of the particles themselves. */
	float[][] draw(final int stream, final int number) {
		return draw(projections, stream, number);
	}

	/** Mean over the corners of the clean images. */
	double background() {
		final int last = box - 1;
		double sum = 0;
		for (final float[] image : projections)
			sum += image[0] + image[last] + image[last * box] + image[last * box + last];
		return sum / (4 * projections.length);
	}

	private int lastRing() {
		final float[][] truth = observed(clean), spectra = spectra(truth), noises = new float[truth.length][box * box];
		for (int i = 0; i < noises.length; i++)
			for (int p = 0; p < noises[i].length; p++) noises[i][p] = noisy[i][p] - truth[i][p];
		final float[][] noiseSpectra = spectra(noises);
		final double[] signal = cross(spectra, spectra), power = cross(noiseSpectra, noiseSpectra);
		int last = 2;
		for (int ring = 3; ring < signal.length; ring++) {
			// Half of the coefficients are the conjugates of others.
			final double independent = 0.5 * rings.size(ring) * noises.length;
			if (signal[ring] > CLEAR * power[ring] / Math.sqrt(independent) &&
				signal[ring] > NOTHING * signal[1]) last = ring;
		}
		return last;
	}

	/**
	 * Shares of the particles' power for a curve: up to the last ring that holds signal and in which something is right.
	 * Beyond, they are quotients of what chance leaves.
	 */
	double[] cut(final double[] shares) {
		return Arrays.copyOf(shares, Math.min(lastRing, rightRing) + 1);
	}

	/** Correlations with the clean images for a curve: so far that it is seen where they fall below one half. */
	double[] cutBelowHalf(final double[] correlations) {
		return Arrays.copyOf(correlations, Math.min(rings.nyquist(), rightRing + 2) + 1);
	}


	/** @throws ParameterException if a pixel is not a number */
	static float[][] read(final ParticleStack stack, final int[] indices) {
		final float[][] images = ArrayParticleStack.copyOf(stack, indices).images();
		for (int i = 0; i < images.length; i++) PixelCheck.fault(stack, indices[i], images[i]).ifPresent(fault -> {
			throw new ParameterException("Image " + fault + "; leave this image out.");
		});
		return images;
	}

	/**
	 * The model's results for images, each of which takes the place of a particle: it has its optics, and what the model
	 * has learnt from the stack goes for it.
	 *
	 * @param images the first for the first of the particles, and so on; at most as many
	 */
	float[][] denoise(final float[][] images) {
		return denoise(denoiser, images, true);
	}

	/** The model's results for images that are none of the stack. */
	float[][] denoiseOthers(final float[][] images) {
		return denoise(denoiser, images, false);
	}

	/**
	 * Another model's results for the particles.
	 *
	 * @param other which is prepared for them
	 */
	float[][] denoiseParticles(final Denoiser other) {
		other.prepare(asked, listener);
		return denoise(other, noisy, true);
	}

	private float[][] denoise(final Denoiser other, final float[][] images, final boolean inPlace) {
		final float[][] results = new float[images.length][box * box];
		for (int first = 0; first < images.length; first += other.batchSize()) {
			listener.checkCancelled("Trust report");
			final int end = Math.min(images.length, first + other.batchSize());
			final float[][] some = Arrays.copyOfRange(images, first, end), made = Arrays.copyOfRange(results, first, end);
			if (inPlace) other.denoise(PixelArrays.image(first, some), PixelArrays.image(first, made));
			else other.denoise(PixelArrays.otherImages(some), PixelArrays.otherImages(made));
		}
		return results;
	}

	/** The spectra of images, as {@link RealFourierTransform2D} has them. */
	float[][] spectra(final float[][] images) {
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final float[][] spectra = new float[images.length][transform.spectrumLength()];
		for (int i = 0; i < images.length; i++) transform.forward(images[i], spectra[i]);
		return spectra;
	}

	/** Sums of {@code Re(F1 conj F2)} over all images, by ring. */
	double[] cross(final float[][] firstSpectra, final float[][] secondSpectra) {
		final double[] sums = new double[rings.count()];
		for (int i = 0; i < firstSpectra.length; i++) rings.addCross(firstSpectra[i], secondSpectra[i], sums);
		return Arrays.copyOf(sums, rings.nyquist() + 1);
	}

	/** The correlation over all images together, by ring. */
	double[] correlation(final float[][] first, final float[][] second) {
		final float[][] a = spectra(first), b = spectra(second);
		final double[] correlation = cross(a, b), aa = cross(a, a), bb = cross(b, b);
		for (int k = 0; k < correlation.length; k++) {
			final double norm = Math.sqrt(aa[k] * bb[k]);
			correlation[k] = norm > 0 ? correlation[k] / norm : 0;
		}
		return correlation;
	}

	/** The resolution of a ring in Å. */
	double angstrom(final int ring) {
		return box * pixelSizeAngstrom / Math.max(1, ring);
	}

	/** The first particles, to be shown. */
	static float[][] shown(final float[][] images) {
		return Arrays.copyOf(images, Math.min(8, images.length));
	}

	/** Correlation of two images' pixels about their means. */
	static double similarity(final float[] first, final float[] second) {
		double a = 0, b = 0;
		for (int p = 0; p < first.length; p++) {
			a += first[p];
			b += second[p];
		}
		a /= first.length;
		b /= first.length;
		double ab = 0, aa = 0, bb = 0;
		for (int p = 0; p < first.length; p++) {
			ab += (first[p] - a) * (second[p] - b);
			aa += (first[p] - a) * (first[p] - a);
			bb += (second[p] - b) * (second[p] - b);
		}
		final double norm = Math.sqrt(aa * bb);
		return norm > 0 ? ab / norm : 0;
	}

	/** The similarity of the image to the most similar of the others, leaving out one of them, or none with -1. */
	static double greatestSimilarity(final float[] image, final float[][] others, final int without) {
		double greatest = -1;
		for (int i = 0; i < others.length; i++)
			if (i != without) greatest = Math.max(greatest, similarity(image, others[i]));
		return greatest;
	}

	/** Mean variance of the pixels of an image. */
	static double meanVariance(final float[][] images) {
		double sum = 0;
		for (final float[] image : images) sum += ImageStatistics.of(image).variance();
		return sum / images.length;
	}
}
