package io.github.clearice.micrograph;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts particles out of micrographs, into a stack and a RELION 3.1 STAR file.
 * <p>
 * As RELION's extraction does, it makes particles bright, and the background of each,
 * outside a circle, gets mean 0 and standard deviation 1. Boxes that reach over the rim
 * of their micrograph are left out. The two files appear when both are complete.
 */
public final class ParticleExtraction implements AutoCloseable {

	private static final List<String> OWN = List.of("rlnImageName", "rlnMicrographName", "rlnCoordinateX",
		"rlnCoordinateY", "rlnAutopickFigureOfMerit", "rlnOpticsGroup");

	private final int box;
	private final boolean dark;
	private final double pixelSizeAngstrom;
	private final ParticleBackground background;
	private final Path star;
	private final String stackName;
	private final ParticleStackWriter writer;
	private final RelionMicrographs micrographs;
	private final StarTable.Builder rows;
	private int count;
	private int leftOut;

	/**
	 * Begins the files.
	 *
	 * @param target the stack; the STAR file has its name with the ending {@code .star}
	 * @param box edge of the images in pixels
	 * @param diameterPixels of the circle that holds a particle
	 * @param dark whether particles are dark, and to be made bright
	 * @param micrographs the table of the micrographs, from which particles get their optics groups and CTFs, or null
	 * @throws ParameterException if a box is too small for a background
	 */
	public ParticleExtraction(final Path target, final int box, final double diameterPixels,
		final double pixelSizeAngstrom, final boolean dark, final RelionMicrographs micrographs)
	{
		if (box < diameterPixels) throw new ParameterException("Boxes of " + box +
			" pixels are smaller than the particle's diameter of " + Math.round(diameterPixels) +
			" pixels. Give extract=" + 2 * (int) Math.ceil(0.75 * diameterPixels) + " or so.");
		this.box = box;
		this.dark = dark;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.micrographs = micrographs;
		final List<String> columns = new ArrayList<>(OWN);
		if (micrographs != null) columns.addAll(micrographs.inheritedColumns());
		rows = StarTable.loop("particles", columns.toArray(new String[0]));
		background = new ParticleBackground(box, diameterPixels / 2);
		star = ParticleOutput.starBeside(target);
		AtomicOutput.requireReplaceable(star, star);
		stackName = micrographs == null ? String.valueOf(target.getFileName()) : micrographs.nameOf(target, star);
		writer = new ParticleStackWriter(target, box, pixelSizeAngstrom);
	}

	/**
	 * Cuts the picks of one micrograph.
	 *
	 * @param number of the micrograph in its table, from 0
	 */
	public void cut(final int number, final Micrograph micrograph, final List<Pick> picks) {
		final float[] image = new float[box * box];
		for (final Pick pick : picks) {
			final int left = (int) Math.round(pick.x()) - box / 2, top = (int) Math.round(pick.y()) - box / 2;
			if (left < 0 || top < 0 || left + box > micrograph.width() || top + box > micrograph.height()) {
				leftOut++;
				continue;
			}
			for (int y = 0; y < box; y++)
				System.arraycopy(micrograph.pixels(), (top + y) * micrograph.width() + left, image, y * box, box);
			if (dark) for (int i = 0; i < image.length; i++)
				image[i] = -image[i];
			background.normalise(image);
			writer.write(image);
			rows.add(row(number, micrograph.name(), pick));
		}
	}

	private String[] row(final int number, final String micrograph, final Pick pick) {
		final List<String> cells = new ArrayList<>(List.of(RelionParticle.imageName(stackName, count++), micrograph, number(
			Math.round(pick.x())), number(Math.round(pick.y())), number(pick.score()), micrographs == null ? "1" : Integer
				.toString(micrographs.opticsGroup(number))));
		if (micrographs != null) cells.addAll(micrographs.inherited(number));
		return cells.toArray(new String[0]);
	}

	private StarTable optics() {
		if (micrographs != null) return micrographs.particleOptics(pixelSizeAngstrom, box);
		return StarTable.loop("optics", "rlnOpticsGroup", "rlnOpticsGroupName", "rlnImagePixelSize", "rlnImageSize",
			"rlnImageDimensionality").add("1", "opticsGroup1", number(pixelSizeAngstrom), Integer.toString(box), "2").build();
	}

	/** Number of particles cut. */
	public int count() {
		return count;
	}

	/** Number of boxes that reach over a rim. */
	public int leftOut() {
		return leftOut;
	}

	/**
	 * Gives both files their names.
	 *
	 * @throws ParameterException if there is no particle
	 */
	public void commit() {
		if (count == 0) throw new ParameterException(
			"No particle was found whose box lies in its micrograph: nothing to cut" +
				" out. Give a lower threshold or a smaller box.");
		try (AtomicOutput output = new AtomicOutput(star)) {
			new StarFile(List.of(optics(), rows.build())).write(output.temporary());
			writer.commit();
			output.commit();
		}
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.6f", value);
	}

	@Override
	public void close() {
		writer.close();
	}
}
