package io.github.clearice.model;

import io.github.clearice.stack.ParticleStack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Notices particles whose signal-to-noise ratio or spectrum is not that of the images that a model was trained on. */
final class InputCheck {

	/** Ratios that differ by more than this factor are told. */
	private static final double SNR_FACTOR = 1.6;
	/** How many times its standard error a difference of ratios must be. */
	private static final double CLEAR = 5;
	/** Mean factor between the powers of rings that is told, and that is more than chance makes of twenty images. */
	private static final double SPECTRUM_FACTOR = 1.15;

	private InputCheck() {}

	/**
	 * A warning for each thing in which the stack is clearly unlike the training.
	 *
	 * @param trained what the training's images looked like; null where there were too few to tell
	 */
	static List<String> warnings(final ParticleStack stack, final InputProfile trained, final String model) {
		final List<String> warnings = new ArrayList<>();
		if (trained == null) return warnings;
		InputProfile.of(stack.box(), stack.size(), stack::read).ifPresent(given -> {
			if (given.spectrum().size() != trained.spectrum().size()) return;
			if (isOtherRatio(given, trained, stack.box())) warnings.add(String.format(Locale.ROOT,
				"Warning: the particles of %s look as if their SNR were %.3f, those of the training of %s as if it were %.3f." +
					" Results may show %s. Train a model at this SNR, or believe its results less.", stack.name(), given.snr(),
				model, trained.snr(), given.snr() < trained.snr() ? "noise as particles" : "less detail than there is"));
			final double factor = Math.exp(meanDifference(given, trained));
			if (factor > SPECTRUM_FACTOR) warnings.add(spectrumWarning(stack, given, trained, model, factor));
		});
		return warnings;
	}

	private static boolean isOtherRatio(final InputProfile given, final InputProfile trained, final int box) {
		// The variance of an image's pixels is known to sqrt(2 / pixels), of which half lie outside the particle.
		final double error = (1 + Math.max(given.snr(), trained.snr())) * Math.sqrt(4.0 / box / box * (1.0 / given
			.images() + 1.0 / Math.max(1, trained.images())));
		final double low = Math.min(given.snr(), trained.snr()), high = Math.max(given.snr(), trained.snr());
		return high - low > CLEAR * error && high > SNR_FACTOR * low;
	}

	/** Mean of the absolute logarithms of the ratios of powers, over rings. */
	private static double meanDifference(final InputProfile given, final InputProfile trained) {
		double sum = 0;
		for (int i = 0; i < given.spectrum().size(); i++) sum += Math.abs(logarithm(given, trained, i));
		return sum / given.spectrum().size();
	}

	private static double logarithm(final InputProfile given, final InputProfile trained, final int i) {
		return Math.log(Math.max(1e-6, given.spectrum().get(i)) / Math.max(1e-6, trained.spectrum().get(i)));
	}

	private static String spectrumWarning(final ParticleStack stack, final InputProfile given, final InputProfile trained,
		final String model, final double factor)
	{
		int most = 0;
		for (int i = 1; i < given.spectrum().size(); i++) {
			if (Math.abs(logarithm(given, trained, i)) > Math.abs(logarithm(given, trained, most))) most = i;
		}
		return String.format(Locale.ROOT,
			"Warning: the spectrum of %s is not that of the training of %s: %.2f times apart on" +
				" average over spatial frequencies, and %.2f times its power at %.1f %s. Its noise, its CTF or the" +
				" processing before" +
				" are others. Train a model on such particles, or believe its results less.", stack.name(), model, factor, Math
					.exp(logarithm(given, trained, most)), stack.box() * (Double.isNaN(stack.pixelSizeAngstrom()) ? 1 : stack
						.pixelSizeAngstrom()) / (most + 1.0), Double.isNaN(stack.pixelSizeAngstrom()) ? "pixels" : "Å");
	}
}
