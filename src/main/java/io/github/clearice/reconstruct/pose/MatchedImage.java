package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;

import java.util.Arrays;

/**
 * An image that is filtered so that sums of its products with projections are those of the likelihood: multiplied by
 * its transfer function and divided by the power of the noise. Holds buffers for one image after the other: one
 * instance a thread.
 */
final class MatchedImage {

	/** Radius of the circle that holds the particle, in boxes. */
	private static final double PARTICLE_RADIUS = 0.45;

	/**
	 * The part of the sample in the middle of the spectrum that sums over rings from 1 on lack; the trapezoidal rule
	 * over the radius has the rest at its end (Euler and Maclaurin).
	 */
	private static final double BEYOND_RINGS = 1 - Math.PI / 6;

	/** Sums of squares that differ by a smaller part are the same at all in-plane angles. */
	private static final double ROUND = 1e-3;

	private final ProjectionStatistics statistics;
	private final int box;
	private final int columns;
	private final RealFourierTransform2D fourier;
	private final Ctf ctf;
	private final PolarSpectrum polar;
	private final int[] ringOf;
	private final double[] ringCounts;
	private final double[][] waves;
	private final float[] spectrum;
	private final float[] transfer;
	private final float[] matched;
	private final float[] gainOf;
	private final double[] gains;
	private final double[][] gainTurns;
	private final double[] middle;
	private final double[] ratios;
	private final float[] pixels;
	private final float[] sumRe;
	private final float[] sumIm;
	private double meanOutside;

	MatchedImage(final PosteriorGrid grid) {
		statistics = grid.statistics();
		box = grid.box();
		columns = box / 2 + 1;
		fourier = new RealFourierTransform2D(box);
		ctf = new Ctf(box, grid.pixelSizeAngstrom());
		polar = new PolarSpectrum(box, grid.rings());
		final HalfPlane plane = new HalfPlane(box);
		ringOf = new int[plane.length()];
		ringCounts = new double[grid.rings() + 1];
		waves = new double[ringOf.length][];
		for (int k = 0; k < ringOf.length; k++) {
			final int ring = (int) Math.rint(plane.radius(k));
			if (ring > grid.rings()) continue;
			ringOf[k] = ring;
			ringCounts[ring] += plane.weight(k);
			final int row = k / columns;
			final double angle = Math.atan2(2 * row <= box ? row : row - box, k % columns);
			waves[k] = new double[] { Math.cos(2 * angle), Math.sin(2 * angle), Math.cos(4 * angle), Math.sin(4 * angle) };
		}
		spectrum = new float[fourier.spectrumLength()];
		transfer = new float[ringOf.length];
		matched = new float[fourier.spectrumLength()];
		gainOf = new float[ringOf.length];
		gains = new double[grid.rings() + 1];
		gainTurns = new double[grid.rings() + 1][4];
		middle = new double[grid.maps()];
		ratios = new double[grid.maps()];
		pixels = new float[box * box];
		sumRe = new float[polar.harmonics()];
		sumIm = new float[polar.harmonics()];
	}

	/** The transform of the image. */
	float[] spectrum() {
		return spectrum;
	}

	/** The transfer function of the image, on the half plane. */
	float[] transfer() {
		return transfer;
	}

	/** The ring that a sample of the half plane is compared in; 0 for those that are not. */
	int ring(final int sample) {
		return ringOf[sample];
	}

	/**
	 * Takes an image.
	 *
	 * @param image without distortions
	 * @param optics of the image; null for a plain projection
	 */
	void load(final float[] image, final CtfParameters optics, final NoiseAndContrast model) {
		fourier.forward(image, spectrum);
		if (optics == null) Arrays.fill(transfer, 1);
		else ctf.sample(optics, transfer);
		Arrays.fill(gains, 0);
		for (final double[] turns : gainTurns) Arrays.fill(turns, 0);
		final double[] sums = new double[middle.length];
		for (int k = 0; k < ringOf.length; k++) {
			final int ring = ringOf[k];
			if (ring == 0) {
				matched[2 * k] = matched[2 * k + 1] = gainOf[k] = 0;
				continue;
			}
			final double square = (double) transfer[k] * transfer[k], noise = model.noise(ring, square);
			final float factor = (float) (transfer[k] / noise);
			matched[2 * k] = factor * spectrum[2 * k];
			matched[2 * k + 1] = factor * spectrum[2 * k + 1];
			final double gain = (k % columns == 0 ? 1 : 2) * square / noise;
			gainOf[k] = (float) gain;
			gains[ring] += gain / ringCounts[ring];
			for (int i = 0; i < 4; i++) gainTurns[ring][i] += gain / ringCounts[ring] * waves[k][i];
			for (int map = 0; map < sums.length; map++) sums[map] += gain * statistics.samplePowers(map)[k] / box / box;
		}
		for (int map = 0; map < sums.length; map++) {
			middle[map] = BEYOND_RINGS * gains[1] * statistics.mass(map) * statistics.mass(map) / box / box;
			double onRings = -middle[map];
			for (int r = 1; r < gains.length; r++) onRings += gains[r] * statistics.ringPowers(map)[r];
			ratios[map] = onRings > 0 ? sums[map] / onRings : 1;
		}
		fourier.inverse(matched, pixels);
		meanOutside = meanOutside();
		for (int p = 0; p < pixels.length; p++) pixels[p] -= (float) meanOutside;
		polar.load(pixels);
	}

