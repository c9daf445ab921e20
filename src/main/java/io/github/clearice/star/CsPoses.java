package io.github.clearice.star;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a table of cryoSPARC holds the poses of its particles: of one refinement, of the likeliest of several classes
 * in one field (version 4.5 and later) or in groups of fields of their own, or of a 2D classification.
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
}
