package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.WeightedMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The poses that images are compared with: directions of HEALPix grids, of which the coarsest is compared at low
 * resolution, and cells of shifts. Directions that the symmetry makes equal are there once. Views are projected when
 * they are first needed and kept. Shared by all threads.
 */
final class PosteriorGrid {

	/** Up to this order and ring, neighbouring directions of a particle that fills its box are alike. */
	private static final int COARSE_ORDER = 3, COARSE_RINGS = 12;

	/** Shifts of a fifth of the finest period that is compared are alike. */
	private static final int SHIFTS_A_PERIOD = 5;

	/** Views on which is measured how fast projections change. */
	private static final int SAMPLE = 24;

	private static final double STEP_DEGREE = 1;

	/** The part of the memory that views of one order may take if they are to be kept. */
	private static final double LARGEST_MEMORY_PART = 0.15;

	/** Of any direction that no symmetry has for an axis: equal directions are told apart by the distance from it. */
	private static final double[] GENERIC = { 0.8273, 0.4219, 0.3707 };

	private final PosteriorOptions options;
	private final int box;
	private final double pixelSizeAngstrom;
	private final int rings;
	private final int coarseRings;
	private final int coarseOrder;
	private final List<FourierProjector> projectors = new ArrayList<>();
	private final List<AtomicReferenceArray<View>[]> views = new ArrayList<>();
	private final double[] logWeights;
	private final int[] pixels;
	private final int[] coarsePixels;
	private final double[] logPriors;
	private final double reach;
	private final int shifts;
	private final double[][] changes = new double[3][];
	private final double[] masses;
	private final double[][] ringPowers;
	private final float[][] samplePowers;

	/**
	 * A projection as a polar spectrum.
	 *
	 * @param re real parts of the harmonics of all rings
	 * @param im imaginary parts
	 * @param power sums of squares of the rings; the element 0 is unused
	 * @param turns by ring: real and imaginary parts of the second and the fourth harmonic of the squares over the angle
	 */
	record View(float[] re, float[] im, float[] power, float[][] turns) {}

	/** Projects views. Holds buffers: one instance a thread. */
	static final class ViewMaker {

		private final FourierSlice slice;
		private final PolarSpectrum polar;
		private final float[] image;

		ViewMaker(final PosteriorGrid grid) {
			slice = new FourierSlice(grid.box, grid.pixelSizeAngstrom);
			polar = new PolarSpectrum(grid.box, grid.rings);
			image = new float[grid.box * grid.box];
		}

		private View make(final FourierProjector projector, final Orientation direction, final int rings) {
			slice.project(projector, Pose.centred(direction), image);
			final float[] re = new float[polar.offset(rings + 1)], im = new float[re.length], power = new float[rings + 1];
			polar.load(image);
			polar.read(0, 0, rings, re, im);
			for (int r = 1; r <= rings; r++) power[r] = (float) ReferenceViews.ringPower(polar, r, re, im);
			final float[][] turns = new float[rings + 1][4];
			for (int r = 1; r <= rings; r++) for (int harmonic = 2; harmonic <= 4; harmonic += 2) addTurn(re, im, r, harmonic,
				turns[r]);
			return new View(re, im, power, turns);
		}

		/** A harmonic of the squares of a ring, from those of the ring: negative ones follow from the image being real. */
		private void addTurn(final float[] re, final float[] im, final int ring, final int harmonic, final float[] turn) {
			final int first = polar.offset(ring), last = polar.offset(ring + 1) - first - 1;
			double sumRe = 0, sumIm = 0;
			for (int m = -last; m + harmonic <= last; m++) {
				final int a = first + Math.abs(m + harmonic), b = first + Math.abs(m);
				// Coefficient -m is the conjugate of m, times -1 for odd m; both or none of m and m + harmonic are odd.
				final double sign = (m < 0) != (m + harmonic < 0) && m % 2 != 0 ? -1 : 1;
				final double imA = m + harmonic < 0 ? -im[a] : im[a], imB = m < 0 ? -im[b] : im[b];
				sumRe += sign * (re[a] * re[b] + imA * imB);
				sumIm += sign * (imA * re[b] - re[a] * imB);
			}
			turn[harmonic - 2] = (float) sumRe;
			turn[harmonic - 1] = (float) sumIm;
		}
	}

