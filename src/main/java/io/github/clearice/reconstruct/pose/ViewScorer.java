package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.PolarSpectrum;

import java.util.Arrays;

/**
 * Compares an image with reference views at all in-plane angles: normalised
 * cross-correlation {@code <x, h p> / (|x| |h p|)} of the band of frequencies from
 * 1 to the number of rings, where the transfer function h is that of the image,
 * averaged over each ring. Holds buffers: one instance a thread.
 */
final class ViewScorer {

	private final ReferenceViews views;
	private final PolarSpectrum polar;
	private final float[] re;
	private final float[] im;
	private final float[] sumRe;
	private final float[] sumIm;
	private final double[] squaredTransfer;
	private double norm;

	ViewScorer(final ReferenceViews views) {
		this.views = views;
		polar = new PolarSpectrum(views.projector().box(), views.rings());
		re = new float[polar.length()];
		im = new float[polar.length()];
		sumRe = new float[polar.harmonics()];
		sumIm = new float[polar.harmonics()];
		squaredTransfer = new double[views.rings() + 1];
	}

	/** Number of in-plane angles; the angle of score j is {@code 360 j / angles()} degrees, {@code rlnAnglePsi}. */
	int angles() {
		return polar.angles();
	}

	/** Takes an image to be compared. */
	void load(final float[] image) {
		polar.load(image);
	}

	/**
	 * Moves the image that was taken last.
	 *
	 * @param shiftX in pixels: this point is taken as the centre
	 * @param transfer transfer function by ring, or null for 1 everywhere
	 */
	void move(final double shiftX, final double shiftY, final double[] transfer) {
		polar.read(shiftX, shiftY, views.rings(), re, im);
		double power = 0;
		for (int r = 1; r <= views.rings(); r++) {
			power += ReferenceViews.ringPower(polar, r, re, im);
			final double h = transfer == null ? 1 : transfer[r];
			squaredTransfer[r] = h * h;
			for (int i = polar.offset(r); i < polar.offset(r + 1); i++) {
				re[i] *= (float) h;
				im[i] *= (float) h;
			}
		}
		norm = Math.sqrt(power);
	}

	/**
	 * Scores a view at all in-plane angles.
	 *
	 * @return {@link #angles()} correlations, overwritten by the next call
	 */
	float[] score(final int view) {
		final float[] viewRe = views.re(view), viewIm = views.im(view);
		Arrays.fill(sumRe, 0);
		Arrays.fill(sumIm, 0);
		double square = 0;
		for (int r = 1; r <= views.rings(); r++) {
			square += squaredTransfer[r] * views.power(view)[r];
			addRing(polar.offset(r), polar.offset(r + 1) - polar.offset(r), viewRe, viewIm);
		}
		final float[] scores = polar.synthesise(sumRe, sumIm);
		final double both = norm * Math.sqrt(square);
		final float scale = both > 0 ? (float) (1 / both) : 0;
		for (int j = 0; j < scores.length; j++) scores[j] *= scale;
		return scores;
	}

	private void addRing(final int first, final int count, final float[] viewRe, final float[] viewIm) {
		for (int m = 0; m < count; m++) {
			final float a = re[first + m], b = im[first + m], c = viewRe[first + m], d = viewIm[first + m];
			sumRe[m] += a * c + b * d;
			sumIm[m] += b * c - a * d;
		}
	}
}
