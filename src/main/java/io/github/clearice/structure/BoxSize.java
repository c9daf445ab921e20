package io.github.clearice.structure;

import java.util.function.ToDoubleFunction;

/**
 * The boxes that hold a structure: its atoms, each with three standard
 * deviations of its widest Gaussian around it.
 */
public final class BoxSize {

	private final Structure structure;
	private final Point centre;
	private final double pixelSizeAngstrom;
	private final AtomGaussians gaussians;

	/**
	 * @param structure the atoms
	 * @param centre lies on voxel {@code box / 2}
	 * @param pixelSizeAngstrom of the map
	 * @param resolutionAngstrom of the map, 0 for scattering factors
	 */
	public BoxSize(final Structure structure, final Point centre, final double pixelSizeAngstrom,
		final double resolutionAngstrom)
	{
		this.structure = structure;
		this.centre = centre;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.gaussians = new AtomGaussians(resolutionAngstrom);
	}

	/** The smallest box that holds the structure as it lies. */
	public int smallest() {
		double low = 0, high = 0;
		for (final Atom atom : structure.atoms()) {
			final double reach = gaussians.reachAngstrom(atom);
			final double x = atom.xAngstrom() - centre.xAngstrom();
			final double y = atom.yAngstrom() - centre.yAngstrom();
			final double z = atom.zAngstrom() - centre.zAngstrom();
			low = Math.min(low, Math.min(x, Math.min(y, z)) - reach);
			high = Math.max(high, Math.max(x, Math.max(y, z)) + reach);
		}
		return holding(-low / pixelSizeAngstrom, high / pixelSizeAngstrom);
	}

	/** The smallest box that holds the structure however it is turned about the centre. */
	public int smallestForAllViews() {
		final double radius = greatest(atom -> distance(atom) + gaussians.reachAngstrom(atom)) / pixelSizeAngstrom;
		return holding(radius, radius);
	}

	/**
	 * A box to work with: one and a half times the longest diameter, as
	 * particles are commonly boxed, and a multiple of 8, as networks need.
	 */
	public int suggested() {
		final double diameter = 2 * greatest(this::distance) / pixelSizeAngstrom;
		return (int) Math.max(8, 8 * Math.ceil(Math.max(1.5 * diameter, smallestForAllViews()) / 8));
	}

	/** Voxels run from -(box / 2 + 1/2) to box - box / 2 - 1/2 about the centre. */
	private static int holding(final double low, final double high) {
		final double box = Math.max(2, Math.max(2 * Math.ceil(low - 0.5), 2 * Math.ceil(high + 0.5) - 1));
		return (int) Math.min(Integer.MAX_VALUE, box);
	}

	private double distance(final Atom atom) {
		final double x = atom.xAngstrom() - centre.xAngstrom();
		final double y = atom.yAngstrom() - centre.yAngstrom();
		final double z = atom.zAngstrom() - centre.zAngstrom();
		return Math.sqrt(x * x + y * y + z * z);
	}

	private double greatest(final ToDoubleFunction<Atom> figure) {
		double greatest = 0;
		for (final Atom atom : structure.atoms()) greatest = Math.max(greatest, figure.applyAsDouble(atom));
		return greatest;
	}
}
