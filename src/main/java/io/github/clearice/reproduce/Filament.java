package io.github.clearice.reproduce;

import io.github.clearice.structure.Point;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A stretch of a filament like actin's, of pseudo-atoms, with motors bound at random.
 * <p>
 * The helix is the 13/6 one of F-actin (Holmes et al. 1990), with a rise of 27.5 Å and a twist of -166.7 degrees a
 * subunit, as cryo-EM finds it (von der Ecken et al. 2015). A subunit is a ball of the volume of 41 kDa of protein.
 * Motors stand on any of the nine subunits in the middle, independently of one another; levers point at 40 or 115
 * degrees, the angles of the trailing and the leading lever of myosin V (Walker et al. 2000), give or take a few; tails
 * anywhere outwards. The axis is z.
 *
 * @param motors that are bound, at least one
 */
record Filament(List<Motor> motors) {

	/** Sites of motors are from minus this to this. */
	static final int LAST_SITE = 4;
	static final double TRAILING_DEGREE = 40;
	static final double LEADING_DEGREE = 115;
	/** The volume of protein that a pseudo-atom represents: a cube of 9 Å. */
	static final double ATOM_CUBIC_ANGSTROM = 729;

	private static final double RISE_ANGSTROM = 27.5;
	private static final double TWIST_DEGREE = -166.7;
	private static final int LAST_SUBUNIT = 7;
	private static final double SUBUNIT_AXIS_ANGSTROM = 20;
	private static final double SUBUNIT_RADIUS_ANGSTROM = 23;
	private static final double BOUND_SHARE = 1 / 3.0;
	private static final double LEVER_SPREAD_DEGREE = 8;
	private static final double TAIL_ASIDE_DEGREE = 20;

	/** Takes a point of a body about its own centre, in Å. */
	interface PointTaker {

		void take(double out, double aside, double along);
	}

	/** Binds motors at random. */
	static Filament random(final SplittableRandom random) {
		final List<Motor> motors = new ArrayList<>();
		while (motors.isEmpty()) for (int site = -LAST_SITE; site <= LAST_SITE; site++) {
			if (random.nextDouble() >= BOUND_SHARE) continue;
			final double lever = random.nextBoolean() ? TRAILING_DEGREE : LEADING_DEGREE;
			motors.add(new Motor(site, lever + LEVER_SPREAD_DEGREE * random.nextGaussian(), random.nextDouble(20, 160),
				TAIL_ASIDE_DEGREE * random.nextGaussian()));
		}
		return new Filament(List.copyOf(motors));
	}

	/** A point in the frame of a subunit: its distance from the axis outwards, aside, and along the axis. */
	static Point place(final int subunit, final double out, final double aside, final double along) {
		final double azimuth = Math.toRadians(TWIST_DEGREE * subunit), c = Math.cos(azimuth), s = Math.sin(azimuth);
		return new Point(out * c - aside * s, out * s + aside * c, RISE_ANGSTROM * subunit + along);
	}

	/** Fills an ellipsoid of revolution about the first axis with atoms on a cubic grid. */
	static void fill(final double halfLength, final double radius, final PointTaker taker) {
		final double step = Math.cbrt(ATOM_CUBIC_ANGSTROM);
		final int most = (int) Math.ceil(Math.max(halfLength, radius) / step);
		for (int i = -most; i <= most; i++)
			for (int j = -most; j <= most; j++)
				for (int k = -most; k <= most; k++) {
					final double out = i * step, aside = j * step, along = k * step;
					if (out * out / (halfLength * halfLength) + (aside * aside + along * along) / (radius * radius) <= 1) taker
						.take(out, aside, along);
				}
	}

	/** All pseudo-atoms. */
	List<Point> atoms() {
		final List<Point> atoms = new ArrayList<>();
		for (int subunit = -LAST_SUBUNIT; subunit <= LAST_SUBUNIT; subunit++) {
			final int here = subunit;
			fill(SUBUNIT_RADIUS_ANGSTROM, SUBUNIT_RADIUS_ANGSTROM, (out, aside, along) -> atoms.add(place(here,
				SUBUNIT_AXIS_ANGSTROM + out, aside, along)));
		}
		for (final Motor motor : motors) atoms.addAll(motor.atoms());
		return atoms;
	}

	/** The centre of mass, which maps are centred on. */
	Point centre() {
		final List<Point> atoms = atoms();
		return new Point(atoms.stream().mapToDouble(Point::xAngstrom).average().orElseThrow(), atoms.stream().mapToDouble(
			Point::yAngstrom).average().orElseThrow(), atoms.stream().mapToDouble(Point::zAngstrom).average().orElseThrow());
	}

	/** As a PDB file of carbon atoms, one residue each. */
	String pdb() {
		final StringBuilder pdb = new StringBuilder();
		int number = 0;
		for (final Point atom : atoms()) {
			number++;
			pdb.append(String.format(Locale.ROOT, "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00  0.00           C\n",
				number, number % 10_000, atom.xAngstrom(), atom.yAngstrom(), atom.zAngstrom()));
		}
		return pdb.append("END\n").toString();
	}

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

		/** The middle of the head of a motor on a site. */
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

		/** A line of rings of atoms; the volume of the rod gives their number. */
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
				atoms.add(new Point(from.xAngstrom() + share * dx + u * ux + v * vx, from.yAngstrom() + share * dy + u * uy +
					v *
					vy, from.zAngstrom() + share * dz + v * vz));
			}
		}
	}
}
