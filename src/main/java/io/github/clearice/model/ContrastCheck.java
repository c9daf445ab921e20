package io.github.clearice.model;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.util.Locale;

/**
 * Notices particles that are dark where a model was trained on bright ones, or the other way round: a model turns such
 * particles into convincing but wrong images. It measures how the middle of each image stands out from its corners.
 */
final class ContrastCheck {

	/** Smaller differences, as a part of that in the training, may come from a few odd particles. */
	private static final double NEGLIGIBLE_PART = 0.25;
	/** Only denoise has invert=; the other verbs that use models do not. */
	private static final String REMEDY = "invert=true to denoise, or leave it out where it is given;" +
		" for other verbs, invert the particles first (clearice prepare invert=true).";

	private ContrastCheck() {}

	/**
	 * Refuses a stack whose particles clearly have the other contrast than the model's, and warns of a doubtful one.
	 *
	 * @throws InputException if the mismatch is clear; it names the remedy
	 */
	static void check(final ParticleStack stack, final ModelCard card, final String model, final TaskListener listener) {
		if (card.contrast() == null) return;
		final ParticleContrast contrast = ParticleContrast.of(stack);
		final boolean bright = !contrast.isDark();
		if (contrast.isDoubtful() || bright == card.contrast().equals("bright")) return;
		final String look = String.format(Locale.ROOT, "the particles of %s look %s (middle minus corners %.3f standard" +
			" deviations, its error %.3f), but the model %s was trained on %s ones and does not work on others.", stack
				.name(), bright ? "bright" : "dark", contrast.mean(), contrast.error(), model, card.contrast());
		if (contrast.isClear() && isLikeTraining(contrast, card)) throw new InputException(Character.toUpperCase(
			look.charAt(0)) + look.substring(1) + " Give " + REMEDY);
		listener.message("Warning: " + look + " If they are, give " + REMEDY);
	}

	/**
	 * Whether the noisy images of the training stood out about as clearly, only the other way: a strong CTF or a hollow
	 * particle can have corners as bright as its middle, and then the sign says nothing.
	 */
	private static boolean isLikeTraining(final ParticleContrast contrast, final ModelCard card) {
		if (card.input() == null) return true;
		final double trained = card.input().contrast() * (card.contrast().equals("bright") ? 1 : -1);
		return trained > 0 && Math.abs(contrast.mean()) > NEGLIGIBLE_PART * trained;
	}
}
