package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The table of another program that RELION's tables were made from, to be written again with all that it holds. */
interface OriginalTable {

	/** RELION's tables of the same. */
	StarFile toRelion();

	/**
	 * This table with other images.
	 *
	 * @param names as RELION has them, such as {@code 000001@stack.mrcs}
	 */
	OriginalTable withImages(IntFunction<String> names);

	/** Some rows, in the order given. */
	OriginalTable withRows(int... rows);

	/** Which factor makes the particle of a row white on black, 1 or -1. */
	int sign(int row);

	/** This table with another of these factors for all rows, where it has a field for it. */
	OriginalTable withSign(int sign);

	/** What of the table is passed over, one sentence each. */
	default List<String> warnings() {
		return List.of();
	}

	/** The ending of the names of such files. */
	String ending();

	/**
	 * Writes the table with what changed in RELION's tables of it.
	 *
	 * @throws InputException if the other program's table has no field for it
	 */
	void write(Path target, StarFile relion);

	/**
	 * A STAR file of cisTEM 2 as a table of RELION 3.0. As in cisTEM's own export, rot, tilt and psi are its phi, theta
	 * and psi, and origins are its shifts, both in Å, with the other sign.
	 */
	final class CistemTable implements OriginalTable {

		private static final String POSITION = "cisTEMPositionInStack", STACK = "cisTEMStackFilename";

		/** Columns that differ only in their labels. */
		private static final List<List<String>> SAME = List.of(List.of("rlnAngleRot", "cisTEMAnglePhi"), List.of(
			"rlnAngleTilt", "cisTEMAngleTheta"), List.of("rlnAnglePsi", "cisTEMAnglePsi"), List.of("rlnDefocusU",
				"cisTEMDefocus1"), List.of("rlnDefocusV", "cisTEMDefocus2"), List.of("rlnDefocusAngle", "cisTEMDefocusAngle"),
			List.of("rlnPhaseShift", "cisTEMPhaseShift"), List.of("rlnVoltage", "cisTEMMicroscopeVoltagekV"), List.of(
				"rlnSphericalAberration", "cisTEMMicroscopeCsMM"), List.of("rlnVoltage", "cisTEMVoltage"), List.of(
					"rlnSphericalAberration", "cisTEMCs"), List.of("rlnAmplitudeContrast", "cisTEMAmplitudeContrast"), List.of(
						"rlnImagePixelSize", "cisTEMPixelSize"), List.of("rlnBeamTiltX", "cisTEMBeamTiltX"), List.of("rlnBeamTiltY",
							"cisTEMBeamTiltY"), List.of("rlnClassNumber", "cisTEMBest2DClass"), List.of("rlnRandomSubset",
								"cisTEMAssignedSubset"), List.of("rlnMicrographName", "cisTEMOriginalImageFilename"));

		private final StarFile tables;
		private final StarTable table;

		private CistemTable(final StarFile tables, final StarTable table) {
			this.tables = tables;
			this.table = table;
		}

		/** The table of cisTEM among those of a file; null if there is none. */
		static CistemTable of(final StarFile tables) {
			if (tables.tables().stream().anyMatch(one -> one.has(RelionKind.PARTICLES.image()))) return null;
			return tables.tables().stream().filter(one -> one.has(POSITION) || one.has(STACK)).findFirst().map(
				one -> new CistemTable(tables, one)).orElse(null);
		}

		@Override
		public StarFile toRelion() {
			final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();
			columns.put(RelionKind.PARTICLES.image(), row -> RelionParticle.imageName(table.has(STACK) ? table.get(row, STACK)
				: "", table.has(POSITION) ? table.getInt(row, POSITION) - 1 : row));
			for (final List<String> pair : SAME)
				if (table.has(pair.get(1))) columns.put(pair.get(0), row -> table.get(row, pair.get(1)));
			if (table.has("cisTEMXShift")) columns.put("rlnOriginXAngst", row -> negative(table.get(row, "cisTEMXShift")));
			if (table.has("cisTEMYShift")) columns.put("rlnOriginYAngst", row -> negative(table.get(row, "cisTEMYShift")));
			final StarTable.Builder rows = StarTable.loop(table.name(), columns.keySet().toArray(new String[0]));
			for (int i = 0; i < table.rows(); i++) {
				final int row = i;
				rows.add(columns.values().stream().map(column -> column.apply(row)).toArray(String[]::new));
			}
			return new StarFile(List.of(rows.build().at(table)));
		}

		/** A number with the other sign. Other text stays as it is and is refused where the value is used. */
		private static String negative(final String number) {
			if (number.startsWith("-")) return number.substring(1);
			return number.matches("[+]?[0.]+") ? number : "-" + number.replaceFirst("^\\+", "");
		}

		@Override
		public OriginalTable withImages(final IntFunction<String> names) {
			// cisTEM takes names of files in single quotes only.
			final StarTable renamed = table.withColumn(POSITION, row -> names.apply(row).replaceFirst("@.*", "").replaceFirst(
				"^0+", "")).withQuotedColumn(STACK, row -> names.apply(row).replaceFirst("^\\d+@", ""));
			return new CistemTable(tables.with(table, renamed), renamed);
		}

		@Override
		public OriginalTable withRows(final int... rows) {
			final StarTable chosen = table.withRows(rows);
			return new CistemTable(tables.with(table, chosen), chosen);
		}

		@Override
		public int sign(final int row) {
			return 1;
		}

		@Override
		public OriginalTable withSign(final int sign) {
			return this;
		}

		@Override
		public String ending() {
			return ".star";
		}

		/** If anything other than rows and images has changed, the file is written in RELION's format. */
		@Override
		public void write(final Path target, final StarFile relion) {
			(isSame(relion) ? tables : relion).write(target);
		}

		private boolean isSame(final StarFile relion) {
			final StarFile own = toRelion();
			if (own.tables().size() != relion.tables().size()) return false;
			final StarTable now = relion.tables().get(0), before = own.tables().get(0);
			if (!now.columns().equals(before.columns()) || now.rows() != before.rows()) return false;
			for (int row = 0; row < now.rows(); row++) if (!now.row(row).equals(before.row(row))) return false;
			return true;
		}
	}
}
