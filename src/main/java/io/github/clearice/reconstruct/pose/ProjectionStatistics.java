package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.Orientation;

import java.util.List;

/**
 * Typical properties of the projections of maps: their power at each frequency, and how fast they change with the pose,
 * which gives the precision of poses. Measured on a sample of directions. Immutable.
 */
final class ProjectionStatistics {

	private static final int SAMPLE = 24;
	private static final double STEP_DEGREE = 1;

	private final int box;
	private final int rings;
	private final double[][] changes = new double[3][];
	private final double[] masses;
	private final double[][] ringPowers;
	private final float[][] samplePowers;

	/**
	 * @param projectors of the maps
	 * @param directions from which the sample is taken
	 * @param maker for the box of the maps and the rings that are compared
	 */
	ProjectionStatistics(final List<FourierProjector> projectors, final List<Orientation> directions,
		final PosteriorView.Maker maker)
	{
		box = maker.box();
		rings = maker.rings();
		masses = new double[projectors.size()];
		ringPowers = new double[projectors.size()][rings + 1];
		samplePowers = new float[projectors.size()][box * (box / 2 + 1)];
		measureChanges(projectors, directions, maker);
	}

	/**
	 * Measures, ring by ring, the mean square of what projections change by a radian about an axis in the image, a
	 * radian in the plane, and a pixel along an axis.
	 */
	private void measureChanges(final List<FourierProjector> projectors, final List<Orientation> directions,
		final PosteriorView.Maker maker)
	{
		for (int kind = 0; kind < 3; kind++) changes[kind] = new double[rings + 1];
		final HalfPlane plane = new HalfPlane(box);
		final float[] before = new float[2 * plane.length()], after = new float[2 * plane.length()];
		final double step = Math.toRadians(STEP_DEGREE), share = 1.0 / SAMPLE / projectors.size();
		final double[] power = new double[rings + 1];
		for (final FourierProjector projector : projectors) for (int i = 0; i < SAMPLE; i++) {
			final Orientation direction = directions.get((int) ((long) i * directions.size() / SAMPLE));
			maker.cut(projector, direction, before);
			final int map = projectors.indexOf(projector);
			masses[map] = before[0];
			final PosteriorView view = maker.make(projector, direction, rings);
			for (int r = 1; r <= rings; r++) ringPowers[map][r] += view.power()[r] / SAMPLE;
			for (int k = 0; k < plane.length(); k++) samplePowers[map][k] += (before[2 * k] * before[2 * k] + before[2 * k +
				1] * before[2 * k + 1]) / SAMPLE;
			addPower(plane, before, power, share);
			for (int axis = 0; axis < 3; axis++) {
				final double[] matrix = direction.matrix();
				maker.cut(projector, Rotations.orientation(Rotations.turned(matrix, axis, -STEP_DEGREE)), before);
				maker.cut(projector, Rotations.orientation(Rotations.turned(matrix, axis, STEP_DEGREE)), after);
				for (int k = 0; k < after.length; k++) after[k] -= before[k];
				addPower(plane, after, changes[axis / 2], (axis < 2 ? 0.5 : 1) / (4 * step * step) * share);
			}
		}
		for (int r = 1; r <= rings; r++) {
			final double wave = 2 * Math.PI * r / box;
			changes[2][r] = wave * wave / 2 * power[r];
		}
	}

	private void addPower(final HalfPlane plane, final float[] spectrum, final double[] sums, final double factor) {
		for (int k = 0; k < plane.length(); k++) {
			final int ring = (int) Math.rint(plane.radius(k));
			if (ring >= 1 && ring <= rings) sums[ring] += factor * plane.weight(k) / ((double) box * box) *
				((double) spectrum[2 * k] * spectrum[2 * k] + (double) spectrum[2 * k + 1] * spectrum[2 * k + 1]);
		}
	}

	/** The sum of the pixels of any projection of a map. */
	double mass(final int map) {
		return masses[map];
	}

	/** Mean sums of squares of the rings of projections of a map. */
	double[] ringPowers(final int map) {
		return ringPowers[map];
	}

	/** The mean sum of squares of projections of all maps, about their means. */
	double meanPower() {
		double sum = 0;
		for (final double[] powers : ringPowers) for (final double power : powers) sum += power / ringPowers.length;
		return sum;
	}

	/** Mean squares of the samples of the spectra of projections of a map, on the half plane. */
	float[] samplePowers(final int map) {
		return samplePowers[map];
	}

	/**
	 * The precision of poses: the curvatures of the logarithm of the likelihood at a typical pose.
	 *
	 * @param gains by ring: square of the transfer function by the power of the noise
	 * @param last ring that is compared
	 * @return for angles about axes in the image, in the plane (1/rad²) and for shifts along x or y (1/pixel²)
	 */
	double[] information(final double[] gains, final int last) {
		final double[] sums = new double[3];
		for (int kind = 0; kind < 3; kind++) for (int r = 1; r <= last; r++) sums[kind] += gains[r] * changes[kind][r];
		return sums;
	}

	/**
	 * The last ring that adds to the precision of poses.
	 *
	 * @param least ring that is compared anyway
	 */
	int informativeRings(final double[] gains, final int least) {
		final double[] all = information(gains, rings);
		int last = rings;
		while (last > least && isEnough(information(gains, last - 1), all)) last--;
		return last;
	}

	private static boolean isEnough(final double[] part, final double[] all) {
		for (int kind = 0; kind < all.length; kind++) if (part[kind] < 0.999 * all[kind]) return false;
		return true;
	}
}
