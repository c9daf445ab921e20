package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Resamples square images by cropping or padding their Fourier transform, as RELION's {@code --scale} does: the field
 * of view stays, its number of pixels changes.
 * <p>
 * Pixel {@code box / 2} (integer division), the centre of particles, stays where it is. Pixel values keep their scale.
 * At the Nyquist frequency of the smaller box both signs count by half each, so that results are real and treat both
 * alike. Images are taken to be periodic. Holds buffers: one instance a thread.
 */
public final class FourierResampler implements Resampling.ImageResampler {

	private final int box;
	private final int resampledBox;
	private final int band;
	private final boolean nyquist;
	private final double offset;
	private final RealFourierTransform2D forward;
	private final RealFourierTransform2D backward;
	private final float[] spectrum;
	private final float[] resampledSpectrum;
	private final float[] phaseX;
	private final float[] phaseY;

	/**
	 * @param box edge length of the images in pixels, at least 2
	 * @param resampledBox edge length of the resampled images, at least 2; {@code box} only shifts and filters
	 */
	public FourierResampler(final int box, final int resampledBox) {
		this.box = box;
		this.resampledBox = resampledBox;
		final int smaller = Math.min(box, resampledBox);
		this.band = smaller / 2;
		this.nyquist = smaller % 2 == 0;
		this.offset = box / 2 - resampledBox / 2 * (box / (double) resampledBox);
		this.forward = new RealFourierTransform2D(box);
		this.backward = box == resampledBox ? forward : new RealFourierTransform2D(resampledBox);
		this.spectrum = new float[forward.spectrumLength()];
		this.resampledSpectrum = new float[backward.spectrumLength()];
		this.phaseX = new float[2 * (band + 1)];
		this.phaseY = new float[2 * (band + 1)];
	}

	/**
	 * Resamples an image.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param resampled receives {@code resampledBox * resampledBox}
	 */
	@Override
	public void apply(final float[] image, final float[] resampled) {
		apply(image, 0, 0, null, resampled);
	}

	/**
	 * Resamples an image that is shifted and filtered on the way.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param shiftX how far the picture moves towards larger x, in pixels of {@code image}
	 * @param shiftY how far it moves towards larger y
	 * @param factors of the resampled half spectrum, {@code resampledBox * (resampledBox / 2 + 1)}; null for none
	 * @param resampled receives {@code resampledBox * resampledBox}
	 */
	public void apply(final float[] image, final double shiftX, final double shiftY, final float[] factors,
		final float[] resampled)
	{
		forward.forward(image, spectrum, band + 1);
		Arrays.fill(resampledSpectrum, 0);
		fillPhases(phaseX, offset - shiftX);
		fillPhases(phaseY, offset - shiftY);
		final double scale = (double) resampledBox / box;
		for (int ky = -band; ky <= band; ky++) {
			final boolean half = nyquist && Math.abs(ky) == band;
			addRow(ky, (float) (scale * scale * (half ? 0.5 : 1)));
		}
		if (factors != null) FourierFilter.multiply(resampledSpectrum, factors);
		backward.inverse(resampledSpectrum, resampled);
	}

	/** The factors that move a line by a distance in pixels of the image. */
	private void fillPhases(final float[] phases, final double distance) {
		for (int k = 0; k <= band; k++) {
			final double angle = 2 * Math.PI * k * distance / box;
			phases[2 * k] = (float) Math.cos(angle);
			phases[2 * k + 1] = (float) Math.sin(angle);
		}
	}

	private void addRow(final int ky, final float weight) {
		final int from = 2 * Math.floorMod(ky, box) * forward.columns();
		final int to = 2 * Math.floorMod(ky, resampledBox) * backward.columns();
		final float rowRe = weight * phaseY[2 * Math.abs(ky)], rowIm = weight * Integer.signum(ky) * phaseY[2 * Math.abs(
			ky) + 1];
		final int end = nyquist ? band : band + 1;
		for (int kx = 0; kx < end; kx++) {
			final float phaseRe = rowRe * phaseX[2 * kx] - rowIm * phaseX[2 * kx + 1];
			final float phaseIm = rowRe * phaseX[2 * kx + 1] + rowIm * phaseX[2 * kx];
			final float re = spectrum[from + 2 * kx], im = spectrum[from + 2 * kx + 1];
			resampledSpectrum[to + 2 * kx] += re * phaseRe - im * phaseIm;
			resampledSpectrum[to + 2 * kx + 1] += re * phaseIm + im * phaseRe;
		}
		if (nyquist) addNyquist(from, to, rowRe, rowIm, ky);
	}

	/** The last column: where the resampled box is the smaller one, the frequency of the other sign falls on it too. */
	private void addNyquist(final int from, final int to, final float rowRe, final float rowIm, final int ky) {
		final float phaseRe = rowRe * phaseX[2 * band] - rowIm * phaseX[2 * band + 1];
		final float phaseIm = rowRe * phaseX[2 * band + 1] + rowIm * phaseX[2 * band];
		final float re = spectrum[from + 2 * band], im = spectrum[from + 2 * band + 1];
		final float valueRe = 0.5f * (re * phaseRe - im * phaseIm), valueIm = 0.5f * (re * phaseIm + im * phaseRe);
		resampledSpectrum[to + 2 * band] += valueRe;
		resampledSpectrum[to + 2 * band + 1] += valueIm;
		if (resampledBox == 2 * band) {
			final int mirror = 2 * Math.floorMod(-ky, resampledBox) * backward.columns() + 2 * band;
			resampledSpectrum[mirror] += valueRe;
			resampledSpectrum[mirror + 1] -= valueIm;
		}
	}
}
