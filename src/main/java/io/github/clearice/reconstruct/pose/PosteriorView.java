package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;

/**
 * A projection as a polar spectrum.
 *
 * @param re real parts of the harmonics of all rings
 * @param im imaginary parts
 * @param power sums of squares of the rings; the element 0 is unused
 * @param turns by ring: real and imaginary parts of the second and the fourth harmonic of the squares over the angle
 */
record PosteriorView(float[] re, float[] im, float[] power, float[][] turns) {

	/** Projects views. Holds buffers: one instance a thread. */
	static final class Maker {

		private final int box;
		private final int rings;
		private final FourierSlice slice;
		private final PolarSpectrum polar;
		private final float[] image;

		/** @param rings highest frequency that is needed, in steps of the spectrum */
		Maker(final int box, final double pixelSizeAngstrom, final int rings) {
			this.box = box;
			this.rings = rings;
			slice = new FourierSlice(box, pixelSizeAngstrom);
			polar = new PolarSpectrum(box, rings);
			image = new float[box * box];
		}

		int box() {
			return box;
		}

		int rings() {
			return rings;
		}

		/** The half spectrum of a projection, of {@code box * (box / 2 + 1)} complex samples. */
		void cut(final FourierProjector projector, final Orientation direction, final float[] spectrum) {
			slice.cut(projector, Pose.centred(direction), spectrum);
		}

		/** @param rings that the view holds */
		PosteriorView make(final FourierProjector projector, final Orientation direction, final int rings) {
			slice.project(projector, Pose.centred(direction), image);
			final float[] re = new float[polar.offset(rings + 1)], im = new float[re.length], power = new float[rings + 1];
			polar.load(image);
			polar.read(0, 0, rings, re, im);
			for (int r = 1; r <= rings; r++) power[r] = (float) ReferenceViews.ringPower(polar, r, re, im);
			final float[][] turns = new float[rings + 1][4];
			for (int r = 1; r <= rings; r++) for (int harmonic = 2; harmonic <= 4; harmonic += 2) addTurn(re, im, r, harmonic,
				turns[r]);
			return new PosteriorView(re, im, power, turns);
		}

		/** A harmonic of the squares of a ring, from those of the ring: negative ones follow from the image being real. */
		private void addTurn(final float[] re, final float[] im, final int ring, final int harmonic, final float[] turn) {
			final int first = polar.offset(ring), last = polar.offset(ring + 1) - first - 1;
			double sumRe = 0, sumIm = 0;
			for (int m = -last; m + harmonic <= last; m++) {
				final int a = first + Math.abs(m + harmonic), b = first + Math.abs(m);
				// Coefficient -m is the conjugate of m, times -1 for odd m; both or none of m and m + harmonic are odd.
				final double sign = (m < 0) != (m + harmonic < 0) && m % 2 != 0 ? -1 : 1;
				final double imA = m + harmonic < 0 ? -im[a] : im[a], imB = m < 0 ? -im[b] : im[b];
				sumRe += sign * (re[a] * re[b] + imA * imB);
				sumIm += sign * (imA * re[b] - re[a] * imB);
			}
			turn[harmonic - 2] = (float) sumRe;
			turn[harmonic - 1] = (float) sumIm;
		}
	}
}
