package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.Undistortion;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Computes the posterior images of one particle after the other. Holds buffers: one instance a thread. */
final class PosteriorWorker {

	/** Number of poses for the standard deviation: its error is 5 %. */
	private static final int DEVIATION_DRAWS = 200;

	private final PosteriorGrid grid;
	private final int box;
	private final int columns;
	private final PosteriorSearch search;
	private final Undistortion undistortion;
	private final FourierSlice slice;
	private final RealFourierTransform2D fourier;
	private final float[] image;
	private final float[] cut;
	private final float[] moved;
	private final float[] weights;
	private final float[] mean;
	private final float[] view;
	private final float[] phaseRe;
	private final float[] phaseIm;

	PosteriorWorker(final PosteriorGrid grid, final double reach) {
		this.grid = grid;
		box = grid.box();
		columns = box / 2 + 1;
		search = new PosteriorSearch(grid, reach);
		undistortion = new Undistortion(box, grid.pixelSizeAngstrom());
		slice = new FourierSlice(box, grid.pixelSizeAngstrom());
		fourier = new RealFourierTransform2D(box);
		image = new float[box * box];
		cut = new float[fourier.spectrumLength()];
		moved = new float[fourier.spectrumLength()];
		weights = new float[fourier.spectrumLength()];
		mean = new float[fourier.spectrumLength()];
		view = new float[box * box];
		phaseRe = new float[columns];
		phaseIm = new float[columns];
	}

	/** The probable poses of an image, which is left as it is. */
	PosePosterior find(final float[] pixels, final CtfParameters optics, final NoiseAndContrast model) {
		System.arraycopy(pixels, 0, image, 0, image.length);
		undistortion.apply(optics, image);
		return search.find(image, Undistortion.remaining(optics), model);
	}

	/** Noise and contrast of the last image. */
	NoiseAndContrast.Observation observe(final PosePosterior posterior) {
		final float[] squares = new float[cut.length / 2];
		accumulate(posterior, null, squares);
		final int rings = grid.rings() + 1;
		final double[][] residuals = new double[rings][NoiseAndContrast.BINS], transfers =
			new double[rings][NoiseAndContrast.BINS], counts = new double[rings][NoiseAndContrast.BINS];
		final MatchedImage seen = search.image();
		final float[] spectrum = seen.spectrum(), transfer = seen.transfer();
		for (int k = 0; k < squares.length; k++) {
			final int ring = seen.ring(k);
			if (ring == 0) continue;
			final double h = transfer[k], weight = k % columns == 0 ? 1 : 2, re = spectrum[2 * k], im = spectrum[2 * k + 1];
			final int bin = Math.min(NoiseAndContrast.BINS - 1, (int) (NoiseAndContrast.BINS * h * h));
			residuals[ring][bin] += weight * (re * re + im * im - 2 * h * (re * mean[2 * k] + im * mean[2 * k + 1]) + h * h *
				squares[k]) / ((double) box * box);
			transfers[ring][bin] += weight * h * h;
			counts[ring][bin] += weight;
		}
		return new NoiseAndContrast.Observation(posterior.cross(), posterior.square(), posterior
			.slopeVariance(), residuals, transfers, counts);
	}

	/**
	 * The mean of all projections.
	 *
	 * @param optics of the image, for its geometry
	 * @param result receives the pixels
	 */
	void mean(final PosePosterior posterior, final CtfParameters optics, final float[] result) {
		accumulate(posterior, optics, null);
		fourier.inverse(mean, result);
	}

	/**
	 * The standard deviation of each pixel.
	 *
	 * @param average the mean, as {@link #mean} gives it
	 * @param result receives the pixels
	 */
	void deviation(final PosePosterior posterior, final CtfParameters optics, final float[] average,
		final float[] result) {
		Arrays.fill(result, 0);
		final PosePosterior.Weighted[] poses = posterior.poses();
		final double[] shares = PosePosterior.evenShares(Arrays.stream(poses).mapToDouble(PosePosterior.Weighted::weight)
			.toArray(), DEVIATION_DRAWS);
		PosePosterior.Weighted before = null;
		for (int i = 0; i < poses.length; i++) {
			if (shares[i] == 0) continue;
			if (before == null || !before.isSameView(poses[i])) cut(poses[i], optics);
			before = poses[i];
			picture(poses[i], optics);
			final float contrast = (float) poses[i].contrast(), variance = (float) poses[i].contrastVariance();
			final float share = (float) shares[i];
			for (int p = 0; p < result.length; p++) {
				final float difference = contrast * view[p] - average[p];
				result[p] += share * (difference * difference + variance * view[p] * view[p]);
			}
		}
		for (int p = 0; p < result.length; p++) result[p] = (float) Math.sqrt(result[p]);
	}

