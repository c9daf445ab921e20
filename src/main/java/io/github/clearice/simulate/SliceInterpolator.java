package io.github.clearice.simulate;

import io.github.clearice.image.FourierVolume;

/** Reads the rows of one central slice by trilinear interpolation. */
final class SliceInterpolator {

	private final float[] data;
	private final int rowStride;
	private final int planeStride;
	private final int centre;
	private final double[] across;
	private final double[] down;
	private float touched;

	SliceInterpolator(final FourierVolume transform, final Orientation orientation) {
		data = transform.data();
		rowStride = transform.rowStride();
		planeStride = transform.planeStride();
		centre = transform.centre();
		final double[] matrix = orientation.matrix();
		final int padding = transform.padding();
		across = new double[] { padding * matrix[0], padding * matrix[1], padding * matrix[2] };
		down = new double[] { padding * matrix[3], padding * matrix[4], padding * matrix[5] };
	}

	/** Samples kx = 0 .. count - 1 of a row. */
	void row(final int ky, final int count, final float[] target, final int first) {
		final double startX = ky * down[0];
		final double stepX = across[0];
		// The transform holds x >= 0 alone; where the row crosses to the other side, the conjugate of its mirror is read.
		final int crossing;
		if (stepX == 0) crossing = count;
		else crossing = (int) Math.max(0, Math.min(count, Math.ceil(-startX / stepX)));
		final boolean beginsBelow = startX < 0 || startX == 0 && stepX < 0;
		segment(ky, 0, crossing, beginsBelow, target, first);
		segment(ky, crossing, count, stepX < 0, target, first);
	}

	private void segment(final int ky, final int from, final int to, final boolean mirrored, final float[] target,
		final int first)
	{
		final float sign = mirrored ? -1 : 1;
		final float startX = (float) (sign * ky * down[0]), stepX = (float) (sign * across[0]);
		final float startY = (float) (sign * ky * down[1]) + centre, stepY = (float) (sign * across[1]);
		final float startZ = (float) (sign * ky * down[2]) + centre, stepZ = (float) (sign * across[2]);
		touch(from, to, startX, stepX, startY, stepY, startZ, stepZ);
		final float[] samples = data;
		for (int kx = from; kx < to; kx++) {
			final float x = startX + kx * stepX, y = startY + kx * stepY, z = startZ + kx * stepZ;
			final int ix = (int) x, iy = (int) y, iz = (int) z;
			final float fx = x - ix, fy = y - iy, fz = z - iz;
			final int a = iz * planeStride + iy * rowStride + 2 * ix;
			final int b = a + rowStride;
			final int c = a + planeStride;
			final int d = c + rowStride;
			final float aRe = samples[a] + fx * (samples[a + 2] - samples[a]);
			final float aIm = samples[a + 1] + fx * (samples[a + 3] - samples[a + 1]);
			final float bRe = samples[b] + fx * (samples[b + 2] - samples[b]);
			final float bIm = samples[b + 1] + fx * (samples[b + 3] - samples[b + 1]);
			final float cRe = samples[c] + fx * (samples[c + 2] - samples[c]);
			final float cIm = samples[c + 1] + fx * (samples[c + 3] - samples[c + 1]);
			final float dRe = samples[d] + fx * (samples[d + 2] - samples[d]);
			final float dIm = samples[d + 1] + fx * (samples[d + 3] - samples[d + 1]);
			final float lowRe = aRe + fy * (bRe - aRe), lowIm = aIm + fy * (bIm - aIm);
			final float highRe = cRe + fy * (dRe - cRe), highIm = cIm + fy * (dIm - cIm);
			target[first + 2 * kx] = lowRe + fz * (highRe - lowRe);
			target[first + 2 * kx + 1] = sign * (lowIm + fz * (highIm - lowIm));
		}
	}

	/**
	 * Reads one number of each cell and forgets it. The loop above waits for memory
	 * three quarters of its time, because its arithmetic lets the processor look
	 * only a few samples ahead; this one asks for a whole row's cache lines at once.
	 */
	private void touch(final int from, final int to, final float startX, final float stepX, final float startY,
		final float stepY, final float startZ, final float stepZ)
	{
		final float[] samples = data;
		float sum = 0;
		for (int kx = from; kx < to; kx++) {
			final int a = (int) (startZ + kx * stepZ) * planeStride + (int) (startY + kx * stepY) * rowStride + 2 *
				(int) (startX + kx * stepX);
			sum += samples[a] + samples[a + rowStride] + samples[a + planeStride] + samples[a + planeStride + rowStride];
		}
		// Kept, or the compiler would drop the reads.
		touched = sum;
	}
}
