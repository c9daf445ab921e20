package io.github.clearice.stack;

import java.util.List;
import java.util.Locale;

/**
 * Measured properties of a stack of particles, for simulating similar ones. Immutable; kept in model cards.
 *
 * @param particles name of the stack
 * @param images how many of its images were looked at
 * @param box edge length in pixels of the images that are simulated
 * @param pixelSizeAngstrom their pixel size
 * @param snr variance of the signal over that of the noise, over the box
 * @param snrLow least signal-to-noise ratio that is simulated
 * @param snrHigh the largest
 * @param dark whether particles are dark where the map is dense
 * @param contrast how well the images correlate with the map, positive for bright particles, in standard errors
 * @param noiseSpectrum shape of the radial power of the noise that does not come from the ice, from frequency 0 to
 *          Nyquist; its mean over all pixels of the spectrum is 1
 * @param ice share of the noise that the CTF shapes
 * @param shiftAngstrom particles are off the centre by up to this along x and y
 * @param origins whether the shift comes from a table, not from the images
 * @param background standard deviation of an uneven background, in standard deviations of the noise
 * @param optics of the images; null where no CTF is listed
 * @param likeness how well simulated particles match the real ones; null before that was tested
 */
public record ParticleProfile(String particles, int images, int box, double pixelSizeAngstrom, Measured snr,
	double snrLow, double snrHigh, boolean dark, double contrast, List<Double> noiseSpectrum, Measured ice,
	Measured shiftAngstrom, boolean origins, Measured background, Optics optics, Likeness likeness)
{

	/** Standard errors from which on a contrast is no accident. */
	private static final double CLEAR_CONTRAST = 4;

	/**
	 * A value and how uncertain it is.
	 *
	 * @param value as measured
	 * @param error its standard error; 0 where it was listed, not measured
	 */
	public record Measured(double value, double error) {

		private String text(final String format) {
			return String.format(Locale.ROOT, error > 0 ? format + " +- " + format : format, value, error);
		}
	}

	/**
	 * The microscope's parameters from the tables, with ranges for those that differ between particles.
	 *
	 * @param voltageKilovolt of the first particle, as the rest but the defoci
	 * @param treatment such as {@code recorded}
	 */
	public record Optics(double leastDefocusAngstrom, double largestDefocusAngstrom, double largestAstigmatismAngstrom,
		double voltageKilovolt, double sphericalAberrationMillimetre, double amplitudeContrast, double phaseShiftDegree,
		double bFactorSquareAngstrom, List<Double> beamTiltMilliradian, List<Double> oddZernike, List<Double> evenZernike,
		List<Double> magnification, String treatment)
	{}

	/**
	 * Two-sample tests between real and simulated particles: the chances to see as large a difference between two halves
	 * of one sample.
	 *
	 * @param spectrum p-value of the powers in rings of frequency
	 * @param variance p-value of the variances in rings about the middle
	 * @param profile p-value of the means in rings about the middle
	 * @param simulated how many simulated particles were compared
	 * @param findings what differs most where it differs, in words
	 */
	public record Likeness(double spectrum, double variance, double profile, int simulated, List<String> findings) {

		/** Three tests at this level together are wrong about one like sample in twenty. */
		public static final double LEVEL = 0.05 / 3;

		/** Whether none of the tests can tell the two stacks apart. */
		public boolean isAlike() {
			return Math.min(spectrum, Math.min(variance, profile)) > LEVEL;
		}
	}

	public ParticleProfile {
		noiseSpectrum = List.copyOf(noiseSpectrum);
	}

	/** The same after a comparison. */
	public ParticleProfile with(final Likeness newLikeness) {
		return new ParticleProfile(particles, images, box, pixelSizeAngstrom, snr, snrLow, snrHigh, dark, contrast,
			noiseSpectrum, ice, shiftAngstrom, origins, background, optics, newLikeness);
	}

	/** Whether it is clear that the particles are dark or bright. */
	public boolean hasClearContrast() {
		return Math.abs(contrast) >= CLEAR_CONTRAST;
	}

	/** A short table, a line a value. */
	public List<String> lines() {
		final String defocus = optics == null ? "no CTF listed: none is simulated" : String.format(Locale.ROOT,
			"defocus %.0f to %.0f A, %.0f kV, Cs %.2f mm, amplitude contrast %.2f, %s", optics.leastDefocusAngstrom, optics
				.largestDefocusAngstrom, optics.voltageKilovolt, optics.sphericalAberrationMillimetre,
			optics.amplitudeContrast, optics.treatment);
		final double low = noiseSpectrum.get(noiseSpectrum.size() / 8);
		return List.of(String.format(Locale.ROOT, "Measured on %d images of %s:", images, particles), //
			String.format(Locale.ROOT, "  box          %d pixels of %.4g A", box, pixelSizeAngstrom), //
			String.format(Locale.ROOT, "  SNR          %s, simulated from %.3g to %.3g", snr.text("%.3g"), snrLow, snrHigh),
			String.format(Locale.ROOT, "  noise        %.2f times the mean power at 1/8 of Nyquist, %.2f at Nyquist", low,
				noiseSpectrum.get(noiseSpectrum.size() - 1)), //
			"  ice          " + ice.text("%.2f") + " of the noise", //
			"  shift        up to " + shiftAngstrom.text("%.2g") + " A" + (origins ? " (listed origins)" : ""), //
			"  background   " + background.text("%.2g") + " of the noise", //
			String.format(Locale.ROOT, "  contrast     %s particles (%.1f standard errors)%s", dark ? "dark" : "bright", Math
				.abs(contrast), hasClearContrast() ? "" : ", not clear"), //
			"  optics       " + defocus);
	}
}
