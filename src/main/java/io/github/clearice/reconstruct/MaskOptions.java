package io.github.clearice.reconstruct;

import io.github.clearice.task.ParameterException;

/**
 * How a soft mask is made from a map.
 *
 * @param threshold density above which voxels are inside; NaN chooses one ({@link SoftMask#threshold})
 * @param lowPassAngstrom resolution to which the map is filtered before; 0 does not
 * @param extendVoxels by which what is inside grows, or shrinks where it is negative
 * @param edgeVoxels width of the edge, over which the mask falls from 1 to 0 as a raised cosine
 */
public record MaskOptions(double threshold, double lowPassAngstrom, double extendVoxels, double edgeVoxels) {

	/** Widths of masks that are made without being described. */
	public static final double DEFAULT_EXTEND_VOXELS = 3, DEFAULT_EDGE_VOXELS = 6;
	/** The resolution at which molecules have their outlines, and noise and side chains none. */
	public static final double DEFAULT_LOW_PASS_ANGSTROM = 15;

	/** What {@code mask=auto} is. */
	public static final MaskOptions AUTO = new MaskOptions(Double.NaN, DEFAULT_LOW_PASS_ANGSTROM, DEFAULT_EXTEND_VOXELS,
		DEFAULT_EDGE_VOXELS);

	/** @throws ParameterException if a value is none */
	public MaskOptions {
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
