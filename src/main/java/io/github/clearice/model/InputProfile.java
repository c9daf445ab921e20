package io.github.clearice.model;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What noisy images of particles look like on the whole, as far as it can be seen without knowing the truth. Kept in
 * the model card at training, it tells other images from those of the training.
 *
 * @param images how many were looked at
 * @param snr variance of all pixels over that of the pixels outside the particle (a circle of
 *          {@value ParticleBackground#DEFAULT_DIAMETER_FRACTION} boxes), less 1: the signal-to-noise ratio over the
 * box,
 *          where the circle holds the particle
 * @param contrast how the middle of an image stands out from its corners, on average: bright particles above 0, dark
 * ones
 *          below, in standard deviations of an image
 * @param spectrum mean power of images of mean 0 and variance 1 in rings 1 to {@code box / 2} of
 *          {@link FourierShells#ofImages}; white noise has 1 everywhere
 */
public record InputProfile(int images, double snr, double contrast, List<Double> spectrum) {

	/** Enough for a ring's power to a few percent, few enough to take no time. */
	static final int LARGEST_SAMPLE = 400;
	/** Of fewer images even large differences can be chance. */
	static final int SMALLEST_SAMPLE = 20;

	/** Gives image after image. */
	public interface Reader {

		/** @param image receives the pixels of an image, row by row */
		void read(int index, float[] image);
	}

	/** @throws InputException if something is missing or no number */
	public InputProfile {
		if (spectrum == null || spectrum.isEmpty() || !Double.isFinite(snr) || !Double.isFinite(contrast) || spectrum
			.stream().anyMatch(power -> power == null || !(power >= 0) || power.isInfinite())) throw new InputException(
				"The model card describes no images of the training (input). The model file is damaged; get a fresh copy.");
		spectrum = List.copyOf(spectrum);
	}

	/**
	 * Looks at images spread over a stack; constant ones and those with pixels that are no numbers do not count.
	 *
	 * @return nothing where there are too few, or the box is too small to have a background
	 */
	public static Optional<InputProfile> of(final int box, final int count, final Reader reader) {
		final int sample = Math.min(count, LARGEST_SAMPLE);
		if (sample < SMALLEST_SAMPLE || box < 8) return Optional.empty();
		final ParticleBackground background = new ParticleBackground(box);
		final FourierShells rings = FourierShells.ofImages(box);
		final RealFourierTransform2D transform = new RealFourierTransform2D(box);
		final float[] image = new float[box * box], spectrum = new float[transform.spectrumLength()];
		final double[] power = new double[rings.count()];
		double all = 0, outside = 0, contrast = 0;
		int used = 0;
		for (int i = 0; i < sample; i++) {
			reader.read((int) ((long) i * count / sample), image);
			final ImageScale scale = ImageScale.of(image);
			if (!scale.isFinite() || scale.isConstant()) continue;
			for (int p = 0; p < image.length; p++) image[p] = (float) ((image[p] - scale.mean()) / scale.deviation());
			transform.forward(image, spectrum);
			rings.addPower(spectrum, power);
			final double square = scale.deviation() * scale.deviation();
			all += square;
			outside += square * background.variance(image);
			contrast += ParticleBackground.centreMinusEdge(box, image);
			used++;
		}
		if (used < SMALLEST_SAMPLE || !(outside > 0)) return Optional.empty();
		final List<Double> means = new ArrayList<>();
		for (int ring = 1; ring <= rings.nyquist(); ring++) means.add(power[ring] / (rings.size(ring) * used * box * box));
		return Optional.of(new InputProfile(used, all / outside - 1, contrast / used, means));
	}
}
