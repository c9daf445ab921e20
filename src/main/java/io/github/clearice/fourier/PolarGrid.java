package io.github.clearice.fourier;

import java.util.Arrays;

/**
 * Where {@link CircularHarmonics} samples the continuous Fourier transform of an
 * image: on circles whose radii are the nodes of a Gauss-Legendre quadrature over
 * 0 to 1/2 periods a pixel, at equal angles. Immutable and thread-safe; one serves
 * all threads.
 * <p>
 * Samples come from a Fourier transform of twice the box by a Kaiser-Bessel kernel
 * of 6 samples, to about 1e-5.
 *
 * @see <a href="https://doi.org/10.1109/TMI.2005.848376">Beatty, Nishimura and Pauly 2005</a>, on the kernel
 */
public final class PolarGrid {

	static final int KERNEL = 6;
	/** Grid samples left of the first that a point at frequency 0 needs. */
	static final int MARGIN = KERNEL / 2 - 1;
	private static final double BETA = 2.34 * KERNEL;
	private static final double NYQUIST = 0.5;

	private final int box;
	private final int angles;
	private final double[] radii;
	private final double[] weights;
	/** For each sample of the half circle, the first cell of the padded grid that its kernel covers. */
	final int[] cells;
	final float[] kernelsX;
	final float[] kernelsY;
	/** Divides the kernel's transform out, along one axis. */
	final float[] apodisation;

	/** @param box edge length of the images in pixels, at least 4 */
	public PolarGrid(final int box) {
		if (box < 4) throw new IllegalArgumentException("A polar grid needs a box of at least 4 pixels, not " + box + ".");
		this.box = box;
		angles = 4 * box;
		// An image's transform and the functions it is projected on turn 1.9 box radians over the radii.
		radii = new double[box + 8];
		weights = new double[radii.length];
		quadrature();
		final int samples = radii.length * angles / 2;
		cells = new int[samples];
		kernelsX = new float[samples * KERNEL];
		kernelsY = new float[samples * KERNEL];
		apodisation = new float[box];
		for (int r = 0, sample = 0; r < radii.length; r++) for (int a = 0; a < angles / 2; a++) place(sample++, radii[r],
			2 * Math.PI * a / angles - Math.PI / 2);
		for (int i = 0; i < box; i++) apodisation[i] = (float) (1 / kernelTransform((i - box / 2) / (2.0 * box)));
	}

	public int box() {
		return box;
	}

	/** Number of samples of a full circle. */
	public int angles() {
		return angles;
	}

	/** The radii of the circles in periods a pixel, ascending. */
	public double[] radii() {
		return radii.clone();
	}

	/**
	 * The quadrature weight of each circle: {@code sum w_j f(r_j)} is the integral of f over 0 to 1/2.
	 */
	public double[] weights() {
		return weights.clone();
	}

	/** Edge length of the grid that is interpolated. */
	int gridBox() {
		return 2 * box;
	}

	/** Columns of the half plane of the grid, with the margin that the kernel reaches. */
	int paddedColumns() {
		return box + KERNEL;
	}

	int paddedRows() {
		return 2 * box + KERNEL;
	}

	private void place(final int sample, final double radius, final double angle) {
		final double u = radius * Math.cos(angle) * gridBox(), v = radius * Math.sin(angle) * gridBox();
		final int left = (int) Math.floor(u) - MARGIN, top = (int) Math.floor(v) - MARGIN;
		cells[sample] = (top + box + MARGIN) * paddedColumns() + left + MARGIN;
		for (int i = 0; i < KERNEL; i++) {
			kernelsX[sample * KERNEL + i] = (float) kernel(u - left - i);
			kernelsY[sample * KERNEL + i] = (float) kernel(v - top - i);
		}
	}

	/** The kernel at a distance, in samples of the grid. */
	static double kernel(final double t) {
		final double square = 1 - 4 * t * t / (KERNEL * KERNEL);
		return square <= 0 ? 0 : ModifiedBessel.i0(BETA * Math.sqrt(square));
	}

	/** The transform of the kernel at a frequency in periods per sample of the grid. */
	static double kernelTransform(final double frequency) {
		final double root = Math.sqrt(BETA * BETA - Math.pow(Math.PI * KERNEL * frequency, 2));
		return KERNEL * Math.sinh(root) / root;
	}

	/**
	 * Newton's method on the Legendre polynomial of as many nodes. LegendreRuleFactory
	 * of Apache Commons Math agrees to 1e-15, but makes every smaller rule on the way:
	 * 0.4 seconds for a box of 128 pixels and 11 for 512, in place of 3 and 18 ms.
	 */
	private void quadrature() {
		final int n = radii.length;
		for (int i = 0; i < n; i++) {
			double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5)), step = 1, slope = 1;
			while (Math.abs(step) > 1e-15) {
				double previous = 1, value = x;
				for (int k = 2; k <= n; k++) {
					final double next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
					previous = value;
					value = next;
				}
				slope = n * (x * value - previous) / (x * x - 1);
				step = value / slope;
				x -= step;
				if (Math.abs(step) < 1e-13) break;
			}
			radii[i] = NYQUIST * (1 - x) / 2;
			weights[i] = NYQUIST / ((1 - x * x) * slope * slope);
		}
		Arrays.sort(radii);
	}
}
