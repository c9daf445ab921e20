package io.github.clearice.star;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The particles of a RELION project: what computation needs of them, and the
 * tables they came from with every column, so that they can be written again.
 * Unchangeable.
 */
public final class RelionParticles {

	private final RelionKind kind;
	private final Path file;
	private final StarFile tables;
	private final StarTable table;
	private final RelionReader reader;
	private final List<RelionParticle> particles;

	private RelionParticles(final Path file, final StarFile tables, final RelionKind kind) {
		reader = new RelionReader(file == null ? "new particles" : file.toString(), tables, kind);
		this.kind = kind;
		this.file = file;
		this.tables = tables;
		this.table = reader.table();
		this.particles = reader.particles();
	}

	/**
	 * Reads a particle STAR file of RELION 3.0, 3.1, 4 or 5.
	 *
	 * @throws StarException with file and line: broken syntax, no column of images, optics groups without numbers
	 */
	public static RelionParticles read(final Path star) {
		return read(star, RelionKind.PARTICLES);
	}

	static RelionParticles read(final Path star, final RelionKind kind) {
		return new RelionParticles(star, StarFile.read(star), kind);
	}

	/**
	 * New particles, such as simulated ones, as RELION 3.1 tables.
	 *
	 * @throws IllegalArgumentException if a particle's optics group is missing, or numbers are not finite
	 */
	public static RelionParticles of(final List<OpticsGroup> optics, final List<RelionParticle> particles) {
		return new RelionParticles(null, RelionWriter.tables(optics, particles), RelionKind.PARTICLES);
	}

	/**
	 * The particles in the order of the rows. A value is read when it is asked for: a {@link StarException} with its line
	 * and column then says what is wrong with it.
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
	 * @throws StarException with the line, if a value of theirs is unreadable
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
	 * @throws StarException that names those that are missing
	 */
	public void require(final String... columns) {
		final List<String> missing = new ArrayList<>(Arrays.asList(columns));
		missing.removeIf(table::has);
		if (!missing.isEmpty()) throw new StarException(name() + ": the particles have no column " + String.join(", ",
			missing) + ". Choose a STAR file that has, such as one from a 3D refinement.");
	}

	/**
	 * Makes sure that no column says something about how the images came about that computation would have to pass over.
	 *
	 * @throws StarException that names the column
	 */
	public void requireKnownOptics() {
		UnknownOptics.requireNone(tables, table);
	}

	/**
	 * The file of a particle's stack: relative paths are looked for beside the STAR
	 * file, then in each folder above it, because RELION writes them relative to its
	 * project folder.
	 *
	 * @throws StarException if there is none, with the particle's line
	 */
	public Path stackFile(final RelionParticle particle) {
		return stackFile(particle, null);
	}

	/**
	 * The file of a particle's stack, looked for in the project folder first.
	 *
	 * @param project folder that paths are relative to, or null
	 * @throws StarException if there is none, with the particle's line
	 */
	public Path stackFile(final RelionParticle particle, final Path project) {
		final Path stack = path(particle);
		if (project != null && Files.exists(project.resolve(stack))) return project.resolve(stack);
		if (file == null || stack.isAbsolute()) {
			if (Files.exists(stack)) return stack;
			throw missing(particle, "");
		}
		for (Path folder = file.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
			if (Files.exists(folder.resolve(stack))) return folder.resolve(stack);
		}
		throw missing(particle, " beside the STAR file or in the folders above it");
	}

	/**
	 * What another STAR file of these particles is to call a stack, so that programs find it as they found these: from the
	 * project folder, where paths here start from a folder above the STAR file's own, as RELION's do, and both files lie in
	 * that too; else from the folder of the other STAR file.
	 *
	 * @param stack file to be named
	 * @param star the file that names it
	 */
	public String nameOf(final Path stack, final Path star) {
		final Path folder = star.toAbsolutePath().normalize().getParent(), target = stack.toAbsolutePath().normalize();
		final Path project = project();
		final boolean within = project != null && folder.startsWith(project) && target.startsWith(project);
		// STAR files have slashes on every system.
		return (within ? project : folder).relativize(target).toString().replace('\\', '/');
	}

	/** The folder that paths start from where it is one above the STAR file's own; null where it is not. */
	private Path project() {
		if (file == null || particles.isEmpty() || path(particles.get(0)).isAbsolute()) return null;
		final Path own = file.toAbsolutePath().normalize().getParent();
		Path folder = own;
		while (folder != null && !Files.exists(folder.resolve(path(particles.get(0))))) folder = folder.getParent();
		return own.equals(folder) ? null : folder;
	}

	/**
	 * Makes sure that a particle's stack has its image.
	 *
	 * @param row of the particle, counted from 0
	 * @param images number of images in the stack
	 * @throws StarException if it has not, or the stack has several and the particle
	 *           does not say which, with the particle's line
	 */
	public void requireImage(final int row, final int images) {
		final RelionParticle particle = particles.get(row);
		if (images > 1 && table.get(row, kind.image()).indexOf('@') < 0) throw StarException.at(name(), particle.line(),
			kind.image(), "\"" + particle.stack() + "\" does not say which of the " + images +
				" images of the stack it is. Write it as 000001@stack.mrcs.");
		if (particle.index() >= images) throw StarException.at(name(), particle.line(), kind.image(), "image " +
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
		return with(table.withColumn(kind.image(), names));
	}

	/** These particles with another table of them, such as one with further columns. */
	public RelionParticles with(final StarTable newTable) {
		return new RelionParticles(file, tables.with(table, newTable), kind);
	}

	/** These particles with another table of them and another table of optics groups; null where there is none. */
	public RelionParticles with(final StarTable newTable, final StarTable newOptics) {
		final StarFile changed = tables.with(table, newTable);
		return new RelionParticles(file, newOptics == null ? changed : changed.with(tables.table("optics").orElseThrow(),
			newOptics), kind);
	}

	/** Some of these particles with every column, in the order given. */
	public RelionParticles withRows(final int... rows) {
		return with(table.withRows(rows));
	}

	/**
	 * Writes all tables with every column.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public void write(final Path target) {
		tables.write(target);
	}

	private Path path(final RelionParticle particle) {
		try {
			return Path.of(particle.stack());
		}
		catch (final InvalidPathException e) {
			throw missing(particle, " and cannot: " + e.getReason());
		}
	}

	private String name() {
		return file == null ? "new particles" : file.toString();
	}

	private StarException missing(final RelionParticle particle, final String where) {
		return StarException.at(name(), particle.line(), kind.image(), "the " + kind.file() + " " + particle.stack() +
			" does not exist" + where + ". Put it there or name the project folder.");
	}
}