	/**
	 * @param maps of one box and pixel size
	 * @param rings highest frequency that is compared, in steps of the spectrum
	 */
	PosteriorGrid(final List<WeightedMap> maps, final PosteriorOptions options, final int rings) {
		this.options = options;
		this.rings = rings;
		final Volume first = maps.get(0).map();
		box = first.box();
		pixelSizeAngstrom = first.pixelSizeAngstrom();
		final int order = options.grid().order();
		coarseOrder = Math.max(0, Math.min(COARSE_ORDER, order - 1));
		coarseRings = order == 0 ? rings : Math.min(rings, Math.max(3, COARSE_RINGS >> COARSE_ORDER - coarseOrder));
		pixels = IntStream.range(0, options.grid().size()).filter(pixel -> copies(options.grid().nested(pixel)) > 0)
			.toArray();
		logPriors = new double[options.grid().size()];
		Arrays.fill(logPriors, Double.NEGATIVE_INFINITY);
		for (final int pixel : pixels) logPriors[pixel] = -Math.log(copies(options.grid().nested(pixel)));
		coarsePixels = IntStream.of(pixels).map(pixel -> pixel >> 2 * (order - coarseOrder)).distinct().toArray();
		final double sum = maps.stream().mapToDouble(WeightedMap::weight).sum();
		logWeights = maps.stream().mapToDouble(map -> Math.log(map.weight() / sum)).toArray();
		for (final WeightedMap map : maps) {
			projectors.add(new FourierProjector(map.map()));
			views.add(slots(order));
		}
		reach = options.reachAngstrom() / pixelSizeAngstrom;
		shifts = reach == 0 ? 1 : (int) Math.ceil(2 * reach * SHIFTS_A_PERIOD * coarseRings / box);
		masses = new double[maps.size()];
		ringPowers = new double[maps.size()][rings + 1];
		samplePowers = new float[maps.size()][box * (box / 2 + 1)];
		measureChanges();
	}

	@SuppressWarnings("unchecked")
	private AtomicReferenceArray<View>[] slots(final int order) {
		final AtomicReferenceArray<View>[] slots = (AtomicReferenceArray<View>[]) new AtomicReferenceArray<?>[
			HealpixGrid.LARGEST_ORDER + 1];
		final double bytes = 8.0 * new PolarSpectrum(box, rings).length();
		for (int i = coarseOrder; i < slots.length; i++) {
			final double memory = new HealpixGrid(i).size() * bytes / options.symmetry().order();
			if (i <= order || memory < LARGEST_MEMORY_PART * Runtime.getRuntime().maxMemory()) slots[i] =
				new AtomicReferenceArray<>(new HealpixGrid(i).size());
		}
		return slots;
	}

	/**
	 * How often the symmetry lays a direction on itself; 0 for those that another stands for, which is nearer to a
	 * direction that has no symmetry.
	 */
	private int copies(final Orientation direction) {
		final double[] view = direction.viewDirection();
		final double own = dot(view, GENERIC);
		int copies = 0;
		for (final double[] r : options.symmetry().rotations()) {
			final double[] equal = { r[0] * view[0] + r[1] * view[1] + r[2] * view[2], r[3] * view[0] + r[4] * view[1] +
				r[5] * view[2], r[6] * view[0] + r[7] * view[1] + r[8] * view[2] };
			if (dot(equal, GENERIC) > own + 1e-6) return 0;
			if (dot(equal, view) > 1 - 1e-9) copies++;
		}
		return copies;
	}

	private static double dot(final double[] first, final double[] second) {
		return first[0] * second[0] + first[1] * second[1] + first[2] * second[2];
	}

