package io.github.clearice.model;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Statistics of noisy particle images that can be measured without knowing the truth. Kept in the model card at
 * training, it distinguishes other images from those of the training.
 *
 * @param images the number measured
 * @param snr variance of all pixels over that of the pixels outside the particle (a circle of
 *          {@value ParticleBackground#DEFAULT_DIAMETER_FRACTION} boxes), less 1: the signal-to-noise ratio over the
 * box,
 *          where the circle holds the particle
 * @param contrast how the middle of an image stands out from its corners, on average: bright particles above 0, dark
 * ones
 *          below, in standard deviations of an image
 * @param spectrum mean power of images of mean 0 and variance 1 in rings 1 to {@code box / 2} of
 *          {@link FourierShells#ofImages}; white noise has 1 everywhere
 * @param snrSpread standard deviation between images of the ratio that each shows; 0 of a single one
 * @param spectrumSpread standard deviation between images of the power in each ring, as a share of its mean
 */
public record InputProfile(int images, double snr, double contrast, List<Double> spectrum, double snrSpread,
	List<Double> spectrumSpread)
{

	/** Enough for the power of a ring to a few percent, and measured in no time. */
	static final int LARGEST_SAMPLE = 400;
	/** Fewer images do not describe a training. */
	static final int SMALLEST_SAMPLE = 20;

	/** Gives image after image. */
	public interface Reader {

		/** @param image receives the pixels of an image, row by row */
		void read(int index, float[] image);
	}

	/** @throws InputException if a value is missing or not a number */
	public InputProfile {
		if (spectrum == null || spectrumSpread != null && spectrum.size() != spectrumSpread.size() || spectrum.isEmpty() ||
			!Double.isFinite(snr) || !Double.isFinite(contrast) || spectrum
			.stream().anyMatch(power -> power == null || !(power >= 0) || power.isInfinite())) throw new InputException(
				"The model card describes no images of the training (input). The model file is damaged; get a fresh copy.");
		spectrum = List.copyOf(spectrum);
		spectrumSpread = spectrumSpread == null ? ofNoise(spectrum.size()) : List.copyOf(spectrumSpread);
	}

	/** The assumed spreads for cards without them: those of the power in rings of Gaussian noise. */
	private static List<Double> ofNoise(final int count) {
		final FourierShells rings = FourierShells.ofImages(2 * count);
		return IntStream.rangeClosed(1, count).mapToObj(ring -> Math.sqrt(2.0 / rings.size(ring))).toList();
	}

	/**
	 * Looks at images spread over a stack; constant ones and those with pixels that are not numbers do not count.
	 *
	 * @return empty if there are too few to describe a training, or the box is too small to have a background
	 */
	public static Optional<InputProfile> of(final int box, final int count, final Reader reader) {
		return of(box, count, SMALLEST_SAMPLE, reader);
	}

	/** The same of any number of images from the first on: a single one has a profile, if an uncertain one. */
	static Optional<InputProfile> of(final int box, final int count, final int least, final Reader reader) {
		final int sample = Math.min(count, LARGEST_SAMPLE);
		if (sample < least || box < 8) return Optional.empty();
		final Sums sums = new Sums(box);
		final float[] image = new float[box * box];
		for (int i = 0; i < sample; i++) {
			reader.read((int) ((long) i * count / sample), image);
			final ImageScale scale = ImageScale.of(image);
			if (scale.isFinite() && !scale.isConstant()) sums.add(image, scale);
		}
		return sums.used < Math.max(1, least) || !(sums.outside > 0) ? Optional.empty() : Optional.of(sums.profile());
	}

	/** Sums over images. */
	private static final class Sums {

		private final int box;
		private final ParticleBackground background;
		private final FourierShells rings;
		private final RealFourierTransform2D transform;
		private final float[] spectrum;
		private final double[] power;
		private final double[] squares;
		private double all, outside, contrast, ratios, ratioSquares;
		private int used;

		Sums(final int box) {
			this.box = box;
			background = new ParticleBackground(box);
			rings = FourierShells.ofImages(box);
			transform = new RealFourierTransform2D(box);
			spectrum = new float[transform.spectrumLength()];
			power = new double[rings.count()];
			squares = new double[rings.count()];
		}

		/** Leaves the image scaled. */
		void add(final float[] image, final ImageScale scale) {
			for (int p = 0; p < image.length; p++) image[p] = (float) ((image[p] - scale.mean()) / scale.deviation());
			transform.forward(image, spectrum);
			final double[] own = new double[power.length];
			rings.addPower(spectrum, own);
			for (int k = 0; k < own.length; k++) {
				power[k] += own[k];
				squares[k] += own[k] * own[k];
			}
			final double square = scale.deviation() * scale.deviation(), around = background.variance(image);
			all += square;
			outside += square * around;
			contrast += ParticleBackground.centreMinusEdge(box, image);
			final double ratio = around > 0 ? 1 / around - 1 : 0;
			ratios += ratio;
			ratioSquares += ratio * ratio;
			used++;
		}

		InputProfile profile() {
			final List<Double> means = new ArrayList<>(), spreads = new ArrayList<>();
			for (int ring = 1; ring <= rings.nyquist(); ring++) {
				means.add(power[ring] / (rings.size(ring) * used * (double) box * box));
				spreads.add(power[ring] > 0 ? spread(power[ring], squares[ring]) * used / power[ring] : 0);
			}
			return new InputProfile(used, all / outside - 1, contrast / used, means, used > 1 ? spread(ratios, ratioSquares)
				: 0, spreads);
		}

		private double spread(final double sum, final double sumOfSquares) {
			return used > 1 ? Math.sqrt(Math.max(0, sumOfSquares - sum * sum / used) / (used - 1)) : 0;
		}
	}
}
