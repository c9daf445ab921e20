package io.github.clearice.reproduce;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.simulate.CtfSource;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.NoiseSpectrum;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.ValueRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.structure.Atom;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.structure.DensityMap;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.structure.Point;
import io.github.clearice.structure.Structure;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A stack of particles of one structure that a general model learns from: as different from the next as stacks of
 * different microscopes and samples are.
 * <p>
 * The structure, or now and then a part of its chains, fills a random share of the box. Its map is then taken as one
 * of a pixel size that stacks have, so that a small protein stands for a large one and contrast transfer functions are
 * those of real images. Half of the stacks have them, phases flipped as a denoiser will see them; clean images have
 * none. Number of particles, level and colour of the noise, ice, shifts, neighbours and background differ from stack to
 * stack. Some stacks are empty: noise without particles, whose clean images are black.
 *
 * @param code of the structure in the Protein Data Bank
 * @param number of the stack among those of the structure, from 1; 0 for an empty one
 * @param box edge length of the images in pixels
 * @param largest number of particles of the largest stacks; others hold a half, a quarter or an eighth
 * @param listed the particles of a stack that a network learns from: the first ones, at most so many
 */
record GeneralStack(String code, int number, int box, int largest, int listed) {

	/** Longest diameter as a share of the box. */
	private static final double LEAST_FILL = 0.45, LARGEST_FILL = 0.8;
	/** Resolution in pixels. */
	private static final double FINEST_PIXELS = 1.8, COARSEST_PIXELS = 4.5;
	private static final double LEAST_PIXEL_ANGSTROM = 2.5, LARGEST_PIXEL_ANGSTROM = 6;
	private static final double LEAST_SNR = 0.02, LARGEST_SNR = 0.8;
	/** Of particles that are not there. */
	static final double EMPTY_SNR = 1e-5;
	private static final int SIZES = 4;
	private static final double LARGEST_SHIFT_PIXELS = 4;
	private static final int STREAM = 0x6e4;
	private static final String CLEAN = "clean.mrcs";

	/** Name of the folder of the stack. */
	String folder() {
		return code + "-" + number;
	}

	private boolean empty() {
		return number == 0;
	}

	private long seed() {
		return Long.parseLong(code, Character.MAX_RADIX);
	}

	/** Number of particles. */
	int count() {
		return largest >> Seeds.random(STREAM + 1, seed(), number).nextInt(SIZES);
	}

	/** Number of particles that a network learns from. */
	int rows() {
		return Math.min(count(), listed);
	}

	/**
	 * Simulates the stack.
	 *
	 * @param file of the structure
	 * @param folder receives the files of a {@link Simulation}
	 */
	void simulate(final Path file, final Path folder, final TaskListener listener) {
		final SplittableRandom random = Seeds.random(STREAM, seed(), number);
		final Structure structure = part(new AtomSelection("", "water,hydrogen").of(StructureReader.read(file)), random);
		final double pixel = diameter(structure) / (box * between(LEAST_FILL, LARGEST_FILL, random));
		final Volume map = DensityMap.compute(structure, DensityOptions.atResolution(box, pixel, pixel * factor(
			FINEST_PIXELS, COARSEST_PIXELS, random)).clipping(), listener);
		final double shown = factor(LEAST_PIXEL_ANGSTROM, LARGEST_PIXEL_ANGSTROM, random);
		Simulation.run(List.of(new WeightedMap(folder(), map.withPixelSize(shown), 1)), options(shown, random), folder,
			listener);
		if (empty()) blacken(folder.resolve(CLEAN), shown);
	}

	private void blacken(final Path images, final double pixelAngstrom) {
		final float[] black = new float[box * box];
		try (MrcWriter writer = MrcWriter.stack(images, box, box, pixelAngstrom, MrcMode.FLOAT32)) {
			for (int i = 0; i < count(); i++) writer.write(black);
			writer.commit();
		}
	}

