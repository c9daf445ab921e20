package io.github.clearice.measure;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;
import java.util.List;

/**
 * Particle images, real or simulated, that are all looked at in the same way: each is flattened, and brought to mean 0
 * and standard deviation 1 outside the particle.
 */
final class ImageSample {

	/** Peaks are sought so far from the middle, as a part of the box. */
	private static final double REACH = 0.2;

	/** Gives image after image. */
	interface Reader {

		/** @param image receives {@code box * box} pixels */
		void read(int index, float[] image);
	}

	private final int box;
	private final double pixelSizeAngstrom;
	private final float[][] images;
	/** Standard deviation of the plane that was taken out of each image, in those of its noise. */
	private final double[] slopes;
	/** Mean {@code |F|^2 / box^2} of each image in rings, as of white noise of variance 1: 1. */
	private final double[][] power;
	/** The same of its background alone, by its area. */
	private final double[][] backgroundPower;
	/** Power of the first ring before anything was flattened. */
	private final double[] rawPower;
	private final List<CtfParameters> optics;
	private final FourierShells rings;

	/**
	 * @param radiusPixels of the circle around the particle
	 * @param optics of each image, or null where they have no CTF
	 */
	ImageSample(final int box, final double pixelSizeAngstrom, final int count, final double radiusPixels,
		final List<CtfParameters> optics, final Reader reader)
	{
		this.box = box;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.optics = optics;
		rings = FourierShells.ofImages(box);
		images = new float[count][box * box];
		slopes = new double[count];
		power = new double[count][rings.count()];
		backgroundPower = new double[count][rings.count()];
		rawPower = new double[count];
		final ParticleBackground background = new ParticleBackground(box, radiusPixels);
		final double area = background.size();
		ParallelLoop.run(count, 1, thread -> {
			final RealFourierTransform2D fourier = new RealFourierTransform2D(box);
			final float[] spectrum = new float[fourier.spectrumLength()], other = new float[box * box];
			final double[] raw = new double[rings.count()];
			return number -> {
				final int i = (int) number;
				final float[] image = images[i];
				reader.read(i, image);
				background.isolate(image, other);
				fourier.forward(other, spectrum);
				Arrays.fill(raw, 0);
				addPower(spectrum, area, raw);
				System.arraycopy(image, 0, other, 0, image.length);
				background.flatten(image);
				for (int p = 0; p < image.length; p++) other[p] -= image[p];
				final double deviation = Math.sqrt(background.variance(image));
				rawPower[i] = raw[1] / Math.max(Float.MIN_NORMAL, deviation * deviation);
				slopes[i] = deviation > 0 ? ImageStatistics.of(other).standardDeviation() / deviation : 0;
				background.normalise(image);
				fourier.forward(image, spectrum);
				addPower(spectrum, box * box, power[i]);
				background.isolate(image, other);
				fourier.forward(other, spectrum);
				addPower(spectrum, area, backgroundPower[i]);
			};
		});
	}

	private void addPower(final float[] spectrum, final double area, final double[] sums) {
		rings.addPower(spectrum, sums);
		for (int k = 0; k < sums.length; k++) sums[k] /= rings.size(k) * area;
	}

	int size() {
		return images.length;
	}

	/** The images as they were brought to one scale. */
	float[][] images() {
		return images;
	}

	double[] slopes() {
		return slopes;
	}

	/** Mean power of the background in rings. */
	double[] meanBackgroundPower() {
		return mean(backgroundPower);
	}

	/** Mean power of the background in the first ring, before planes were taken out of it. */
	double meanRawPower() {
		return Arrays.stream(rawPower).average().orElseThrow();
	}

	private static double[] mean(final double[][] rows) {
		final double[] mean = new double[rows[0].length];
		for (final double[] row : rows) for (int k = 0; k < row.length; k++) mean[k] += row[k] / rows.length;
		return mean;
	}

	/**
	 * The factor by which the power of the signal is contained in each image, by least squares over rings, each with the
	 * weight that chance gives it.
	 *
	 * @param noise power of the noise in rings
	 * @param signal power of the signal in rings
	 * @param factor about which it is
	 */
	double[] signalFactors(final double[] noise, final double[] signal, final double factor) {
		final double[] factors = new double[images.length];
		for (int i = 0; i < factors.length; i++) {
			double products = 0, squares = 0;
			// Rings 0 and 1 contain the uneven background.
			for (int k = 2; k <= rings.nyquist(); k++) {
				final double expected = noise[k] + Math.max(0, factor) * signal[k];
				final double weight = rings.size(k) / (expected * expected);
				products += weight * signal[k] * (power[i][k] - noise[k]);
				squares += weight * signal[k] * signal[k];
			}
			factors[i] = products / squares;
		}
		return factors;
	}

