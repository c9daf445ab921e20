package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.Orientation;
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

	/** Up to this order and ring, neighbouring directions of a particle that fills its box give similar images. */
	private static final int COARSE_ORDER = 3, COARSE_RINGS = 12;

	/** Shifts by a fifth of the finest period that is compared give similar images. */
	private static final int SHIFTS_A_PERIOD = 5;

	/** Largest number of in-plane angles. */
	private static final int MOST_ANGLES = 4096;

	/** The part of the memory that views of one order may take if they are to be kept. */
	private static final double LARGEST_MEMORY_PART = 0.15;

	/** A direction that is not an axis of any symmetry: of equal directions, the one nearest to it is kept. */
	private static final double[] GENERIC = { 0.8273, 0.4219, 0.3707 };

	private final PosteriorOptions options;
	private final int box;
	private final double pixelSizeAngstrom;
	private final int rings;
	private final int coarseRings;
	private final int coarseOrder;
	private final List<FourierProjector> projectors = new ArrayList<>();
	private final List<AtomicReferenceArray<PosteriorView>[]> views = new ArrayList<>();
	private final double[] logWeights;
	private final int[] pixels;
	private final int[] coarsePixels;
	private final double[] logPriors;
	private final double reach;
	private final int shifts;
	private final int[] harmonics;
	private final ProjectionStatistics statistics;

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
		final PolarSpectrum polar = new PolarSpectrum(box, rings);
		harmonics = IntStream.rangeClosed(0, rings).map(polar::harmonics).toArray();
		for (final WeightedMap map : maps) {
			projectors.add(new FourierProjector(map.map()));
			views.add(slots(order, 8.0 * polar.length()));
		}
		reach = options.reachAngstrom() / pixelSizeAngstrom;
		shifts = reach == 0 ? 1 : (int) Math.ceil(2 * reach * SHIFTS_A_PERIOD * coarseRings / box);
		statistics = new ProjectionStatistics(projectors, IntStream.of(pixels).mapToObj(options.grid()::nested).toList(),
			maker());
	}

	/** Projects views; for one thread. */
	PosteriorView.Maker maker() {
		return new PosteriorView.Maker(box, pixelSizeAngstrom, rings);
	}

	/** @param bytes of a view */
	@SuppressWarnings("unchecked")
	private AtomicReferenceArray<PosteriorView>[] slots(final int order, final double bytes) {
		final AtomicReferenceArray<PosteriorView>[] slots =
			(AtomicReferenceArray<PosteriorView>[]) new AtomicReferenceArray<?>[HealpixGrid.LARGEST_ORDER + 1];
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

	/** Typical properties of the projections of the maps. */
	ProjectionStatistics statistics() {
		return statistics;
	}

	/** Pixels, in the nested scheme, of the coarse grid that hold directions of the fine one. */
	int[] coarsePixels() {
		return coarsePixels;
	}

	/** How many directions of the fine grid differ. */
	int directions() {
		return pixels.length;
	}

	/** A number of in-plane angles that a transform computes, and that are close enough. */
	int angles(final int lastRing, final double degree) {
		int angles = 8;
		while (angles < 2 * harmonics[lastRing] || 360.0 / angles > degree && angles < MOST_ANGLES) angles *= 2;
		return angles;
	}

	/** A view along a direction: of all rings, but of the coarse ones alone in the coarse grid. */
	PosteriorView view(final int map, final int order, final int pixel, final PosteriorView.Maker maker) {
		final AtomicReferenceArray<PosteriorView> kept = views.get(map)[order];
		final PosteriorView known = kept == null ? null : kept.get(pixel);
		if (known != null) return known;
		final PosteriorView view = maker.make(projectors.get(map), new HealpixGrid(order).nested(pixel),
			order == coarseOrder ? coarseRings : rings);
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

	/** The entropy of poses of which nothing is known, in cells of the first grid. */
	double greatestEntropyBits() {
		return Math.log((double) maps() * directions() * angles(rings, 360) * shifts * shifts) / Math.log(2);
	}
}
