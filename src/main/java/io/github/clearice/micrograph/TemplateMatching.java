package io.github.clearice.micrograph;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;
import java.util.List;

/**
 * Correlates an image with templates, normalised by the mean and the spread of the
 * image under the template at each place.
 * <p>
 * At each pixel p, {@code sum over m of t(m) I(p + m) / sqrt(sum (I - mean)^2)}, sums over
 * the pixels m of a mask about p, t with mean 0 and sum of squares 1: the correlation
 * coefficient of Lewis 1995, equation 2, by Fourier transforms. Beyond the image are
 * zeros. Where the sum of squares is less than a part of its mean over the image, that
 * part takes its place: between the particles of a denoised micrograph there is next to
 * nothing, and the traces of noise there would correlate as well as particles do.
 * Immutable, for any number of threads.
 */
final class TemplateMatching {

	/**
	 * A picture of a particle that is looked for.
	 *
	 * @param edge of the square in pixels
	 * @param pixels {@code edge * edge}; the middle is pixel {@code edge / 2}
	 * @param psiDegree by which it is turned in the plane, as {@code rlnAnglePsi}
	 */
	record Template(int edge, float[] pixels, double psiDegree) {}

	/** Least local sum of squares, as a part of the mean one; uniform noise never falls below it. */
	private static final double LEAST_SPREAD = 0.5;

	private final int width;
	private final int height;
	private final boolean[] mask;
	private final int edge;
	private final int size;
	private final float[] spectrum;
	private final float[] inverseSpread;

	/**
	 * @param image {@code width * height} pixels with a mean near 0
	 * @param mask {@code edge * edge}: which pixels about the middle {@code edge / 2} are compared
	 */
	TemplateMatching(final float[] image, final int width, final int height, final boolean[] mask, final int edge) {
		this.width = width;
		this.height = height;
		this.mask = mask;
		this.edge = edge;
		size = RealFourierTransform2D.evenSize(Math.max(width, height) + edge);
		final RealFourierTransform2D fourier = new RealFourierTransform2D(size);
		final float[] maskSpectrum = new float[fourier.spectrumLength()], squares = new float[fourier.spectrumLength()];
		final float[] field = new float[size * size];
		int count = 0;
		for (int i = 0; i < mask.length; i++) {
			if (!mask[i]) continue;
			field[place(i)] = 1;
			count++;
		}
		fourier.forward(field, maskSpectrum);
		spectrum = new float[fourier.spectrumLength()];
		final float[] squared = image.clone();
		for (int i = 0; i < squared.length; i++) squared[i] *= squared[i];
		spread(image, field);
		fourier.forward(field, spectrum);
		spread(squared, field);
		fourier.forward(field, squares);
		final float[] sums = correlation(spectrum, maskSpectrum, fourier), sumsOfSquares = correlation(squares,
			maskSpectrum, fourier);
		inverseSpread = new float[width * height];
		double mean = 0;
		for (int i = 0; i < inverseSpread.length; i++) {
			inverseSpread[i] = Math.max(0, sumsOfSquares[i] - sums[i] * sums[i] / count);
			mean += inverseSpread[i] / inverseSpread.length;
		}
		for (int i = 0; i < inverseSpread.length; i++) inverseSpread[i] = (float) (1 / Math.sqrt(Math.max(inverseSpread[i],
			LEAST_SPREAD * mean)));
	}

	/** The correlation coefficients with one template at all pixels, {@code width * height}. */
	float[] correlate(final Template template) {
		return correlate(template, new RealFourierTransform2D(size));
	}

	/** The best and the worst coefficient of all templates at each pixel. */
	ScoreMap correlate(final List<Template> templates, final Runnable afterEach) {
		final int threads = Math.max(1, Math.min(templates.size(), ParallelLoop.threads()));
		final ScoreMap[] parts = new ScoreMap[threads];
		ParallelLoop.run(threads, 1, threads, thread -> part -> {
			final RealFourierTransform2D fourier = new RealFourierTransform2D(size);
			final ScoreMap scores = new ScoreMap(width, height);
			for (int i = (int) part; i < templates.size(); i += threads) {
				scores.add(correlate(templates.get(i), fourier), i);
				afterEach.run();
			}
			parts[(int) part] = scores;
		});
		for (int i = 1; i < threads; i++) parts[0].add(parts[i]);
		return parts[0];
	}

	private float[] correlate(final Template template, final RealFourierTransform2D fourier) {
		final float[] field = new float[size * size], transformed = new float[fourier.spectrumLength()];
		final float[] pixels = centred(template);
		for (int i = 0; i < pixels.length; i++) if (mask[i]) field[place(i)] = pixels[i];
		fourier.forward(field, transformed);
		final float[] scores = correlation(spectrum, transformed, fourier);
		for (int i = 0; i < scores.length; i++) scores[i] *= inverseSpread[i];
		return scores;
	}

	/** The template under the mask, with mean 0 and sum of squares 1. */
	private float[] centred(final Template template) {
		final int shift = template.edge() / 2 - edge / 2;
		final float[] pixels = new float[edge * edge];
		double sum = 0, squares = 0;
		int count = 0;
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % edge + shift, y = i / edge + shift;
			if (x >= 0 && y >= 0 && x < template.edge() && y < template.edge()) pixels[i] = template.pixels()[y * template
				.edge() + x];
			if (!mask[i]) continue;
			sum += pixels[i];
			count++;
		}
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = mask[i] ? (float) (pixels[i] - sum / count) : 0;
			squares += (double) pixels[i] * pixels[i];
		}
		final float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
		for (int i = 0; i < pixels.length; i++) pixels[i] *= scale;
		return pixels;
	}

	/** Where a pixel of the mask goes if the middle is to be the origin. */
	private int place(final int pixel) {
		return Math.floorMod(pixel / edge - edge / 2, size) * size + Math.floorMod(pixel % edge - edge / 2, size);
	}

	private void spread(final float[] image, final float[] field) {
		Arrays.fill(field, 0);
		for (int y = 0; y < height; y++) System.arraycopy(image, y * width, field, y * size, width);
	}

	private float[] correlation(final float[] image, final float[] template, final RealFourierTransform2D fourier) {
		final float[] product = new float[image.length], field = new float[size * size];
		for (int i = 0; i < product.length; i += 2) {
			product[i] = image[i] * template[i] + image[i + 1] * template[i + 1];
			product[i + 1] = image[i + 1] * template[i] - image[i] * template[i + 1];
		}
		fourier.inverse(product, field);
		final float[] inside = new float[width * height];
		for (int y = 0; y < height; y++) System.arraycopy(field, y * size, inside, y * width, width);
		return inside;
	}

	/** The best and the worst coefficient that any template has at each pixel, and which template has the best. */
	static final class ScoreMap {

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

		/** The best score with inverted contrast, where there is nothing to find. */
		float[] inverted() {
			final float[] inverted = new float[worst.length];
			for (int i = 0; i < inverted.length; i++) inverted[i] = -worst[i];
			return inverted;
		}

		int template(final int pixel) {
			return which[pixel];
		}
	}
}
