package io.github.clearice.star;

import io.github.clearice.star.ObservationModel.ObservationColumns;
import io.github.clearice.star.RelionParticle.ListedParticle;
import io.github.clearice.star.StarTable.StarRow;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What RELION's tables say, whatever generation wrote them: one table with magnification and origins in pixels (up to
 * 3.0), or particles and optics groups with origins in Å (3.1 and later). A value is looked at when it is asked for.
 */
final class RelionReader {

	private static final String GROUP = "rlnOpticsGroup";

	private final RelionKind kind;
	private final StarTable table;
	/** The rows of the optics groups by their numbers; null if there is no such table. */
	private final Map<Integer, StarRow> groups;
	/** Columns of the optics groups, as in RELION 3.1 and later, or else of the particles. */
	private final ObservationColumns observations;
	private final Map<Integer, ObservationModel> ofGroups = new ConcurrentHashMap<>();
	private final boolean observedByGroup;

	RelionReader(final String file, final StarFile tables, final RelionKind kind) {
		this.kind = kind;
		this.table = kind.of(file, tables);
		final StarTable optics = tables.table("optics").orElse(null);
		this.groups = optics == null ? null : groups(optics);
		final ObservationColumns columns = optics == null ? null : new ObservationColumns(optics);
		this.observedByGroup = columns != null && columns.areListed();
		this.observations = observedByGroup ? columns : new ObservationColumns(table);
	}

	StarTable table() {
		return table;
	}

	List<OpticsGroup> optics() {
		final List<OpticsGroup> optics = new ArrayList<>();
		if (groups != null) groups.forEach((number, row) -> optics.add(new OpticsGroup(number, row.text(
			"rlnOpticsGroupName", "opticsGroup" + number), row.number("rlnVoltage", Double.NaN), row.number(
				"rlnSphericalAberration", Double.NaN), row.number("rlnAmplitudeContrast", Double.NaN), pixelSizeOfGroup(row),
			row.wholeNumber("rlnImageSize", 0), observedByGroup ? observations.read(row) : ObservationModel.IDEAL)));
		return optics;
	}

	List<RelionParticle> particles() {
		return new Particles();
	}

	private static Map<Integer, StarRow> groups(final StarTable optics) {
		final Map<Integer, StarRow> groups = new LinkedHashMap<>();
		for (int i = 0; i < optics.rows(); i++) {
			final StarRow row = new StarRow(optics, i);
			final int number = row.wholeNumber(GROUP, optics.rows() == 1 ? 1 : -1);
			if (number < 0) throw row.error(GROUP, "must be a number from 0 on. Number the optics groups.");
			if (groups.put(number, row) != null) throw row.error(GROUP, "optics group " + number +
				" is defined twice. Remove one of them.");
		}
		return groups;
	}

	String stack(final StarRow row) {
		final String name = row.text(kind.image(), "");
		final String stack = name.substring(name.indexOf('@') + 1);
		if (stack.isEmpty()) throw row.error(kind.image(), "\"" + name +
			"\" names no file. Write it as 000001@stack.mrcs.");
		return stack;
	}

	int index(final StarRow row) {
		final String name = row.text(kind.image(), "");
		final int at = name.indexOf('@');
		if (at < 0) return 0;
		try {
			final int number = Integer.parseInt(name, 0, at, 10);
			if (number >= 1) return number - 1;
		}
		catch (final NumberFormatException e) {
			// Falls through to the one message.
		}
		throw row.error(kind.image(), "\"" + name +
			"\" has no number from 1 on before the @. Write it as 000001@stack.mrcs.");
	}

	int opticsGroup(final StarRow row) {
		// Without any optics table there is nothing to be looked up: some programs number groups all the same.
		if (groups == null) return Math.max(0, row.wholeNumber(GROUP, 1));
		return row.wholeNumber(GROUP, groups.size() == 1 ? groups.keySet().iterator().next() : -1);
	}

