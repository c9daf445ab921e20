package io.github.clearice.reconstruct;

import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.task.ParallelLoop;

import java.io.Serializable;
import java.util.List;

/**
 * Sums of slices on the padded Fourier grid: numerators {@code sum CTF * F} and
 * weights {@code sum CTF^2}, each spread over the eight points around a sample
 * by trilinear interpolation.
 * <p>
 * The grid is that of {@link io.github.clearice.fourier.FourierVolume}: the half
 * space kx &ge; 0; samples on the other side come in as conjugates. Threads own
 * slabs of planes, first every other slab and then those between, so that no two
 * write to one plane and each sum is made in the order of the particles: the
 * result is the same whatever the number of threads, and no thread needs a copy.
 * <p>
 * Sums are single precision: in double precision, maps of 2,000 noisy images of 128 pixels and of 20,000 of 48 differ
 * by 2e-7 and 4e-7 of their standard deviation, for a sixth more time and twice the memory of the grid.
 */
final class FourierAccumulator implements Serializable {

	private static final long serialVersionUID = 1L;

	/** Numbers a grid point: real and imaginary part of the numerator, weight. */
	static final int POINT = 3;

	private static final int SLAB = 32;

	private final int radius;
	private final int columns;
	private final int side;
	private final float[][] planes;

	/** @param radius the highest frequency, in steps of the padded grid */
	FourierAccumulator(final int radius) {
		this.radius = radius;
		this.columns = radius + 2;
		this.side = 2 * radius + 4;
		this.planes = new float[side][POINT * columns * side];
	}

	/** The memory that an accumulator needs. */
	static long bytes(final int radius) {
		final long side = 2L * radius + 4;
		return Float.BYTES * POINT * side * side * (radius + 2L);
	}

	/** Adds the sums of other particles. */
	void add(final FourierAccumulator other) {
		for (int plane = 0; plane < side; plane++) for (int i = 0; i < planes[plane].length; i++) {
			planes[plane][i] += other.planes[plane][i];
		}
	}

	int radius() {
		return radius;
	}

	/** The plane of a frequency: rows from {@code ky = -radius - 1}, {@link #POINT} floats each from kx = 0. */
	float[] plane(final int kz) {
		return planes[kz + radius + 1];
	}

	/** Where a grid point begins in its {@link #plane}. */
	int index(final int kx, final int ky) {
		return POINT * ((ky + radius + 1) * columns + kx);
	}

	/** Adds slices, each into the accumulator of its half, for each rotation of a group. */
	static void insert(final FourierAccumulator[] halves, final List<Slice> slices, final PointGroup group) {
		final int slabs = (halves[0].side + SLAB - 1) / SLAB;
		for (int colour = 0; colour < 2; colour++) {
			final int first = colour;
			final int count = (slabs - colour + 1) / 2;
			ParallelLoop.run((long) halves.length * count, 1, thread -> step -> {
				final int half = (int) step / count;
				final int from = SLAB * (first + 2 * ((int) step % count));
				for (final Slice slice : slices) {
					if (slice.half() == half) for (final double[] rotation : group.rotations()) {
						halves[half].insert(slice, PointGroup.product(slice.matrix(), rotation), from, from + SLAB);
					}
				}
			});
		}
	}

	/** Adds those samples of a slice that lie between the planes {@code from} and {@code to}. */
	private void insert(final Slice slice, final double[] matrix, final int from, final int to) {
		final double[] right = slice.axes(matrix), left = new double[6];
		for (int i = 0; i < 6; i++) left[i] = -right[i];
		for (int row = 0; row < slice.rows(); row++) {
			final int ky = row <= slice.rows() / 2 ? row : row - slice.rows();
			final int[] within = slice.within(ky);
			// Where kx is 0, the other half of the rows are mirrors of the first.
			final int begin = Math.max(within[0], ky < 0 ? 1 : 0), end = Math.max(begin, within[1]);
			// The grid holds x >= 0 alone: where the row crosses to the other side, its mirror is inserted.
			final double startX = ky * right[3], stepX = right[0];
			final int crossing = stepX == 0 ? end : (int) Math.max(begin, Math.min(end, Math.ceil(-startX / stepX)));
			final double firstX = startX + begin * stepX;
			final boolean beginsLeft = firstX < 0 || firstX == 0 && stepX < 0;
			insertRow(slice, row, beginsLeft ? left : right, beginsLeft ? -1 : 1, ky, begin, crossing, from, to);
			insertRow(slice, row, stepX < 0 ? left : right, stepX < 0 ? -1 : 1, ky, crossing, end, from, to);
		}
	}

