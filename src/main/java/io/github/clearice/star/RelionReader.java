package io.github.clearice.star;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns RELION's tables into records, whatever generation wrote them: one table
 * with magnification and origins in pixels (up to 3.0), or particles and optics
 * groups with origins in Å (3.1 and later).
 */
final class RelionReader {

	private final RelionKind kind;
	private final StarTable table;
	private final Map<Integer, OpticsGroup> optics;
	private final Map<Integer, StarRow> opticsRows = new HashMap<>();
	private final boolean opticsKnown;
	/** Of the rows; null where the optics groups say it, as in RELION 3.1 and later. */
	private final ObservationColumns rowObservations;
	private final Map<String, String> stacks = new HashMap<>();

	RelionReader(final String file, final StarFile tables, final RelionKind kind) {
		this.kind = kind;
		this.table = kind.of(file, tables);
		final StarTable opticsTable = tables.table("optics").orElse(null);
		this.opticsKnown = opticsTable != null;
		final ObservationColumns groups = opticsKnown ? new ObservationColumns(opticsTable) : null;
		this.optics = opticsKnown ? readOptics(opticsTable, groups) : Map.of();
		this.rowObservations = groups != null && groups.areListed() ? null : new ObservationColumns(table);
	}

	StarTable table() {
		return table;
	}

	List<OpticsGroup> optics() {
		return List.copyOf(optics.values());
	}

	List<RelionParticle> particles() {
		final List<RelionParticle> particles = new ArrayList<>(table.rows());
		final List<String> cells = new ArrayList<>();
		for (int row = 0; row < table.rows(); row++) {
			table.cellsInto(row, cells);
			particles.add(particle(new StarRow(table, row, cells)));
		}
		return particles;
	}

	private Map<Integer, OpticsGroup> readOptics(final StarTable opticsTable, final ObservationColumns observations) {
		final Map<Integer, OpticsGroup> groups = new LinkedHashMap<>();
		for (int i = 0; i < opticsTable.rows(); i++) {
			final List<String> cells = new ArrayList<>();
			opticsTable.cellsInto(i, cells);
			final StarRow row = new StarRow(opticsTable, i, cells);
			final int number = row.wholeNumber("rlnOpticsGroup", opticsTable.rows() == 1 ? 1 : 0);
			if (number < 1) throw row.error("rlnOpticsGroup", "must be a number from 1 on. Number the optics groups.");
			final double pixelSize = row.number(kind.pixelSize(), Double.NaN);
			if (pixelSize <= 0) throw row.error(kind.pixelSize(), "the pixel size must be positive. Correct the value.");
			final OpticsGroup group = new OpticsGroup(number, row.text("rlnOpticsGroupName", "opticsGroup" + number), row
				.number("rlnVoltage", Double.NaN), row.number("rlnSphericalAberration", Double.NaN), row.number(
					"rlnAmplitudeContrast", Double.NaN), pixelSize, row.wholeNumber("rlnImageSize", 0), observations.read(row));
			if (groups.put(number, group) != null) throw row.error("rlnOpticsGroup", "optics group " + number +
				" is defined twice. Remove one of them.");
			opticsRows.put(number, row);
		}
		return groups;
	}

	private RelionParticle particle(final StarRow row) {
		final OpticsGroup group = opticsGroup(row);
		final int number = group != null ? group.number() : Math.max(1, row.wholeNumber("rlnOpticsGroup", 1));
		final double pixelSize = pixelSize(row, group);
		final String name = row.text(kind.image(), "");
		final int at = name.indexOf('@');
		final String stack = stacks.computeIfAbsent(name.substring(at + 1), path -> path);
		if (stack.isEmpty()) throw row.error(kind.image(), "\"" + name +
			"\" names no file. Write it as 000001@stack.mrcs.");
		return new RelionParticle(stack, at < 0 ? 0 : index(row, name, at), row.number("rlnAngleRot", 0), row.number(
			"rlnAngleTilt", 0), row.number("rlnAnglePsi", 0), origin(row, "rlnOriginX", pixelSize), origin(row, "rlnOriginY",
				pixelSize), pixelSize, ctf(row, group), number, row.wholeNumber("rlnClassNumber", 0), row.wholeNumber(
					"rlnRandomSubset", 0), row.line(), observation(row, group));
	}

	private OpticsGroup opticsGroup(final StarRow row) {
		// Without any optics table there is nothing to be looked up: some programs number groups all the same.
		if (!opticsKnown) return null;
		final int number = row.wholeNumber("rlnOpticsGroup", optics.size() == 1 ? optics.keySet().iterator().next() : 0);
		final OpticsGroup group = optics.get(number);
		if (group == null) throw row.error("rlnOpticsGroup", "optics group " + number + " is not in data_optics, which has " +
			optics.keySet() + ". Add it there.");
		return group;
	}

	private ObservationModel observation(final StarRow row, final OpticsGroup group) {
		return rowObservations == null ? group.observation() : rowObservations.read(row);
	}

	private int index(final StarRow row, final String name, final int at) {
		try {
			final int number = Integer.parseInt(name, 0, at, 10);
			if (number >= 1) return number - 1;
		}
		catch (final NumberFormatException e) {
			// Falls through to the one message.
		}
		throw row.error(kind.image(), "\"" + name + "\" has no number from 1 on before the @. Write it as 000001@stack.mrcs.");
	}

	private double pixelSize(final StarRow row, final OpticsGroup group) {
		if (group != null && !Double.isNaN(group.pixelSizeAngstrom())) return group.pixelSizeAngstrom();
		final double stated = row.number(kind.pixelSize(), row.number("rlnPixelSize", Double.NaN));
		final double detector = row.number("rlnDetectorPixelSize", Double.NaN);
		final double magnification = row.number("rlnMagnification", Double.NaN);
		// The detector's pixels are given in µm: 1 µm is 10^4 Å.
		final double size = Double.isNaN(stated) ? 1e4 * detector / magnification : stated;
		if (size <= 0 || Double.isInfinite(size)) throw row.error(null, "the pixel size is " + size +
			" Å. Correct rlnDetectorPixelSize and rlnMagnification, or rlnImagePixelSize.");
		return size;
	}

	private static double origin(final StarRow row, final String column, final double pixelSize) {
		final double stated = row.number(column + "Angst", Double.NaN);
		if (!Double.isNaN(stated)) return stated;
		final double pixels = row.number(column, 0);
		return pixels == 0 ? 0 : pixels * pixelSize;
	}

	private RelionCtf ctf(final StarRow row, final OpticsGroup group) {
		final StarRow shared = group == null ? null : opticsRows.get(group.number());
		final double defocusU = number(row, shared, "rlnDefocusU", Double.NaN);
		if (Double.isNaN(defocusU)) return null;
		return new RelionCtf(number(row, shared, "rlnVoltage", Double.NaN), number(row, shared, "rlnSphericalAberration",
			Double.NaN), number(row, shared, "rlnAmplitudeContrast", Double.NaN), defocusU, number(row, shared, "rlnDefocusV",
				defocusU), number(row, shared, "rlnDefocusAngle", 0), number(row, shared, "rlnPhaseShift", 0), number(row, shared,
					"rlnCtfBfactor", 0), number(row, shared, "rlnCtfScalefactor", 1));
	}

	/** What the row of a particle says, or else its optics group: the order that RELION has. */
	private static double number(final StarRow row, final StarRow group, final String column, final double absent) {
		return group == null || row.table().has(column) ? row.number(column, absent) : group.number(column, absent);
	}
}