	/**
	 * Measures, ring by ring, the mean square of what projections change by a radian about an axis in the image, a
	 * radian in the plane, and a pixel along an axis.
	 */
	private void measureChanges() {
		for (int kind = 0; kind < 3; kind++) changes[kind] = new double[rings + 1];
		final HalfPlane plane = new HalfPlane(box);
		final ViewMaker maker = new ViewMaker(this);
		final FourierSlice slice = maker.slice;
		final float[] before = new float[2 * plane.length()], after = new float[2 * plane.length()];
		final double step = Math.toRadians(STEP_DEGREE), share = 1.0 / SAMPLE / projectors.size();
		final double[] power = new double[rings + 1];
		for (final FourierProjector projector : projectors) for (int i = 0; i < SAMPLE; i++) {
			final Orientation direction = options.grid().nested(pixels[(int) ((long) i * pixels.length / SAMPLE)]);
			slice.cut(projector, Pose.centred(direction), before);
			final int map = projectors.indexOf(projector);
			masses[map] = before[0];
			final View view = maker.make(projector, direction, rings);
			for (int r = 1; r <= rings; r++) ringPowers[map][r] += view.power()[r] / SAMPLE;
			for (int k = 0; k < plane.length(); k++) samplePowers[map][k] += (before[2 * k] * before[2 * k] + before[2 * k +
				1] * before[2 * k + 1]) / SAMPLE;
			addPower(plane, before, power, share);
			for (int axis = 0; axis < 3; axis++) {
				final double[] matrix = direction.matrix();
				slice.cut(projector, Pose.centred(Rotations.orientation(Rotations.turned(matrix, axis, -STEP_DEGREE))), before);
				slice.cut(projector, Pose.centred(Rotations.orientation(Rotations.turned(matrix, axis, STEP_DEGREE))), after);
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

	int box() {
		return box;
	}

	double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	int rings() {
		return rings;
	}

	/** Rings that are compared at first. */
	int coarseRings() {
		return coarseRings;
	}

	/** The order of the grid that is compared at first. */
	int coarseOrder() {
		return coarseOrder;
	}

	PosteriorOptions options() {
		return options;
	}

	int maps() {
		return projectors.size();
	}

	FourierProjector projector(final int map) {
		return projectors.get(map);
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
		for (final double[] powers : ringPowers) for (final double power : powers) sum += power / maps();
		return sum;
	}

	/** Mean squares of the samples of the spectra of projections of a map, on the half plane. */
	float[] samplePowers(final int map) {
		return samplePowers[map];
	}

	/** Pixels, in the nested scheme, of the coarse grid that hold directions of the fine one. */
	int[] coarsePixels() {
		return coarsePixels;
	}

	/** How many directions of the fine grid differ. */
	int directions() {
		return pixels.length;
	}

	/** A view along a direction: of all rings, but of the coarse ones alone in the coarse grid. */
	View view(final int map, final int order, final int pixel, final ViewMaker maker) {
		final AtomicReferenceArray<View> kept = views.get(map)[order];
		final View known = kept == null ? null : kept.get(pixel);
		if (known != null) return known;
		final View view = maker.make(projectors.get(map), new HealpixGrid(order).nested(pixel), order == coarseOrder
			? coarseRings : rings);
		if (kept != null) kept.set(pixel, view);
		return view;
	}

	/** The logarithm of the probability of a map before the image is looked at. */
	double logWeight(final int map) {
		return logWeights[map];
	}

	/**
	 * The logarithm of the probability of a direction, up to a constant; minus infinity where the symmetry makes it equal
	 * to another.
	 */
	double logPrior(final int order, final int pixel) {
		return order < options.grid().order() ? 0 : logPriors[pixel >> 2 * (order - options.grid().order())];
	}

	/** Cells of shifts along an axis, at first. */
	int shifts() {
		return shifts;
	}

	/** The middle of a cell of shifts in pixels, of so many along an axis. */
	double shift(final int cell, final int cells) {
		return ((cell + 0.5) * 2 / cells - 1) * reach;
	}

	/** The width of a cell of shifts in pixels, of so many along an axis. */
	double shiftWidth(final int cells) {
		return 2 * reach / cells;
	}

	/** The logarithm of the probability of a shift, up to a constant. */
	double logPrior(final double shiftX, final double shiftY) {
		if (options.shiftPrior() == PosteriorOptions.ShiftPrior.UNIFORM || reach == 0) return 0;
		final double deviation = options.shiftAngstrom() / pixelSizeAngstrom;
		return -(shiftX * shiftX + shiftY * shiftY) / (2 * deviation * deviation);
	}

	/**
	 * How well an image tells poses: the curvatures of the logarithm of the likelihood at a typical pose.
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

	/** The last ring that is needed to have nearly all that tells poses. */
	int informativeRings(final double[] gains) {
		final double[] all = information(gains, rings);
		int last = rings;
		while (last > coarseRings && isEnough(information(gains, last - 1), all)) last--;
		return last;
	}

	private static boolean isEnough(final double[] part, final double[] all) {
		for (int kind = 0; kind < all.length; kind++) if (part[kind] < 0.999 * all[kind]) return false;
		return true;
	}
}
