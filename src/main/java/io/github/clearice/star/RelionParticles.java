package io.github.clearice.star;

import io.github.clearice.star.ObservationModel.ObservationColumns;
import io.github.clearice.star.OpticsGroup.UnknownOptics;
import io.github.clearice.star.OriginalTable.CistemTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The particles of a RELION project: what computation needs of them, and the
 * tables they came from with every column, so that they can be written again.
 * Unchangeable.
 */
public final class RelionParticles {

	private final RelionKind kind;
	private final Path file;
	private final Path project;
	private final StarFile tables;
	/** The original tables if the file comes from another program; otherwise null. */
	private final OriginalTable original;
	private final StarTable table;
	private final RelionReader reader;
	private final List<RelionParticle> particles;

	private RelionParticles(final Path file, final Path project, final StarFile tables, final OriginalTable original,
		final RelionKind kind)
	{
		reader = new RelionReader(file == null ? "new particles" : file.toString(), tables, kind);
		this.kind = kind;
		this.file = file;
		this.project = project;
		this.tables = tables;
		this.original = original;
		this.table = reader.table();
		this.particles = reader.particles();
	}

	/** Whether a file lists particles or micrographs, by its name: {@code .star}, or {@code .cs} of cryoSPARC. */
	public static boolean isTable(final Path path) {
		return path.toString().toLowerCase(Locale.ROOT).endsWith(".star") || isCryosparc(path);
	}

	/** Whether a file is a table of cryoSPARC, by its name. */
	public static boolean isCryosparc(final Path path) {
		return path.toString().toLowerCase(Locale.ROOT).endsWith(".cs");
	}

	/**
	 * Reads a particle STAR file of RELION 3.0, 3.1, 4 or 5 or of cisTEM, or a {@code .cs} file of cryoSPARC.
	 *
	 * @throws InputException with file and line: broken syntax, no column of images, optics groups without numbers
	 */
	public static RelionParticles read(final Path star) {
		return read(star, null);
	}

	/**
	 * Reads a particle table whose paths start from a folder.
	 *
	 * @param project the folder, or null to look for it
	 */
	public static RelionParticles read(final Path star, final Path project) {
		return read(star, project, RelionKind.PARTICLES);
	}

	/**
	 * Reads a table of angles, such as to simulate from; it may name images, but need not.
	 *
	 * @throws InputException as {@link #read(Path)}, or if no table has angles
	 */
	public static RelionParticles readOrientations(final Path star) {
		return read(star, null, isCryosparc(star) ? RelionKind.PARTICLES : RelionKind.ORIENTATIONS);
	}

	static RelionParticles read(final Path star, final Path project, final RelionKind kind) {
		if (isCryosparc(star)) return of(star, project, CryosparcTable.read(star, kind), kind);
		final StarFile tables = StarFile.read(star);
		final OriginalTable other = kind != RelionKind.MICROGRAPHS ? CistemTable.of(tables) : null;
		return other != null ? of(star, project, other, kind) : new RelionParticles(star, project, tables, null, kind);
	}

	private static RelionParticles of(final Path star, final Path project, final OriginalTable original,
		final RelionKind kind)
	{
		return new RelionParticles(star, project, original.toRelion(), original, kind);
	}

	/**
	 * New particles, such as simulated ones, as RELION 3.1 tables.
	 *
	 * @throws IllegalArgumentException if a particle's optics group is missing, or numbers are not finite
	 */
	public static RelionParticles of(final List<OpticsGroup> optics, final List<RelionParticle> particles) {
		return new RelionParticles(null, null, RelionWriter.tables(optics, particles), null, RelionKind.PARTICLES);
	}

	/**
	 * The particles in the order of the rows. A value is read on request; an {@link InputException} then gives its line,
	 * column and fault.
	 */
	public List<RelionParticle> particles() {
		return particles;
	}

	public int size() {
		return particles.size();
	}

	/**
	 * The optics groups; empty for tables of RELION 3.0.
	 *
	 * @throws InputException with the line, if a value of theirs is unreadable
	 */
	public List<OpticsGroup> opticsGroups() {
		return reader.optics();
	}

	/** The table of particles with all its columns. */
	public StarTable table() {
		return table;
	}

	/** All tables of the file, such as for writing them with further columns or tables. */
	public StarFile tables() {
		return tables;
	}

	/** The STAR file these were read from, or null for new ones. */
	public Path file() {
		return file;
	}

	/**
	 * Makes sure that the table has columns, such as the angles for a
	 * reconstruction.
	 *
	 * @throws InputException that names those that are missing
	 */
	public void require(final String... columns) {
		final List<String> missing = new ArrayList<>(Arrays.asList(columns));
		missing.removeIf(table::has);
		if (!missing.isEmpty()) throw new InputException(name() + ": the particles have no column " + String.join(", ",
			missing) + ". Choose a STAR file that has, such as one from a 3D refinement.");
	}