	private SimulationOptions options(final double pixel, final SplittableRandom random) {
		final boolean transferred = random.nextBoolean();
		final SimulationOptions plain = SimulationOptions.of(count(), noise(transferred, random), random.nextLong(
			1L << 40));
		final SimulationOptions moved = plain.withMaximumShift(chance(0.7, random) ? pixel * between(0,
			LARGEST_SHIFT_PIXELS, random) : 0).withNeighbours(chance(0.2, random) ? new ValueRange(0, 0.7)
				: ValueRange.ZERO);
		return transferred ? moved.withCtf(optics(random)) : moved;
	}

	private NoiseModel noise(final boolean transferred, final SplittableRandom random) {
		final double drawn = factor(LEAST_SNR, LARGEST_SNR, random), snr = empty() ? EMPTY_SNR : drawn;
		NoiseModel noise = NoiseModel.ofSnr(chance(0.3, random) ? new ValueRange(snr / 1.5, snr * 1.5) : ValueRange.of(
			snr));
		if (transferred && chance(0.4, random)) noise = noise.withIce(between(0, 0.6, random));
		if (chance(0.4, random)) noise = noise.withSpectrum(colour(random));
		if (chance(0.4, random)) noise = noise.withBackground(new ValueRange(0, between(0, 0.6, random)));
		return noise;
	}

	/** More noise in coarse detail, and less in the finest, as cameras and residual background have it. */
	private static NoiseSpectrum colour(final SplittableRandom random) {
		final double coarse = between(0, 4, random), fine = between(0, 0.5, random);
		final double[] power = new double[17];
		for (int i = 0; i < power.length; i++) {
			final double frequency = i / (power.length - 1.0);
			power[i] = (1 + coarse * Math.pow(1 - frequency, 4)) * (1 - fine * frequency);
		}
		return NoiseSpectrum.of(power);
	}

	private static CtfSource optics(final SplittableRandom random) {
		final double least = between(5_000, 12_000, random), largest = least + between(5_000, 15_000, random);
		return new DefocusRange(least, largest, 300, chance(0.7, random) ? 300 : 200, 2.7, between(0.07, 0.1, random), 0,
			between(0, 150, random)).with(ObservationModel.IDEAL.with(CtfState.PHASE_FLIPPED));
	}

	/** Of structures of several chains, one in four is incomplete: half to nine tenths of the chains, drawn at random. */
	private static Structure part(final Structure structure, final SplittableRandom random) {
		final List<String> chains = new ArrayList<>(structure.chains());
		final boolean whole = !chance(0.25, random) || chains.size() < 3;
		final int kept = (int) Math.round(between(0.5, 0.9, random) * chains.size());
		if (whole) return structure;
		final int[] order = Seeds.permutation(chains.size(), random);
		final Set<String> taken = new HashSet<>();
		for (int i = 0; i < kept; i++) taken.add(chains.get(order[i]));
		return structure.withAtoms(structure.atoms().stream().filter(atom -> taken.contains(atom.chain())).toList());
	}

	/** Twice the largest distance of an atom from the centre. */
	static double diameter(final Structure structure) {
		final Point centre = structure.centreOfMass();
		double largest = 0;
		for (final Atom atom : structure.atoms()) {
			final double x = atom.xAngstrom() - centre.xAngstrom(), y = atom.yAngstrom() - centre.yAngstrom(), z = atom
				.zAngstrom() - centre.zAngstrom();
			largest = Math.max(largest, x * x + y * y + z * z);
		}
		return 2 * Math.sqrt(largest);
	}

	private static boolean chance(final double probability, final SplittableRandom random) {
		return random.nextDouble() < probability;
	}

	private static double between(final double low, final double high, final SplittableRandom random) {
		return low + (high - low) * random.nextDouble();
	}

	/** All factors between the two are as likely. */
	private static double factor(final double low, final double high, final SplittableRandom random) {
		return low * Math.pow(high / low, random.nextDouble());
	}
}
