package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierVolume;
import io.github.clearice.star.Magnification;

/**
 * Reads the rows of central slices by trilinear interpolation.
 * <p>
 * The transform is far larger than the processor's caches, and waiting for it
 * takes most of the time. So a row is {@linkplain #prepare prepared} one ahead:
 * its cache lines arrive while the row before is computed. Holds buffers: one
 * instance a thread.
 */
final class SliceInterpolator {

	/**
	 * Where the samples of one row lie: the corner of each cell, the position in it, and the sign of the imaginary part.
	 */
	private static final class Row {

		private final int[] corner;
		private final float[] x;
		private final float[] y;
		private final float[] z;
		private final float[] sign;
		private int from;
		private int to;

		Row(final int columns) {
			corner = new int[columns];
			x = new float[columns];
			y = new float[columns];
			z = new float[columns];
			sign = new float[columns];
		}
	}

	private Row current;
	private Row next;
	private float[] samples;
	private int rowStride;
	private int planeStride;
	private int centre;
	private final double[] across = new double[3];
	private final double[] down = new double[3];
	/** Written so that the loads that fill the caches are not left out as useless. */
	@SuppressWarnings("UnusedVariable")
	private float touched;

	/** @param columns the most samples of a row */
	SliceInterpolator(final int columns) {
		current = new Row(columns);
		next = new Row(columns);
	}

	/**
	 * Turns to a slice of a transform.
	 *
	 * @param magnification of the image: its frequency k is M k of the transform
	 */
	void begin(final FourierVolume transform, final Orientation orientation, final Magnification magnification) {
		samples = transform.data();
		rowStride = transform.rowStride();
		planeStride = transform.planeStride();
		centre = transform.centre();
		final double[] matrix = orientation.matrix();
		for (int axis = 0; axis < 3; axis++) {
			across[axis] = transform.padding() * (magnification.xx() * matrix[axis] + magnification.yx() * matrix[3 + axis]);
			down[axis] = transform.padding() * (magnification.xy() * matrix[axis] + magnification.yy() * matrix[3 + axis]);
		}
	}

	/** Finds where kx = from .. to - 1 of a row lie and asks the memory for them; the row prepared before can be read. */
	void prepare(final int ky, final int from, final int to) {
		final Row before = current;
		current = next;
		next = before;
		final double startX = ky * down[0];
		final double stepX = across[0];
		// The transform holds x >= 0 alone; where the row crosses to the other side, the conjugate of its mirror is read.
		final int crossing = stepX == 0 ? to : (int) Math.max(from, Math.min(to, Math.ceil(-startX / stepX)));
		final boolean beginsBelow = startX < 0 || startX == 0 && stepX < 0;
		next.from = from;
		next.to = to;
		locate(ky, from, crossing, beginsBelow ? -1 : 1);
		locate(ky, crossing, to, stepX < 0 ? -1 : 1);
		touch();
	}

	private void locate(final int ky, final int from, final int to, final float sign) {
		final int[] corner = next.corner;
		final float[] fractionX = next.x, fractionY = next.y, fractionZ = next.z, signs = next.sign;
		final float startX = (float) (sign * ky * down[0]), stepX = (float) (sign * across[0]);
		final float startY = (float) (sign * ky * down[1]) + centre, stepY = (float) (sign * across[1]);
		final float startZ = (float) (sign * ky * down[2]) + centre, stepZ = (float) (sign * across[2]);
		final int plane = planeStride, row = rowStride;
		for (int kx = from; kx < to; kx++) {
			final float x = startX + kx * stepX, y = startY + kx * stepY, z = startZ + kx * stepZ;
			final int ix = (int) x, iy = (int) y, iz = (int) z;
			fractionX[kx] = x - ix;
			fractionY[kx] = y - iy;
			fractionZ[kx] = z - iz;
			signs[kx] = sign;
			corner[kx] = iz * plane + iy * row + 2 * ix;
		}
	}

	/** Reads one number of each line of each cell and forgets it: the loads do not wait for one another. */
	private void touch() {
		final float[] data = samples;
		final int[] corner = next.corner;
		final int plane = planeStride, row = rowStride, to = next.to;
		float sum = 0;
		for (int kx = next.from; kx < to; kx++) {
			final int a = corner[kx];
			sum += data[a] + data[a + row] + data[a + plane] + data[a + plane + row];
		}
		// Kept, or the compiler would drop the reads.
		touched = sum;
	}

	/** Computes the samples of the row that was prepared last but one. */
	void read(final float[] target, final int first) {
		final float[] data = samples;
		final Row from = current;
		final int[] corner = from.corner;
		final float[] fractionX = from.x, fractionY = from.y, fractionZ = from.z, signs = from.sign;
		final int plane = planeStride, row = rowStride, to = from.to;
		for (int kx = from.from; kx < to; kx++) {
			final int a = corner[kx], b = a + row, c = a + plane, d = c + row;
			final float fx = fractionX[kx], fy = fractionY[kx], fz = fractionZ[kx];
			final float aRe = data[a] + fx * (data[a + 2] - data[a]);
			final float aIm = data[a + 1] + fx * (data[a + 3] - data[a + 1]);
			final float bRe = data[b] + fx * (data[b + 2] - data[b]);
			final float bIm = data[b + 1] + fx * (data[b + 3] - data[b + 1]);
			final float cRe = data[c] + fx * (data[c + 2] - data[c]);
			final float cIm = data[c + 1] + fx * (data[c + 3] - data[c + 1]);
			final float dRe = data[d] + fx * (data[d + 2] - data[d]);
			final float dIm = data[d + 1] + fx * (data[d + 3] - data[d + 1]);
			final float lowRe = aRe + fy * (bRe - aRe), lowIm = aIm + fy * (bIm - aIm);
			final float highRe = cRe + fy * (dRe - cRe), highIm = cIm + fy * (dIm - cIm);
			target[first + 2 * kx] = lowRe + fz * (highRe - lowRe);
			target[first + 2 * kx + 1] = signs[kx] * (lowIm + fz * (highIm - lowIm));
		}
	}
}
