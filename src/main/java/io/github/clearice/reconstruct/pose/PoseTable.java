package io.github.clearice.reconstruct.pose;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The particles with the poses that were found: all rows and columns as before,
 * RELION's angles and origins, and {@code clearIceScore}, {@code clearIceConfidence}
 * and {@code clearIceMismatch} (1 where the confidence is below the threshold).
 */
public final class PoseTable {

	private final ParticleStack stack;
	private final List<PoseMatch> matches;
	private final double pixelSizeAngstrom;

	private PoseTable(final ParticleStack stack, final List<PoseMatch> matches, final double pixelSizeAngstrom) {
		this.stack = stack;
		this.matches = matches;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
	}

	/**
	 * Writes the table. A stack without a STAR file gets a new one.
	 *
	 * @param pixelSizeAngstrom of the particles
	 * @param threshold of the confidence below which a view counts as a mismatch
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public static void write(final Path target, final ParticleStack stack, final double pixelSizeAngstrom,
		final List<PoseMatch> matches, final double threshold)
	{
		of(target, stack, pixelSizeAngstrom, matches, threshold).write(target);
	}

	/**
	 * The table that would be written.
	 *
	 * @param target file that image names hold from
	 */
	public static RelionParticles of(final Path target, final ParticleStack stack, final double pixelSizeAngstrom,
		final List<PoseMatch> matches, final double threshold)
	{
		return new PoseTable(stack, matches, pixelSizeAngstrom).rows(target, threshold);
	}

	/** Whether a view is too uncertain to be used. */
	public static boolean isMismatch(final PoseMatch match, final double threshold) {
		return match.confidence() < threshold;
	}

	private RelionParticles rows(final Path target, final double threshold) {
		final Path folder = target.toAbsolutePath().normalize().getParent();
		final RelionParticles particles = stack.rows().map(rows -> named(rows, target)).orElseGet(() -> fresh(folder));
		final StarTable old = particles.table();
		StarTable table = with(old, "rlnAngleRot", row -> pose(row).pose().orientation().rotDegree());
		table = with(table, "rlnAngleTilt", row -> pose(row).pose().orientation().tiltDegree());
		table = with(table, "rlnAnglePsi", row -> pose(row).pose().orientation().psiDegree());
		final boolean pixels = old.has("rlnOriginX") && !old.has("rlnOriginXAngst");
		final String unit = pixels ? "" : "Angst";
		final double scale = pixels ? 1 / pixelSizeAngstrom : 1;
		table = with(table, "rlnOriginX" + unit, row -> scale * pose(row).pose().originXAngstrom());
		table = with(table, "rlnOriginY" + unit, row -> scale * pose(row).pose().originYAngstrom());
		table = with(table, "clearIceScore", row -> pose(row).score());
		table = with(table, "clearIceConfidence", row -> pose(row).confidence());
		table = table.withColumn("clearIceMismatch", row -> isMismatch(pose(row), threshold) ? "1" : "0");
		return particles.with(table);
	}

	/** The pose of the particle in a row. */
	private PoseMatch pose(final int row) {
		return matches.get(row);
	}

	private static StarTable with(final StarTable table, final String column, final IntFunction<Double> values) {
		return table.withColumn(column, row -> String.format(Locale.ROOT, "%.6f", values.apply(row)));
	}

	/** The rows with image names that hold in the new file too. */
	private static RelionParticles named(final RelionParticles rows, final Path target) {
		if (rows.file() == null) return rows;
		return rows.withImages(row -> {
			final RelionParticle particle = rows.particles().get(row);
			final String name = rows.table().get(row, "rlnImageName");
			return name.substring(0, name.indexOf('@') + 1) + rows.nameOf(rows.stackFile(particle), target);
		});
	}

	private RelionParticles fresh(final Path folder) {
		final String name = folder.relativize(stack.files().get(0).toAbsolutePath().normalize()).toString();
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < stack.size(); i++) {
			rows.add(RelionParticle.of(name, i, 0, 0, 0, 0, 0, pixelSizeAngstrom, null, 1, 1, 1 + i % 2, 0));
		}
		// RELION wants numbers in the table of optics; without defoci it does not use them.
		return RelionParticles.of(List.of(new OpticsGroup(1, "opticsGroup1", 300, 2.7, 0.1, pixelSizeAngstrom, stack
			.box())), rows);
	}
}
