package io.github.clearice.fiji.image;

import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

import java.nio.file.Path;

import ij.ImagePlus;
import ij.measure.ResultsTable;

/**
 * The particles of a RELION STAR file as an image of ImageJ, and their rows as a table.
 *
 * @param image a virtual stack: one slice a row, labelled with the image's name
 * @param table one row a slice: angles in degrees, origins in Å, CTF
 */
public record StarImage(ImagePlus image, ResultsTable table) {

	/**
	 * Opens a particle STAR file.
	 *
	 * @throws io.github.clearice.task.InputException if the file is broken or its stacks are missing, with the line
	 * @throws io.github.clearice.task.ClearIceException if a stack cannot be read
	 */
	public static StarImage open(final Path path) {
		final MrcParticleStack stack = MrcParticleStack.open(path);
		try {
			final ImagePlus image = new ImagePlus(stack.name(), new SectionStack(new ParticleSections(stack), false));
			image.setDimensions(1, 1, stack.size());
			Calibrations.set(image, stack.pixelSizeAngstrom(), Double.NaN, Double.NaN);
			final String warnings = String.join("\n", stack.warnings());
			image.setProperty("Info", stack.size() + " particles of " + path + (warnings.isEmpty() ? "\n" : "\n" + warnings +
				"\n"));
			MrcImage.setFile(image, path);
			return new StarImage(image, table(stack.rows().orElseThrow()));
		}
		catch (final RuntimeException e) {
			stack.close();
			throw e;
		}
	}

	/** Shows the table, in a window of the image's name and {@code -particles}; without a display there is nowhere to. */
	public void showTable() {
		table.show(image.getTitle() + "-particles");
	}

	private static ResultsTable table(final RelionParticles particles) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(true);
		table.setPrecision(2);
		for (final RelionParticle particle : particles.particles()) {
			table.addRow();
			table.addValue("Image", particle.imageName());
			table.addValue("Rot (deg)", particle.rotDegree());
			table.addValue("Tilt (deg)", particle.tiltDegree());
			table.addValue("Psi (deg)", particle.psiDegree());
			table.addValue("Origin X (Å)", particle.originXAngstrom());
			table.addValue("Origin Y (Å)", particle.originYAngstrom());
			if (particle.ctf() != null) addCtf(table, particle.ctf());
			table.addValue("Optics group", particle.opticsGroup());
			if (particle.classNumber() > 0) table.addValue("Class", particle.classNumber());
			if (particle.randomSubset() > 0) table.addValue("Half", particle.randomSubset());
		}
		return table;
	}

	private static void addCtf(final ResultsTable table, final RelionCtf ctf) {
		table.addValue("Defocus U (Å)", ctf.defocusUAngstrom());
		table.addValue("Defocus V (Å)", ctf.defocusVAngstrom());
		table.addValue("Defocus angle (deg)", ctf.defocusAngleDegree());
		table.addValue("Phase shift (deg)", ctf.phaseShiftDegree());
		table.addValue("Voltage (kV)", ctf.voltageKilovolt());
		table.addValue("Cs (mm)", ctf.sphericalAberrationMillimetre());
		table.addValue("Amplitude contrast", ctf.amplitudeContrast());
	}
}
