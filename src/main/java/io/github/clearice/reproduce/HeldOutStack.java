package io.github.clearice.reproduce;

import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.structure.DensityMap;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.structure.Structure;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;

/**
 * A stack of particles of a structure that the general model has not learnt from: centred, in white noise, without CTF,
 * in a box that is about one and a half times as large as the particle. The map is taken as one of the pixel size that
 * the lists of training images state, or as fine as more pixels in the box make it: the model learns pixels, not Å.
 *
 * @param code of the structure in the Protein Data Bank
 * @param box edge length of the images in pixels
 * @param pixelAngstrom that images state
 * @param snr over the whole box, by the mean variance of the stack's signal
 * @param count number of particles
 */
record HeldOutStack(String code, int box, double pixelAngstrom, double snr, int count) {

	/** Longest diameter as a share of the box. */
	private static final double FILL = 0.65;
	private static final double RESOLUTION_PIXELS = 2.5;
	private static final long SEED = 5;

	/** Atoms that count. */
	private static final AtomSelection MOLECULES = new AtomSelection("", "water,hydrogen");

	/**
	 * Simulates the stack.
	 *
	 * @param file of the structure
	 * @param folder receives the files of a {@link Simulation}
	 */
	void simulate(final Path file, final Path folder, final TaskListener listener) {
		final Structure structure = MOLECULES.of(StructureReader.read(file));
		simulate(structure, structure, folder, listener);
	}

	/**
	 * Simulates the same views without one chain and with it.
	 *
	 * @param file of the structure
	 * @param chain that is left out
	 * @param without receives the files of the stack without it
	 * @param with receives those with it
	 */
	void simulate(final Path file, final String chain, final Path without, final Path with,
		final TaskListener listener)
	{
		final Structure whole = MOLECULES.of(StructureReader.read(file));
		simulate(new AtomSelection("", "chain:" + chain).of(whole), whole, without, listener);
		simulate(whole, whole, with, listener);
	}

	/** @param whole whose centre and size set those of the images */
	private void simulate(final Structure shown, final Structure whole, final Path folder,
		final TaskListener listener)
	{
		final double pixel = GeneralStack.diameter(whole) / (box * FILL);
		final DensityOptions density = DensityOptions.atResolution(box, pixel, RESOLUTION_PIXELS * pixel).clipping();
		final Volume map = DensityMap.compute(shown, whole.centreOfMass(), density, listener).withPixelSize(pixelAngstrom);
		Simulation.run(List.of(new WeightedMap(code, map, 1)), SimulationOptions.of(count, NoiseModel.ofSnr(snr), SEED),
			folder, listener);
	}
}
