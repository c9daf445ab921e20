package io.github.clearice.evaluate;

import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Uncertainty by resampling the measurements, with a fixed seed. */
public final class Resampling {

	private static final int DRAWS = 2000;
	private static final int FLIPS = 9999;
	private static final long SEED = 1;

	private Resampling() {}

	/**
	 * An interval that holds a mean.
	 *
	 * @param low its 2.5 % quantile
	 * @param high its 97.5 % quantile
	 */
	public record Interval(double low, double high) {}

	/**
	 * The bootstrap interval of the mean over trainings and images (Efron and Tibshirani 1993, chapter 13): in each draw
	 * trainings, and the images that all of them are tested on, are drawn with replacement.
	 *
	 * @param values {@code [training][image]}
	 */
	public static Interval bootstrap(final double[][] values) {
		final SplittableRandom random = Seeds.random(SEED, 0);
		final int images = values[0].length;
		final double[] means = new double[DRAWS];
		final int[] count = new int[images];
		for (int draw = 0; draw < DRAWS; draw++) {
			Arrays.fill(count, 0);
			for (int i = 0; i < images; i++) count[random.nextInt(images)]++;
			double sum = 0;
			for (int t = 0; t < values.length; t++) {
				final double[] training = values[random.nextInt(values.length)];
				for (int i = 0; i < images; i++) sum += count[i] * training[i];
			}
			means[draw] = sum / ((double) images * values.length);
		}
		Arrays.sort(means);
		return new Interval(means[(int) Math.round(.025 * (DRAWS - 1))], means[(int) Math.round(.975 * (DRAWS - 1))]);
	}

	/**
	 * How often differences as far from 0 come about where the sign of each is chance: the two-sided permutation test
	 * of paired samples (Fisher 1935, section 21).
	 *
	 * @return the probability, at least 1 / {@value #FLIPS} or so
	 */
	public static double signFlipProbability(final double[] differences) {
		final SplittableRandom random = Seeds.random(SEED, 1);
		final double seen = Math.abs(Arrays.stream(differences).sum()) * (1 - 1e-12);
		int asFar = 1;
		for (int flip = 0; flip < FLIPS; flip++) {
			double sum = 0;
			long bits = 0;
			for (int i = 0; i < differences.length; i++) {
				if (i % Long.SIZE == 0) bits = random.nextLong();
				sum += (bits & 1) == 0 ? differences[i] : -differences[i];
				bits >>>= 1;
			}
			if (Math.abs(sum) >= seen) asFar++;
		}
		return asFar / (FLIPS + 1.0);
	}
}
