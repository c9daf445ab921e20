package io.github.clearice.star;

import io.github.clearice.star.CsPoses.CsChanges;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Particles or micrographs of cryoSPARC as RELION's tables: rotation vectors become Euler angles, shifts in pixels
 * origins in Å, angles in radian degrees, and classes and half-sets count from 1.
 *
 * @see <a href="https://github.com/asarnow/pyem/wiki">pyem, which documents these conventions</a>
 */
final class CryosparcTable implements OriginalTable {

	private static final List<String> EULER = List.of("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
	private static final List<String> ORIGIN = List.of("rlnOriginXAngst", "rlnOriginYAngst");

	private final CsTable table;
	private final CsKind kind;

	private CryosparcTable(final CsTable table, final CsKind kind) {
		this.table = table;
		this.kind = kind;
	}

	/**
	 * Reads a .cs file and what passthrough files beside it add to its rows.
	 *
	 * @throws InputException if it is no such file, or names no images
	 */
	static CryosparcTable read(final Path path, final RelionKind wanted) {
		final CsTable table = PassthroughFiles.joined(CsTable.read(path), path, wanted == RelionKind.PARTICLES
			? CsKind.PARTICLES : CsKind.MICROGRAPHS);
		for (final CsKind kind : CsKind.values())
			if (kind.relion() == wanted && table.has(kind.field("path"))) return new CryosparcTable(table, kind);
		throw new InputException(path + ": names no " + (wanted == RelionKind.PARTICLES
			? "particle images (no field blob/path), nor does a passthrough file of its job beside it. Put that there, or" +
				" choose the particles of the job that extracted them."
			: "micrographs (no field micrograph_blob/path). Choose the exposures of a motion correction or CTF estimation."));
	}

	/** Whether a file holds micrographs and no particles. */
	static boolean isListOfMicrographs(final Path path) {
		final CsTable table = CsTable.read(path);
		return table.has(CsKind.MICROGRAPHS.field("path")) && !table.has(CsKind.PARTICLES.field("path"));
	}

	@Override
	public StarFile toRelion() {
		final CsOptics optics = new CsOptics(table, kind);
		final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();
		columns.put(kind.relion().image(), this::image);
		if (kind == CsKind.PARTICLES) putLocation(columns);
		columns.put("rlnOpticsGroup", optics::number);
		if (kind == CsKind.PARTICLES) putPoses(columns);
		putCtf(columns);
		final StarTable.Builder rows = StarTable.loop(kind == CsKind.PARTICLES ? "particles" : "micrographs", columns
			.keySet().toArray(new String[0]));
		for (int i = 0; i < table.rows(); i++) {
			final int row = i;
			rows.add(columns.values().stream().map(column -> column.apply(row)).toArray(String[]::new));
		}
		return new StarFile(List.of(optics.toRelion(), rows.build().withVersion(RelionWriter.VERSION).in(table.file())));
	}

	private String image(final int row) {
		// Where cryoSPARC exported a group, paths are relative to the project and marked with >.
		final String path = table.text(row, kind.field("path")).replaceFirst("^>", "");
		if (path.isEmpty()) throw table.error(row, kind.field("path"), "names no file. Leave this row out.");
		final boolean alone = kind == CsKind.MICROGRAPHS;
		return alone ? path : RelionParticle.imageName(path, (int) table.number(row, kind.field("idx"), 0.0));
	}

	private void putLocation(final Map<String, IntFunction<String>> columns) {
		if (table.has("location/micrograph_path")) columns.put("rlnMicrographName", row -> table.text(row,
			"location/micrograph_path").replaceFirst("^>", ""));
		if (!table.has("location/center_x_frac") || table.items("location/micrograph_shape") != 2) return;
		// The shape has rows first; rows are counted as in the micrograph's file.
		columns.put("rlnCoordinateX", row -> decimal(table.number(row, "location/center_x_frac", 0) * table.number(row,
			"location/micrograph_shape", 1)));
		columns.put("rlnCoordinateY", row -> decimal(table.number(row, "location/center_y_frac", 0) * table.number(row,
			"location/micrograph_shape", 0)));
	}

	private void putPoses(final Map<String, IntFunction<String>> columns) {
		final CsPoses poses = CsPoses.of(table);
		if (poses == null) return;
		for (int axis = poses.isPlane() ? 2 : 0; axis < 3; axis++) {
			final int angle = axis;
			columns.put(EULER.get(axis), row -> decimal(poses.euler(row)[angle]));
		}
		if (poses.hasShift()) for (int axis = 0; axis < 2; axis++) {
			final int along = axis;
			columns.put(ORIGIN.get(axis), row -> decimal(poses.shiftAngstrom(row, along)));
		}
		if (poses.hasClass()) columns.put("rlnClassNumber", row -> Long.toString(poses.classNumber(row) + 1));
		// All in one half-set are not split.
		if (poses.hasSplit() && hasBothHalves(poses)) columns.put("rlnRandomSubset", row -> Long.toString(poses.split(row) +
			1));
	}

	private boolean hasBothHalves(final CsPoses poses) {
		for (int row = 1; row < table.rows(); row++) if (poses.split(row) != poses.split(0)) return true;
		return false;
	}

	private void putCtf(final Map<String, IntFunction<String>> columns) {
		put(columns, "rlnDefocusU", "ctf/df1_A", 1);
		put(columns, "rlnDefocusV", "ctf/df2_A", 1);
		put(columns, "rlnDefocusAngle", "ctf/df_angle_rad", Math.toDegrees(1));
		put(columns, "rlnPhaseShift", "ctf/phase_shift_rad", Math.toDegrees(1));
		put(columns, "rlnCtfBfactor", "ctf/bfactor", 1);
		put(columns, "rlnCtfScalefactor", "ctf/scale", 1);
		put(columns, "rlnCtfMaxResolution", "ctf/ctf_fit_to_A", 1);
		put(columns, "rlnCtfFigureOfMerit", "ctf/cross_corr_ctffind4", 1);
	}

	private void put(final Map<String, IntFunction<String>> columns, final String column, final String field,
		final double scale)
	{
		if (!table.has(field)) return;
		columns.put(column, row -> scale == 1 ? text(table.number(row, field, 0)) : decimal(scale * table.number(
			row, field, 0)));
	}

	private static String decimal(final double value) {
		return Double.toString(Math.rint(value * 1e7) / 1e7);
	}

	@Override
	public OriginalTable withImages(final IntFunction<String> names) {
		final CsTable renamed = table.withText(kind.field("path"), row -> names.apply(row).replaceFirst("^\\d+@", ""));
		return new CryosparcTable(!renamed.has(kind.field("idx")) ? renamed : renamed.withNumbers(kind.field("idx"), 0,
			row -> index(names.apply(row))), kind);
	}

	private static int index(final String name) {
		final int at = name.indexOf('@');
		return at < 0 ? 0 : Integer.parseInt(name.substring(0, at)) - 1;
	}

	@Override
	public OriginalTable withRows(final int... rows) {
		return new CryosparcTable(table.withRows(rows), kind);
	}

	/** cryoSPARC marks dark particles on light with a sign of -1. */
	@Override
	public int sign(final int row) {
		return table.number(row, kind.field("sign"), 1.0) < 0 ? -1 : 1;
	}

	@Override
	public OriginalTable withSign(final int sign) {
		final String field = kind.field("sign");
		return table.has(field) ? new CryosparcTable(table.withNumbers(field, 0, row -> sign), kind) : this;
	}

	@Override
	public List<String> warnings() {
		double largest = 0;
		for (int row = 0; row < table.rows() && table.items("ctf/shift_A") == 2; row++)
			largest = Math.max(largest, Math.hypot(table.number(row, "ctf/shift_A", 0), table.number(row, "ctf/shift_A", 1)));
		return largest == 0 ? List.of() : List.of(String.format(Locale.ROOT,
			"ctf/shift_A, by which exposure groups are shifted as a whole, is not applied; it is %.3g Å at most.", largest));
	}

	@Override
	public String ending() {
		return ".cs";
	}

	@Override
	public void write(final Path target, final StarFile relion) {
		new CsChanges(table, kind, toRelion(), relion).apply().write(target);
	}

	/** The kind of rows of a cryoSPARC table, by the group of fields that names their images. */
	enum CsKind {

		PARTICLES("blob", RelionKind.PARTICLES), MICROGRAPHS("micrograph_blob", RelionKind.MICROGRAPHS);

		private final String group;
		private final RelionKind relion;

		CsKind(final String group, final RelionKind relion) {
			this.group = group;
			this.relion = relion;
		}

		/** A field that says something of the images, such as {@code blob/path}. */
		String field(final String name) {
			return group + "/" + name;
		}

		RelionKind relion() {
			return relion;
		}
	}

	/**
	 * The passthrough files of a cryoSPARC job: fields of the same particles that its own output lacks. They lie beside
	 * that and are named after the job, such as {@code P12_J24_passthrough_particles.cs}.
	 */
	static final class PassthroughFiles {

		private static final Pattern JOB = Pattern.compile("(?:cryosparc_)?((?:P\\d+_)?J\\d+)_.*\\.cs");

		private PassthroughFiles() {}

		/** A table with what passthrough files beside it have for all its rows. */
		static CsTable joined(final CsTable table, final Path path, final CsKind kind) {
			final Matcher job = JOB.matcher(String.valueOf(path.getFileName()));
			if (!job.matches()) return table;
			final TreeSet<Path> files = new TreeSet<>();
			try (DirectoryStream<Path> beside = Files.newDirectoryStream(path.toAbsolutePath().getParent(), job.group(1) +
				"_passthrough_*.cs")) {
				beside.forEach(files::add);
			}
			catch (final IOException e) {
				// A folder that cannot be listed has none.
				return table;
			}
			CsTable joined = table;
			for (final Path file : files) {
				if (file.equals(path.toAbsolutePath())) continue;
				final CsTable other;
				try {
					other = CsTable.read(file);
				}
				catch (final InputException e) {
					// Its fields may not be needed; if one is, the message names the missing field.
					if (joined.has(kind.field("path"))) continue;
					throw e;
				}
				final Optional<CsTable> more = joined.joined(other);
				if (more.isPresent()) joined = more.get();
			}
			return joined;
		}
	}

	/** The shortest text that is the same number to the digits that the field has. */
	static String text(final double value) {
		return value == (float) value ? Float.toString((float) value) : Double.toString(value);
	}
}
