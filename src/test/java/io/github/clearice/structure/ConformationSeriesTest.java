package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ConformationSeriesTest {

	@Test
	void findsTheMotionBetweenPoints() {
		// scipy.spatial.transform.Rotation.from_rotvec(1.1 * axis).apply(p - c) + c + shift, with |axis| = 1
		final RigidMotion motion = new RigidMotion(new Point(1, 2, 3), new Point(2 / 3., -1 / 3., 2 / 3.), 1.1, new Point(4,
			-5, 6));
		final SplittableRandom random = new SplittableRandom(1);
		final List<Point> from = new ArrayList<>(), to = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			from.add(new Point(random.nextDouble(9), random.nextDouble(9), random.nextDouble(9)));
			to.add(motion.apply(from.get(i)));
		}
		final RigidMotion found = RigidMotion.between(from, to);
		assertEquals(1.1, found.angleRadian(), 1e-9);
		for (int i = 0; i < 20; i++) assertEquals(0, distance(to.get(i), found.apply(from.get(i))), 1e-9);
		// A quarter turn about z by hand.
		final Point turned = new RigidMotion(new Point(1, 0, 0), new Point(0, 0, 1), Math.PI / 2, new Point(0, 0, 5)).apply(
			new Point(3, 0, 1));
		assertEquals(0, distance(new Point(1, 2, 6), turned), 1e-12);
	}

	@Test
	void aHingeTurnsItsChainsInEqualStepsAndKeepsAllDistancesWithin() {
		final Structure structure = elbow();
		final List<Structure> series = ConformationSeries.hinge(structure, "B", 40, 5);
		assertEquals(5, series.size());
		final List<Atom> first = series.get(0).atoms();
		for (int i = 0; i < first.size(); i++) assertEquals(0, distance(structure.atoms().get(i), first.get(i)), 1e-12);
		for (int state = 1; state < 5; state++) {
			final List<Atom> now = series.get(state).atoms(), before = series.get(state - 1).atoms();
			for (int i = 0; i < now.size(); i++) {
				final boolean moves = now.get(i).chain().equals("B");
				if (!moves) assertEquals(0, distance(now.get(i), first.get(i)), 1e-12);
				else for (int j = i; j < now.size(); j++)
					assertEquals(distance(first.get(i), first.get(j)), distance(now.get(i), now.get(j)), 1e-9);
			}
			final int last = now.size() - 1;
			assertEquals(distance(series.get(1).atoms().get(last), first.get(last)), distance(now.get(last), before.get(
				last)), 1e-9);
		}
		final RigidMotion whole = RigidMotion.between(places(first, "B"), places(series.get(4).atoms(), "B"));
		assertEquals(40, Math.toDegrees(whole.angleRadian()), 1e-6);
	}

	@Test
	void residuesOfAChainTurnLikeAChain() {
		// The elbow as one chain: chain B becomes its residues from 100 on.
		final Structure two = elbow();
		final Structure one = two.map(atom -> new Atom("A", atom.residueNumber() + (atom.chain().equals("B") ? 100 : 0),
			' ', "ALA", "CA", atom.element(), false, atom.xAngstrom(), atom.yAngstrom(), atom.zAngstrom(), 1, 20));
		final List<Atom> expected = ConformationSeries.hinge(two, "B", 30, 2).get(1).atoms();
		final List<Atom> actual = ConformationSeries.hinge(one, "A:100-119", 30, 2).get(1).atoms();
		for (int i = 0; i < expected.size(); i++) assertEquals(0, distance(expected.get(i), actual.get(i)), 1e-12);
	}

	@Test
	void aSeriesEndsAtTheSecondStructureAndKeepsChainsRigidOnTheWay() {
		final Structure first = elbow();
		// Chain B turned by 50 degrees, and all of it moved away, which does not count.
		final Structure bent = ConformationSeries.hinge(first, "B", 50, 2).get(1);
		final RigidMotion away = new RigidMotion(new Point(3, 1, 4), new Point(0, .6, .8), 2, new Point(30, 20, 10));
		final List<Structure> series = ConformationSeries.between(first, bent.map(away::apply), 6);
		final RigidMotion back = RigidMotion.between(places(series.get(5).atoms(), ""), places(bent.atoms(), ""));
		for (int i = 0; i < bent.atoms().size(); i++) {
			assertEquals(0, distance(bent.atoms().get(i), back.apply(series.get(5).atoms().get(i))), 1e-6);
			assertEquals(0, distance(first.atoms().get(i), series.get(0).atoms().get(i)), 1e-9);
		}
		for (final Structure state : series)
			for (int i = 1; i < state.atoms().size(); i++) {
				if (state.atoms().get(i).chain().equals(state.atoms().get(i - 1).chain())) assertEquals(1.5, distance(state
					.atoms().get(i), state.atoms().get(i - 1)), 1e-6);
			}
	}

	@Test
	void changesWithinAChainGoInEqualSteps() {
		final Structure first = elbow();
		final SplittableRandom random = new SplittableRandom(2);
		final Structure second = first.map(atom -> atom.at(atom.xAngstrom() + random.nextDouble(), atom.yAngstrom(), atom
			.zAngstrom() + random.nextDouble()));
		final List<Structure> series = ConformationSeries.between(first, second, 3);
		final RigidMotion over = RigidMotion.between(places(second.atoms(), ""), places(first.atoms(), ""));
		for (int i = 0; i < first.atoms().size(); i++)
			assertEquals(0, distance(over.apply(second.atoms().get(i)), series.get(2).atoms().get(i)), 1e-9);
	}

	@Test
	void aChainThatClosesOverItselfKeepsItsBonds() {
		final AtomSelection chain = new AtomSelection("A", "water,ligand");
		final Structure closed = chain.of(StructureReader.read(TestData.file("structures/1ake_closed.cif.gz")));
		final Structure open = chain.of(StructureReader.read(TestData.file("structures/4ake_open.cif.gz")));
		final List<Structure> series = ConformationSeries.between(closed, open, 5);
		final List<Point> begin = alphas(series.get(0)), end = alphas(series.get(4));
		assertEquals(214, begin.size());
		for (int state = 1; state < 4; state++) {
			final List<Point> now = alphas(series.get(state));
			for (int i = 1; i < now.size(); i++) {
				final double expected = (1 - state / 4.0) * distance(begin.get(i), begin.get(i - 1)) + state / 4.0 * distance(
					end.get(i), end.get(i - 1));
				assertEquals(expected, distance(now.get(i), now.get(i - 1)), .02, "residue " + i + " of state " + state);
			}
		}
		// On straight lines many are not kept.
		double worst = 0;
		for (int i = 1; i < begin.size(); i++)
			worst = Math.max(worst, distance(begin.get(i), begin.get(i - 1)) - distance(middle(begin.get(i), end.get(i)),
				middle(begin.get(i - 1), end.get(i - 1))));
		assertTrue(worst > .5, "worst " + worst);
	}

	private static List<Point> alphas(final Structure structure) {
		return structure.atoms().stream().filter(atom -> atom.name().equals("CA")).map(RigidMotion::place).toList();
	}

	private static Point middle(final Point one, final Point other) {
		return RigidMotion.times(RigidMotion.plus(one, other), .5);
	}

	@Test
	void refusesWhatHasNoSeries() {
		assertMessage("every atom moves", () -> ConformationSeries.hinge(elbow(), "A,B", 10, 3));
		assertMessage("at least 2 states", () -> ConformationSeries.hinge(elbow(), "B", 10, 1));
		final Structure far = elbow().map(atom -> atom.chain().equals("B") ? atom.at(atom.xAngstrom() + 500, 0, 0) : atom);
		assertMessage("does not touch", () -> ConformationSeries.hinge(far, "B", 10, 3));
		final Structure other = new Structure("other.pdb", List.of(atom("Z", 1, 0, 0, 0)), List.of());
		assertMessage("have 0 atoms in common", () -> ConformationSeries.between(elbow(), other, 3));
	}

	private static void assertMessage(final String part, final Runnable work) {
		final String message = assertThrows(InputException.class, work::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	/** Chain A along x, chain B from its end along y and up: atoms 1.5 Å apart. */
	private static Structure elbow() {
		final List<Atom> atoms = new ArrayList<>();
		for (int i = 0; i < 20; i++) atoms.add(atom("A", i, 1.5 * i, 0, 0));
		for (int i = 0; i < 20; i++) atoms.add(atom("B", i, 30, 1.2 * i + 1, .9 * i));
		return new Structure("elbow.pdb", atoms, List.of());
	}

	private static Atom atom(final String chain, final int residue, final double x, final double y, final double z) {
		return new Atom(chain, residue, ' ', "ALA", "CA", Element.of("C").orElseThrow(), false, x, y, z, 1, 20);
	}

	private static List<Point> places(final List<Atom> atoms, final String chain) {
		return atoms.stream().filter(atom -> chain.isEmpty() || atom.chain().equals(chain)).map(RigidMotion::place)
			.toList();
	}

	private static double distance(final Atom a, final Atom b) {
		return distance(RigidMotion.place(a), RigidMotion.place(b));
	}

	private static double distance(final Point a, final Point b) {
		final Point d = RigidMotion.minus(a, b);
		return Math.sqrt(RigidMotion.dot(d, d));
	}
}
