package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A step of the search from coarse to fine: the sizes of the cells of poses that are compared. A cell is a map, a pixel
 * of the HEALPix grid and a square of shifts, at all in-plane angles; its key is one number, in which cells of one view
 * follow each other.
 *
 * @param order of the grid of directions
 * @param rings that are compared
 * @param angles in the plane that are computed
 * @param stride of those that are compared
 * @param shifts cells along an axis
 */
record PosteriorLevel(PosteriorGrid grid, int order, int rings, int angles, int stride, int shifts) {

	/** A sum over cells of this width, in standard deviations, equals the integral of a normal distribution. */
	private static final double RESOLVED = 1.7;

	/** Largest ratio of the steps of in-plane angles and of directions, while these are coarse. */
	private static final double ANGLES_TO_DIRECTIONS = 0.8;

	private static final int MOST_SHIFTS = 512;

	/** Place of the view in a key; below it is the square of shifts. */
	private static final int SHIFT_BITS = 20;

	/** The level that an image is compared at first. */
	static PosteriorLevel coarsest(final PosteriorGrid grid) {
		return new PosteriorLevel(grid, grid.coarseOrder(), grid.coarseRings(), grid.angles(grid.coarseRings(), 360), 1,
			grid.shifts());
	}

	/** The next level: cells that are not resolved are split, and all rings are compared. */
	PosteriorLevel finer(final int allRings, final double[] information) {
		final int first = grid.options().grid().order();
		final int nextOrder = order < first ? first : order + (spacingDegree(order) > degrees(information[0]) &&
			order < HealpixGrid.LARGEST_ORDER ? 1 : 0);
		final int nextShifts = shifts * (grid.shiftWidth(shifts) > width(information[2]) && shifts < MOST_SHIFTS ? 2 : 1);
		final double spacing = spacingDegree(nextOrder);
		final double angle = Math.max(degrees(information[1]), spacing > degrees(information[0])
			? ANGLES_TO_DIRECTIONS * spacing : 0);
		final int nextAngles = grid.angles(allRings, angle);
		int nextStride = 1;
		while (720.0 * nextStride / nextAngles <= angle && 16 * nextStride <= nextAngles) nextStride *= 2;
		return new PosteriorLevel(grid, nextOrder, allRings, nextAngles, nextStride, nextShifts);
	}

	/** The width that resolves a likelihood of such a curvature. */
	private static double width(final double information) {
		return RESOLVED / Math.sqrt(information);
	}

	private static double degrees(final double information) {
		return Math.toDegrees(width(information));
	}

	private static double spacingDegree(final int order) {
		return new HealpixGrid(order).spacingDegree();
	}

	private double angleDegree() {
		return 360.0 * stride / angles;
	}

	/** Whether the cells have the same directions and shifts. */
	boolean hasCellsOf(final PosteriorLevel other) {
		return order == other.order && shifts == other.shifts;
	}

	/** What the likelihood of a pose in a cell is above that of its middle, as a logarithm, on average over the cell. */
	double loss(final double[] information) {
		final double direction = Math.toRadians(spacingDegree(order)), angle = Math.toRadians(angleDegree());
		final double shift = grid.shiftWidth(shifts);
		return (2 * information[0] * direction * direction + information[1] * angle * angle + 2 * information[2] * shift *
			shift) / 24;
	}

	/** The keys of all cells of the coarse grid. */
	long[] all() {
		final int[] coarse = grid.coarsePixels();
		final int cells = shifts * shifts, size = coarse.length * cells, sphere = new HealpixGrid(order).size();
		return LongStream.range(0, (long) grid.maps() * size).map(i -> i / size * sphere + coarse[(int) (i % size /
			cells)] << SHIFT_BITS | i % cells).toArray();
	}

	/** The number of parts of a cell in a finer level. */
	long parts(final PosteriorLevel finer) {
		final long split = finer.shifts / shifts;
		return split * split << 2 * (finer.order - order);
	}

	/** The keys in a finer level of the parts of those cells that are likely enough, those of a view together. */
	long[] parts(final PosteriorLevel finer, final long[] keys, final float[] logs, final double least) {
		final int split = finer.shifts / shifts, children = 1 << 2 * (finer.order - order);
		return IntStream.range(0, keys.length).filter(i -> logs[i] >= least).mapToLong(i -> keys[i]).flatMap(
			key -> LongStream.range(0, (long) children * split * split).map(part -> {
				final int x = split * (shiftCell(key) % shifts) + (int) part % split, y = split * (shiftCell(key) / shifts) +
					(int) part / split % split;
				return view(key) * children + part / (split * split) << SHIFT_BITS | y * finer.shifts + x;
			})).filter(key -> Double.isFinite(finer.logPrior(key))).sorted().toArray();
	}

	/** The number of a cell's map and direction. */
	static long view(final long key) {
		return key >> SHIFT_BITS;
	}

	/** The number of a cell's square of shifts. */
	static int shiftCell(final long key) {
		return (int) key & (1 << SHIFT_BITS) - 1;
	}

	int map(final long key) {
		return (int) (view(key) / new HealpixGrid(order).size());
	}

	/** The pixel of the grid, in the nested scheme. */
	int pixel(final long key) {
		return (int) (view(key) % new HealpixGrid(order).size());
	}

	/** The middle of a cell along x, in pixels. */
	double shiftX(final long key) {
		return grid.shift(shiftCell(key) % shifts, shifts);
	}

	/** The middle of a cell along y, in pixels. */
	double shiftY(final long key) {
		return grid.shift(shiftCell(key) / shifts, shifts);
	}

	/** @param angle number of the in-plane angle */
	Orientation orientation(final long key, final int angle) {
		final Orientation direction = new HealpixGrid(order).nested(pixel(key));
		return new Orientation(direction.rotDegree(), direction.tiltDegree(), 360.0 * angle / angles);
	}

	/** The logarithm of the probability of a cell before the image is looked at, up to a constant. */
	double logPrior(final long key) {
		return grid.logWeight(map(key)) + grid.logPrior(order, pixel(key)) + grid.logPrior(shiftX(key), shiftY(key));
	}

	/** The logarithm of the volume of a cell at an in-plane angle, in cells of the first grid. */
	double logVolume() {
		return Math.log(angleDegree() * grid.angles(grid.rings(), 360) / 360 * Math.pow(0.25, order - grid.options().grid()
			.order()) * Math.pow((double) grid.shifts() / shifts, 2));
	}
}
