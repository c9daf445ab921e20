package io.github.clearice.reconstruct;

import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * A mask from a map, as RELION's {@code relion_mask_create} makes it: filter, threshold, extend, soft edge.
 * <p>
 * A voxel is inside where the filtered density is above the threshold; then where one of these is nearer than the
 * extension; around them the mask is {@code (1 + cos(pi d / edge)) / 2} at a distance d below the width of the edge.
 *
 * @param mask 0 to 1, of the map's box and pixel size
 * @param threshold that was used
 * @param inside number of voxels that are 1
 */
public record SoftMask(Volume mask, double threshold, int inside) {

	/**
	 * How a soft mask is made from a map.
	 *
	 * @param threshold density above which voxels are inside; NaN chooses one ({@link SoftMask#threshold(Volume)})
	 * @param lowPassAngstrom resolution to which the map is filtered before; 0 does not
	 * @param extendVoxels by which the inside grows, or shrinks if negative
	 * @param edgeVoxels width of the edge, over which the mask falls from 1 to 0 as a raised cosine
	 */
	public record Options(double threshold, double lowPassAngstrom, double extendVoxels, double edgeVoxels) {

		/** Widths of masks that are made without being described. */
		public static final double DEFAULT_EXTEND_VOXELS = 3, DEFAULT_EDGE_VOXELS = 6;
		/** The resolution at which molecules have their outlines, and noise and side chains none. */
		public static final double DEFAULT_LOW_PASS_ANGSTROM = 15;

		/** The options of {@code mask=auto}. */
		public static final Options AUTO = new Options(Double.NaN, DEFAULT_LOW_PASS_ANGSTROM, DEFAULT_EXTEND_VOXELS,
			DEFAULT_EDGE_VOXELS);

		/** @throws ParameterException if a value is none */
		public Options {
			if (Double.isInfinite(threshold)) throw new ParameterException("The threshold must be a number, not " +
				threshold + ".");
			if (!(lowPassAngstrom >= 0) || Double.isInfinite(lowPassAngstrom)) throw new ParameterException(
				"The resolution must be positive, not " + lowPassAngstrom + " Å (lowpass=).");
			if (!(Math.abs(extendVoxels) <= 1000)) throw new ParameterException("A mask cannot be extended by " +
				extendVoxels + " voxels (extend=).");
			if (!(edgeVoxels >= 0 && edgeVoxels <= 1000)) throw new ParameterException("The edge of a mask cannot be " +
				edgeVoxels + " voxels wide (edge=).");
		}
	}

	private static final double ROUNDING = 1e-3;
	/** A chosen threshold lies this far above the surroundings, which noise rarely reaches. */
	private static final double NOISE_DEVIATIONS = 5;
	/** A chosen threshold as a part of the highest densities: the outline of maps without noise lies below it. */
	private static final double PART_OF_HIGHEST = 0.15;
	private static final double HIGHEST_QUANTILE = 0.999;
	/** Islands smaller than this part of the largest are noise, where the threshold is chosen. */
	private static final double ISLAND = 0.05;

	/**
	 * Makes a mask.
	 *
	 * @throws ParameterException if nothing is inside, or everything
	 */
	public static SoftMask of(final Volume map, final Options options) {
		final Volume filtered = options.lowPassAngstrom() > 2 * map.pixelSizeAngstrom() ? ShellFilter.lowPass(map, options
			.lowPassAngstrom()) : map;
		final boolean chosen = Double.isNaN(options.threshold());
		final double threshold = chosen ? threshold(filtered) : options.threshold();
		final float[] densities = filtered.voxels();
		final boolean[] inside = new boolean[densities.length];
		for (int i = 0; i < inside.length; i++) inside[i] = densities[i] > threshold;
		if (chosen) removeIslands(inside, map.box());
		requireSome(inside, map, threshold);
		extend(inside, map.box(), options.extendVoxels());
		requireSome(inside, map, threshold);
		final Volume mask = Volume.zeros(map.box(), map.pixelSizeAngstrom());
		return new SoftMask(mask, threshold, soften(inside, options.edgeVoxels(), mask));
	}

	/**
	 * The mask of two half-maps: that of their mean, with {@link Options#AUTO}.
	 *
	 * @throws ParameterException if nothing stands out, or their boxes or pixel sizes differ
	 */
	public static SoftMask ofHalves(final Volume first, final Volume second) {
		first.requireAlike("the first map", second, "The second map");
		final float[] one = first.voxels(), other = second.voxels(), mean = new float[one.length];
		for (int i = 0; i < mean.length; i++) mean[i] = (one[i] + other[i]) / 2;
		return of(Volume.of(first.box(), first.pixelSizeAngstrom(), mean), Options.AUTO);
	}

