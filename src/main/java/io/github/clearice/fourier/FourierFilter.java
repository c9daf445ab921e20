package io.github.clearice.fourier;

/**
 * Multiplies the spectrum of square images by real factors. Holds buffers: one
 * instance a thread; the factors may be shared.
 */
public final class FourierFilter {

	private final RealFourierTransform2D transform;
	private final float[] factors;
	private final float[] spectrum;

	/**
	 * @param box edge length of the images in pixels
	 * @param factors {@code box * (box / 2 + 1)}, one for each complex number of a
	 *          half spectrum, as {@link FourierShells#spread} makes them; not copied
	 */
	public FourierFilter(final int box, final float[] factors) {
		transform = new RealFourierTransform2D(box);
		spectrum = new float[transform.spectrumLength()];
		if (2 * factors.length != spectrum.length) throw new IllegalArgumentException("A box of " + box + " needs " +
			spectrum.length / 2 + " factors, not " + factors.length + ".");
		this.factors = factors;
	}

	/**
	 * Filters one image.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param filtered receives as many; may be {@code image}
	 */
	public void apply(final float[] image, final float[] filtered) {
		transform.forward(image, spectrum);
		multiply(spectrum, factors);
		transform.inverse(spectrum, filtered);
	}

	/** Multiplies the complex numbers of a half spectrum, in place, by a real factor each. */
	public static void multiply(final float[] spectrum, final float[] factors) {
		for (int i = 0; i < factors.length; i++) {
			spectrum[2 * i] *= factors[i];
			spectrum[2 * i + 1] *= factors[i];
		}
	}
}
