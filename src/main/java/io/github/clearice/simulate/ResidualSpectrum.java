package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;

/**
 * The common noise model of residuals, noisy minus clean images.
 *
 * @param box edge length of the images in pixels
 * @param images how many residuals
 * @param power mean {@code |F|^2} of the residuals, less their mean offset, in each ring of
 *          {@link FourierShells#ofImages}
 * @param signalShare part of the clean images' power that the residuals hold
 * @param offset mean of all residual pixels
 * @param levelSpread standard deviation of the images' noise levels over their mean
 */
record ResidualSpectrum(int box, int images, double[] power, double signalShare, double offset, double levelSpread) {

	/** Colour that exceeds chance by less than this does no harm. */
	private static final double FAINT_COLOUR = 0.02;

	/** A value of this many standard errors is not by chance. */
	private static final double CHANCE = 5;

	/** Sums over residuals. Holds buffers: for one thread. */
	static final class Sums {

		private final FourierShells rings;
		private final RealFourierTransform2D fourier;
		private final float[] residual;
		private final float[] spectrum;
		private final float[] cleanSpectrum;
		private final double[] power;
		private final double[] cross;
		private final double[] signal;
		private double offsets;
		private double levels;
		private double squaredLevels;
		private int images;

		Sums(final int box) {
			rings = FourierShells.ofImages(box);
			fourier = new RealFourierTransform2D(box);
			residual = new float[box * box];
			spectrum = new float[fourier.spectrumLength()];
			cleanSpectrum = new float[fourier.spectrumLength()];
			power = new double[rings.count()];
			cross = new double[rings.count()];
			signal = new double[rings.count()];
		}

		void add(final float[] noisy, final float[] clean) {
			double sum = 0, squares = 0;
			for (int i = 0; i < residual.length; i++) {
				residual[i] = noisy[i] - clean[i];
				sum += residual[i];
				squares += (double) residual[i] * residual[i];
			}
			final double mean = sum / residual.length;
			final double variance = Math.max(0, squares / residual.length - mean * mean);
			fourier.forward(residual, spectrum);
			fourier.forward(clean, cleanSpectrum);
			rings.addPower(spectrum, power);
			rings.addCross(spectrum, cleanSpectrum, cross);
			rings.addPower(cleanSpectrum, signal);
			offsets += mean;
			levels += Math.sqrt(variance);
			squaredLevels += variance;
			images++;
		}

		ResidualSpectrum spectrum() {
			final double[] mean = new double[power.length];
			for (int k = 0; k < mean.length; k++) mean[k] = power[k] / (rings.size(k) * images);
			final double offset = offsets / images;
			mean[0] = Math.max(0, mean[0] - Math.pow(offset * residual.length, 2));
			final double level = levels / images;
			final double spread = Math.sqrt(Math.max(0, squaredLevels / images - level * level));
			return new ResidualSpectrum(rings.box(), images, mean, signalShare(), offset, level > 0 ? spread / level : 0);
		}

		/**
		 * Regression of the residuals on the clean images in each ring; its square times
		 * the signal's power is that of the signal in the residuals, less what chance makes.
		 */
		private double signalShare() {
			double held = 0, all = 0;
			for (int k = 1; k < power.length; k++) {
				if (!(signal[k] > 0)) continue;
				held += Math.max(0, cross[k] * cross[k] / signal[k] - power[k] / (rings.size(k) * images));
				all += signal[k];
			}
			return all > 0 ? held / all : 0;
		}
	}

	/** Standard deviation of a pixel, by Parseval's theorem. */
	double sigma() {
		final FourierShells rings = FourierShells.ofImages(box);
		double sum = 0;
		for (int k = 0; k < power.length; k++) sum += power[k] * rings.size(k);
		return Math.sqrt(sum) / ((double) box * box);
	}

	/** Whether all rings have the same power within statistical error. */
	boolean isWhite() {
		final FourierShells rings = FourierShells.ofImages(box);
		final double mean = Math.pow(sigma() * box, 2);
		for (int k = 0; k < power.length; k++) {
			final double chance = CHANCE * Math.sqrt(2 / (rings.size(k) * images));
			if (Math.abs(power[k] / mean - 1) > chance + FAINT_COLOUR) return false;
		}
		return true;
	}

	/** The factors that give white noise this spectrum and keep its variance. */
	float[] filter() {
		final double[] amplitudes = new double[power.length];
		for (int k = 0; k < power.length; k++) amplitudes[k] = Math.sqrt(power[k]);
		final float[] filter = FourierShells.ofImages(box).spread(amplitudes);
		final double scale = 1 / Math.sqrt(new HalfPlane(box).meanSquare(filter));
		for (int i = 0; i < filter.length; i++) filter[i] *= (float) scale;
		return filter;
	}
}
