package io.github.clearice.fourier;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * Turns and shifts square images in their plane by any angle and distance.
 * <p> A rotation is three shears; each moves rows or columns along themselves by the shift theorem of the Fourier
 * transform (Larkin, Oldfield and Klemm 1997). Such a motion is orthogonal: it changes no pixel statistics of second
 * order, so that white noise stays white, where interpolation between pixels would colour it. The image is taken to be
 * periodic: pixels that leave on one side enter on the other, so particles should end before the corners. Details finer
 * than 0.92 of the Nyquist frequency may come out wrong. Holds buffers: one instance a thread.
 *
 * @see <a href="https://doi.org/10.1016/S0030-4018(97)00097-7">Larkin, Oldfield and Klemm 1997</a>
 */
public final class RigidTransform2D {

	/** The largest angle: others are quarter turns and a rest, and quarter turns are for {@link SquareSymmetry}. */
	public static final double LARGEST_ANGLE_DEGREE = 45;

	private final int box;
	private final FloatFFT_1D transform;
	private final float[] line;

	/** @param box edge length of the images in pixels, at least 2 */
	public RigidTransform2D(final int box) {
		this.box = box;
		this.transform = new FloatFFT_1D(box);
		this.line = new float[box];
	}

	/**
	 * Moves an image in place: turns it about pixel {@code box / 2} (integer
	 * division), from the x axis towards the y axis, then shifts it.
	 *
	 * @param angleDegree at most {@value #LARGEST_ANGLE_DEGREE} either way
	 * @param shiftX in pixels, towards larger x
	 * @param shiftY in pixels, towards larger y
	 */
	public void apply(final float[] image, final double angleDegree, final double shiftX, final double shiftY) {
		if (!(Math.abs(angleDegree) <= LARGEST_ANGLE_DEGREE)) throw new IllegalArgumentException(
			"The angle must be at most " + LARGEST_ANGLE_DEGREE + " degrees, not " + angleDegree + ".");
		final double angle = Math.toRadians(angleDegree);
		final double across = -Math.tan(angle / 2);
		shearRows(image, across, 0);
		shearColumns(image, Math.sin(angle), shiftY);
		// The shift along y of the rows before is undone where it would move them along x.
		shearRows(image, across, shiftX - across * shiftY);
	}

	private void shearRows(final float[] image, final double slope, final double shift) {
		for (int y = 0; y < box; y++) {
			System.arraycopy(image, y * box, line, 0, box);
			move(slope * (y - box / 2) + shift);
			System.arraycopy(line, 0, image, y * box, box);
		}
	}

	private void shearColumns(final float[] image, final double slope, final double shift) {
		for (int x = 0; x < box; x++) {
			for (int y = 0; y < box; y++) line[y] = image[y * box + x];
			move(slope * (x - box / 2) + shift);
			for (int y = 0; y < box; y++) image[y * box + x] = line[y];
		}
	}

	/** Moves the line by a distance: its spectrum, in JTransforms' packed layout, is turned frequency by frequency. */
	private void move(final double distance) {
		if (distance == 0) return;
		transform.realForward(line);
		final double step = -2 * Math.PI * distance / box;
		final double stepRe = Math.cos(step), stepIm = Math.sin(step);
		double re = 1, im = 0;
		// The mean, and the Nyquist frequency of an even box, stay: they have no phase that could turn.
		for (int k = 1; 2 * k < box; k++) {
			final double next = re * stepRe - im * stepIm;
			im = re * stepIm + im * stepRe;
			re = next;
			// An odd box keeps its last imaginary part in place 1.
			final int imaginary = 2 * k + 1 < box ? 2 * k + 1 : 1;
			final float a = line[2 * k], b = line[imaginary];
			line[2 * k] = (float) (a * re - b * im);
			line[imaginary] = (float) (a * im + b * re);
		}
		transform.realInverse(line, true);
	}
}
