package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What changed in RELION's tables of cryoSPARC's particles, such as their boxes and pixel sizes, poses and shifts, in
 * the fields of cryoSPARC. Fields of what did not change keep their bytes.
 */
final class CsChanges {

	/** Below this, in the units of RELION's columns, numbers are equal but for rounding. */
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
		if (differ(RelionParticle::pixelSizeAngstrom)) changed = changed.withNumbers(kind.field("psize_A"), 0, row -> after
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
		return changed.withNumbers(shape, 0, row -> now.applyAsDouble(row)).withNumbers(shape, 1, row -> now.applyAsDouble(
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
			poses.shiftPixelSize(row)).withNumbers(group + "/shift", 1, row -> after.particles().get(row).originYAngstrom() /
				poses.shiftPixelSize(row));
		return posed;
	}

	private static double[] vector(final RelionParticle particle) {
		return RotationVector.fromEuler(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree());
	}
}
