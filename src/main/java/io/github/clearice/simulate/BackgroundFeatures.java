package io.github.clearice.simulate;

import io.github.clearice.fourier.RealFourierTransform2D;

import java.util.SplittableRandom;

/**
 * Features of an image besides its particle: an uneven background, and other particles that reach into the box. Holds
 * buffers: one instance a thread.
 */
final class BackgroundFeatures {

	/** A plane and the second-order bends, so weighted that most of the variance is that of the plane. */
	private static final double[] WEIGHTS = { 1, 1, .5, .5, .5 };

	private final int box;
	private final double radiusPixels;
	private final RealFourierTransform2D fourier;
	private final FourierSlice slice;
	private final Ctf ctf;
	private final float[] spectrum;
	private final float[] ctfValues;
	private final float[] image;

	BackgroundFeatures(final int box, final double pixelSizeAngstrom, final double radiusPixels) {
		this.box = box;
		this.radiusPixels = radiusPixels;
		fourier = new RealFourierTransform2D(box);
		slice = new FourierSlice(box, pixelSizeAngstrom);
		ctf = new Ctf(box, pixelSizeAngstrom);
		spectrum = new float[fourier.spectrumLength()];
		ctfValues = new float[ctf.length()];
		image = new float[box * box];
	}

	/**
	 * Adds a smooth function of mean 0.
	 *
	 * @param deviation its standard deviation over the box
	 */
	void addSlope(final SplittableRandom random, final double deviation, final float[] noisy) {
		if (deviation == 0) return;
		final double[] coefficients = new double[WEIGHTS.length];
		for (int i = 0; i < WEIGHTS.length; i++) coefficients[i] = WEIGHTS[i] * random.nextGaussian();
		double sum = 0, squares = 0;
		for (int p = 0; p < image.length; p++) {
			final double x = 2.0 * (p % box) / box - 1, y = 2.0 * (p / box) / box - 1;
			final double value = coefficients[0] * x + coefficients[1] * y + coefficients[2] * x * y + coefficients[3] * (x *
				x - y * y) + coefficients[4] * (x * x + y * y);
			image[p] = (float) value;
			sum += value;
			squares += value * value;
		}
		final double mean = sum / image.length;
		final double factor = deviation / Math.sqrt(squares / image.length - mean * mean);
		for (int p = 0; p < image.length; p++) noisy[p] += (float) (factor * (image[p] - mean));
	}

	/**
	 * Adds other particles of the same kind, which do not overlap with the one in the middle and reach at most to the
	 * circle in the box.
	 *
	 * @param mean number of them on average
	 * @param optics of the image, or null
	 */
	void addNeighbours(final SplittableRandom random, final double mean, final FourierProjector projector,
		final CtfParameters optics, final float[] noisy)
	{
		if (mean == 0) return;
		final Orientations views = Orientations.uniform();
		final double outer = box / 2.0 + radiusPixels, inner = Math.min(2 * radiusPixels, outer - 1);
		for (int left = poisson(mean, random); left > 0; left--) {
			slice.cut(projector, views.draw(0, random), CtfParameters.magnification(optics), spectrum);
			if (optics != null) ctf.apply(PairWorker.recorded(optics), spectrum, ctfValues);
			fourier.inverse(spectrum, image);
			final double distance = Math.sqrt(inner * inner + (outer * outer - inner * inner) * random.nextDouble());
			final double direction = 2 * Math.PI * random.nextDouble();
			addMoved((int) Math.round(distance * Math.cos(direction)), (int) Math.round(distance * Math.sin(direction)),
				noisy);
		}
	}

	private void addMoved(final int right, final int down, final float[] noisy) {
		for (int y = Math.max(0, down); y < Math.min(box, box + down); y++) {
			for (int x = Math.max(0, right); x < Math.min(box, box + right); x++) noisy[y * box + x] += image[(y - down) *
				box + x - right];
		}
	}

	/** Knuth's method: fine for means below ten. */
	private static int poisson(final double mean, final SplittableRandom random) {
		final double limit = Math.exp(-mean);
		int count = 0;
		for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) count++;
		return count;
	}
}
