package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The micrographs of a RELION project, such as {@code micrographs_ctf.star}: their files, pixel size and CTFs, and
 * what particles that are cut out of them inherit. Unchangeable.
 */
public final class RelionMicrographs {

	/** The columns that a particle copies from its micrograph, as in RELION's own extraction. */
	private static final List<String> INHERITED = List.of("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle",
		"rlnPhaseShift", "rlnCtfBfactor", "rlnCtfScalefactor", "rlnCtfMaxResolution", "rlnCtfFigureOfMerit", "rlnBeamTiltX",
		"rlnBeamTiltY");

	/** What optics groups of RELION 3.1 hold, and each row of RELION 3.0. */
	private static final List<String> OPTICS = List.of("rlnVoltage", "rlnSphericalAberration", "rlnAmplitudeContrast");

	private final RelionParticles rows;
	private final List<List<String>> groups = new ArrayList<>();

	private RelionMicrographs(final RelionParticles rows) {
		this.rows = rows;
		if (!hasOptics()) for (int row = 0; row < size(); row++) {
			if (!groups.contains(optics(row))) groups.add(optics(row));
		}
	}

	/**
	 * Reads the STAR file of a motion correction or CTF estimation by RELION 3.0, 3.1, 4 or 5.
	 *
	 * @throws InputException with file, line and column: broken syntax, no micrographs, a number that is none
	 */
	public static RelionMicrographs read(final Path star) {
		return read(star, null);
	}

	/**
	 * Reads a table of micrographs whose paths start from a folder.
	 *
	 * @param project the folder, or null to look for it
	 */
	public static RelionMicrographs read(final Path star, final Path project) {
		return new RelionMicrographs(RelionParticles.read(star, project, RelionKind.MICROGRAPHS));
	}

	/** Whether a STAR file lists micrographs and no particle images; of one with these, only its beginning is read. */
	public static boolean isListOf(final Path star) {
		try {
			if (RelionParticles.isCryosparc(star)) return CryosparcTable.isListOfMicrographs(star);
			boolean micrographs = false;
			for (final StarTable table : StarFile.read(star, RelionKind.PARTICLES.image()).tables()) {
				if (table.has(RelionKind.PARTICLES.image())) return false;
				micrographs |= table.has(RelionKind.MICROGRAPHS.image());
			}
			return micrographs;
		}
		catch (final InputException e) {
			// The particle reader reports the file's fault.
			return false;
		}
	}

	/** Number of micrographs. */
	public int size() {
		return rows.size();
	}

	/** The name as it is written, such as {@code MotionCorr/job002/a.mrc} or {@code 000001@stack.mrcs}. */
	public String name(final int row) {
		return rows.table().get(row, RelionKind.MICROGRAPHS.image());
	}

	/** The file of a micrograph, found as {@link RelionParticles#stackFile} finds stacks. */
	public Path file(final int row) {
		return rows.stackFile(rows.particles().get(row));
	}

	/** The number of a micrograph in its file, from 0. */
	public int section(final int row) {
		return rows.particles().get(row).index();
	}

	/** Makes sure that a file of so many micrographs has that of a row. */
	public void requireImage(final int row, final int images) {
		rows.requireImage(row, images);
	}

	/** Edge of a pixel; NaN where the table does not tell. */
	public double pixelSizeAngstrom(final int row) {
		return rows.particles().get(row).pixelSizeAngstrom();
	}

	/** The CTF, or null where the table has no defocus. */
	public RelionCtf ctf(final int row) {
		return rows.particles().get(row).ctf();
	}

	/** The effects of the optics on a micrograph besides its CTF. */
	public ObservationModel observation(final int row) {
		return rows.particles().get(row).observation();
	}

	/** Refuses columns as {@link RelionParticles#requireKnownOptics} does. */
	public void requireKnownOptics() {
		rows.requireKnownOptics();
	}

	/** The columns that {@link #inherited} has values for. */
	public List<String> inheritedColumns() {
		return INHERITED.stream().filter(rows.table()::has).toList();
	}

	/** The columns that a particle copies from its micrograph, without its optics group. */
	public List<String> inherited(final int row) {
		return inheritedColumns().stream().map(column -> rows.table().get(row, column)).toList();
	}

	/** The optics group of a micrograph; those of RELION 3.0 are numbered by what their microscopes have in common. */
	public int opticsGroup(final int row) {
		return hasOptics() ? rows.particles().get(row).opticsGroup() : 1 + groups.indexOf(optics(row));
	}

	/**
	 * The table of optics of particles that are cut out of these micrographs, with all that it holds here.
	 *
	 * @param box edge of their images in pixels
	 */
	public StarTable particleOptics(final double pixelSizeAngstrom, final int box) {
		StarTable table = hasOptics() ? rows.tables().table("optics").orElseThrow() : newOptics();
		final Map<String, String> added = new LinkedHashMap<>();
		added.put("rlnImagePixelSize", Double.toString(pixelSizeAngstrom));
		added.put("rlnImageSize", Integer.toString(box));
		added.put("rlnImageDimensionality", "2");
		for (final Map.Entry<String, String> column : added.entrySet())
			table = table.withColumn(column.getKey(), row -> column.getValue());
		return table.withVersion(RelionWriter.VERSION);
	}

	private StarTable newOptics() {
		final List<String> columns = new ArrayList<>(List.of("rlnOpticsGroup", "rlnOpticsGroupName"));
		columns.addAll(opticsColumns());
		final StarTable.Builder table = StarTable.loop("optics", columns.toArray(new String[0]));
		for (int group = 1; group <= groups.size(); group++) {
			final List<String> cells = new ArrayList<>(List.of(Integer.toString(group), "opticsGroup" + group));
			cells.addAll(groups.get(group - 1));
			table.add(cells.toArray(new String[0]));
		}
		return table.build();
	}

	private boolean hasOptics() {
		return rows.tables().table("optics").isPresent();
	}

	private List<String> opticsColumns() {
		return OPTICS.stream().filter(rows.table()::has).toList();
	}

	private List<String> optics(final int row) {
		return opticsColumns().stream().map(column -> rows.table().get(row, column)).toList();
	}

	/** What another STAR file is to call a file, as {@link RelionParticles#nameOf} does. */
	public String nameOf(final Path file, final Path star) {
		return rows.nameOf(file, star);
	}

	/** Writes all tables with every column, but other names of the micrographs. */
	public void write(final Path target, final IntFunction<String> names) {
		rows.withImages(names).write(target);
	}
}