	/** Adds the samples kx = {@code begin .. end - 1} of a row that lie between two planes. */
	private void insertRow(final Slice slice, final int row, final double[] axes, final float sign, final int ky,
		final int begin, final int end, final int fromPlane, final int toPlane)
	{
		final double stepZ = axes[2], startZ = ky * axes[5] + radius + 1;
		final int first = firstAbove(fromPlane, toPlane, startZ, stepZ, begin, end);
		final int last = firstAbove(toPlane, fromPlane, startZ, stepZ, begin, end);
		if (first >= last) return;
		final float startX = (float) (ky * axes[3]), stepX = (float) axes[0];
		final float startY = (float) (ky * axes[4]) + radius + 1, stepY = (float) axes[1];
		final float[] spectrum = slice.spectrum();
		final float[] weights = slice.weights();
		final int at = row * slice.columns();
		for (int kx = first; kx < last; kx++) {
			final float x = Math.max(0, startX + kx * stepX), y = startY + kx * stepY, z = (float) startZ + kx *
				(float) stepZ;
			final int ix = (int) x, iy = (int) y;
			// Rounding must not carry a sample into the neighbour's slab.
			final int iz = Math.max(fromPlane, Math.min(toPlane - 1, (int) z));
			final float fx = x - ix, fy = y - iy, fz = z - iz;
			final float re = spectrum[2 * (at + kx)], im = sign * spectrum[2 * (at + kx) + 1], weight = weights[at + kx];
			final int index = POINT * (iy * columns + ix);
			add(planes[iz], index, fx, (1 - fy) * (1 - fz), re, im, weight);
			add(planes[iz], index + POINT * columns, fx, fy * (1 - fz), re, im, weight);
			add(planes[iz + 1], index, fx, (1 - fy) * fz, re, im, weight);
			add(planes[iz + 1], index + POINT * columns, fx, fy * fz, re, im, weight);
		}
	}

	/** The first kx of a row on the side of a plane that it goes to; exactly one slab gets each sample. */
	private static int firstAbove(final int up, final int down, final double start, final double step, final int begin,
		final int end)
	{
		if (step == 0) return (up < down ? start >= up && start < down : start < down || start >= up) ? begin : end;
		return (int) Math.max(begin, Math.min(end, Math.ceil(((step > 0 ? up : down) - start) / step)));
	}

	private static void add(final float[] plane, final int index, final float fx, final float share, final float re,
		final float im, final float weight)
	{
		final float high = fx * share, low = share - high;
		plane[index] += low * re;
		plane[index + 1] += low * im;
		plane[index + 2] += low * weight;
		plane[index + 3] += high * re;
		plane[index + 4] += high * im;
		plane[index + 5] += high * weight;
	}

	/**
	 * The plane kx = 0, whose points also represent their mirror points: the sums of the values on both sides.
	 *
	 * @return rows from {@code kz = -radius - 1}, {@link #POINT} floats each from {@code ky = -radius - 1}
	 */
	float[][] mirrorPlane() {
		final float[][] closed = new float[side][POINT * side];
		for (int kz = -radius; kz <= radius; kz++) for (int ky = -radius; ky <= radius; ky++) {
			final float[] plane = plane(kz), mirrorPlane = plane(-kz), to = closed[kz + radius + 1];
			final int at = index(0, ky), mirror = index(0, -ky), target = POINT * (ky + radius + 1);
			to[target] = plane[at] + mirrorPlane[mirror];
			to[target + 1] = plane[at + 1] - mirrorPlane[mirror + 1];
			to[target + 2] = plane[at + 2] + mirrorPlane[mirror + 2];
		}
		return closed;
	}
}
