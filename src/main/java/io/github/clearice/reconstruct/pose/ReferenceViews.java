package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.task.ParallelLoop;

/**
 * Projections of a map along all directions of a grid, as polar spectra. In-plane
 * angles are left to the comparison. Immutable and shared by all threads.
 */
final class ReferenceViews {

	private final FourierProjector projector;
	private final HealpixGrid grid;
	private final int rings;
	private final float[][] re;
	private final float[][] im;
	private final float[][] power;

	/** @param rings highest frequency that is compared, in steps of the spectrum */
	ReferenceViews(final Volume map, final HealpixGrid grid, final int rings) {
		this.projector = new FourierProjector(map);
		this.grid = grid;
		this.rings = rings;
		re = new float[grid.size()][];
		im = new float[grid.size()][];
		power = new float[grid.size()][rings + 1];
		ParallelLoop.run(grid.size(), 8, thread -> {
			final FourierSlice slice = new FourierSlice(projector);
			final PolarSpectrum polar = new PolarSpectrum(map.box(), rings);
			final float[] image = new float[map.box() * map.box()];
			return step -> {
				final int view = (int) step;
				slice.project(projector, Pose.centred(new Orientation(grid.rotDegree(view), grid.tiltDegree(view), 0)), image);
				re[view] = new float[polar.length()];
				im[view] = new float[polar.length()];
				polar.transform(image, 0, 0, re[view], im[view]);
				for (int r = 1; r <= rings; r++) power[view][r] = (float) ringPower(polar, r, re[view], im[view]);
			};
		});
	}

	/** The sum of squares of a ring, harmonics above 0 counted twice. */
	static double ringPower(final PolarSpectrum polar, final int ring, final float[] re, final float[] im) {
		double sum = 0;
		for (int i = polar.offset(ring); i < polar.offset(ring + 1); i++) {
			sum += (i == polar.offset(ring) ? 1 : 2) * ((double) re[i] * re[i] + (double) im[i] * im[i]);
		}
		return sum;
	}

	FourierProjector projector() {
		return projector;
	}

	HealpixGrid grid() {
		return grid;
	}

	int rings() {
		return rings;
	}

	float[] re(final int view) {
		return re[view];
	}

	float[] im(final int view) {
		return im[view];
	}

	/** Sums of squares of the rings of a view; the element 0 is unused. */
	float[] power(final int view) {
		return power[view];
	}
}
