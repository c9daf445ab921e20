package io.github.clearice.reproduce;

import io.github.clearice.structure.Point;

import java.util.ArrayList;
import java.util.List;

/**
 * A motor on a {@link Filament}: a head that sits on a subunit, a lever arm that leaves it at an angle, and a tail.
 * <p>
 * Sizes are about those of myosin's: a head of 95 kDa, a lever of three light chains, a coiled coil.
 *
 * @param site subunit that it sits on
 * @param leverDegree angle between the lever and the filament's plus direction, in the plane of axis and site
 * @param tailDegree the same angle of the tail
 * @param tailAsideDegree by which the tail leaves that plane
 */
record Motor(int site, double leverDegree, double tailDegree, double tailAsideDegree) {

	static final double NECK_RADIUS_ANGSTROM = 105;
	static final double LEVER_ANGSTROM = 70;
	static final double TAIL_ANGSTROM = 60;
	private static final double HEAD_RADIUS_ANGSTROM = 75;
	private static final double HEAD_LENGTH_ANGSTROM = 76;
	private static final double HEAD_WIDTH_ANGSTROM = 54;
	private static final double LEVER_WIDTH_ANGSTROM = 22;
	private static final double TAIL_WIDTH_ANGSTROM = 14;

	/** Where a motor on a site has the middle of its head. */
	static Point head(final int site) {
		return Filament.place(site, HEAD_RADIUS_ANGSTROM, 0, 0);
	}

	/** A point of the lever, so far from the neck. */
	static Point lever(final int site, final double degree, final double angstrom) {
		final double angle = Math.toRadians(degree);
		return Filament.place(site, NECK_RADIUS_ANGSTROM + angstrom * Math.sin(angle), 0, angstrom * Math.cos(angle));
	}

	/** A point of the tail, so far from the end of the lever. */
	Point tail(final double angstrom) {
		final double lever = Math.toRadians(leverDegree), angle = Math.toRadians(tailDegree);
		final double aside = Math.toRadians(tailAsideDegree), along = angstrom * Math.cos(aside);
		return Filament.place(site, NECK_RADIUS_ANGSTROM + LEVER_ANGSTROM * Math.sin(lever) + along * Math.sin(angle),
			angstrom * Math.sin(aside), LEVER_ANGSTROM * Math.cos(lever) + along * Math.cos(angle));
	}

	/** Its pseudo-atoms. */
	List<Point> atoms() {
		final List<Point> atoms = new ArrayList<>();
		// In the frame of the site: outwards, aside, along the filament.
		Filament.fill(HEAD_LENGTH_ANGSTROM / 2, HEAD_WIDTH_ANGSTROM / 2, (out, aside, along) -> atoms.add(Filament.place(
			site, HEAD_RADIUS_ANGSTROM + out, aside, along)));
		rod(atoms, lever(site, leverDegree, 0), lever(site, leverDegree, LEVER_ANGSTROM), LEVER_WIDTH_ANGSTROM);
		rod(atoms, tail(0), tail(TAIL_ANGSTROM), TAIL_WIDTH_ANGSTROM);
		return atoms;
	}

	/** A line of rings of atoms, as many as its volume asks for. */
	private static void rod(final List<Point> atoms, final Point from, final Point to, final double width) {
		final double dx = to.xAngstrom() - from.xAngstrom(), dy = to.yAngstrom() - from.yAngstrom();
		final double dz = to.zAngstrom() - from.zAngstrom(), length = Math.sqrt(dx * dx + dy * dy + dz * dz);
		final int count = (int) Math.round(Math.PI * width * width / 4 * length / Filament.ATOM_CUBIC_ANGSTROM);
		// Any vector across the rod, and the one across both.
		final double across = Math.hypot(dx, dy);
		final double ux = across > 0 ? -dy / across : 1, uy = across > 0 ? dx / across : 0;
		final double vx = -dz * uy / length, vy = dz * ux / length, vz = (dx * uy - dy * ux) / length;
		for (int i = 0; i < count; i++) {
			final double share = (i + 0.5) / count, turn = i * Math.PI * (3 - Math.sqrt(5)), radius = width / 2 * Math.sqrt(
				0.5);
			final double u = radius * Math.cos(turn), v = radius * Math.sin(turn);
			atoms.add(new Point(from.xAngstrom() + share * dx + u * ux + v * vx, from.yAngstrom() + share * dy + u * uy + v *
				vy, from.zAngstrom() + share * dz + v * vz));
		}
	}
}
