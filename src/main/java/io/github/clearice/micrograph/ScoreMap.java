package io.github.clearice.micrograph;

import java.util.Arrays;

/** The best and the worst coefficient that any template has at each pixel, and which template has the best. */
final class ScoreMap {

	private final int width;
	private final int height;
	private final float[] best;
	private final float[] worst;
	private final int[] which;

	ScoreMap(final int width, final int height) {
		this.width = width;
		this.height = height;
		best = new float[width * height];
		worst = new float[width * height];
		which = new int[width * height];
		Arrays.fill(best, Float.NEGATIVE_INFINITY);
		Arrays.fill(worst, Float.POSITIVE_INFINITY);
	}

	/** Takes the coefficients of one more template into account. */
	void add(final float[] scores, final int template) {
		for (int i = 0; i < scores.length; i++) {
			if (scores[i] > best[i]) {
				best[i] = scores[i];
				which[i] = template;
			}
			if (scores[i] < worst[i]) worst[i] = scores[i];
		}
	}

	/** Takes another map into account; of equal coefficients, that of the first template counts. */
	void add(final ScoreMap other) {
		for (int i = 0; i < best.length; i++) {
			if (other.best[i] > best[i] || other.best[i] == best[i] && other.which[i] < which[i]) {
				best[i] = other.best[i];
				which[i] = other.which[i];
			}
			worst[i] = Math.min(worst[i], other.worst[i]);
		}
	}

	int width() {
		return width;
	}

	int height() {
		return height;
	}

	float[] best() {
		return best;
	}

	/** What the best would be if particles were dark where they are bright: nothing is to be found there. */
	float[] inverted() {
		final float[] inverted = new float[worst.length];
		for (int i = 0; i < inverted.length; i++) inverted[i] = -worst[i];
		return inverted;
	}

	int template(final int pixel) {
		return which[pixel];
	}
}
