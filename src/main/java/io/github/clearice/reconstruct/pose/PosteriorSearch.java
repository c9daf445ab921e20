package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Finds the poses that an image leaves probable, from coarse to fine.
 * <p>
 * All directions of a coarse grid are compared at all in-plane angles and shifts by their low frequencies. Cells of
 * directions and shifts that can hold a pose that matters are split and compared by all frequencies, until they are so
 * small against the width of the likelihood that sums over them are integrals. How small that is follows from the
 * Fisher information of the image, and so does what the middle of a cell may miss. Holds buffers: one instance a
 * thread.
 */
final class PosteriorSearch {

	/** Poses less likely than the best by this logarithm do not matter, however many they are. */
	static final double REACH = 10;

	/** A sum over cells of this width, in standard deviations, equals the integral of a normal distribution. */
	private static final double RESOLVED = 1.7;

	/** Largest ratio of the steps of in-plane angles and of directions, while these are coarse. */
	private static final double ANGLES_TO_DIRECTIONS = 0.8;

	/** Radius of the circle that holds the particle, in boxes. */
	private static final double PARTICLE_RADIUS = 0.45;

	/**
	 * The part of the sample in the middle of the spectrum that sums over rings from 1 on lack; the trapezoidal rule
	 * over the radius has the rest at its end (Euler and Maclaurin).
	 */
	private static final double BEYOND_RINGS = 1 - Math.PI / 6;

	/** Sums of squares that differ by a smaller part are the same at all in-plane angles. */
	private static final double ROUND = 1e-3;

	private static final int MOST_ANGLES = 4096, MOST_SHIFTS = 512;

	/**
	 * Largest number of cells. If more matter, each has little of the probability, and the pose in its middle
	 * represents it.
	 */
	private static final int MOST_CELLS = 1 << 16;

	/** Largest number of poses that are kept; if more matter, some represent all. */
	private static final int MOST_ENTRIES = 1 << 18;

	/** Memory of moved images that are kept while cells are compared. */
	private static final int LARGEST_IMAGE_BYTES = 24 << 20;

	/** Number of poses that represent all: a mean over them has an error of a thousandth of its spread. */
	private static final int MOST = 1000;

	/** Place of the cell of shifts in a key. */
	private static final int CELL_BITS = 20;

	private final PosteriorGrid grid;
	private final ProjectionStatistics statistics;
	private final double reach;
	private final int box;
	private final int columns;
	private final RealFourierTransform2D fourier;
	private final Ctf ctf;
	private final PolarSpectrum polar;
	private final PosteriorView.Maker maker;
	private final int[] ringOf;
	private final float[] spectrum;
	private final float[] transfer;
	private final float[] matched;
	private final float[] gainOf;
	private final float[] cut;
	private final FourierSlice slice;
	private final float[] pixels;
	private final float[] sumRe;
	private final float[] sumIm;
	private final double[] gains;
	private final double[][] gainTurns;
	private final double[][] waves;
	private final double[] ringCounts;
	private NoiseAndContrast model;
	private double typical;
	private double level;
	private final double[] middle;
	private final double[] ratios;

	/**
	 * The sizes of cells.
	 *
	 * @param order of the grid of directions
	 * @param rings that are compared
	 * @param angles in the plane that are computed
	 * @param stride of those that are compared
	 * @param shifts cells along an axis
	 * @param shiftPixels width of these cells
	 */
	private record Level(int order, int rings, int angles, int stride, int shifts, double shiftPixels) {

		double directionDegree() {
			return new HealpixGrid(order).spacingDegree();
		}

		double angleDegree() {
			return 360.0 * stride / angles;
		}

		boolean isLike(final Level other) {
			return order == other.order && shifts == other.shifts;
		}
	}

	/** Poses that were likely enough when they were found, or some that stand for them. */
	private final class Entries {

		private long[] keys = new long[1024];
		private int[] angles = new int[1024];
		private float[] crosses = new float[1024];
		private float[] squares = new float[1024];
		private float[] logs = new float[1024];
		private float[] multiples = new float[1024];
		private int count;
		private boolean thinned;