	/**
	 * Makes sure that no column says something about how the images came about that computation would have to pass over.
	 *
	 * @throws InputException that names the column
	 */
	public void requireKnownOptics() {
		UnknownOptics.requireNone(tables, table);
	}

	/**
	 * The file of a particle's stack. Relative paths start from the project folder, where it was given; else they are
	 * looked for beside the table, in each folder above it, and in the working folder, because RELION and cryoSPARC write
	 * them relative to their project folders.
	 *
	 * @throws InputException if there is none, with the particle's line and where it was looked for
	 */
	public Path stackFile(final RelionParticle particle) {
		final Path stack = path(particle);
		if (stack.isAbsolute()) {
			if (Files.exists(stack)) return stack;
			throw missing(particle, ". Put it there, or correct the path.");
		}
		return folders().find(stack).orElseThrow(() -> missing(particle, folders().describe()));
	}

	private ImageFolders folders() {
		return new ImageFolders(file, project);
	}

	/**
	 * What another STAR file of these particles is to call a stack, so that programs find it as they found these: from
	 * the project folder, where paths here start from another folder than the STAR file's own, as RELION's do, and both
	 * files lie in that too; else from the folder of the other STAR file.
	 *
	 * @param stack file to be named
	 * @param star the file that names it
	 */
	public String nameOf(final Path stack, final Path star) {
		return folders().nameOf(stack, star, particles.isEmpty() ? null : path(particles.get(0)));
	}

	/**
	 * Makes sure that a particle's stack has its image.
	 *
	 * @param row of the particle, counted from 0
	 * @param images number of images in the stack
	 * @throws InputException if it has not, or the stack has several and the particle
	 *           does not say which, with the particle's line
	 */
	public void requireImage(final int row, final int images) {
		final RelionParticle particle = particles.get(row);
		if (images > 1 && table.get(row, kind.image()).indexOf('@') < 0) throw InputException.at(name(), particle.line(),
			kind.image(), "\"" + particle.stack() + "\" does not say which of the " + images +
				" images of the stack it is. Write it as 000001@stack.mrcs.");
		if (particle.index() >= images) throw InputException.at(name(), particle.line(), kind.image(), "image " +
			particle.imageName() + " is beyond the " + images + " of the stack. Use the stack that belongs to this file.");
	}

	/**
	 * These particles with every column, but other images, such as the denoised
	 * ones.
	 *
	 * @param stack path as it is to be written; row i gets image i
	 */
	public RelionParticles withStack(final String stack) {
		return withImages(row -> RelionParticle.imageName(stack, row));
	}

	/**
	 * These particles with every column, but other image names.
	 *
	 * @param names the name of row i, such as {@code 000001@stack.mrcs}
	 */
	public RelionParticles withImages(final IntFunction<String> names) {
		return new RelionParticles(file, project, tables.with(table, table.withColumn(kind.image(), names)),
			original == null ? null : original.withImages(names), kind);
	}

	/** These particles with another table of them, such as one with further columns. */
	public RelionParticles with(final StarTable newTable) {
		return with(newTable, null);
	}

	/** These particles with another table of them and another table of optics groups; null keeps that. */
	public RelionParticles with(final StarTable newTable, final StarTable newOptics) {
		final StarFile changed = tables.with(table, newTable);
		return new RelionParticles(file, project, newOptics == null ? changed : changed.with(tables.table("optics")
			.orElseThrow(), newOptics), original, kind);
	}

	/**
	 * These particles with images that are free of their contrast transfer functions and antisymmetric aberrations, such
	 * as those of a network that was trained to take them out. All defoci stay; {@link CtfState#CORRECTED} says that the
	 * images do not have them any more.
	 */
	public RelionParticles withCtfCorrected() {
		final StarTable optics = tables.table("optics").orElse(null);
		if (optics == null) return with(ObservationColumns.corrected(table));
		final boolean both = new ObservationColumns(table).areListed();
		return with(both ? ObservationColumns.corrected(table) : table, ObservationColumns.corrected(optics));
	}

	/** Some of these particles with every column, in the order given. */
	public RelionParticles withRows(final int... rows) {
		return new RelionParticles(file, project, tables.with(table, table.withRows(rows)), original == null ? null
			: original.withRows(rows), kind);
	}

	/** The factor that makes the particle of a row white on black: -1 where cryoSPARC says that particles are dark. */
	public int sign(final int row) {
		return original == null ? 1 : original.sign(row);
	}

