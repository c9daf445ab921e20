package io.github.clearice.model;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;

import java.util.Locale;
import java.util.Optional;

/** Notices particles that are dark where a model was trained on bright ones, or the other way round. */
final class ContrastCheck {

	/** Enough to see what stands out at any usual signal-to-noise ratio, few enough to take no time. */
	private static final int LARGEST_SAMPLE = 400;
	private static final int SMALLEST_SAMPLE = 20;
	/** How many times its own standard error the mean difference must be: chance gives 6 once in a billion. */
	private static final double CLEAR = 6;

	private ContrastCheck() {}

	/**
	 * A warning where the stack clearly disagrees with the model.
	 *
	 * @param contrast of the model's training: {@code bright} or {@code dark}
	 */
	static Optional<String> warning(final ParticleStack stack, final String contrast, final String model) {
		final int sample = Math.min(stack.size(), LARGEST_SAMPLE);
		if (sample < SMALLEST_SAMPLE || contrast == null) return Optional.empty();
		final float[] image = new float[stack.box() * stack.box()];
		double sum = 0, squares = 0;
		for (int i = 0; i < sample; i++) {
			stack.read((int) ((long) i * stack.size() / sample), image);
			final ImageScale scale = ImageScale.of(image);
			// Pixels that are no numbers are refused when the particle's turn comes.
			if (!scale.isFinite() || scale.isConstant()) return Optional.empty();
			final double difference = ParticleBackground.centreMinusEdge(stack.box(), image) / scale.deviation();
			sum += difference;
			squares += difference * difference;
		}
		final double mean = sum / sample;
		final double error = Math.sqrt((squares / sample - mean * mean) / (sample - 1));
		final boolean bright = mean > 0;
		if (Math.abs(mean) <= CLEAR * error || bright == contrast.equals("bright")) return Optional.empty();
		return Optional.of(String.format(Locale.ROOT, "Warning: the particles of %s look %s (centre minus edge %.3f standard" +
			" deviations, its error %.3f), but the model %s was trained on %s ones and makes nonsense of others. Multiply the" +
			" images by -1.", stack.name(), bright ? "bright" : "dark", mean, error, model, contrast));
	}
}
