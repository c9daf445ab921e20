package io.github.clearice.measure;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleProfile.Likeness;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.Seeds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Whether two sets of particle images can be told apart by their spectra, variances or radial profiles.
 * <p>
 * Each image is brought to mean 0 and standard deviation 1 outside the particle and described by some numbers. The
 * statistic of a test is the largest difference between the means of both sets over these numbers, in standard errors;
 * its p-value is the part of random exchanges of images between the sets that give as large a statistic (a permutation
 * test; Good 2005, chapter 3), which is exact whatever the distribution. Where values were fitted on the same images,
 * p-values are rather too large.
 */
public final class TwoSampleTest {

	private static final int PERMUTATIONS = 999;
	private static final int MOST_IMAGES = 200;
	private static final int ANNULI = 8;
	private static final double GROWTH = 1.5;

	private final int box;
	private final double pixelSizeAngstrom;
	private final ParticleBackground background;
	private final FourierShells rings;
	private final int[] edges;

	/** Numbers of each image. */
	private record Features(double[][] spectrum, double[][] variance, double[][] profile) {}

	/** Reads an image of {@code box * box} pixels. */
	private interface Reader {

		void read(int index, float[] image);
	}

	private TwoSampleTest(final int box, final double pixelSizeAngstrom, final double radiusPixels) {
		this.box = box;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		background = new ParticleBackground(box, radiusPixels);
		rings = FourierShells.ofImages(box);
		int[] found = { 1 };
		while (found[found.length - 1] <= rings.nyquist()) {
			final int last = found[found.length - 1];
			found = Arrays.copyOf(found, found.length + 1);
			found[found.length - 1] = Math.max(last + 1, (int) Math.round(last * GROWTH));
		}
		found[found.length - 1] = rings.nyquist() + 1;
		edges = found;
	}

	/**
	 * Compares particles with simulated ones.
	 *
	 * @param stack particles of the box of the simulator
	 * @param states the maps of the particles
	 */
	public static Likeness of(final ParticleStack stack, final PairSimulator simulator, final List<WeightedMap> states,
		final long seed)
	{
		final int box = stack.box();
		final TwoSampleTest test = new TwoSampleTest(box, stack.pixelSizeAngstrom(),
			ParticleMeasurement.radiusPixels(states,
			box));
		final int[] sample = stack.spread(MOST_IMAGES);
		final Features real = test.features(sample.length, (i, image) -> stack.read(sample[i], image));
		final ThreadLocal<float[]> clean = ThreadLocal.withInitial(() -> new float[box * box]);
		final Features like = test.features(MOST_IMAGES, (i, image) -> simulator.simulate(i, clean.get(), image));
		final List<String> findings = new ArrayList<>();
		final double spectrum = test.compare("spectrum", real.spectrum, like.spectrum, seed, findings);
		final double variance = test.compare("variance", real.variance, like.variance, seed, findings);
		final double profile = test.compare("radial profile", real.profile, like.profile, seed, findings);
		return new Likeness(spectrum, variance, profile, MOST_IMAGES, List.copyOf(findings));
	}

	private Features features(final int count, final Reader reader) {
		final Features features = new Features(new double[count][edges.length - 1], new double[count][ANNULI + 1],
			new double[count][ANNULI]);
		ParallelLoop.run(count, 1, thread -> {
			final RealFourierTransform2D fourier = new RealFourierTransform2D(box);
			final float[] image = new float[box * box], spectrum = new float[fourier.spectrumLength()];
			return number -> {
				final int i = (int) number;
				reader.read(i, image);
				background.normalise(image);
				fourier.forward(image, spectrum);
				final double[] power = new double[rings.count()];
				rings.addPower(spectrum, power);
				for (int f = 0; f + 1 < edges.length; f++) {
					double sum = 0, size = 0;
					for (int k = edges[f]; k < edges[f + 1]; k++) {
						sum += power[k];
						size += rings.size(k);
					}
					features.spectrum[i][f] = Math.log(sum / size / (box * box) + Float.MIN_NORMAL);
				}
				lookAtAnnuli(image, features.variance[i], features.profile[i]);
			};
		});
		return features;
	}

