package io.github.clearice.structure;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the distances of neighbouring alpha carbons in a chain on the way between two conformations: residues are moved
 * as wholes until each distance is what it is at both ends, in proportion (Ryckaert, Ciccotti and Berendsen 1977, with
 * residues for atoms). What lies between two chains, or beside a gap, is left alone.
 */
final class ResidueBonds {

	/** Alpha carbons that are farther apart are not neighbours, but ends of a gap. */
	private static final double LARGEST_ANGSTROM = 4.3;
	private static final double TOLERANCE_ANGSTROM = 0.01;
	private static final int SWEEPS = 2000;

	/** Two neighbours by the places of their alpha carbons in the list, and their distance at both ends. */
	private record Bond(int first, int second, double begin, double end) {}

	private final int[] residueOf;
	private final List<Integer> alphas = new ArrayList<>();
	private final List<Bond> bonds = new ArrayList<>();

	/**
	 * @param atoms in the order of the places
	 * @param from places at the beginning
	 * @param to places at the end
	 */
	ResidueBonds(final List<Atom> atoms, final List<Point> from, final List<Point> to) {
		residueOf = new int[atoms.size()];
		int residue = -1;
		Integer before = null;
		for (int i = 0; i < residueOf.length; i++) {
			final Atom atom = atoms.get(i);
			if (i == 0 || !isSame(atoms.get(i - 1), atom)) {
				residue++;
				alphas.add(null);
			}
			residueOf[i] = residue;
			if (!atom.name().equals("CA") || atom.hetero()) continue;
			alphas.set(residue, i);
			if (before != null && atoms.get(before).chain().equals(atom.chain())) add(before, i, from, to);
			before = i;
		}
	}

	private static boolean isSame(final Atom one, final Atom other) {
		return one.chain().equals(other.chain()) && one.residueNumber() == other.residueNumber() && one
			.insertionCode() == other.insertionCode();
	}

	private void add(final int first, final int second, final List<Point> from, final List<Point> to) {
		final double begin = distance(from.get(first), from.get(second)), end = distance(to.get(first), to.get(second));
		if (begin < LARGEST_ANGSTROM && end < LARGEST_ANGSTROM) bonds.add(new Bond(first, second, begin, end));
	}

	/**
	 * Moves residues so that bonds have the lengths that belong to a share of the way.
	 *
	 * @param places of the atoms on the way, left as they are
	 * @param part 0 at the beginning, 1 at the end
	 */
	List<Point> kept(final List<Point> places, final double part) {
		final List<Point> moved = new ArrayList<>(places);
		double worst = Double.POSITIVE_INFINITY;
		for (int sweep = 0; sweep < SWEEPS && worst > TOLERANCE_ANGSTROM; sweep++) {
			worst = 0;
			for (final Bond bond : bonds) {
				final Point apart = RigidMotion.minus(moved.get(bond.second), moved.get(bond.first));
				final double length = Math.sqrt(RigidMotion.dot(apart, apart));
				final double excess = length - ((1 - part) * bond.begin + part * bond.end);
				worst = Math.max(worst, Math.abs(excess));
				final Point half = RigidMotion.times(apart, excess / 2 / Math.max(length, 1e-6));
				moved.set(bond.first, RigidMotion.plus(moved.get(bond.first), half));
				moved.set(bond.second, RigidMotion.minus(moved.get(bond.second), half));
			}
		}
		final List<Point> result = new ArrayList<>();
		for (int i = 0; i < residueOf.length; i++) {
			final Integer alpha = alphas.get(residueOf[i]);
			result.add(alpha == null ? places.get(i) : RigidMotion.plus(places.get(i), RigidMotion.minus(moved.get(alpha),
				places.get(alpha))));
		}
		return result;
	}

	private static double distance(final Point one, final Point other) {
		final Point apart = RigidMotion.minus(one, other);
		return Math.sqrt(RigidMotion.dot(apart, apart));
	}
}
