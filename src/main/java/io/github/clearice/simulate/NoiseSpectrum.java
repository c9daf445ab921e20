package io.github.clearice.simulate;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The shape of a radial power spectrum of noise, from frequency 0 to Nyquist in
 * equal steps. Only the shape counts: the level is set by {@link NoiseModel}.
 * Frequencies beyond Nyquist (the corners) have the power of Nyquist. Immutable.
 */
public final class NoiseSpectrum {

	private final double[] power;

	private NoiseSpectrum(final double[] power) {
		this.power = power;
	}

	/**
	 * A spectrum of given powers.
	 *
	 * @param power at frequencies 0, 1, .., n-1 times half a period a pixel divided by n-1
	 */
	public static NoiseSpectrum of(final double... power) {
		if (power.length < 2) throw new ParameterException("A noise spectrum has " + power.length +
			" values. Give at least two, from frequency 0 to Nyquist.");
		double sum = 0;
		for (int i = 0; i < power.length; i++) {
			if (!(power[i] >= 0) || Double.isInfinite(power[i])) throw new ParameterException("Value " + i +
				" of the noise spectrum is " + power[i] + ". Powers must be 0 or more.");
			sum += power[i];
		}
		if (!(sum > 0) || Double.isInfinite(sum)) throw new ParameterException(
			"The powers of the noise spectrum sum to " + sum + ". Give a spectrum with some power.");
		return new NoiseSpectrum(power.clone());
	}

	/**
	 * Reads the noise spectrum of a RELION refinement: the first table of a
	 * {@code _model.star} file with the column {@code rlnSigma2Noise}.
	 *
	 * @throws ParameterException if the file has no such table
	 * @throws io.github.clearice.task.InputException if the file cannot be read
	 */
	public static NoiseSpectrum read(final Path star) {
		for (final StarTable table : StarFile.read(star).tables()) {
			if (!table.has("rlnSigma2Noise")) continue;
			final double[] power = new double[table.rows()];
			for (int i = 0; i < power.length; i++) power[i] = table.getDouble(i, "rlnSigma2Noise");
			return of(power);
		}
		throw new ParameterException(star + " has no column rlnSigma2Noise. Choose the _model.star file of a refinement.");
	}

	/** The powers at frequencies from 0 to Nyquist, as {@link #of} takes them. */
	List<Double> powers() {
		return DoubleStream.of(power).boxed().toList();
	}

	/** The power at a frequency, between the given ones by straight lines. */
	public double power(final double frequencyPerPixel) {
		final double position = Math.min(1, frequencyPerPixel / 0.5) * (power.length - 1);
		final int below = Math.min((int) position, power.length - 2);
		return power[below] + (position - below) * (power[below + 1] - power[below]);
	}

	/**
	 * The filter that gives white noise this spectrum and keeps its variance.
	 *
	 * @param box edge length of the images in pixels
	 * @return a factor for each sample of the half plane
	 */
	float[] filter(final int box) {
		final HalfPlane plane = new HalfPlane(box);
		final float[] filter = new float[plane.length()];
		for (int i = 0; i < filter.length; i++) filter[i] = (float) Math.sqrt(power(plane.frequencyPerPixel(i)));
		final double mean = plane.meanSquare(filter);
		for (int i = 0; i < filter.length; i++) filter[i] /= (float) Math.sqrt(mean);
		return filter;
	}
}
