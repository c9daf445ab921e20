package io.github.clearice.star;

import io.github.clearice.star.CryosparcTable.CsKind;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/**
 * Where a table of cryoSPARC holds the poses of its particles: of one refinement, of the likeliest of several classes
 * in one field (version 4.5 and later) or in separate groups of fields, or of a 2D classification.
 */
final class CsPoses {

	private final CsTable table;
	/** The group of fields for each row, and which of its classes. */
	private final List<String> groups = new ArrayList<>();
	private final boolean classesWithin;
	private final boolean plane;

	private CsPoses(final CsTable table, final List<String> groups, final boolean classesWithin, final boolean plane) {
		this.table = table;
		this.groups.addAll(groups);
		this.classesWithin = classesWithin;
		this.plane = plane;
	}

	/** The poses of a table; null where it has none. */
	static CsPoses of(final CsTable table) {
		if (table.items("alignments3D/pose") == 3) return new CsPoses(table, List.of("alignments3D"), false, false);
		if (table.has("alignments3D_multi/pose")) return new CsPoses(table, List.of("alignments3D_multi"), true, false);
		final TreeSet<String> classes = new TreeSet<>();
		for (final String name : table.names()) {
			final String group = name.substring(0, Math.max(0, name.indexOf('/')));
			if (group.startsWith("alignments") && table.items(group + "/pose") == 3 && table.has(group + "/class_posterior"))
				classes.add(group);
		}
		if (!classes.isEmpty()) return new CsPoses(table, List.copyOf(classes), false, false);
		return table.items("alignments2D/pose") == 1 ? new CsPoses(table, List.of("alignments2D"), false, true) : null;
	}

	/** Whether only the angle in the plane is known. */
	boolean isPlane() {
		return plane;
	}

	/** Where the pose of a row begins: the group of fields and the class within. */
	private record Place(String group, int one) {}

	private Place place(final int row) {
		if (classesWithin) {
			final String posterior = groups.get(0) + "/class_posterior";
			int likeliest = 0;
			for (int i = 1; i < table.items(posterior); i++) {
				if (table.number(row, posterior, i) > table.number(row, posterior, likeliest)) likeliest = i;
			}
			return new Place(groups.get(0), likeliest);
		}
		String likeliest = groups.get(0);
		for (final String group : groups) {
			if (groups.size() > 1 && table.number(row, group + "/class_posterior", 0) > table.number(row, likeliest +
				"/class_posterior", 0)) likeliest = group;
		}
		return new Place(likeliest, 0);
	}

	/** rot, tilt and psi in degrees. */
	double[] euler(final int row) {
		final Place place = place(row);
		final String pose = place.group + "/pose";
		if (plane) return new double[] { 0, 0, Math.toDegrees(table.number(row, pose, 0)) };
		final int at = 3 * place.one;
		return RotationVector.toEuler(table.number(row, pose, at), table.number(row, pose, at + 1), table.number(row, pose,
			at + 2));
	}

	boolean hasShift() {
		return table.has(groups.get(0) + "/shift");
	}

	/** The shift along x (0) or y (1) in Å; NaN where the size of its pixels is unknown. */
	double shiftAngstrom(final int row, final int axis) {
		final Place place = place(row);
		return table.number(row, place.group + "/shift", 2 * place.one + axis) * shiftPixelSize(row);
	}

	/** The size of the pixels that shifts are counted in: those of the alignment, which may have seen binned images. */
	double shiftPixelSize(final int row) {
		final String own = place(row).group + "/psize_A";
		if (!table.has(own)) return table.number(row, CsKind.PARTICLES.field("psize_A"), Double.NaN);
		final int one = place(row).one;
		return table.number(row, own, Math.min(one, table.items(own) - 1));
	}

	boolean hasSplit() {
		return table.has(groups.get(0) + "/split");
	}

	/** The half-set, counted from 0. */
	long split(final int row) {
		return (long) table.number(row, place(row).group + "/split", 0.0);
	}

	boolean hasClass() {
		return table.has(groups.get(0) + "/class") || groups.size() > 1;
	}

	/** The class, counted from 0. */
	long classNumber(final int row) {
		final Place place = place(row);
		if (groups.size() > 1) return groups.indexOf(place.group);
		return (long) table.number(row, place.group + "/class", Math.min(place.one, table.items(place.group + "/class") -
			1));
	}

	/** The group of fields of a single refinement, whose poses can be set anew; null for others. */
	String single() {
		return groups.size() == 1 && !classesWithin && !plane ? groups.get(0) : null;
	}

	/**
	 * Rotations as cryoSPARC has them, an axis times an angle in radian, and as RELION does, three Euler angles.
	 * <p>
	 * The matrix of the vector w by Rodrigues' formula, transposed, is RELION's {@code Rz(psi) Ry(tilt) Rz(rot)}.
	 */
	static final class RotationVector {

		/** Below this sine of the tilt, rot and psi turn about one axis. */
		private static final double POLE = 1e-9;

		private RotationVector() {}

		/** rot, tilt and psi in degrees; tilt from 0 to 180. */
		static double[] toEuler(final double x, final double y, final double z) {
			final double angle = Math.sqrt(x * x + y * y + z * z);
			final double[] axis = angle == 0 ? new double[] { 0, 0, 1 } : new double[] { x / angle, y / angle, z / angle };
			final double s = Math.sin(angle), c = Math.cos(angle);
			// Elements of the transpose: row, column.
			final double a02 = (1 - c) * axis[0] * axis[2] - s * axis[1], a12 = (1 - c) * axis[1] * axis[2] + s * axis[0];
			final double a20 = (1 - c) * axis[0] * axis[2] + s * axis[1], a21 = (1 - c) * axis[1] * axis[2] - s * axis[0];
			final double a22 = c + (1 - c) * axis[2] * axis[2], sine = Math.hypot(a02, a12);
			final double tilt = Math.atan2(sine, a22);
			if (sine > POLE) return degrees(Math.atan2(a21, a20), tilt, Math.atan2(a12, -a02));
			final double a00 = c + (1 - c) * axis[0] * axis[0], a01 = (1 - c) * axis[0] * axis[1] + s * axis[2];
			return a22 > 0 ? degrees(0, 0, Math.atan2(a01, a00)) : degrees(0, Math.PI, Math.atan2(a01, -a00));
		}

