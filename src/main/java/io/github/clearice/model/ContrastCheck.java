package io.github.clearice.model;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.util.Locale;

/**
 * Notices particles that are dark where a model was trained on bright ones, or the other way round: a model turns such
 * particles into convincing but wrong images. It measures how the middle of each image stands out from its corners.
 */
final class ContrastCheck {

	/** Enough to detect the contrast at any usual signal-to-noise ratio, and measured in no time. */
	private static final int LARGEST_SAMPLE = 400;
	/** From this many images on, the error of their mean comes from their spread; for fewer,
		from the noise within each. */
	private static final int ENOUGH_FOR_SPREAD = 20;
	/** The mean difference must be this many times its standard error; chance gives 6 once in a billion. */
	private static final double CLEAR = 6;
	private static final double DOUBTFUL = 3.5;
	/** Smaller differences, as a part of that in the training, may come from a few odd particles. */
	private static final double NEGLIGIBLE_PART = 0.25;
	/** Only denoise has invert=; the other verbs that use models do not. */
	private static final String REMEDY = "invert=true to denoise, or leave it out where it is given;" +
		" for other verbs, invert the particles first (clearice prepare invert=true).";

	/**
	 * Properties that the images of a stack share.
	 *
	 * @param mean middle minus corners, in standard deviations of an image
	 * @param error standard error of the mean
	 */
	private record Contrast(double mean, double error) {

		double certainty() {
			return error > 0 ? Math.abs(mean) / error : mean == 0 ? 0 : Double.POSITIVE_INFINITY;
		}
	}

	private ContrastCheck() {}

	/**
	 * Refuses a stack whose particles clearly have the other contrast than the model's, and warns of a doubtful one.
	 *
	 * @throws InputException if the mismatch is clear; it names the remedy
	 */
	static void check(final ParticleStack stack, final ModelCard card, final String model, final TaskListener listener) {
		if (card.contrast() == null) return;
		final Contrast contrast = measure(stack);
		final boolean bright = contrast.mean() > 0;
		if (contrast.certainty() < DOUBTFUL || bright == card.contrast().equals("bright")) return;
		final String look = String.format(Locale.ROOT, "the particles of %s look %s (middle minus corners %.3f standard" +
			" deviations, its error %.3f), but the model %s was trained on %s ones and does not work on others.", stack
				.name(), bright ? "bright" : "dark", contrast.mean(), contrast.error(), model, card.contrast());
		if (contrast.certainty() >= CLEAR && isLikeTraining(contrast, card)) throw new InputException(Character.toUpperCase(
			look.charAt(0)) + look.substring(1) + " Give " + REMEDY);
		listener.message("Warning: " + look + " If they are, give " + REMEDY);
	}

	/**
	 * Whether the noisy images of the training stood out about as clearly, only the other way: a strong CTF or a hollow
	 * particle can have corners as bright as its middle, and then the sign says nothing.
	 */
	private static boolean isLikeTraining(final Contrast contrast, final ModelCard card) {
		if (card.input() == null) return true;
		final double trained = card.input().contrast() * (card.contrast().equals("bright") ? 1 : -1);
		return trained > 0 && Math.abs(contrast.mean()) > NEGLIGIBLE_PART * trained;
	}

	private static Contrast measure(final ParticleStack stack) {
		final int sample = Math.min(stack.size(), LARGEST_SAMPLE);
		final float[] image = new float[stack.box() * stack.box()];
		final ContrastNoise contrastNoise = new ContrastNoise(stack.box());
		double sum = 0, squares = 0, noise = 0;
		int used = 0;
		for (int i = 0; i < sample; i++) {
			stack.read((int) ((long) i * stack.size() / sample), image);
			final ImageScale scale = ImageScale.of(image);
			// Pixels that are not numbers are refused when the particle's turn comes.
			if (!scale.isFinite() || scale.isConstant()) continue;
			final double difference = ParticleBackground.centreMinusEdge(stack.box(), image) / scale.deviation();
			sum += difference;
			squares += difference * difference;
			noise += contrastNoise.variance(image) / (scale.deviation() * scale.deviation());
			used++;
		}
		if (used == 0) return new Contrast(0, 0);
		final double mean = sum / used;
		final double spread = used > 1 ? (squares / used - mean * mean) / (used - 1) : 0;
		return new Contrast(mean, Math.sqrt(used >= ENOUGH_FOR_SPREAD ? spread : Math.max(spread, noise / used / used)));
	}
}
