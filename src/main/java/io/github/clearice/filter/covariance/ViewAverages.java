package io.github.clearice.filter.covariance;

import io.github.clearice.filter.covariance.ViewMatcher.Match;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the images that show about the same view tell of an image, and how far each of its components may be from that.
 * Immutable and thread-safe; {@link Worker} holds the buffers of one thread.
 */
final class ViewAverages {

	/** Similar images that are averaged, and the rank in which those of one mismatch end. */
	private static final int LARGEST_COUNT = 32;
	private static final int[] RANKS = { 2, 4, 8, 16, LARGEST_COUNT };
	/** Some matches are the image itself. */
	private static final int SPARE = 4;
	/** An image whose difference to another one is less than this part of what their noise makes is the same image. */
	private static final double SAME = 0.25;
	/** Where transfer functions pass less, nothing is learnt. */
	private static final float LEAST_GAIN = 1e-3f;
	/** More of the own noise in an average leaves nothing else. */
	private static final double LARGEST_SHARE = 0.9;
	/** No error is known better, in units of the noise's variance. */
	private static final double LEAST_ERROR = 0.05;

	private static final String TASK = "Comparing views";

	private final SignalFrame frame;
	private final ViewMatcher matcher;
	/** What the images of the sample show, and what they are taken for. */
	private final float[][] shown;
	private final float[][] gains;
	private final Errors errors;
	/** For each group of transfer functions, {@link SignalFrame#posterior} with the average, and without it. */
	private final float[][] posteriors, alone;
	private final double[] signal;
	/** The components of an image without a particle, and, for each group, what it shows. */
	private final float[] empty;
	private final float[][] shownEmpty;

	/**
	 * Errors of averages.
	 *
	 * @param mismatches for each range of ranks and component, the variance of what an image of that rank differs by
	 * @param shares of the image's own noise in the average, as images are chosen that agree with it
	 * @param slopes of the components by those of the average without that noise
	 * @param variances of what remains
	 */
	private record Errors(double[][] mismatches, double[] shares, double[] slopes, double[] variances)
		implements Serializable
	{}

	/**
	 * Measures the errors.
	 *
	 * @param shown what each image of a sample shows, see {@link SignalFrame#project}
	 * @param gains the gains of the group of each image
	 * @param views what the components of each image are taken for so far
	 * @param splits images on which errors are measured
	 * @param splitViews what the components of their first parts are taken for so far
	 * @param alone for each group of transfer functions, the matrices of the filter without other images
	 */
	ViewAverages(final SignalFrame frame, final float[][] shown, final float[][] gains, final float[][] views,
		final List<SplitImage> splits, final float[][] splitViews, final float[][] alone, final TaskListener listener)
	{
		this.frame = frame;
		this.shown = shown;
		this.gains = gains;
		matcher = new ViewMatcher(frame, views);
		errors = Machines.current().once(() -> measure(splits, splitViews, listener));
		signal = frame.variances();
		this.alone = alone;
		empty = frame.empty();
		posteriors = new float[alone.length][];
		shownEmpty = new float[alone.length][];
		for (int g = 0; g < alone.length; g++) {
			posteriors[g] = frame.posterior(g, errors.variances);
			shownEmpty[g] = frame.shownEmpty(g);
		}
	}

	private Errors measure(final List<SplitImage> splits, final float[][] views, final TaskListener listener) {
		final Match[][] matches = new Match[splits.size()][];
		ParallelLoop.run(matches.length, 4, thread -> {
			final ViewMatcher.Search search = matcher.new Search();
			final float[] turned = new float[2 * frame.length()];
			return s -> {
				listener.checkCancelled(TASK);
				final int image = splits.get((int) s).index();
				matches[(int) s] = others(search, views[(int) s], shown[image], gains[image], turned);
			};
		});
		final double[][] mismatches = mismatches(splits, matches);
		return remaining(splits, matches, mismatches);
	}