		void add(final long key, final int angle, final float cross, final double square, final double log,
			final double most)
		{
			if (count == MOST_ENTRIES) thin(most);
			if (count == keys.length) {
				keys = Arrays.copyOf(keys, 2 * count);
				angles = Arrays.copyOf(angles, 2 * count);
				crosses = Arrays.copyOf(crosses, 2 * count);
				squares = Arrays.copyOf(squares, 2 * count);
				logs = Arrays.copyOf(logs, 2 * count);
				multiples = Arrays.copyOf(multiples, 2 * count);
			}
			keys[count] = key;
			angles[count] = angle;
			crosses[count] = cross;
			squares[count] = (float) square;
			multiples[count] = 1;
			logs[count++] = (float) log;
		}

		/** The probability of an entry and those that it stands for, with that of the most likely pose for unit. */
		double weight(final int entry, final double most) {
			return multiples[entry] * Math.exp(logs[entry] - most);
		}

		/** Forgets those that do not matter any more; if many are left, some, drawn evenly, stand for all. */
		private void thin(final double most) {
			final double[] weights = new double[count];
			double sum = 0;
			int alive = 0;
			for (int i = 0; i < count; i++) {
				if (logs[i] < most - reach) continue;
				weights[i] = weight(i, most);
				sum += weights[i];
				alive++;
			}
			if (alive > MOST_ENTRIES / 2) {
				thinned = true;
				for (int i = 0; i < count; i++) weights[i] /= sum;
				final double[] shares = PosePosterior.evenShares(weights, MOST_ENTRIES / 4);
				for (int i = 0; i < count; i++) {
					if (weights[i] > 0) multiples[i] *= (float) (shares[i] / weights[i]);
					weights[i] = shares[i];
				}
			}
			int left = 0;
			for (int i = 0; i < count; i++) {
				if (weights[i] == 0) continue;
				keys[left] = keys[i];
				angles[left] = angles[i];
				crosses[left] = crosses[i];
				squares[left] = squares[i];
				logs[left] = logs[i];
				multiples[left++] = multiples[i];
			}
			count = left;
		}
	}

	/** @param reach as a logarithm, how much less likely than the best a pose may be */
	PosteriorSearch(final PosteriorGrid grid, final double reach) {
		this.grid = grid;
		this.reach = reach;
		box = grid.box();
		columns = box / 2 + 1;
		fourier = new RealFourierTransform2D(box);
		ctf = new Ctf(box, grid.pixelSizeAngstrom());
		polar = new PolarSpectrum(box, grid.rings());
		statistics = grid.statistics();
		maker = grid.maker();
		final HalfPlane plane = new HalfPlane(box);
		ringOf = new int[plane.length()];
		gains = new double[grid.rings() + 1];
		ringCounts = new double[grid.rings() + 1];
		gainTurns = new double[grid.rings() + 1][4];
		waves = new double[ringOf.length][];
		for (int k = 0; k < ringOf.length; k++) {
			final int ring = (int) Math.rint(plane.radius(k));
			if (ring > grid.rings()) continue;
			ringOf[k] = ring;
			ringCounts[ring] += plane.weight(k);
			final int row = k / columns;
			final double angle = Math.atan2(2 * row <= box ? row : row - box, k % columns);
			waves[k] = new double[] { Math.cos(2 * angle), Math.sin(2 * angle), Math.cos(4 * angle), Math.sin(4 * angle) };
		}
		spectrum = new float[fourier.spectrumLength()];
		matched = new float[fourier.spectrumLength()];
		cut = new float[fourier.spectrumLength()];
		gainOf = new float[ringOf.length];
		slice = new FourierSlice(box, grid.pixelSizeAngstrom());
		transfer = new float[ringOf.length];
		pixels = new float[box * box];
		sumRe = new float[polar.harmonics()];
		sumIm = new float[polar.harmonics()];
		middle = new double[grid.maps()];
		ratios = new double[grid.maps()];
	}

	/** The transform of the image that was searched last. */
	float[] spectrum() {
		return spectrum;
	}

	/** The transfer function of the image that was searched last, on the half plane. */
	float[] transfer() {
		return transfer;
	}

