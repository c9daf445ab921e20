package io.github.clearice.filter.covariance;

import io.github.clearice.filter.StackSample;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;

/**
 * First and second moments of {@code z = A_g y}, y the whitened coefficients of the
 * particles of a stack: all that {@link SteerableCovariance} needs of them. Averages
 * over rotations of the images by itself, as different orders are not mixed, and over
 * mirror images, as real parts are taken.
 */
final class SteerableMoments implements Serializable {

	private static final long serialVersionUID = 1L;

	/** More images hardly change a covariance of at most some hundred functions an order. */
	static final int LARGEST_SAMPLE = 20000;

	/** Parts are summed alone and added in order, so that the number of threads or machines does not matter. */
	private static final int PARTS = 8;

	private static final String TASK = "Estimating the covariance";

	private final int images;
	private final long[] counts;
	/** For each group, the sum of z of order 0. */
	private final double[][] sums;
	/** The sum of Re(z z^H) of all orders. */
	private final double[] squares;

	private SteerableMoments(final SteerableObservation observation, final int images) {
		this.images = images;
		counts = new long[observation.groups()];
		sums = new double[observation.groups()][observation.basis().size(0)];
		squares = new double[observation.basis().blockLength()];
	}

	/**
	 * Looks at a stack, or at {@value #LARGEST_SAMPLE} particles spread over it.
	 *
	 * @param offsets numbers subtracted from each image first
	 */
	static SteerableMoments of(final ParticleStack stack, final SteerableObservation observation,
		final ImageOffset offsets, final TaskListener listener)
	{
		final int[] sample = stack.spread(LARGEST_SAMPLE);
		final int size = sample.length, length = (size + PARTS - 1) / PARTS;
		final SteerableMoments all = new SteerableMoments(observation, size);
		Machines.current().run(Steps.of(TASK, size, length), (first, end, done) -> {
			final SteerableMoments[] parts = new SteerableMoments[(end - first + length - 1) / length];
			ParallelLoop.run(parts.length, 1, thread -> {
				final SteerableTransform transform = new SteerableTransform(observation.basis());
				return part -> {
					final int begin = first + (int) part * length, stop = Math.min(end, begin + length);
					final SteerableMoments moments = new SteerableMoments(observation, stop - begin);
					final Summand summand = moments.new Summand(observation, transform);
					final float[] pixels = new float[stack.box() * stack.box()];
					for (int i = begin; i < stop; i++) {
						listener.checkCancelled(TASK);
						final int index = sample[i];
						StackSample.read(stack, index, pixels);
						offsets.remove(pixels);
						summand.add(pixels, observation.group(index));
						done.accept(1);
					}
					parts[(int) part] = moments;
				};
			});
			return parts;
		}, parts -> {
			for (final SteerableMoments part : parts) all.add(part);
		}, listener);
		return all;
	}

	int images() {
		return images;
	}

	long count(final int group) {
		return counts[group];
	}

	double[] sum(final int group) {
		return sums[group];
	}

	double[] squares() {
		return squares;
	}

	private void add(final SteerableMoments part) {
		for (int g = 0; g < counts.length; g++) {
			counts[g] += part.counts[g];
			for (int q = 0; q < sums[g].length; q++) sums[g][q] += part.sums[g][q];
		}
		for (int i = 0; i < squares.length; i++) squares[i] += part.squares[i];
	}

	/** Adds images, one after the other. */
	private final class Summand {

		private final SteerableObservation observation;
		private final FourierBesselBasis basis;
		private final SteerableTransform transform;
		private final float[] re, im, weightedRe, weightedIm;

		Summand(final SteerableObservation observation, final SteerableTransform transform) {
			this.observation = observation;
			this.transform = transform;
			basis = observation.basis();
			re = new float[basis.length()];
			im = new float[basis.length()];
			weightedRe = new float[basis.length()];
			weightedIm = new float[basis.length()];
		}

		void add(final float[] pixels, final int group) {
			transform.forward(pixels, observation.whitening(), re, im);
			SteerableObservation.multiply(basis, observation.matrices(group), re, weightedRe);
			SteerableObservation.multiply(basis, observation.matrices(group), im, weightedIm);
			counts[group]++;
			for (int q = 0; q < basis.size(0); q++) sums[group][q] += weightedRe[q];
			for (int k = 0; k < basis.orders(); k++) {
				final int size = basis.size(k), first = basis.offset(k);
				for (int p = 0, at = basis.blockOffset(k); p < size; p++) {
					final float pRe = weightedRe[first + p], pIm = weightedIm[first + p];
					for (int q = 0; q < size; q++) squares[at++] += pRe * weightedRe[first + q] + pIm * weightedIm[first + q];
				}
			}
		}
	}
}
