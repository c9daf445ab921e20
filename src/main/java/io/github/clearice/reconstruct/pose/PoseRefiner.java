package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Pose;

/**
 * Improves a pose by steps about and along the axes of the image that are halved
 * where none helps, as long as the normalised cross-correlation grows. Compares
 * with exact slices of the map. Holds buffers: one instance a thread.
 */
final class PoseRefiner {

	private static final double LEAST_STEP_DEGREE = 0.1;

	/** Steps along x and y for each degree about an axis, in pixels. */
	private static final double PIXELS_A_DEGREE = 0.15;

	private final FourierProjector projector;
	private final FourierSlice slice;
	private final RealFourierTransform2D fourier;
	private final int box;
	private final int rings;
	private final float[] image;
	private final float[] reference;
	private float[] transfer;
	private double norm;

	PoseRefiner(final ReferenceViews views) {
		projector = views.projector();
		slice = new FourierSlice(projector);
		box = projector.box();
		rings = views.rings();
		fourier = new RealFourierTransform2D(box);
		image = new float[fourier.spectrumLength()];
		reference = new float[fourier.spectrumLength()];
	}

	/** @param values of the transfer function on the half plane, or null */
	void setImage(final float[] pixels, final float[] values) {
		fourier.forward(pixels, image);
		transfer = values;
		norm = 0;
		forBand((at, weight) -> norm += weight * ((double) image[at] * image[at] + (double) image[at + 1] * image[at + 1]));
		norm = Math.sqrt(norm);
	}

	/** Improves a pose, the first steps being of {@code stepDegree}; the confidence of the result is unknown. */
	PoseMatch refine(final Pose start, final double stepDegree) {
		double[] matrix = start.orientation().matrix();
		double x = start.originXAngstrom(), y = start.originYAngstrom();
		double best = score(start);
		for (double step = stepDegree; step > LEAST_STEP_DEGREE; step /= 2) {
			boolean better = true;
			for (int round = 0; better && round < 4; round++) {
				better = false;
				for (int move = 0; move < 10; move++) {
					final double sign = move % 2 == 0 ? step : -step;
					final double shift = sign * PIXELS_A_DEGREE * projector.pixelSizeAngstrom();
					final double[] turned = move < 6 ? Rotations.turned(matrix, move / 2, sign) : matrix;
					final double movedX = move / 2 == 3 ? x + shift : x, movedY = move / 2 == 4 ? y + shift : y;
					final double score = score(new Pose(Rotations.orientation(turned), movedX, movedY));
					if (score <= best) continue;
					best = score;
					matrix = turned;
					x = movedX;
					y = movedY;
					better = true;
				}
			}
		}
		return new PoseMatch(new Pose(Rotations.orientation(matrix), x, y), best, Double.NaN);
	}

	private double score(final Pose pose) {
		slice.cut(projector, pose, reference);
		final double[] sums = new double[2];
		forBand((at, weight) -> {
			final double h = transfer == null ? 1 : transfer[at / 2];
			final double re = h * reference[at], im = h * reference[at + 1];
			sums[0] += weight * (image[at] * re + image[at + 1] * im);
			sums[1] += weight * (re * re + im * im);
		});
		return norm > 0 && sums[1] > 0 ? sums[0] / (norm * Math.sqrt(sums[1])) : 0;
	}

	private interface Visitor {

		void visit(int at, int weight);
	}

	/** Visits the samples of the band with how often the full plane has them; the mean is left out. */
	private void forBand(final Visitor visitor) {
		final int columns = box / 2 + 1;
		for (int ky = -rings; ky <= rings; ky++) {
			final int row = Math.floorMod(ky, box);
			final int last = (int) Math.sqrt((double) rings * rings - (double) ky * ky);
			for (int kx = ky == 0 ? 1 : 0; kx <= last; kx++) visitor.visit(2 * (row * columns + kx), kx == 0 ? 1 : 2);
		}
	}
}