	/** The ring that a sample of the half plane is compared in; 0 for those that are not. */
	int ring(final int sample) {
		return ringOf[sample];
	}

	/**
	 * Weighs all poses for an image.
	 *
	 * @param image without distortions
	 * @param optics of the image; null for a plain projection
	 */
	PosePosterior find(final float[] image, final CtfParameters optics, final NoiseAndContrast noiseAndContrast) {
		model = noiseAndContrast;
		match(image, optics);
		Level level = new Level(grid.coarseOrder(), grid.coarseRings(), angles(grid.coarseRings(), 360), 1, grid.shifts(),
			grid.shiftWidth(grid.shifts()));
		long[] keys = all();
		float[] logs = new float[keys.length];
		double most = compare(keys, level, logs, null);
		final double contrast = typical;
		final int rings = statistics.informativeRings(gains, grid.coarseRings());
		final double[] information = scaled(statistics.information(gains, rings), contrast * contrast);
		Level next = finer(level, rings, information);
		while (true) {
			keys = parts(keys, logs, least(most, level, contrast), level, next);
			logs = new float[keys.length];
			level = next;
			next = finer(level, rings, information);
			if (next.isLike(level)) break;
			most = compare(keys, level, logs, null);
			if (count(logs, least(most, level, contrast)) * partsOf(level, next) > MOST_CELLS) break;
		}
		final Entries entries = new Entries();
		most = compare(keys, level, logs, entries);
		return posterior(entries, level, most);
	}

	/** What the middle of a cell must have, as a logarithm, if a pose in it can matter. */
	private double least(final double most, final Level level, final double contrast) {
		return most - reach - loss(scaled(statistics.information(gains, level.rings()), contrast * contrast), level);
	}

	private static long count(final float[] logs, final double least) {
		return IntStream.range(0, logs.length).filter(i -> logs[i] >= least).count();
	}

	private static double[] scaled(final double[] values, final double factor) {
		return Arrays.stream(values).map(value -> value * factor).toArray();
	}

	/** Filters the image by what makes sums of products with projections those of the likelihood. */
	private void match(final float[] image, final CtfParameters optics) {
		fourier.forward(image, spectrum);
		if (optics == null) Arrays.fill(transfer, 1);
		else ctf.sample(optics, transfer);
		Arrays.fill(gains, 0);
		for (final double[] turns : gainTurns) Arrays.fill(turns, 0);
		final double[] sums = new double[grid.maps()];
		for (int k = 0; k < ringOf.length; k++) {
			final int ring = ringOf[k];
			if (ring == 0) {
				matched[2 * k] = matched[2 * k + 1] = gainOf[k] = 0;
				continue;
			}
			final double square = (double) transfer[k] * transfer[k], noise = model.noise(ring, square);
			final float factor = (float) (transfer[k] / noise);
			matched[2 * k] = factor * spectrum[2 * k];
			matched[2 * k + 1] = factor * spectrum[2 * k + 1];
			final double gain = (k % columns == 0 ? 1 : 2) * square / noise;
			gainOf[k] = (float) gain;
			gains[ring] += gain / ringCounts[ring];
			for (int i = 0; i < 4; i++) gainTurns[ring][i] += gain / ringCounts[ring] * waves[k][i];
			for (int map = 0; map < sums.length; map++) sums[map] += gain * statistics.samplePowers(map)[k] / box / box;
		}
		for (int map = 0; map < sums.length; map++) {
			middle[map] = BEYOND_RINGS * gains[1] * statistics.mass(map) * statistics.mass(map) / box / box;
			double onRings = -middle[map];
			for (int r = 1; r < gains.length; r++) onRings += gains[r] * statistics.ringPowers(map)[r];
			ratios[map] = onRings > 0 ? sums[map] / onRings : 1;
		}
		fourier.inverse(matched, pixels);
		level = meanOutside();
		for (int p = 0; p < pixels.length; p++) pixels[p] -= (float) level;
		polar.load(pixels);
	}