	/**
	 * The mean of the filtered image outside the particle. Without it the picture ends within its box, so that its
	 * spectrum is smooth between samples; its effect on products is known ({@link #BEYOND_RINGS}).
	 */
	private double meanOutside() {
		double sum = 0;
		int count = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			if (Math.hypot(x - box / 2, y - box / 2) < PARTICLE_RADIUS * box) continue;
			sum += pixels[y * box + x];
			count++;
		}
		return sum / count;
	}

	/** The last ring that adds to the precision of poses; no less than some that are compared anyway. */
	int informativeRings(final int least) {
		return statistics.informativeRings(gains, least);
	}

	/**
	 * The precision of poses ({@link ProjectionStatistics#information}).
	 *
	 * @param contrast of the particle
	 */
	double[] information(final int rings, final double contrast) {
		final double square = contrast * contrast;
		return Arrays.stream(statistics.information(gains, rings)).map(value -> value * square).toArray();
	}

	/** Number of complex coefficients of so many rings. */
	int length(final int rings) {
		return polar.offset(rings + 1);
	}

	/** Real and imaginary parts of the rings about a centre, in pixels from that of the image. */
	float[][] rings(final double shiftX, final double shiftY, final int rings) {
		final float[][] image = new float[2][length(rings)];
		polar.read(shiftX, shiftY, rings, image[0], image[1]);
		return image;
	}

	/**
	 * The sums of squares of a view at all in-plane angles, which differ where the transfer function is not round.
	 *
	 * @param squares receives them, and in its last element the least
	 */
	void squares(final PosteriorView view, final int map, final PosteriorLevel level, final double[] squares) {
		double sum = -middle[map];
		for (int r = 1; r <= level.rings(); r++) sum += gains[r] * view.power()[r];
		final double mean = Math.max(0, sum * ratios[map]);
		final double[] turns = new double[4];
		for (int r = 1; r <= level.rings(); r++) for (int i = 0; i < 4; i += 2) {
			final double a = gainTurns[r][i], b = gainTurns[r][i + 1], c = view.turns()[r][i], d = view.turns()[r][i + 1];
			turns[i] += a * c - b * d;
			turns[i + 1] += a * d + b * c;
		}
		double least = mean;
		final boolean round = 2 * (Math.hypot(turns[0], turns[1]) + Math.hypot(turns[2], turns[3])) < ROUND * mean;
		for (int j = 0; j < level.angles(); j += level.stride()) {
			squares[j] = mean;
			if (round) continue;
			final double angle = 2 * Math.PI * j / level.angles();
			squares[j] += 2 * (turns[0] * Math.cos(2 * angle) - turns[1] * Math.sin(2 * angle) + turns[2] * Math.cos(4 *
				angle) - turns[3] * Math.sin(4 * angle));
			squares[j] = Math.max(0, squares[j]);
			least = Math.min(least, squares[j]);
		}
		squares[squares.length - 1] = least;
	}

	/**
	 * What sums of products lack, the same at all poses: the image without its mean has minus its mean as the sum of its
	 * pixels, each.
	 */
	float rest(final int map) {
		return (float) (BEYOND_RINGS * meanOutside * statistics.mass(map));
	}

	/**
	 * Sums of products of an image and a view at all in-plane angles.
	 *
	 * @param image as {@link #rings} gives it
	 * @return overwritten by the next call
	 */
	float[] products(final float[][] image, final PosteriorView view, final PosteriorLevel level) {
		final int harmonics = polar.harmonics(level.rings());
		Arrays.fill(sumRe, 0, harmonics, 0);
		Arrays.fill(sumIm, 0, harmonics, 0);
		for (int r = 1; r <= level.rings(); r++) {
			final int first = polar.offset(r);
			addRing(first, polar.offset(r + 1) - first, image[0], image[1], view.re(), view.im());
		}
		return polar.synthesise(sumRe, sumIm, harmonics, level.angles());
	}

	private void addRing(final int first, final int count, final float[] re, final float[] im, final float[] viewRe,
		final float[] viewIm)
	{
		for (int m = 0; m < count; m++) {
			final float a = re[first + m], b = im[first + m], c = viewRe[first + m], d = viewIm[first + m];
			sumRe[m] += a * c + b * d;
			sumIm[m] += b * c - a * d;
		}
	}

	/** The sum of squares of a projection, from all samples of its spectrum. */
	double square(final float[] cut) {
		double square = 0;
		for (int k = 0; k < gainOf.length; k++) square += gainOf[k] * (cut[2 * k] * cut[2 * k] + cut[2 * k + 1] * cut[2 *
			k + 1]);
		return square / ((double) box * box);
	}

	/** The sum of products with a projection that is moved by a shift in pixels, from all samples of the spectra. */
	double product(final float[] cut, final double shiftX, final double shiftY) {
		final float[] cos = new float[columns], sin = new float[columns];
		for (int k = 0; k < columns; k++) {
			cos[k] = (float) ((k == 0 ? 1 : 2) * Math.cos(2 * Math.PI * k * shiftX / box));
			sin[k] = (float) ((k == 0 ? 1 : 2) * Math.sin(2 * Math.PI * k * shiftX / box));
		}
		double sum = 0;
		for (int row = 0; row < box; row++) {
			float re = 0, im = 0;
			for (int k = 0, i = 2 * row * columns; k < columns; k++, i += 2) {
				final float a = cut[i] * matched[i] + cut[i + 1] * matched[i + 1], b = cut[i] * matched[i + 1] - cut[i + 1] *
					matched[i];
				re += a * cos[k] - b * sin[k];
				im += a * sin[k] + b * cos[k];
			}
			final double angle = 2 * Math.PI * (2 * row <= box ? row : row - box) * shiftY / box;
			sum += re * Math.cos(angle) - im * Math.sin(angle);
		}
		return sum / box / box;
	}
}