	/** The last variance is that of the whole image. */
	private void lookAtAnnuli(final float[] image, final double[] variance, final double[] profile) {
		final double[] squares = new double[ANNULI + 1], sums = new double[ANNULI + 1];
		final int[] counts = new int[ANNULI + 1];
		for (int p = 0; p < image.length; p++) {
			final double radius = Math.hypot(p % box - box / 2, p / box - box / 2);
			for (final int a : new int[] { Math.min(ANNULI - 1, (int) (radius / (box / 2.0) * (ANNULI - 1))), ANNULI }) {
				sums[a] += image[p];
				squares[a] += image[p] * (double) image[p];
				counts[a]++;
			}
		}
		for (int a = 0; a <= ANNULI; a++) {
			final double mean = sums[a] / counts[a];
			variance[a] = Math.log(Math.max(Float.MIN_NORMAL, squares[a] / counts[a] - mean * mean));
			if (a < ANNULI) profile[a] = mean;
		}
	}

	private double compare(final String name, final double[][] first, final double[][] second, final long seed,
		final List<String> findings)
	{
		final double[][] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		final int[] order = new int[all.length];
		Arrays.setAll(order, i -> i);
		final double[] differences = differences(all, order, first.length);
		int most = 0;
		for (int f = 1; f < differences.length; f++) if (Math.abs(differences[f]) > Math.abs(differences[most])) most = f;
		final SplittableRandom random = Seeds.random(seed, name.hashCode());
		int asLarge = 0;
		for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
			final double[] other = differences(all, Seeds.permutation(all.length, random), first.length);
			if (Arrays.stream(other).map(Math::abs).max().orElseThrow() >= Math.abs(differences[most])) asLarge++;
		}
		final double p = (1.0 + asLarge) / (1.0 + PERMUTATIONS);
		if (p <= Likeness.LEVEL) findings.add(name + " " + where(name, most) + ": the real images have " + (differences[
			most] > 0 ? "more" : "less"));
		return p;
	}

	private String where(final String name, final int feature) {
		if (name.equals("spectrum")) return String.format(Locale.ROOT, "near %.3g A", box * pixelSizeAngstrom / Math.sqrt(
			edges[feature] * (edges[feature + 1] - 0.5)));
		return feature == ANNULI ? "of the whole image" : String.format(Locale.ROOT, "near %.3g A from the middle",
			(feature +
			0.5) / (ANNULI - 1) * box / 2 * pixelSizeAngstrom);
	}

	/** Difference of the means of the first and of the other images in each number, in pooled standard errors. */
	private static double[] differences(final double[][] all, final int[] order, final int first) {
		final int features = all[0].length;
		final double[] differences = new double[features];
		for (int f = 0; f < features; f++) {
			double sum1 = 0, squares1 = 0, sum2 = 0, squares2 = 0;
			for (int i = 0; i < order.length; i++) {
				final double value = all[order[i]][f];
				if (i < first) {
					sum1 += value;
					squares1 += value * value;
				}
				else {
					sum2 += value;
					squares2 += value * value;
				}
			}
			final int second = order.length - first;
			final double mean1 = sum1 / first, mean2 = sum2 / second;
			// Of a few images the spread is not known; that of both sets together is.
			final double pooled = Math.max(0, squares1 - first * mean1 * mean1) + Math.max(0, squares2 - second * mean2 *
				mean2);
			final double variance = pooled / Math.max(1, order.length - 2) * (1.0 / first + 1.0 / second);
			differences[f] = (mean1 - mean2) / Math.sqrt(variance + Float.MIN_NORMAL);
		}
		return differences;
	}
}