	/** These particles with images of the other contrast, as far as their table says which they have. */
	public RelionParticles withSign(final int sign) {
		return original == null ? this : new RelionParticles(file, project, tables, original.withSign(sign), kind);
	}

	/** What of the file is passed over, one sentence each. */
	public List<String> warnings() {
		return original == null ? List.of() : original.warnings();
	}

	/** The ending of the name of a file with these rows: {@code .star}, or {@code .cs} for particles of cryoSPARC. */
	public String ending() {
		return original == null ? ".star" : original.ending();
	}

	/**
	 * Writes all tables with every column; particles of cryoSPARC into a {@code .cs} file where the target is called so.
	 *
	 * @throws InputException if the target is called {@code .cs} and these are not cryoSPARC's, or changes do not fit
	 * there
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public void write(final Path target) {
		write(target, target);
	}

	/**
	 * Writes all tables into a file that gets another name later.
	 *
	 * @param named the later name, which says the format
	 */
	public void write(final Path target, final Path named) {
		if (original != null && named.toString().toLowerCase(Locale.ROOT).endsWith(original.ending())) original.write(
			target, tables);
		else if (isCryosparc(named)) throw new InputException("The output " + named +
			" is named like a file of cryoSPARC, but the particles come from " + name() + ". Name it .star.");
		else tables.write(target);
	}

	/**
	 * As {@link #withStack} and {@link #write(Path, Path)}, without a second table in memory, which may be as large as
	 * all else.
	 *
	 * @param stack path as it is to be written; row i gets image i
	 * @param named the later name, which says the format
	 */
	public void writeWithStack(final String stack, final Path target, final Path named) {
		if (original == null && !isCryosparc(named)) tables.write(target, table, kind.image(), row -> RelionParticle
			.imageName(stack, row));
		else withStack(stack).write(target, named);
	}

	private Path path(final RelionParticle particle) {
		try {
			return Path.of(particle.stack());
		}
		catch (final InvalidPathException e) {
			throw InputException.at(name(), particle.line(), kind.image(), InputFile.invalid(e));
		}
	}

	private String name() {
		return file == null ? "new particles" : file.toString();
	}

	private InputException missing(final RelionParticle particle, final String whereAndRemedy) {
		return InputException.at(name(), particle.line(), kind.image(), "the " + kind.file() + " " + particle.stack() +
			" does not exist" + whereAndRemedy);
	}

	/**
	 * Where the relative paths of a table may start from: the project folder, where it was given; else the table's own,
	 * each folder above it, and the working folder, because RELION and cryoSPARC write paths from their project folders.
	 *
	 * @param table the file, or null for new particles
	 * @param project the folder that the user says, or null
	 */
	record ImageFolders(Path table, Path project) {

		/** The file of a relative path; empty if there is none. */
		Optional<Path> find(final Path image) {
			return folders().stream().map(folder -> folder.resolve(image)).filter(Files::exists).findFirst();
		}

		private List<Path> folders() {
			if (project != null) return List.of(project);
			final List<Path> folders = new ArrayList<>();
			if (table != null) for (Path folder = table.toAbsolutePath().getParent(); folder != null; folder = folder
				.getParent())
				folders.add(folder);
			folders.add(Path.of("").toAbsolutePath());
			return folders;
		}

		/** Where an image was looked for, and what to do, to be put behind its name. */
		String describe() {
			if (project != null) return " in " + project + ". Give project= the folder that the paths start from.";
			final String own = table == null ? "" : table.toAbsolutePath().normalize().getParent() +
				", in the folders above it or in ";
			return " in " + own + Path.of("").toAbsolutePath() +
				". Put it there, or give project= the folder that the paths start from.";
		}

		/**
		 * What another table is to call a file: from the folder that an image of this table was found from, where that is
		 * another than this table's own and both files lie in it; else from the folder of the other table.
		 *
		 * @param image of this table, or null
		 */
		String nameOf(final Path file, final Path other, final Path image) {
			final Path folder = other.toAbsolutePath().normalize().getParent(), target = file.toAbsolutePath().normalize();
			final Path base = image == null || image.isAbsolute() || table == null ? null : base(image);
			final boolean within = base != null && folder.startsWith(base) && target.startsWith(base);
			// STAR files have slashes on every system.
			return (within ? base : folder).relativize(target).toString().replace('\\', '/');
		}

		private Path base(final Path image) {
			for (final Path folder : folders()) if (Files.exists(folder.resolve(image))) {
				final Path found = folder.toAbsolutePath().normalize();
				return found.equals(table.toAbsolutePath().normalize().getParent()) ? null : found;
			}
			return null;
		}
	}
}