		/** The vector of three angles in degrees. */
		static double[] fromEuler(final double rotDegree, final double tiltDegree, final double psiDegree) {
			// As quaternion: the rotations about z, y and z of RELION's matrix, inverted.
			final double half = Math.toRadians(tiltDegree) / 2, sum = Math.toRadians(rotDegree + psiDegree) / 2, difference =
				Math.toRadians(rotDegree - psiDegree) / 2;
			double w = Math.cos(half) * Math.cos(sum), z = Math.cos(half) * Math.sin(sum);
			double x = -Math.sin(half) * Math.sin(difference), y = Math.sin(half) * Math.cos(difference);
			final double turn = w < 0 ? -1 : 1;
			w *= turn;
			x *= turn;
			y *= turn;
			z *= turn;
			final double sine = Math.sqrt(x * x + y * y + z * z), scale = sine == 0 ? 0 : 2 * Math.atan2(sine, w) / sine;
			return new double[] { scale * x, scale * y, scale * z };
		}

		private static double[] degrees(final double... radians) {
			final double[] degrees = new double[radians.length];
			for (int i = 0; i < degrees.length; i++) degrees[i] = Math.toDegrees(radians[i]);
			return degrees;
		}
	}

	/**
	 * What changed in RELION's tables of cryoSPARC's particles, such as their boxes and pixel sizes, poses and shifts, in
	 * the fields of cryoSPARC. Fields of what did not change keep their bytes.
	 */
	static final class CsChanges {

		/** Differences below this, in the units of RELION's columns, are rounding errors. */
		private static final double ROUNDING = 1e-6;

		private final CsTable table;
		private final CsKind kind;
		private final RelionReader before;
		private final RelionReader after;

		CsChanges(final CsTable table, final CsKind kind, final StarFile before, final StarFile after) {
			this.table = table;
			this.kind = kind;
			this.before = new RelionReader(table.file(), before, kind.relion());
			this.after = new RelionReader(table.file(), after, kind.relion());
		}

		CsTable apply() {
			CsTable changed = table;
			if (differ(RelionParticle::pixelSizeAngstrom)) changed = changed.withNumbers(kind.field("psize_A"), 0,
				row -> after
				.particles().get(row).pixelSizeAngstrom());
			for (int row = 0; row < table.rows(); row++) {
				final CtfState state = after.particles().get(row).observation().ctfState();
				if (state != before.particles().get(row).observation().ctfState()) throw new InputException(table.file() +
					": has no field that says " + state.column() +
					". Convert it to a STAR file first, or leave the CTFs as they are.");
			}
			changed = withBoxes(changed);
			return withPoses(changed);
		}

		private interface Value {

			double of(RelionParticle particle);
		}

		private boolean differ(final Value value) {
			final List<RelionParticle> old = before.particles(), now = after.particles();
			for (int row = 0; row < old.size(); row++) {
				if (Math.abs(value.of(old.get(row)) - value.of(now.get(row))) > ROUNDING) return true;
			}
			return false;
		}

		private CsTable withBoxes(final CsTable changed) {
			final String shape = kind.field("shape");
			final IntToDoubleFunction old = row -> before.box(row), now = row -> after.box(row);
			boolean differ = false;
			for (int row = 0; row < table.rows(); row++) differ |= old.applyAsDouble(row) != now.applyAsDouble(row);
			if (!differ || table.items(shape) != 2) return changed;
			return changed.withNumbers(shape, 0, row -> now.applyAsDouble(row)).withNumbers(shape, 1,
				row -> now.applyAsDouble(
				row));
		}

		private CsTable withPoses(final CsTable changed) {
			final boolean turned = differ(RelionParticle::rotDegree) || differ(RelionParticle::tiltDegree) || differ(
				RelionParticle::psiDegree);
			final CsPoses poses = CsPoses.of(changed);
			final boolean rescaled = poses != null && !table.has(poses.single() + "/psize_A") && differ(
				RelionParticle::pixelSizeAngstrom);
			final boolean moved = rescaled || differ(RelionParticle::originXAngstrom) || differ(
				RelionParticle::originYAngstrom);
			if (!turned && !moved) return changed;
			final String group = poses == null ? null : poses.single();
			if (group == null) throw new InputException(table.file() +
				": has no fields alignments3D/pose and shift for poses. Write them to a STAR file.");
			CsTable posed = changed;
			for (int axis = 0; axis < 3 && turned; axis++) {
				final int item = axis;
				posed = posed.withNumbers(group + "/pose", item, row -> vector(after.particles().get(row))[item]);
			}
			if (moved) posed = posed.withNumbers(group + "/shift", 0, row -> after.particles().get(row).originXAngstrom() /
				poses.shiftPixelSize(row)).withNumbers(group + "/shift", 1,
					row -> after.particles().get(row).originYAngstrom() /
					poses.shiftPixelSize(row));
			return posed;
		}

		private static double[] vector(final RelionParticle particle) {
			return RotationVector.fromEuler(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree());
		}
	}
}
