package io.github.clearice.model;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;

/**
 * How the middles of the images of a stack stand out from their corners, on average: bright particles above 0, dark
 * ones below.
 *
 * @param mean middle minus corners, in standard deviations of an image
 * @param error standard error of the mean
 */
public record ParticleContrast(double mean, double error) {

	/** Enough to detect the contrast at any usual signal-to-noise ratio, and measured in no time. */
	private static final int LARGEST_SAMPLE = 400;
	/** From this many images on, the error of their mean comes from their spread; for fewer,
		from the noise within each. */
	private static final int ENOUGH_FOR_SPREAD = 20;
	/** The mean difference must be this many times its standard error; chance gives 6 once in a billion. */
	private static final double CLEAR = 6;
	private static final double DOUBTFUL = 3.5;

	public boolean isDark() {
		return !(mean > 0);
	}

	/** Whether chance does not explain it. */
	public boolean isClear() {
		return certainty() >= CLEAR;
	}

	/** Whether chance explains it. */
	public boolean isDoubtful() {
		return certainty() < DOUBTFUL;
	}

	private double certainty() {
		return error > 0 ? Math.abs(mean) / error : mean == 0 ? 0 : Double.POSITIVE_INFINITY;
	}

	/** Looks at images spread over a stack. */
	public static ParticleContrast of(final ParticleStack stack) {
		final float[] image = new float[stack.box() * stack.box()];
		final ContrastNoise contrastNoise = new ContrastNoise(stack.box());
		double sum = 0, squares = 0, noise = 0;
		int used = 0;
		for (final int index : stack.spread(LARGEST_SAMPLE)) {
			stack.read(index, image);
			final ImageScale scale = ImageScale.of(image);
			// Pixels that are not numbers are refused when the particle's turn comes.
			if (!scale.isFinite() || scale.isConstant()) continue;
			final double difference = ParticleBackground.centreMinusEdge(stack.box(), image) / scale.deviation();
			sum += difference;
			squares += difference * difference;
			noise += contrastNoise.variance(image) / (scale.deviation() * scale.deviation());
			used++;
		}
		if (used == 0) return new ParticleContrast(0, 0);
		final double mean = sum / used;
		final double spread = used > 1 ? (squares / used - mean * mean) / (used - 1) : 0;
		return new ParticleContrast(mean, Math.sqrt(used >= ENOUGH_FOR_SPREAD ? spread : Math.max(spread, noise / used /
			used)));
	}
}
