package io.github.clearice.fourier;

/**
 * Shells of equal spatial frequency in the half spectrum of a real square image
 * (rings) or cubic volume.
 * <p> Spectra have the layout of {@code numpy.fft.rfftn}: {@code box} (squared, for a volume) rows of {@code box / 2 +
 * 1} complex numbers, real and imaginary parts interleaved. A coefficient at the integer frequencies k belongs to shell
 * {@code round(|k|)}; shells beyond {@link #nyquist()} lie in the corners and are not complete. Coefficients whose
 * conjugate partner the half spectrum leaves out count twice, except in {@link #ofHalfSpectra}. Immutable and
 * thread-safe.
 */
public final class FourierShells {

	private final int box;
	private final int rows;
	private final int columns;
	private final int pairWeight;
	private final int[] shellOfSquare;
	private final double[] sizes;

	private FourierShells(final int box, final int dimensions, final int pairWeight) {
		if (box < 2) throw new IllegalArgumentException("Box must be at least 2 pixels, not " + box + ".");
		this.box = box;
		this.pairWeight = pairWeight;
		rows = dimensions == 2 ? box : box * box;
		columns = box / 2 + 1;
		final int half = box / 2;
		shellOfSquare = new int[dimensions * half * half + 1];
		for (int i = 0; i < shellOfSquare.length; i++) shellOfSquare[i] = (int) Math.round(Math.sqrt(i));
		sizes = new double[shellOfSquare[shellOfSquare.length - 1] + 1];
		forEach((index, shell, weight) -> sizes[shell] += weight);
	}

	/** The rings of images of {@code box * box} pixels. */
	public static FourierShells ofImages(final int box) {
		return new FourierShells(box, 2, 2);
	}

	/** The shells of volumes of {@code box^3} voxels. */
	public static FourierShells ofVolumes(final int box) {
		return new FourierShells(box, 3, 2);
	}

	/**
	 * The shells of volumes of {@code box^3} voxels as RELION counts them: each
	 * coefficient of the half spectrum once, so that pairs within the plane kx = 0
	 * count twice as much as others. Correlations differ by up to a few thousandths
	 * where there is noise.
	 */
	public static FourierShells ofHalfSpectra(final int box) {
		return new FourierShells(box, 3, 1);
	}

	public int box() {
		return box;
	}

	/** Number of shells, the corners included. */
	public int count() {
		return sizes.length;
	}

	/** The last complete shell: {@code box / 2}. */
	public int nyquist() {
		return box / 2;
	}

	/** Number of coefficients of a shell, as they are counted. */
	public double size(final int shell) {
		return sizes[shell];
	}

	/** Adds the power {@code |F|^2} of a spectrum to the sums of its shells. */
	public void addPower(final float[] spectrum, final double[] power) {
		forEach((index, shell, weight) -> {
			final double re = spectrum[2 * index], im = spectrum[2 * index + 1];
			power[shell] += weight * (re * re + im * im);
		});
	}

	/**
	 * Adds the real part of the cross spectrum, {@code Re(F1 conj F2)}, to the sums
	 * of its shells.
	 */
	public void addCross(final float[] first, final float[] second, final double[] cross) {
		forEach((index, shell, weight) -> cross[shell] += weight * ((double) first[2 * index] * second[2 * index] +
			(double) first[2 * index + 1] * second[2 * index + 1]));
	}

	/** Writes a value for each coefficient, as a radial filter needs it. */
	public float[] spread(final double[] shells) {
		final float[] spread = new float[rows * columns];
		forEach((index, shell, weight) -> spread[index] = (float) shells[shell]);
		return spread;
	}

	private interface Visitor {

		/**
		 * @param index of the complex number
		 * @param weight as it is counted
		 */
		void visit(int index, int shell, double weight);
	}

	private void forEach(final Visitor visitor) {
		for (int row = 0, index = 0; row < rows; row++) {
			final int ky = frequency(row % box);
			final int kz = frequency(row / box);
			final int square = ky * ky + kz * kz;
			for (int kx = 0; kx < columns; kx++, index++) {
				visitor.visit(index, shellOfSquare[square + kx * kx], kx == 0 || 2 * kx == box ? 1 : pairWeight);
			}
		}
	}

	private int frequency(final int index) {
		return 2 * index <= box ? index : index - box;
	}
}