	/**
	 * The mean of the filtered image outside the particle. Without it the picture ends within its box, so that its
	 * spectrum is smooth between samples; its effect on products is known ({@link #BEYOND_RINGS}).
	 */
	private double meanOutside() {
		double sum = 0;
		int count = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			if (Math.hypot(x - box / 2, y - box / 2) < PARTICLE_RADIUS * box) continue;
			sum += pixels[y * box + x];
			count++;
		}
		return sum / count;
	}

	/** A number of in-plane angles that a transform computes, and that are close enough. */
	private int angles(final int rings, final double degree) {
		int angles = 8;
		while (angles < 2 * polar.harmonics(rings) || 360.0 / angles > degree && angles < MOST_ANGLES) angles *= 2;
		return angles;
	}

	/** The next level: cells that are not resolved are split, and all rings are compared. */
	private Level finer(final Level level, final int rings, final double[] information) {
		final int first = grid.options().grid().order();
		final int order = level.order() < first ? first : level.order() + (new HealpixGrid(level.order())
			.spacingDegree() > degrees(information[0]) && level.order() < HealpixGrid.LARGEST_ORDER ? 1 : 0);
		final int shifts = level.shifts() * (level.shiftPixels() > width(information[2]) && level.shifts() < MOST_SHIFTS ? 2
			: 1);
		final double spacing = new HealpixGrid(order).spacingDegree();
		final double angle = Math.max(degrees(information[1]), spacing > degrees(information[0])
			? ANGLES_TO_DIRECTIONS * spacing : 0);
		final int angles = angles(rings, angle);
		int stride = 1;
		while (720.0 * stride / angles <= angle && 16 * stride <= angles) stride *= 2;
		return new Level(order, rings, angles, stride, shifts, grid.shiftWidth(shifts));
	}

	/** The width that resolves a likelihood of such a curvature. */
	private static double width(final double information) {
		return RESOLVED / Math.sqrt(information);
	}

	private static double degrees(final double information) {
		return Math.toDegrees(width(information));
	}

	/** What the likelihood of a pose in a cell is above that of its middle, as a logarithm, on average over the cell. */
	private static double loss(final double[] information, final Level level) {
		final double direction = Math.toRadians(level.directionDegree()), angle = Math.toRadians(level.angleDegree());
		final double shift = level.shiftPixels();
		return (2 * information[0] * direction * direction + information[1] * angle * angle + 2 * information[2] * shift *
			shift) / 24;
	}

	/** All cells of the coarse grid. */
	private long[] all() {
		final int[] coarse = grid.coarsePixels();
		final int cells = grid.shifts() * grid.shifts(), size = coarse.length * cells;
		final int pixelsOfSphere = new HealpixGrid(grid.coarseOrder()).size();
		return LongStream.range(0, (long) grid.maps() * size).map(i -> i / size * pixelsOfSphere + coarse[(int) (i % size /
			cells)] << CELL_BITS | i % cells).toArray();
	}

	/** The number of parts of a cell. */
	private static long partsOf(final Level from, final Level to) {
		final long split = to.shifts() / from.shifts();
		return split * split << 2 * (to.order() - from.order());
	}

	/** The parts of cells that are likely enough, those of a direction together. */
	private long[] parts(final long[] keys, final float[] logs, final double least, final Level from, final Level to) {
		final int split = to.shifts() / from.shifts(), children = 1 << 2 * (to.order() - from.order());
		return IntStream.range(0, keys.length).filter(i -> logs[i] >= least).mapToLong(i -> keys[i]).flatMap(
			key -> LongStream.range(0, (long) children * split * split).map(part -> {
				final int cell = (int) key & (1 << CELL_BITS) - 1;
				final int x = split * (cell % from.shifts()) + (int) part % split, y = split * (cell / from.shifts()) +
					(int) part / split % split;
				return (key >> CELL_BITS) * children + part / (split * split) << CELL_BITS | y * to.shifts() + x;
			})).filter(key -> Double.isFinite(logPrior(key, to))).sorted().toArray();
	}

	private int map(final long key, final Level level) {
		return (int) ((key >> CELL_BITS) / new HealpixGrid(level.order()).size());
	}

	private int pixel(final long key, final Level level) {
		return (int) ((key >> CELL_BITS) % new HealpixGrid(level.order()).size());
	}

	private double logPrior(final long key, final Level level) {
		final int cell = (int) key & (1 << CELL_BITS) - 1;
		return grid.logWeight(map(key, level)) + grid.logPrior(level.order(), pixel(key, level)) + grid.logPrior(grid.shift(
			cell % level.shifts(), level.shifts()), grid.shift(cell / level.shifts(), level.shifts()));
	}

	/**
	 * Compares the views and shifts of cells at all in-plane angles.
	 *
	 * @param logs receives the logarithm of the likelihood of the best angle of each cell
	 * @param entries receives poses that are likely enough; null where they are not needed
	 * @return the largest logarithm
	 */
	private double compare(final long[] keys, final Level level, final float[] logs, final Entries entries) {
		final Map<Integer, float[][]> images = new HashMap<>();
		final int kept = LARGEST_IMAGE_BYTES / (8 * polar.offset(level.rings() + 1)) + 1;
		double most = Double.NEGATIVE_INFINITY;
		PosteriorView view = null;
		double square = 0;
		float rest = 0;
		final double[] squares = new double[level.angles() + 1];
		for (int i = 0; i < keys.length; i++) {
			if (i == 0 || keys[i] >> CELL_BITS != keys[i - 1] >> CELL_BITS) {
				view = grid.view(map(keys[i], level), level.order(), pixel(keys[i], level), maker);
				final int map = map(keys[i], level);
				double sum = -middle[map];
				for (int r = 1; r <= level.rings(); r++) sum += gains[r] * view.power()[r];
				square = Math.max(0, sum * ratios[map]);
				turnSquares(view, level, square, squares);
				// The image without its mean has minus its level as the sum of its pixels, each.
				rest = (float) (BEYOND_RINGS * this.level * statistics.mass(map));
			}
			if (images.size() >= kept) images.clear();
			final float[][] image = images.computeIfAbsent((int) keys[i] & (1 << CELL_BITS) - 1, cell -> image(cell, level));
			final float[] products = products(image, view, level);
			final double prior = logPrior(keys[i], level);
			double best = Double.NEGATIVE_INFINITY;
			double needed = Double.NEGATIVE_INFINITY;
			for (int j = 0; j < products.length; j += level.stride()) {
				products[j] += rest;
				if (products[j] < needed) continue;
				final double log = model.log(products[j], squares[j]);
				if (log <= best) continue;
				best = log;
				// Where the square is the least that there is, a smaller product is as likely.
				needed = model.crossOf(best, squares[squares.length - 1]);
				if (best + prior > most) {
					most = best + prior;
					typical = model.mean(products[j], squares[j]);
				}
			}
			logs[i] = (float) (best + prior);
			if (entries == null || logs[i] < most - reach) continue;
			needed = model.crossOf(most - reach - prior, squares[squares.length - 1]);
			for (int j = 0; j < products.length; j += level.stride()) if (products[j] >= needed) entries.add(keys[i], j,
				products[j], squares[j], model.log(products[j], squares[j]) + prior, most);
		}
		return most;
	}

	/**
	 * The sums of squares of a view at all in-plane angles, which differ where the transfer function is not round.
	 *
	 * @param squares receives them, and then the least
	 */
	private void turnSquares(final PosteriorView view, final Level level, final double mean, final double[] squares)
	{
		final double[] turns = new double[4];
		for (int r = 1; r <= level.rings(); r++) for (int i = 0; i < 4; i += 2) {
			final double a = gainTurns[r][i], b = gainTurns[r][i + 1], c = view.turns()[r][i], d = view.turns()[r][i + 1];
			turns[i] += a * c - b * d;
			turns[i + 1] += a * d + b * c;
		}
		double least = mean;
		final boolean round = 2 * (Math.hypot(turns[0], turns[1]) + Math.hypot(turns[2], turns[3])) < ROUND * mean;
		for (int j = 0; j < level.angles(); j += level.stride()) {
			squares[j] = mean;
			if (round) continue;
			final double angle = 2 * Math.PI * j / level.angles();
			squares[j] += 2 * (turns[0] * Math.cos(2 * angle) - turns[1] * Math.sin(2 * angle) + turns[2] * Math.cos(4 *
				angle) - turns[3] * Math.sin(4 * angle));
			squares[j] = Math.max(0, squares[j]);
			least = Math.min(least, squares[j]);
		}
		squares[squares.length - 1] = least;
	}

	private float[][] image(final int cell, final Level level) {
		final float[][] image = new float[2][polar.offset(level.rings() + 1)];
		polar.read(grid.shift(cell % level.shifts(), level.shifts()), grid.shift(cell / level.shifts(), level.shifts()),
			level.rings(), image[0], image[1]);
		return image;
	}

	/** Sums of products of an image and a view at all in-plane angles, overwritten by the next call. */
	private float[] products(final float[][] image, final PosteriorView view, final Level level) {
		final int harmonics = polar.harmonics(level.rings());
		Arrays.fill(sumRe, 0, harmonics, 0);
		Arrays.fill(sumIm, 0, harmonics, 0);
		for (int r = 1; r <= level.rings(); r++) {
			final int first = polar.offset(r);
			addRing(first, polar.offset(r + 1) - first, image[0], image[1], view.re(), view.im());
		}
		return polar.synthesise(sumRe, sumIm, harmonics, level.angles());
	}

	private void addRing(final int first, final int count, final float[] re, final float[] im, final float[] viewRe,
		final float[] viewIm)
	{
		for (int m = 0; m < count; m++) {
			final float a = re[first + m], b = im[first + m], c = viewRe[first + m], d = viewIm[first + m];
			sumRe[m] += a * c + b * d;
			sumIm[m] += b * c - a * d;
		}
	}

	private PosePosterior posterior(final Entries entries, final Level level, final double mostOnRings) {
		final int[] kept = IntStream.range(0, entries.count).filter(i -> entries.logs[i] >= mostOnRings - reach).toArray();
		if (kept.length <= MOST && !entries.thinned) compareExactly(entries, byOrientation(entries, kept), level);
		double most = Double.NEGATIVE_INFINITY;
		for (final int i : kept) most = Math.max(most, entries.logs[i]);
		final double[] weights = new double[kept.length], classes = new double[grid.maps()];
		double sum = 0, cross = 0, square = 0, slope = 0, slopes = 0, logs = 0;
		for (int i = 0; i < kept.length; i++) {
			weights[i] = entries.weight(kept[i], most);
			sum += weights[i];
			cross += weights[i] * entries.crosses[kept[i]];
			square += weights[i] * entries.squares[kept[i]];
			final double own = entries.crosses[kept[i]] - model.contrast() * entries.squares[kept[i]];
			slope += weights[i] * own;
			slopes += weights[i] * own * own;
			logs += weights[i] * (entries.logs[kept[i]] - most);
			classes[map(entries.keys[kept[i]], level)] += weights[i];
		}
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		for (int map = 0; map < classes.length; map++) classes[map] /= sum;
		return new PosePosterior(poses(entries, kept, weights, level), cross / sum, square / sum, slopes / sum -
			slope * slope / sum / sum, classes, Math.max(0, Math.log(sum) - logs / sum + logVolume(level)) / Math.log(2));
	}

	/** Entries in an order in which those of one orientation are together. */
	private static int[] byOrientation(final Entries entries, final int[] kept) {
		return IntStream.of(kept).boxed().sorted((a, b) -> {
			final int keys = Long.compare(entries.keys[a] >> CELL_BITS, entries.keys[b] >> CELL_BITS);
			return keys != 0 ? keys : Integer.compare(entries.angles[a], entries.angles[b]);
		}).mapToInt(Integer::intValue).toArray();
	}

	/**
	 * Compares poses sample by sample of the spectrum, where a CTF that is not round counts in full. Of very many poses,
	 * which differ little in likelihood, none matters so much.
	 */
	private void compareExactly(final Entries entries, final int[] kept, final Level level) {
		double square = 0;
		for (int n = 0; n < kept.length; n++) {
			final int i = kept[n], cell = (int) entries.keys[i] & (1 << CELL_BITS) - 1;
			final boolean same = n > 0 && entries.keys[i] >> CELL_BITS == entries.keys[kept[n - 1]] >> CELL_BITS &&
				entries.angles[i] == entries.angles[kept[n - 1]];
			if (!same) {
				slice.cut(grid.projector(map(entries.keys[i], level)), Pose.centred(orientation(entries, i, level)), cut);
				square = 0;
				for (int k = 0; k < gainOf.length; k++) square += gainOf[k] * (cut[2 * k] * cut[2 * k] + cut[2 * k +
					1] * cut[2 *
					k + 1]);
				square /= (double) box * box;
			}
			final double cross = product(grid.shift(cell % level.shifts(), level.shifts()), grid.shift(cell / level.shifts(),
				level.shifts()));
			entries.crosses[i] = (float) cross;
			entries.squares[i] = (float) square;
			entries.logs[i] = (float) (model.log(cross, square) + logPrior(entries.keys[i], level));
		}
	}

	/** The sum of products of the pixels of the filtered image and of the slice that was cut, moved. */
	private double product(final double shiftX, final double shiftY) {
		final float[] cos = new float[columns], sin = new float[columns];
		for (int k = 0; k < columns; k++) {
			cos[k] = (float) ((k == 0 ? 1 : 2) * Math.cos(2 * Math.PI * k * shiftX / box));
			sin[k] = (float) ((k == 0 ? 1 : 2) * Math.sin(2 * Math.PI * k * shiftX / box));
		}
		double sum = 0;
		for (int row = 0; row < box; row++) {
			float re = 0, im = 0;
			for (int k = 0, i = 2 * row * columns; k < columns; k++, i += 2) {
				final float a = cut[i] * matched[i] + cut[i + 1] * matched[i + 1], b = cut[i] * matched[i + 1] - cut[i + 1] *
					matched[i];
				re += a * cos[k] - b * sin[k];
				im += a * sin[k] + b * cos[k];
			}
			final double angle = 2 * Math.PI * (2 * row <= box ? row : row - box) * shiftY / box;
			sum += re * Math.cos(angle) - im * Math.sin(angle);
		}
		return sum / box / box;
	}

	private Orientation orientation(final Entries entries, final int entry, final Level level) {
		final Orientation direction = new HealpixGrid(level.order()).nested(pixel(entries.keys[entry], level));
		return new Orientation(direction.rotDegree(), direction.tiltDegree(), 360.0 * entries.angles[entry] / level
			.angles());
	}

	/** Poses that stand for all, those of one orientation together. */
	private PosePosterior.Weighted[] poses(final Entries entries, final int[] kept, final double[] weights,
		final Level level)
	{
		final double[] shares = weights.length > MOST ? PosePosterior.evenShares(weights, MOST) : weights;
		final double[] ofEntries = new double[entries.count];
		for (int i = 0; i < kept.length; i++) ofEntries[kept[i]] = shares[i];
		final int[] some = IntStream.of(kept).filter(i -> ofEntries[i] > 0).toArray();
		return IntStream.of(byOrientation(entries, some)).mapToObj(i -> {
			final long key = entries.keys[i];
			final int cell = (int) key & (1 << CELL_BITS) - 1;
			final float cross = entries.crosses[i], square = entries.squares[i];
			return new PosePosterior.Weighted(map(key, level), orientation(entries, i, level), grid.shift(cell % level
				.shifts(), level.shifts()), grid.shift(cell / level.shifts(), level.shifts()), ofEntries[i], model.mean(cross,
					square), model.variance(square));
		}).toArray(PosePosterior.Weighted[]::new);
	}

	/** The logarithm of the volume of a cell, in cells of the first grid. */
	private double logVolume(final Level level) {
		return Math.log(level.angleDegree() * angles(grid.rings(), 360) / 360 * Math.pow(0.25, level.order() - grid
			.options().grid().order()) * Math.pow((double) grid.shifts() / level.shifts(), 2));
	}

	/** The entropy of poses of which nothing is known, in cells of the first grid. */
	double greatestEntropyBits() {
		return Math.log((double) grid.maps() * grid.directions() * angles(grid.rings(), 360) * grid.shifts() * grid
			.shifts()) / Math.log(2);
	}
}