	/**
	 * A mask that was made elsewhere.
	 *
	 * @param name of the mask, for messages
	 * @throws ParameterException if a voxel is outside 0 to 1, or all are 0
	 */
	public static Volume checked(final String name, final Volume mask) {
		float largest = 0;
		for (final float value : mask.voxels()) {
			if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) throw new ParameterException("The mask " + name +
				" has a voxel of " + value + ". A mask goes from 0 (outside) to 1 (inside): scale it.");
			largest = Math.max(largest, value);
		}
		if (!(largest > ROUNDING)) throw new ParameterException("The mask " + name +
			" is zero everywhere: nothing is left to compare. Choose another mask.");
		return mask;
	}

	/**
	 * A sphere with a soft edge.
	 *
	 * @param volume that it is for
	 * @param diameterAngstrom where the edge begins
	 * @param edgeAngstrom width of the edge
	 * @throws ParameterException if it is smaller than a voxel
	 */
	public static Volume sphere(final Volume volume, final double diameterAngstrom, final double edgeAngstrom) {
		final double pixel = volume.pixelSizeAngstrom();
		final double radius = diameterAngstrom / 2 / pixel, edge = edgeAngstrom / pixel;
		if (!(radius >= 1)) throw new ParameterException("A mask of " + diameterAngstrom +
			" Å is smaller than a voxel either way. Give a larger diameter (diameter=), such as that of the particle.");
		return new SoftSphere(radius, edge).mask(volume.box(), pixel);
	}

	/** In words: how many voxels are inside, and above which density. */
	public String describe() {
		return String.format(Locale.ROOT, "%d of %d voxels inside (%.1f %%), threshold %.4g", inside, mask.image().size(),
			100.0 * inside / mask.image().size(), threshold);
	}

	/**
	 * A threshold that separates the molecule from the noise: 5 standard deviations above the mean outside the sphere
	 * that touches the faces of the box, but at least 0.15 of the 99.9 % quantile of all densities.
	 */
	static double threshold(final Volume map) {
		final int box = map.box();
		final float[] densities = map.voxels();
		double sum = 0, squares = 0;
		int count = 0;
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			final int dx = x - box / 2, dy = y - box / 2, dz = z - box / 2;
			if (4L * (dx * dx + dy * dy + dz * dz) <= (long) box * box) continue;
			sum += densities[i];
			squares += (double) densities[i] * densities[i];
			count++;
		}
		final double mean = sum / Math.max(1, count);
		final double deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
		final float[] sorted = densities.clone();
		Arrays.parallelSort(sorted);
		final double highest = sorted[(int) (HIGHEST_QUANTILE * (sorted.length - 1))];
		return Math.max(mean + NOISE_DEVIATIONS * deviation, mean + PART_OF_HIGHEST * (highest - mean));
	}

	private static void requireSome(final boolean[] inside, final Volume map, final double threshold) {
		boolean some = false, all = true;
		for (final boolean voxel : inside) {
			some |= voxel;
			all &= voxel;
		}
		if (some && !all) return;
		float lowest = Float.POSITIVE_INFINITY, highest = Float.NEGATIVE_INFINITY;
		for (final float value : map.voxels()) {
			lowest = Math.min(lowest, value);
			highest = Math.max(highest, value);
		}
		throw new ParameterException("With a threshold of " + threshold + (some ? " every" : " no") +
			" voxel is in the mask. Densities go from " + lowest + " to " + highest +
			". Make a mask with another threshold or extension (clearice mask threshold= extend=).");
	}

	private static void extend(final boolean[] inside, final int box, final double voxels) {
		if (voxels == 0) return;
		final boolean shrinks = voxels < 0;
		if (shrinks) for (int i = 0; i < inside.length; i++) inside[i] = !inside[i];
		final float[] squares = SquaredDistances.to(inside, box);
		for (int i = 0; i < inside.length; i++) inside[i] = squares[i] < voxels * voxels != shrinks;
	}

	/** @return number of voxels that are 1 */
	private static int soften(final boolean[] inside, final double edge, final Volume mask) {
		final float[] squares = SquaredDistances.to(inside, mask.box()), weights = mask.voxels();
		int count = 0;
		for (int i = 0; i < inside.length; i++) {
			final double distance = Math.sqrt(squares[i]);
			if (inside[i]) count++;
			weights[i] = inside[i] ? 1 : distance < edge ? (float) (0.5 + 0.5 * Math.cos(Math.PI * distance / edge)) : 0;
		}
		return count;
	}

	/** Removes connected parts much smaller than the largest. */
	private static void removeIslands(final boolean[] inside, final int box) {
		final int[] part = new int[inside.length];
		final int[] sizes = new int[inside.length + 1];
		int parts = 0, largest = 0;
		for (int i = 0; i < inside.length; i++) if (inside[i] && part[i] == 0) {
			sizes[++parts] = flood(inside, box, i, part, parts);
			largest = Math.max(largest, sizes[parts]);
		}
		for (int i = 0; i < inside.length; i++) inside[i] = inside[i] && sizes[part[i]] >= ISLAND * largest;
	}

	private static int flood(final boolean[] inside, final int box, final int seed, final int[] part, final int number) {
		final Deque<Integer> open = new ArrayDeque<>();
		open.add(seed);
		part[seed] = number;
		int size = 0;
		while (!open.isEmpty()) {
			final int voxel = open.remove();
			size++;
			final int x = voxel % box, y = voxel / box % box, z = voxel / box / box;
			final int[] neighbours = { x > 0 ? voxel - 1 : voxel, x < box - 1 ? voxel + 1 : voxel, y > 0 ? voxel - box
				: voxel, y < box - 1 ? voxel + box : voxel, z > 0 ? voxel - box * box : voxel, z < box - 1 ? voxel + box * box
					: voxel };
			for (final int next : neighbours)
				if (inside[next] && part[next] == 0) {
					part[next] = number;
					open.add(next);
				}
		}
		return size;
	}
}
