package io.github.clearice.stack;

import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.OutputException;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stack that is made from another, image after image, and where that comes from a STAR file or a table of cryoSPARC,
 * one beside it that lists the new images.
 * <p>
 * Both appear under their names with {@link #commit}, the STAR file complete before the stack gets its name; closing
 * without it leaves nothing. For one thread at a time.
 */
public final class ParticleOutput implements AutoCloseable {

	private final Path target;
	private final Path star;
	private final RelionParticles rows;
	private final ParticleStackWriter writer;

	/**
	 * Begins the stack.
	 *
	 * @param source the particles that the new ones are made from, whose files must stay
	 * @param target the stack to write, usually {@code .mrcs}
	 * @param size number of particles that will be written, for the space on the disk
	 * @param box edge length of their images in pixels
	 * @param pixelSizeAngstrom pixel size in Å, or NaN where it is unknown
	 * @throws InputException if the target is one of the source's own files, or the STAR file is another's
	 * @throws OutputException if the files cannot be written
	 */
	public ParticleOutput(final ParticleStack source, final Path target, final int size, final int box,
		final double pixelSizeAngstrom)
	{
		if (RelionParticles.isTable(target)) throw new InputException("The output " + target +
			" is named like a table of particles, but it is a stack; name it .mrcs.");
		this.target = target;
		this.star = tableBeside(target, source);
		this.rows = source.rows().orElse(null);
		requireOther(source, target);
		if (rows != null) {
			requireOther(source, star);
			AtomicOutput.requireReplaceable(star, star);
			requireOwnOrAbsent();
		}
		OutputException.requireSpace(target, (long) Float.BYTES * size * box * box);
		writer = new ParticleStackWriter(target, box, pixelSizeAngstrom);
	}

	/**
	 * The table that goes with a stack: the stack's name with the ending {@code .star}, or {@code .cs} where the
	 * particles come from a table of cryoSPARC.
	 */
	public static Path tableBeside(final Path target, final ParticleStack source) {
		return beside(target, source.rows().map(RelionParticles::ending).orElse(".star"));
	}

	/** The same of the table that lists the particles, before it is read. */
	public static Path tableBeside(final Path target, final Path table) {
		return beside(target, RelionParticles.isCryosparc(table) ? ".cs" : ".star");
	}

	/**
	 * The STAR file that goes with a stack of particles from elsewhere: the stack's name with the ending {@code .star}.
	 */
	public static Path starBeside(final Path target) {
		return beside(target, ".star");
	}

	private static Path beside(final Path target, final String ending) {
		return target.resolveSibling(String.valueOf(target.getFileName()).replaceFirst("\\.[^.]*$", "") + ending);
	}

	/** Begins a part of the stack, as {@link ParticleStackWriter#part} does. */
	public MrcWriter.Part part(final int first) {
		return writer.part(first);
	}

	/** Takes note of a part, which must follow the particles so far. */
	public void add(final MrcWriter.Written part) {
		writer.add(part);
	}

	/** Gives the files their names; the STAR file has the rows of the source. */
	public void commit() {
		commit(rows);
	}

	/**
	 * Gives the files their names.
	 *
	 * @param listed the rows of the images in the order in which they were written, with the image names of before; not
	 *          looked at where the source has none
	 */
	public void commit(final RelionParticles listed) {
		if (rows == null) {
			writer.commit();
			return;
		}
		// The STAR file is finished first, so that only two renamings are left that bring both files about. An older one
		// goes before the new images come: a program that is killed in between leaves no table of other particles beside
		// them.
		try (AtomicOutput output = new AtomicOutput(star)) {
			listed.writeWithStack(rows.nameOf(target, star), output.temporary(), star);
			AtomicOutput.delete(star);
			writer.commit();
			output.commit();
		}
	}

	/** Checks that writing a file loses nothing of the stack it is made from. */
	private static void requireOther(final ParticleStack source, final Path target) {
		for (final Path file : source.files()) {
			if (AtomicOutput.isSame(file, target)) throw new InputException("The output " + target +
				" is the input itself; give another name.");
		}
	}

	/** Checks that a STAR file which is there already lists this stack: an earlier run wrote it. */
	private void requireOwnOrAbsent() {
		if (!Files.exists(star)) return;
		final String stack = rows.nameOf(target, star);
		boolean own;
		try {
			own = RelionParticles.read(star).particles().stream().allMatch(particle -> particle.stack().equals(stack));
		}
		catch (final InputException e) {
			own = false;
		}
		if (!own) throw new InputException("Beside the output " + target + " goes " + star +
			", but that is another STAR file already; give the output another name.");
	}

	@Override
	public void close() {
		writer.close();
	}
}