	/**
	 * How much the background follows the squared CTF of each image from one image to another: a regression of its power,
	 * over the mean power of all.
	 *
	 * @param noise mean power in rings
	 * @return slope, and its standard error from the spread of images
	 */
	double[] iceSlope(final double[] noise) {
		final double[][] squares = new double[images.length][];
		for (int i = 0; i < squares.length; i++) squares[i] = squaredCtf(i);
		final double[] mean = mean(squares);
		final double[] numerators = new double[images.length], denominators = new double[images.length];
		double numerator = 0, denominator = 0;
		for (int i = 0; i < images.length; i++) {
			for (int k = 2; k <= rings.nyquist(); k++) {
				final double z = (squares[i][k] - mean[k]) / noise[k];
				numerators[i] += rings.size(k) * (backgroundPower[i][k] / noise[k] - 1) * z;
				denominators[i] += rings.size(k) * z * z;
			}
			numerator += numerators[i];
			denominator += denominators[i];
		}
		if (!(denominator > 0)) return new double[] { 0, Double.POSITIVE_INFINITY };
		final double slope = numerator / denominator;
		double error = 0;
		for (int i = 0; i < images.length; i++) error += Math.pow(numerators[i] - slope * denominators[i], 2);
		return new double[] { slope, Math.sqrt(error) / denominator };
	}

	/** Squares of the CTF in rings, of mean 1 over the half plane. */
	double[] squaredCtf(final int index) {
		final Ctf ctf = new Ctf(box, pixelSizeAngstrom);
		final float[] values = new float[ctf.length()], spectrum = new float[2 * ctf.length()];
		ctf.sample(optics.get(index), values);
		for (int i = 0; i < values.length; i++) spectrum[2 * i] = values[i];
		final double scale = new HalfPlane(box).meanSquare(values);
		final double[] sums = new double[rings.count()];
		rings.addPower(spectrum, sums);
		for (int k = 0; k < sums.length; k++) sums[k] /= rings.size(k) * scale;
		return sums;
	}

	/**
	 * The result of a matched filter.
	 *
	 * @param middle its values for particles in the middle, in standard deviations of the noise
	 * @param distance mean distance of its peaks from the middle along x and y, in pixels, and the standard error
	 */
	record Matches(double[] middle, double distance, double distanceError) {}

	/**
	 * Looks for a round particle.
	 *
	 * @param template its image
	 * @param noise power in rings
	 */
	Matches match(final float[] template, final double[] noise) {
		final double[] middle = new double[images.length], distances = new double[images.length];
		final double[] inverse = new double[noise.length];
		for (int k = 2; k <= rings.nyquist(); k++) inverse[k] = 1 / noise[k];
		final float[] whitening = rings.spread(inverse);
		final RealFourierTransform2D once = new RealFourierTransform2D(box);
		final float[] pattern = new float[once.spectrumLength()];
		once.forward(template, pattern);
		ParallelLoop.run(images.length, 1, thread -> {
			final RealFourierTransform2D fourier = new RealFourierTransform2D(box);
			final Ctf ctf = new Ctf(box, pixelSizeAngstrom);
			final float[] spectrum = new float[pattern.length], wanted = new float[pattern.length];
			final float[] factors = new float[ctf.length()], map = new float[box * box];
			return number -> {
				final int i = (int) number;
				fourier.forward(images[i], spectrum);
				System.arraycopy(pattern, 0, wanted, 0, pattern.length);
				if (optics != null) ctf.apply(optics.get(i), wanted, factors);
				double variance = 0;
				final HalfPlane plane = new HalfPlane(box);
				for (int p = 0; p < whitening.length; p++) {
					final double re = wanted[2 * p], im = wanted[2 * p + 1], w = whitening[p];
					variance += plane.weight(p) * w * (re * re + im * im);
					final double a = spectrum[2 * p], b = spectrum[2 * p + 1];
					spectrum[2 * p] = (float) (w * (a * re + b * im));
					spectrum[2 * p + 1] = (float) (w * (b * re - a * im));
				}
				fourier.inverse(spectrum, map);
				// Noise of power 1 has |F|^2 = box^2; the inverse divides by box^2.
				middle[i] = map[0] * box / Math.sqrt(variance);
				distances[i] = peakDistance(map);
			};
		});
		double mean = 0, squares = 0;
		for (final double distance : distances) {
			mean += distance / distances.length;
			squares += distance * distance / distances.length;
		}
		return new Matches(middle, mean, Math.sqrt(Math.max(0, squares - mean * mean) / distances.length));
	}

	/** Mean of the distances along x and y between the highest point near the first pixel and that pixel. */
	private double peakDistance(final float[] map) {
		final int reach = (int) (REACH * box);
		double best = Double.NEGATIVE_INFINITY;
		int distance = 0;
		for (int y = -reach; y <= reach; y++) for (int x = -reach; x <= reach; x++) {
			final float value = map[Math.floorMod(y, box) * box + Math.floorMod(x, box)];
			if (value > best) {
				best = value;
				distance = Math.abs(x) + Math.abs(y);
			}
		}
		return distance / 2.0;
	}
}
