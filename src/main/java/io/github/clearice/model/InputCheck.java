package io.github.clearice.model;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Notices particles with another signal-to-noise ratio or spectrum than the images that a model was trained on. */
final class InputCheck {

	/** Ratios that differ by more than this factor are reported. */
	private static final double SNR_FACTOR = 1.6;
	/** A difference of ratios must be this many times its standard error. */
	private static final double CLEAR = 5;
	/** Mean factor between the powers of rings that is reported; twenty images do not reach it by chance. */
	private static final double SPECTRUM_FACTOR = 1.15;
	/** Mean factor that no optics and no noise of particles explain: they were filtered, or are no particles. */
	private static final double REFUSED_FACTOR = 4;
	/** A model for a range of ratios takes those within this many standard deviations of its training. */
	private static final double RANGE = 2;
	/** Variance of all pixels' over outer pixels' variance in an image of noise, times the number of pixels. */
	private static final double RATIO_VARIANCE = 1.6;
	/** The mean difference of rings must be this many times their mean spread; by chance it is 0.8 (Gaussian numbers). */
	private static final double CHANCE = 2.5;

	private InputCheck() {}

	/**
	 * A warning for each property in which the stack clearly differs from the training.
	 *
	 * @param trained what the training's images looked like; null if there were too few to tell
	 * @throws InputException if it is so unlike that results would be none; it names the remedy
	 */
	static List<String> warnings(final ParticleStack stack, final InputProfile trained, final String model) {
		final List<String> warnings = new ArrayList<>();
		if (trained == null) return warnings;
		InputProfile.of(stack.box(), stack.size(), 1, stack::read).ifPresent(given -> {
			if (given.spectrum().size() != trained.spectrum().size()) return;
			final double factor = Math.exp(meanDifference(given, trained));
			if (factor > Math.max(REFUSED_FACTOR, Math.pow(chance(given, trained), 2))) throw new InputException(
				spectrumText(stack, given, trained, model, factor) + " Results would show what the model learnt, not these" +
					" images. Give particles as they were extracted, without filters or denoising, or train a model on" +
					" particles like these (clearice train like=).");
			if (isOtherRatio(given, trained, stack.box())) warnings.add(String.format(Locale.ROOT,
				"Warning: the particles of %s look as if their SNR were %.3f, those of the training of %s as if it were %.3f." +
					" Results may show %s. Train a model at this SNR, or over a range of them (snr=0.03,0.3), or believe its" +
					" results less.", stack.name(), given.snr(), model, trained.snr(), given.snr() < trained.snr()
						? "noise as particles" : "less detail than there is"));
			if (factor > Math.max(SPECTRUM_FACTOR * range(trained, stack.box()), chance(given,
				trained))) warnings.add("Warning: " + spectrumText(stack,
				given, trained, model, factor) + " Train a model on such particles, or believe its results less.");
		});
		return warnings;
	}

	/**
	 * Compares the treatment of CTFs in the training with a stack: a warning, or empty.
	 *
	 * @param shown as {@link ParticleStack#showsCtf}
	 */
	static Optional<String> ofCtf(final String stack, final Optional<Boolean> shown, final ModelCard.TrainedCtf trained,
		final String model)
	{
		if (trained == null || shown.isEmpty()) return Optional.empty();
		if (trained == ModelCard.TrainedCtf.NONE && shown.get()) return Optional.of("Warning: " + stack +
			" lists CTFs, but the particles that " + model + " was trained on had none. It takes none out, and may take" +
			" their rings for detail. Train a model with ctf=true, or believe its results less.");
		if (trained != ModelCard.TrainedCtf.NONE && !shown.get()) return Optional.of("Warning: the particles that " +
			model + " was trained on had CTFs, but those of " + stack +
			" have none as far as their table says. If it lacks the defoci only, nothing is wrong; if a CTF was taken out" +
			" already, give the particles as they were recorded.");
		return Optional.empty();
	}

	private static boolean isOtherRatio(final InputProfile given, final InputProfile trained, final int box) {
		// The variance of an image's pixels is known to sqrt(2 / pixels); half of the pixels lie outside the particle.
		final double noise = (1 + Math.max(given.snr(), trained.snr())) * Math.sqrt(4.0 / box / box * (1.0 / given
			.images() + 1.0 / Math.max(1, trained.images())));
		// Particles of the training differ too: by their views, or because they were simulated over a range.
		final double spread = spread(trained, box), error = Math.hypot(noise, spread / Math.sqrt(given.images()));
		final double low = Math.min(given.snr(), trained.snr()), high = Math.max(given.snr(), trained.snr());
		return high - low > CLEAR * error && high - low > RANGE * spread && high > SNR_FACTOR * low;
	}

	/** The spread of the training particles' ratios beyond the spread that the noise of each image causes. */
	private static double spread(final InputProfile trained, final int box) {
		final double noise = (1 + trained.snr()) * Math.sqrt(RATIO_VARIANCE) / box;
		return Math.sqrt(Math.max(0, trained.snrSpread() * trained.snrSpread() - noise * noise));
	}

	/** The mean factor between powers of rings by which particles of the training differ, as by their defoci. */
	private static double range(final InputProfile trained, final int box) {
		final FourierShells rings = FourierShells.ofImages(box);
		double sum = 0;
		for (int i = 0; i < trained.spectrumSpread().size(); i++) {
			final double own = trained.spectrumSpread().get(i);
			// Half of the coefficients of a ring are independent, and the standard deviation of their powers equals their
			// mean.
			sum += Math.sqrt(Math.max(0, own * own - 2.0 / rings.size(i + 1)));
		}
		return Math.exp(sum / trained.spectrumSpread().size());
	}

	/** The mean factor between powers of rings that chance makes of so few images. */
	private static double chance(final InputProfile given, final InputProfile trained) {
		double sum = 0;
		for (final double spread : trained.spectrumSpread()) sum += spread;
		final double error = sum / trained.spectrumSpread().size() * Math.sqrt(1.0 / given.images() + 1.0 / trained
			.images());
		return Math.exp(CHANCE * error);
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

	private static String spectrumText(final ParticleStack stack, final InputProfile given, final InputProfile trained,
		final String model, final double factor)
	{
		int most = 0;
		for (int i = 1; i < given.spectrum().size(); i++) {
			if (Math.abs(logarithm(given, trained, i)) > Math.abs(logarithm(given, trained, most))) most = i;
		}
		return String.format(Locale.ROOT,
			"the spectrum of %s is not that of the training of %s: %.2f times apart on" +
				" average over spatial frequencies, and %.2f times its power at %.1f %s. Its noise, its CTF or the" +
				" processing before" +
				" are others.", stack.name(), model, factor, Math
					.exp(logarithm(given, trained, most)), stack.box() * (Double.isNaN(stack.pixelSizeAngstrom()) ? 1 : stack
						.pixelSizeAngstrom()) / (most + 1.0), Double.isNaN(stack.pixelSizeAngstrom()) ? "pixels" : "Å");
	}
}