	/** A projection at a pose and a contrast as they may be. */
	void sample(final PosePosterior posterior, final CtfParameters optics, final SplittableRandom random,
		final float[] result)
	{
		final PosePosterior.Weighted pose = posterior.draw(random);
		cut(pose, optics);
		picture(pose, optics);
		final double contrast = pose.contrast() + Math.sqrt(pose.contrastVariance()) * random.nextGaussian();
		for (int p = 0; p < result.length; p++) result[p] = (float) (contrast * view[p]);
	}

	private void cut(final PosePosterior.Weighted pose, final CtfParameters optics) {
		slice.cut(grid.projector(pose.map()), Pose.centred(pose.orientation()), CtfParameters.magnification(optics), cut);
	}

	/** The image of a pose whose slice was cut, with contrast 1. */
	private void picture(final PosePosterior.Weighted pose, final CtfParameters optics) {
		Arrays.fill(weights, 0);
		addPhases(pose, optics, 1);
		multiply(moved, false);
		fourier.inverse(moved, view);
	}

	/**
	 * Sums the spectra of all projections by their probabilities and contrasts.
	 *
	 * @param squares receives the mean squares of the spectra; null where they are not needed
	 */
	private void accumulate(final PosePosterior posterior, final CtfParameters optics, final float[] squares) {
		final PosePosterior.Weighted[] poses = posterior.poses();
		Arrays.fill(mean, 0);
		for (int first = 0, end; first < poses.length; first = end) {
			double square = 0;
			Arrays.fill(weights, 0);
			for (end = first; end < poses.length && poses[end].isSameView(poses[first]); end++) {
				final double weight = poses[end].weight(), contrast = poses[end].contrast();
				addPhases(poses[end], optics, weight * contrast);
				square += weight * (contrast * contrast + poses[end].contrastVariance());
			}
			cut(poses[first], optics);
			multiply(mean, true);
			if (squares != null) for (int k = 0; k < squares.length; k++) squares[k] += (float) square * (cut[2 * k] * cut[2 *
				k] + cut[2 * k + 1] * cut[2 * k + 1]);
		}
	}

	private void multiply(final float[] target, final boolean add) {
		for (int i = 0; i < target.length; i += 2) {
			final float re = weights[i] * cut[i] - weights[i + 1] * cut[i + 1], im = weights[i] * cut[i + 1] + weights[i +
				1] *
				cut[i];
			target[i] = add ? target[i] + re : re;
			target[i + 1] = add ? target[i + 1] + im : im;
		}
	}

	/** Adds the phases that move a picture to where a pose has it. */
	private void addPhases(final PosePosterior.Weighted pose, final CtfParameters optics, final double weight) {
		double x = pose.shiftX(), y = pose.shiftY();
		if (!CtfParameters.magnification(optics).isNone()) {
			final double pixel = grid.pixelSizeAngstrom();
			final Pose distorted = Undistortion.distorted(optics, new Pose(pose.orientation(), -x * pixel, -y * pixel));
			x = -distorted.originXAngstrom() / pixel;
			y = -distorted.originYAngstrom() / pixel;
		}
		if (x == 0 && y == 0) {
			for (int i = 0; i < weights.length; i += 2) weights[i] += (float) weight;
			return;
		}
		for (int k = 0; k < columns; k++) {
			final double angle = -2 * Math.PI * k * x / box;
			phaseRe[k] = (float) (weight * Math.cos(angle));
			phaseIm[k] = (float) (weight * Math.sin(angle));
		}
		for (int row = 0; row < box; row++) {
			final double angle = -2 * Math.PI * (2 * row <= box ? row : row - box) * y / box;
			final float cos = (float) Math.cos(angle), sin = (float) Math.sin(angle);
			for (int k = 0, i = 2 * row * columns; k < columns; k++, i += 2) {
				weights[i] += phaseRe[k] * cos - phaseIm[k] * sin;
				weights[i + 1] += phaseRe[k] * sin + phaseIm[k] * cos;
			}
		}
	}
}