	/** The most similar images but those that are the same. */
	private Match[] others(final ViewMatcher.Search search, final float[] view, final float[] own, final float[] gain,
		final float[] turned)
	{
		final Match[] found = search.nearest(view, LARGEST_COUNT + SPARE);
		int count = 0;
		for (final Match match : found) {
			if (count == LARGEST_COUNT) break;
			matcher.turn(match, shown[match.index()], turned);
			if (ViewMatcher.distance(frame, own, turned) >= SAME * noise(gain, gains[match.index()])) found[count++] = match;
		}
		return Arrays.copyOf(found, count);
	}

	private double noise(final float[] first, final float[] second) {
		double sum = 0;
		for (int k = 0; k < frame.orders(); k++) for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++)
			sum += FourierBesselBasis.multiplicity(k) * (first[c] + second[c]);
		return sum;
	}

	private double[][] mismatches(final List<SplitImage> splits, final Match[][] matches) {
		final int length = frame.length();
		final double[] signal = frame.variances();
		final double[][] sums = new double[RANKS.length][length], weights = new double[RANKS.length][length];
		final float[] turned = new float[2 * length];
		for (int s = 0; s < matches.length; s++) {
			final float[] own = splits.get(s).second(), gain = gains[splits.get(s).index()];
			for (int r = 0; r < matches[s].length; r++) {
				final float[] other = gains[matches[s][r].index()];
				matcher.turn(matches[s][r], shown[matches[s][r].index()], turned);
				final int range = range(r);
				for (int c = 0; c < length; c++) {
					if (gain[c] < LEAST_GAIN || other[c] < LEAST_GAIN) continue;
					final double re = own[c] / gain[c] - turned[c] / other[c];
					final double im = own[length + c] / gain[c] - turned[length + c] / other[c];
					final double noise = SplitImage.SECOND_NOISE / gain[c] + 1 / other[c], weight = 1 / (noise * noise);
					sums[range][c] += weight * (re * re + im * im - noise);
					weights[range][c] += weight;
				}
			}
		}
		for (int range = 0; range < RANKS.length; range++) for (int c = 0; c < length; c++) sums[range][c] =
			weights[range][c] == 0 ? 2 * signal[c] : Math.max(0, Math.min(2 * signal[c], sums[range][c] / weights[range][c]));
		return sums;
	}

	private static int range(final int rank) {
		int range = 0;
		while (rank >= RANKS[range]) range++;
		return range;
	}

	/** Regresses what images show on the averages of others. */
	private Errors remaining(final List<SplitImage> splits, final Match[][] matches, final double[][] mismatches) {
		final int length = frame.length();
		final float[][] averages = new float[matches.length][2 * length];
		final double[] chosen = new double[length], noise = new double[length];
		for (int s = 0; s < matches.length; s++) {
			average(matches[s], mismatches, averages[s], new float[2 * length], new float[length]);
			final float[] first = splits.get(s).first(), second = splits.get(s).second(), gain = gains[splits.get(s).index()];
			for (int c = 0; c < length; c++) {
				chosen[c] += (first[c] - second[c]) * averages[s][c] + (first[length + c] - second[length + c]) *
					averages[s][length + c];
				noise[c] += gain[c];
			}
		}
		final double[] own = new double[length], products = new double[length], squares = new double[length], passed =
			new double[length], shares = new double[length];
		for (int c = 0; c < length; c++) shares[c] = noise[c] > 0 ? Math.max(0, Math.min(LARGEST_SHARE, chosen[c] /
			(SplitImage.FIRST_NOISE * noise[c]))) : 0;
		for (int s = 0; s < matches.length; s++) {
			final float[] first = splits.get(s).first(), image = splits.get(s).second(), gain = gains[splits.get(s).index()];
			for (int c = 0; c < length; c++) {
				final double re = gain[c] * (averages[s][c] - shares[c] * first[c]);
				final double im = gain[c] * (averages[s][length + c] - shares[c] * first[length + c]);
				own[c] += image[c] * image[c] + image[length + c] * image[length + c];
				products[c] += image[c] * re + image[length + c] * im;
				squares[c] += re * re + im * im;
				passed[c] += gain[c] * gain[c];
			}
		}
		final double[] signal = frame.variances(), slopes = new double[length], variances = new double[length];
		for (int c = 0; c < length; c++) {
			slopes[c] = squares[c] > 0 ? Math.max(0, products[c] / squares[c]) : 0;
			final double left = own[c] - slopes[c] * products[c] - SplitImage.SECOND_NOISE * noise[c];
			variances[c] = passed[c] > 0 ? Math.max(Math.min(signal[c], LEAST_ERROR), Math.min(signal[c], left / passed[c]))
				: signal[c];
		}
		return new Errors(mismatches, shares, slopes, variances);
	}

	/** The average of what similar images show, each component weighted by its noise and mismatch. */
	private void average(final Match[] matches, final double[][] mismatches, final float[] average,
		final float[] turned, final float[] weights)
	{
		final int length = frame.length();
		Arrays.fill(average, 0);
		Arrays.fill(weights, 0);
		for (int r = 0; r < matches.length; r++) {
			final double[] mismatch = mismatches[range(r)];
			final float[] other = gains[matches[r].index()];
			matcher.turn(matches[r], shown[matches[r].index()], turned);
			for (int c = 0; c < length; c++) {
				final float weight = (float) (1 / (1 + other[c] * mismatch[c]));
				average[c] += weight * turned[c];
				average[length + c] += weight * turned[length + c];
				weights[c] += weight * other[c];
			}
		}
		for (int c = 0; c < length; c++) {
			final float factor = weights[c] > LEAST_GAIN ? 1 / weights[c] : 0;
			average[c] *= factor;
			average[length + c] *= factor;
		}
	}

	/** Estimates images, one after the other. */
	final class Worker {

		private final ViewMatcher.Search search = matcher.new Search();
		private final float[] average = new float[2 * frame.length()], turned = new float[2 * frame.length()];
		private final float[] weights = new float[frame.length()], byItself = new float[2 * frame.length()];

		/**
		 * What an image is: the mean of what it is if its average predicts it, if it is a particle like no other, and if it
		 * shows no particle, weighted by how probable each makes what it shows.
		 *
		 * @param view what its components are taken for so far
		 * @param own what it shows
		 * @param group of its transfer function
		 * @param gain of that group
		 * @param estimate receives the components; may be {@code view}
		 */
		void estimate(final float[] view, final float[] own, final int group, final float[] gain,
			final float[] estimate)
		{
			average(others(search, view, own, gain, turned), errors.mismatches, average, turned, weights);
			final int length = frame.length();
			for (int c = 0; c < length; c++) {
				average[c] = (float) (errors.slopes[c] * (average[c] - errors.shares[c] * own[c]));
				average[length + c] = (float) (errors.slopes[c] * (average[length + c] - errors.shares[c] * own[length + c]));
			}
			final float[] nothing = shownEmpty[group];
			double like = 0, unlike = 0, none = 0;
			for (int k = 0; k < frame.orders(); k++) for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) {
				// A component of order 0 is one real number, another one a complex number.
				final double half = FourierBesselBasis.multiplicity(k) / 2.0, g = gain[c];
				if (g < LEAST_GAIN) continue;
				final double re = own[c], im = own[length + c];
				like += half * logDensity(re - g * average[c], im - g * average[length + c], g * (1 + g * errors.variances[c]));
				unlike += half * logDensity(re, im, g * (1 + g * signal[c]));
				none += half * logDensity(re - nothing[c], im, g);
			}
			final double most = Math.max(like, Math.max(unlike, none));
			like = Math.exp(like - most);
			unlike = Math.exp(unlike - most);
			none = Math.exp(none - most);
			final double all = like + unlike + none;
			for (int c = 0; c < length; c++) {
				average[c] = (float) (own[c] + average[c] / errors.variances[c]);
				average[length + c] = (float) (own[length + c] + average[length + c] / errors.variances[c]);
			}
			frame.multiply(alone[group], own, byItself);
			frame.multiply(posteriors[group], average, estimate);
			for (int c = 0; c < 2 * length; c++) estimate[c] = (float) ((like * estimate[c] + unlike * byItself[c] + none *
				empty[c]) / all);
		}

		private static double logDensity(final double re, final double im, final double variance) {
			return -(re * re + im * im) / variance - Math.log(variance);
		}
	}
}
