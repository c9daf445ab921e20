package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Pose;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

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

	/**
	 * Largest number of cells. If more matter, each has little of the probability, and the pose in its middle
	 * represents it.
	 */
	private static final int MOST_CELLS = 1 << 16;

	/** Memory of moved images that are kept while cells are compared. */
	private static final int LARGEST_IMAGE_BYTES = 24 << 20;

	/** Number of poses that represent all: a mean over them has an error of a thousandth of its spread. */
	private static final int MOST_POSES = 1000;

	private final PosteriorGrid grid;
	private final double reach;
	private final MatchedImage image;
	private final PosteriorView.Maker maker;
	private final FourierSlice slice;
	private final float[] cut;
	private NoiseAndContrast model;
	private double typicalContrast;

	/** @param reach as a logarithm, how much less likely than the best a pose may be */
	PosteriorSearch(final PosteriorGrid grid, final double reach) {
		this.grid = grid;
		this.reach = reach;
		image = new MatchedImage(grid);
		maker = grid.maker();
		slice = new FourierSlice(grid.box(), grid.pixelSizeAngstrom());
		cut = new float[image.spectrum().length];
	}

	/** The image that was searched last. */
	MatchedImage image() {
		return image;
	}

	/**
	 * Weighs all poses for an image.
	 *
	 * @param pixels without distortions
	 * @param optics of the image; null for a plain projection
	 */
	PosePosterior find(final float[] pixels, final CtfParameters optics, final NoiseAndContrast noiseAndContrast) {
		model = noiseAndContrast;
		image.load(pixels, optics, model);
		PosteriorLevel level = PosteriorLevel.coarsest(grid);
		long[] keys = level.all();
		float[] logs = new float[keys.length];
		double most = compare(keys, level, logs, null);
		final double contrast = typicalContrast;
		final int rings = image.informativeRings(grid.coarseRings());
		final double[] information = image.information(rings, contrast);
		PosteriorLevel next = level.finer(rings, information);
		while (true) {
			keys = level.parts(next, keys, logs, least(most, level, contrast));
			logs = new float[keys.length];
			level = next;
			next = level.finer(rings, information);
			if (next.hasCellsOf(level)) break;
			most = compare(keys, level, logs, null);
			if (count(logs, least(most, level, contrast)) * level.parts(next) > MOST_CELLS) break;
		}
		final PosteriorEntries entries = new PosteriorEntries(reach);
		most = compare(keys, level, logs, entries);
		return posterior(entries, level, most);
	}

	/** What the middle of a cell must have, as a logarithm, if a pose in it can matter. */
	private double least(final double most, final PosteriorLevel level, final double contrast) {
		return most - reach - level.loss(image.information(level.rings(), contrast));
	}

	private static long count(final float[] logs, final double least) {
		return IntStream.range(0, logs.length).filter(i -> logs[i] >= least).count();
	}

	/**
	 * Compares the views and shifts of cells at all in-plane angles.
	 *
	 * @param logs receives the logarithm of the likelihood of the best angle of each cell
	 * @param entries receives poses that are likely enough; null where they are not needed
	 * @return the largest logarithm
	 */
	private double compare(final long[] keys, final PosteriorLevel level, final float[] logs,
		final PosteriorEntries entries)
	{
		final Map<Integer, float[][]> moved = new HashMap<>();
		final int kept = LARGEST_IMAGE_BYTES / (8 * image.length(level.rings())) + 1;
		double most = Double.NEGATIVE_INFINITY;
		PosteriorView view = null;
		float rest = 0;
		final double[] squares = new double[level.angles() + 1];
		for (int i = 0; i < keys.length; i++) {
			final long key = keys[i];
			if (i == 0 || PosteriorLevel.view(key) != PosteriorLevel.view(keys[i - 1])) {
				final int map = level.map(key);
				view = grid.view(map, level.order(), level.pixel(key), maker);
				image.squares(view, map, level, squares);
				rest = image.rest(map);
			}
			if (moved.size() >= kept) moved.clear();
			final float[][] rings = moved.computeIfAbsent(PosteriorLevel.shiftCell(key), cell -> image.rings(level.shiftX(
				key), level.shiftY(key), level.rings()));
			final float[] products = image.products(rings, view, level);
			final double prior = level.logPrior(key);
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
					typicalContrast = model.mean(products[j], squares[j]);
				}
			}
			logs[i] = (float) (best + prior);
			if (entries == null || logs[i] < most - reach) continue;
			needed = model.crossOf(most - reach - prior, squares[squares.length - 1]);
			for (int j = 0; j < products.length; j += level.stride()) if (products[j] >= needed) entries.add(key, j,
				products[j], squares[j], model.log(products[j], squares[j]) + prior, most);
		}
		return most;
	}

	private PosePosterior posterior(final PosteriorEntries entries, final PosteriorLevel level,
		final double mostOnRings)
	{
		final int[] kept = IntStream.range(0, entries.size()).filter(i -> entries.log(i) >= mostOnRings - reach).toArray();
		if (kept.length <= MOST_POSES && !entries.isThinned()) compareExactly(entries, entries.byOrientation(kept), level);
		double most = Double.NEGATIVE_INFINITY;
		for (final int i : kept) most = Math.max(most, entries.log(i));
		final double[] weights = new double[kept.length], classes = new double[grid.maps()];
		double sum = 0, cross = 0, square = 0, slope = 0, slopes = 0, logs = 0;
		for (int i = 0; i < kept.length; i++) {
			final int entry = kept[i];
			weights[i] = entries.weight(entry, most);
			sum += weights[i];
			cross += weights[i] * entries.cross(entry);
			square += weights[i] * entries.square(entry);
			final double own = entries.cross(entry) - model.contrast() * entries.square(entry);
			slope += weights[i] * own;
			slopes += weights[i] * own * own;
			logs += weights[i] * (entries.log(entry) - most);
			classes[level.map(entries.key(entry))] += weights[i];
		}
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		for (int map = 0; map < classes.length; map++) classes[map] /= sum;
		return new PosePosterior(poses(entries, kept, weights, level), cross / sum, square / sum, slopes / sum -
			slope * slope / sum / sum, classes, Math.max(0, Math.log(sum) - logs / sum + level.logVolume()) / Math.log(2));
	}

	/**
	 * Compares poses sample by sample of the spectrum, where a CTF that is not round counts in full. Of very many poses,
	 * which differ little in likelihood, none matters so much.
	 */
	private void compareExactly(final PosteriorEntries entries, final int[] kept, final PosteriorLevel level) {
		double square = 0;
		for (int n = 0; n < kept.length; n++) {
			final int entry = kept[n];
			final long key = entries.key(entry);
			if (n == 0 || !entries.areOfOneOrientation(entry, kept[n - 1])) {
				slice.cut(grid.projector(level.map(key)), Pose.centred(level.orientation(key, entries.angle(entry))), cut);
				square = image.square(cut);
			}
			final double cross = image.product(cut, level.shiftX(key), level.shiftY(key));
			entries.set(entry, cross, square, model.log(cross, square) + level.logPrior(key));
		}
	}

	/** Poses that stand for all, those of one orientation together. */
	private PosePosterior.Weighted[] poses(final PosteriorEntries entries, final int[] kept, final double[] weights,
		final PosteriorLevel level)
	{
		final double[] shares = weights.length > MOST_POSES ? PosePosterior.evenShares(weights, MOST_POSES) : weights;
		final double[] ofEntries = new double[entries.size()];
		for (int i = 0; i < kept.length; i++) ofEntries[kept[i]] = shares[i];
		final int[] some = IntStream.of(kept).filter(i -> ofEntries[i] > 0).toArray();
		return IntStream.of(entries.byOrientation(some)).mapToObj(i -> {
			final long key = entries.key(i);
			return new PosePosterior.Weighted(level.map(key), level.orientation(key, entries.angle(i)), level.shiftX(key),
				level.shiftY(key), ofEntries[i], model.mean(entries.cross(i), entries.square(i)), model.variance(entries.square(
					i)));
		}).toArray(PosePosterior.Weighted[]::new);
	}
}
