package io.github.clearice.fourier;

import java.util.Arrays;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * The spectrum of a square image on rings about the origin, each as a Fourier
 * series over its angle, so that turned images are compared at all angles by one
 * short transform.
 * <p>
 * Rings lie at radius 1 to {@link #rings()} steps of the spectrum; ring r has
 * harmonics 0 to {@code last(r)}, as many as a particle within the box has there.
 * Negative ones follow from the image being real. Coefficients are scaled so that
 * sums of products, with harmonics above 0 counted twice, are sums of products of
 * pixels, less the mean. Interpolated bilinearly from a spectrum padded to twice
 * the box, which is corrected for the interpolation. Holds buffers: one instance a
 * thread.
 */
public final class PolarSpectrum {

	private static final int PADDING = 2;

	/** Radius of the disc taken as the particle, as a fraction of the box. */
	private static final double PARTICLE_RADIUS = 0.4;

	/** Harmonics that a particle has beyond its radius times the frequency. */
	private static final int MARGIN = 4;

	private final int box;
	private final int rings;
	private final int angles;
	private final int[] offsets;
	private final float[] gain;
	private final float[] padded;
	private final float[] spectrum;
	private final float[][] samples;
	private final float[][] series = new float[Integer.SIZE][];
	private final FloatFFT_1D[] syntheses = new FloatFFT_1D[Integer.SIZE];
	private final RealFourierTransform2D plane;
	private final FloatFFT_1D circle;

	/**
	 * @param box edge length of the images in pixels
	 * @param rings number of rings: the highest frequency, below {@code box / 2}
	 */
	public PolarSpectrum(final int box, final int rings) {
		if (rings < 1 || rings >= box / 2) throw new IllegalArgumentException("A box of " + box +
			" pixels has rings 1 to " + (box / 2 - 1) + ", not " + rings + ".");
		this.box = box;
		this.rings = rings;
		this.offsets = new int[rings + 2];
		int most = 1;
		for (int r = 1; r <= rings; r++) {
			final int harmonics = (int) Math.ceil(2 * Math.PI * r * PARTICLE_RADIUS) + MARGIN;
			offsets[r + 1] = offsets[r] + harmonics + 1;
			most = harmonics;
		}
		this.angles = 2 * Integer.highestOneBit(2 * most);
		this.plane = new RealFourierTransform2D(PADDING * box);
		this.circle = new FloatFFT_1D(angles);
		this.padded = new float[PADDING * box * PADDING * box];
		this.spectrum = new float[plane.spectrumLength()];
		this.samples = new float[rings + 1][2 * angles];
		this.gain = new float[box];
		for (int x = 0; x < box; x++) {
			final double angle = Math.PI * (x - box / 2) / ((double) box * PADDING);
			final double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
			gain[x] = (float) (1 / (sinc * sinc));
		}
	}

	/** Number of rings. */
	public int rings() {
		return rings;
	}

	/** Number of angles that {@link #synthesise} gives: a power of two. */
	public int angles() {
		return angles;
	}

	/** Number of complex coefficients of all rings. */
	public int length() {
		return offsets[rings + 1];
	}

	/** Where the coefficients of a ring begin; those of ring r end before those of ring r + 1. */
	public int offset(final int ring) {
		return offsets[ring];
	}

	/**
	 * Transforms an image about pixel {@code box / 2} moved by a distance.
	 *
	 * @param shiftX in pixels: this point is taken as the centre
	 * @param re receives the real parts, {@link #length()} of them
	 * @param im receives the imaginary parts
	 */
	public void transform(final float[] image, final double shiftX, final double shiftY, final float[] re,
		final float[] im)
	{
		load(image);
		read(shiftX, shiftY, rings, re, im);
	}

	/** Takes an image, whose rings can then be read about several centres. */
	public void load(final float[] image) {
		final int edge = PADDING * box;
		Arrays.fill(padded, 0);
		for (int y = 0; y < box; y++)
			for (int x = 0; x < box; x++) {
				padded[Math.floorMod(y - box / 2, edge) * edge + Math.floorMod(x - box / 2, edge)] = image[y * box + x] *
					gain[x] * gain[y];
			}
		plane.forward(padded, spectrum);
	}

	/**
	 * The rings of the image that was taken last, as {@link #transform} gives them.
	 *
	 * @param last ring that is read; others are left as they are
	 */
	public void read(final double shiftX, final double shiftY, final int last, final float[] re, final float[] im) {
		for (int j = 0; j < angles / 2; j++) sample(j, shiftX, shiftY, last);
		for (int r = 1; r <= last; r++) {
			final float[] ring = samples[r];
			mirror(ring);
			circle.complexForward(ring);
			final double scale = Math.sqrt(2 * Math.PI * r) / box / angles;
			final int first = offsets[r], count = offsets[r + 1] - first;
			for (int m = 0; m < count; m++) {
				re[first + m] = (float) (scale * ring[2 * m]);
				im[first + m] = (float) (scale * ring[2 * m + 1]);
			}
		}
	}

	/** Reads all rings at one of the angles from -90 to 90 degrees. */
	private void sample(final int j, final double shiftX, final double shiftY, final int last) {
		final int edge = PADDING * box, columns = edge / 2 + 1;
		final double angle = 2 * Math.PI * j / angles - Math.PI / 2;
		final double across = Math.max(0, Math.cos(angle)), down = Math.sin(angle);
		final double phase = 2 * Math.PI * (across * shiftX + down * shiftY) / box;
		final double stepRe = Math.cos(phase), stepIm = Math.sin(phase);
		// From -90 degrees on: the first angle of a ring is at three quarters.
		final int at = 2 * ((j + angles - angles / 4) % angles);
		double turnRe = 1, turnIm = 0;
		for (int r = 1; r <= last; r++) {
			final double px = PADDING * r * across, py = PADDING * r * down + edge;
			final int ix = (int) px, iy = (int) py;
			final float fx = (float) (px - ix), fy = (float) (py - iy);
			final int low = 2 * (iy % edge * columns + ix), high = 2 * ((iy + 1) % edge * columns + ix);
			final float lowRe = spectrum[low] + fx * (spectrum[low + 2] - spectrum[low]);
			final float lowIm = spectrum[low + 1] + fx * (spectrum[low + 3] - spectrum[low + 1]);
			final float highRe = spectrum[high] + fx * (spectrum[high + 2] - spectrum[high]);
			final float highIm = spectrum[high + 1] + fx * (spectrum[high + 3] - spectrum[high + 1]);
			final double valueRe = lowRe + fy * (highRe - lowRe), valueIm = lowIm + fy * (highIm - lowIm);
			// The phase of a shift grows evenly from ring to ring.
			final double before = turnRe;
			turnRe = before * stepRe - turnIm * stepIm;
			turnIm = before * stepIm + turnIm * stepRe;
			samples[r][at] = (float) (valueRe * turnRe - valueIm * turnIm);
			samples[r][at + 1] = (float) (valueRe * turnIm + valueIm * turnRe);
		}
	}

	/** The other half of a ring is the conjugate of the half that was read. */
	private void mirror(final float[] ring) {
		for (int j = 0; j < angles / 2; j++) {
			final int at = (j + angles - angles / 4) % angles, opposite = (at + angles / 2) % angles;
			ring[2 * opposite] = ring[2 * at];
			ring[2 * opposite + 1] = -ring[2 * at + 1];
		}
	}

	/**
	 * Sums harmonics to values over the circle: value j is
	 * {@code re[0] + 2 sum over m > 0 of Re((re + i im)[m] exp(-i m 2 pi j / angles))}.
	 *
	 * @param re real parts of the harmonics from 0 on; no more than {@code angles / 2}
	 * @return {@link #angles()} values, overwritten by the next call
	 */
	public float[] synthesise(final float[] re, final float[] im) {
		return synthesise(re, im, re.length, angles);
	}

	/**
	 * The same of fewer harmonics, or at another number of angles.
	 *
	 * @param harmonics that are summed: those from 0 on
	 * @param count a power of two of at least twice the harmonics
	 * @return so many values, overwritten by the next call
	 */
	public float[] synthesise(final float[] re, final float[] im, final int harmonics, final int count) {
		final int power = Integer.numberOfTrailingZeros(count);
		if (series[power] == null) {
			series[power] = new float[count];
			syntheses[power] = new FloatFFT_1D(count);
		}
		final float[] values = series[power];
		Arrays.fill(values, 2 * harmonics, count, 0);
		// JTransforms' inverse without scaling is half the sum.
		values[0] = 2 * re[0];
		values[1] = 0;
		for (int m = 1; m < harmonics; m++) {
			values[2 * m] = 2 * re[m];
			values[2 * m + 1] = -2 * im[m];
		}
		syntheses[power].realInverse(values, false);
		return values;
	}

	/** The harmonics of a ring, the zeroth counted, which are as many as any up to it has. */
	public int harmonics(final int ring) {
		return offsets[ring + 1] - offsets[ring];
	}

	/** The most harmonics of any ring, the zeroth counted. */
	public int harmonics() {
		return offsets[rings + 1] - offsets[rings];
	}
}
