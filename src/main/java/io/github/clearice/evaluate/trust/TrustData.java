package io.github.clearice.evaluate.trust;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;

/** What all tests look at: pairs that the model has not seen, what it makes of them, and their noise. */
final class TrustData {

	/** Pairs that are looked at, spread over the stack. */
	private static final int LARGEST_SAMPLE = 400;
	/** Fewer say too little. */
	static final int SMALLEST_SAMPLE = 8;

	private final Denoiser denoiser;
	private final TaskListener listener;
	final int box;
	final double pixelSizeAngstrom;
	final long seed;
	/** {@code [particle][pixel]} */
	final float[][] noisy;
	final float[][] clean;
	final float[][] denoised;
	/** Which particles of the stack these are. */
	final int[] indices;
	/** All of the noisy stack. */
	final ParticleStack particles;
	final ResidualNoise noise;
	final FourierShells rings;

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
		indices = sample(pairs.size(), LARGEST_SAMPLE);
		denoiser.prepare(pairs.noisy(), listener);
		noisy = read(pairs.noisy(), indices);
		clean = read(pairs.clean(), indices);
		noise = ResidualNoise.of(pairs, listener);
		denoised = denoise(noisy);
	}

	/** At most so many indices, spread evenly. */
	static int[] sample(final int size, final int largest) {
		final int[] indices = new int[Math.min(size, largest)];
		Arrays.setAll(indices, i -> (int) ((long) i * size / indices.length));
		return indices;
	}

	/** @throws ParameterException if a pixel is no number */
	static float[][] read(final ParticleStack stack, final int[] indices) {
		final float[][] images = ArrayParticleStack.copyOf(stack, indices).images();
		for (int i = 0; i < images.length; i++) PixelCheck.fault(stack, indices[i], images[i]).ifPresent(fault -> {
			throw new ParameterException("Image " + fault + "; leave this image out.");
		});
		return images;
	}

	/** What the model makes of images. */
	float[][] denoise(final float[][] images) {
		return denoise(denoiser, images);
	}

	/** What another model makes of images. */
	float[][] denoise(final Denoiser other, final float[][] images) {
		final float[][] results = new float[images.length][box * box];
		for (int first = 0; first < images.length; first += other.batchSize()) {
			listener.checkCancelled("Trust report");
			final int end = Math.min(images.length, first + other.batchSize());
			other.denoise(PixelArrays.strangers(Arrays.copyOfRange(images, first, end)), PixelArrays.strangers(Arrays
				.copyOfRange(results, first, end)));
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

	/** How much the image is like the most alike of others, leaving out one of them, or none with -1. */
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
