package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Steps of a structure from one conformation to another, all in one frame. */
public final class ConformationSeries {

	/** Atoms of two parts that are nearer than this touch. */
	private static final double CONTACT_ANGSTROM = 8;

	private ConformationSeries() {}

	/**
	 * Turns a part as one rigid body about a hinge where it touches the rest, like a clamp: about an axis at right
	 * angles to the directions in which both parts lie from the hinge. Where a chain goes over from one to the other, its
	 * bond there stretches.
	 *
	 * @param part that moves: chains or residues of them, such as {@code A,E-G} or {@code A:1-346,B:1151-1224}
	 * @param angleDegree between the first state, which is the structure, and the last
	 * @param states at least 2, in equal steps
	 * @throws InputException if a chain or residue is unknown, none or all are to move, or they do not touch the rest
	 */
	public static List<Structure> hinge(final Structure structure, final String part, final double angleDegree,
		final int states)
	{
		requireStates(states);
		final Predicate<Atom> moving = new StructurePart(structure, part);
		final List<Point> moved = places(structure, moving), rest = places(structure, moving.negate());
		if (moved.isEmpty() || rest.isEmpty()) throw new InputException("Of " + structure.name() + " " + (moved
			.isEmpty() ? "no" : "every") + " atom moves with hinge=" + part + ". Name a part of it.");
		final Point pivot = pivot(structure, moved, rest, part);
		final Point axis = RigidMotion.cross(RigidMotion.minus(RigidMotion.centroid(rest), pivot), RigidMotion.minus(
			RigidMotion.centroid(moved), pivot));
		final double length = Math.sqrt(RigidMotion.dot(axis, axis));
		if (!(length > 0)) throw new InputException("The hinge of " + structure.name() +
			" lies on the line between both parts, so that it has no axis. Move another part.");
		final RigidMotion whole = new RigidMotion(pivot, RigidMotion.times(axis, 1 / length), Math.toRadians(angleDegree),
			new Point(0, 0, 0));
		final List<Structure> series = new ArrayList<>();
		for (int state = 0; state < states; state++) {
			final RigidMotion motion = whole.share(state / (states - 1.0));
			series.add(structure.map(atom -> moving.test(atom) ? motion.apply(atom) : atom));
		}
		return series;
	}

	private static List<Point> places(final Structure structure, final Predicate<Atom> part) {
		return structure.atoms().stream().filter(part).map(RigidMotion::place).toList();
	}

	/** The centre of the moving atoms that touch the others. */
	private static Point pivot(final Structure structure, final List<Point> moved, final List<Point> rest,
		final String part)
	{
		final Set<Point> cells = new HashSet<>();
		for (final Point place : rest) cells.add(cell(place, 0, 0, 0));
		final List<Point> touching = moved.stream().filter(place -> {
			for (int dx = -1; dx <= 1; dx++) for (int dy = -1; dy <= 1; dy++) for (int dz = -1; dz <= 1; dz++) {
				if (cells.contains(cell(place, dx, dy, dz))) return true;
			}
			return false;
		}).toList();
		if (touching.isEmpty()) throw new InputException("The part " + part + " of " + structure.name() +
			" does not touch the rest, so there is no hinge. Move another part.");
		return RigidMotion.centroid(touching);
	}

	private static Point cell(final Point place, final int dx, final int dy, final int dz) {
		return new Point(Math.floor(place.xAngstrom() / CONTACT_ANGSTROM) + dx, Math.floor(place.yAngstrom() /
			CONTACT_ANGSTROM) + dy, Math.floor(place.zAngstrom() / CONTACT_ANGSTROM) + dz);
	}

	/**
	 * Goes from one structure to another by the atoms that both have. Each chain turns and shifts as a rigid body, in
	 * equal steps; its internal change proceeds in equal steps along straight lines, from which residues are moved as
	 * wholes to keep the distances of neighbouring alpha carbons ({@link ResidueBonds}).
	 *
	 * @param second brought over the first as a whole before
	 * @param states at least 2; the last is the second structure
	 * @throws InputException if they have fewer than three atoms in common
	 */
	public static List<Structure> between(final Structure first, final Structure second, final int states) {
		requireStates(states);
		final Map<String, Atom> others = new HashMap<>();
		for (final Atom atom : second.atoms()) others.putIfAbsent(key(atom), atom);
		final List<Atom> begun = first.atoms().stream().filter(atom -> others.containsKey(key(atom))).toList();
		if (begun.size() < 3) throw new InputException(first.name() + " and " + second.name() + " have " + begun
			.size() + " atoms in common, by chain, residue number and name. Give two models of the same chains.");
		final List<Point> from = begun.stream().map(RigidMotion::place).toList();
		final List<Point> raw = begun.stream().map(atom -> RigidMotion.place(others.get(key(atom)))).toList();
		final RigidMotion over = RigidMotion.between(raw, from);
		final List<Point> to = raw.stream().map(over::apply).toList();
		final Map<String, RigidMotion> motions = new LinkedHashMap<>();
		for (final String chain : first.withAtoms(begun).chains()) {
			final List<Point> here = new ArrayList<>(), there = new ArrayList<>();
			for (int i = 0; i < begun.size(); i++) if (begun.get(i).chain().equals(chain)) {
				here.add(from.get(i));
				there.add(to.get(i));
			}
			motions.put(chain, RigidMotion.between(here, there));
		}
		final ResidueBonds bonds = new ResidueBonds(begun, from, to);
		final List<Structure> series = new ArrayList<>();
		for (int state = 0; state < states; state++) {
			final double part = state / (states - 1.0);
			final List<Point> places = new ArrayList<>();
			for (int i = 0; i < begun.size(); i++) {
				final RigidMotion motion = motions.get(begun.get(i).chain());
				// The chain's internal change in the frame of the motion's end, rotated back to the current frame.
				final Point within = turnedBack(motion, 1 - part, RigidMotion.minus(to.get(i), motion.apply(from.get(i))));
				places.add(RigidMotion.plus(motion.share(part).apply(from.get(i)), RigidMotion.times(within, part)));
			}
			final List<Point> kept = bonds.kept(places, part);
			final List<Atom> atoms = new ArrayList<>();
			for (int i = 0; i < kept.size(); i++) atoms.add(RigidMotion.placed(begun.get(i), kept.get(i)));
			series.add(first.withAtoms(atoms));
		}
		return series;
	}

	/** A difference of places, turned by the negative of a share of a motion's angle. */
	private static Point turnedBack(final RigidMotion motion, final double part, final Point difference) {
		final Point origin = new Point(0, 0, 0);
		return new RigidMotion(origin, motion.axis(), -part * motion.angleRadian(), origin).apply(difference);
	}

	private static String key(final Atom atom) {
		return atom.chain() + " " + atom.residueNumber() + atom.insertionCode() + " " + atom.name();
	}

	private static void requireStates(final int states) {
		if (states < 2) throw new InputException("A series has at least 2 states, not " + states +
			". Give states=2 or more.");
	}

	/**
	 * Keeps the distances of neighbouring alpha carbons in a chain on the way between two conformations: residues are
	 * moved as wholes until each distance is interpolated between its values at both ends (Ryckaert, Ciccotti and
	 * Berendsen 1977, with residues for atoms). Bonds between two chains, or across a gap, are not changed.
	 */
	private static final class ResidueBonds {

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
		 * Moves residues until the bonds have the lengths interpolated at a fraction of the way.
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
}