	/** The row of the optics group, or null if there is no table of them. */
	private StarRow group(final StarRow row) {
		if (groups == null) return null;
		final int number = opticsGroup(row);
		final StarRow group = groups.get(number);
		if (group == null) throw row.error(GROUP, "optics group " + number + " is not in data_optics, which has " + groups
			.keySet() + ". Add it there.");
		return group;
	}

	ObservationModel observation(final StarRow row) {
		if (!observations.areListed()) return ObservationModel.IDEAL;
		if (!observedByGroup) return observations.read(row);
		// Text is turned into numbers once for each group, not for each of its particles.
		final StarRow group = group(row);
		return ofGroups.computeIfAbsent(group.row(), number -> observations.read(group));
	}

	double pixelSize(final StarRow row) {
		final StarRow group = group(row);
		final double ofGroup = group == null ? Double.NaN : pixelSizeOfGroup(group);
		if (!Double.isNaN(ofGroup)) return ofGroup;
		final double stated = row.number(kind.pixelSize(), row.number("rlnPixelSize", Double.NaN));
		if (!Double.isNaN(stated)) return requirePositive(row, stated);
		// The detector's pixels are given in µm: 1 µm is 10^4 Å.
		return requirePositive(row, 1e4 * row.number("rlnDetectorPixelSize", Double.NaN) / row.number("rlnMagnification",
			Double.NaN));
	}

	private static double requirePositive(final StarRow row, final double size) {
		if (size <= 0 || Double.isInfinite(size)) throw row.error(null, "the pixel size is " + size +
			" Å. Correct rlnDetectorPixelSize and rlnMagnification, or rlnImagePixelSize.");
		return size;
	}

	private double pixelSizeOfGroup(final StarRow group) {
		final double pixelSize = group.number(kind.pixelSize(), Double.NaN);
		if (pixelSize <= 0) throw group.error(kind.pixelSize(), "the pixel size must be positive. Correct the value.");
		return pixelSize;
	}

	/** Edge of the image of a row in pixels; 0 if neither its optics group nor the row gives it. */
	int box(final int row) {
		final StarRow own = new StarRow(table, row), group = group(own);
		final int ofGroup = group == null ? 0 : group.wholeNumber("rlnImageSize", 0);
		return ofGroup > 0 ? ofGroup : own.wholeNumber("rlnImageSize", 0);
	}

	double origin(final StarRow row, final String column) {
		final double stated = row.number(column + "Angst", Double.NaN);
		if (!Double.isNaN(stated)) return stated;
		final double pixels = row.number(column, 0);
		return pixels == 0 ? 0 : pixels * pixelSize(row);
	}

	RelionCtf ctf(final StarRow row) {
		final StarRow group = group(row);
		final double defocusU = number(row, group, "rlnDefocusU", Double.NaN);
		if (Double.isNaN(defocusU)) return null;
		return new RelionCtf(number(row, group, "rlnVoltage", Double.NaN), number(row, group, "rlnSphericalAberration",
			Double.NaN), number(row, group, "rlnAmplitudeContrast", Double.NaN), defocusU, number(row, group, "rlnDefocusV",
				defocusU), number(row, group, "rlnDefocusAngle", 0), number(row, group, "rlnPhaseShift", 0), number(row, group,
					"rlnCtfBfactor", 0), number(row, group, "rlnCtfScalefactor", 1));
	}

	/** The value in the particle's row, or else in its optics group: RELION's order. */
	private static double number(final StarRow row, final StarRow group, final String column, final double absent) {
		return group == null || row.table().has(column) ? row.number(column, absent) : group.number(column, absent);
	}

	/** All rows, each made a particle when it is asked for. */
	private final class Particles extends AbstractList<RelionParticle> implements RandomAccess {

		@Override
		public RelionParticle get(final int row) {
			return new ListedParticle(RelionReader.this, new StarRow(table, row));
		}

		@Override
		public int size() {
			return table.rows();
		}
	}
}
