package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

/**
 * What to simulate.
 *
 * @param count number of particles, at least 1
 * @param orientations where views come from
 * @param maximumShiftAngstrom particles are off the centre by up to this along x and y, uniformly; added to the origins
 *          that the orientations bring
 * @param neighbours mean number of other particles that reach into a box
 * @param ctf where contrast transfer functions come from, or null for none
 * @param noise kind and level of noise
 * @param clean the content of the clean images
 * @param bin by how much images are made smaller after the noise, by cropping their Fourier transforms; 1 for not at
 *          all
 * @param padding of the projector, 1 to 4
 * @param seed of all random numbers
 */
public record SimulationOptions(int count, Orientations orientations, ValueRange maximumShiftAngstrom,
	ValueRange neighbours, CtfSource ctf, NoiseModel noise, CleanImage clean, int bin, int padding, long seed)
{

	/** The content of the clean image of a pair. */
	public enum CleanImage {

		/** The projection itself, as in Gu 2021: a denoiser learns to undo noise and CTF. */
		WITHOUT_CTF,

		/** The projection with its CTF: a denoiser learns to undo the noise alone. */
		WITH_CTF
	}

	/** More do not fit around a particle. */
	private static final double MOST_NEIGHBOURS = 10;

	public SimulationOptions {
		if (count < 1) throw new ParameterException("The count of particles is " + count + ". It must be at least 1.");
		if (orientations == null || noise == null || clean == null) throw new ParameterException(
			"Orientations, noise and kind of clean image must be given. Start from SimulationOptions.of.");
		if (count > orientations.available()) throw new ParameterException("The count of particles is " + count +
			", but only " + orientations.available() + " orientations are listed. Lower the count.");
		if (ctf != null && count > ctf.available()) throw new ParameterException("The count of particles is " + count +
			", but only " + ctf.available() + " CTFs are listed. Lower the count.");
		if (!(maximumShiftAngstrom.low() >= 0)) throw new ParameterException("The largest shift is " +
			maximumShiftAngstrom + " Å. It must be 0 or more.");
		if (!(neighbours.low() >= 0 && neighbours.high() <= MOST_NEIGHBOURS)) throw new ParameterException(
			"The number of neighbours is " + neighbours + ". It must be 0 to " + MOST_NEIGHBOURS + ".");
		if (bin < 1) throw new ParameterException("Images cannot be binned by " + bin + ". Use a bin of 1 or more.");
		if (padding < 1 || padding > 4) throw new ParameterException("Padding must be 1 to 4, not " + padding +
			". Use 2 unless memory is short.");
	}

	/** Uniform orientations, centred, without CTF, as in Gu 2021. */
	public static SimulationOptions of(final int count, final NoiseModel noise, final long seed) {
		return new SimulationOptions(count, Orientations.uniform(), ValueRange.ZERO, ValueRange.ZERO, null, noise,
			CleanImage.WITHOUT_CTF, 1, FourierProjector.DEFAULT_PADDING, seed);
	}

	public SimulationOptions withOrientations(final Orientations newOrientations) {
		return new SimulationOptions(count, newOrientations, maximumShiftAngstrom, neighbours, ctf, noise, clean, bin,
			padding, seed);
	}

	public SimulationOptions withMaximumShift(final double newMaximumShiftAngstrom) {
		return new SimulationOptions(count, orientations, ValueRange.of(newMaximumShiftAngstrom), neighbours, ctf, noise,
			clean, bin, padding, seed);
	}

	/** The same with other particles in the box. */
	public SimulationOptions withNeighbours(final ValueRange newNeighbours) {
		return new SimulationOptions(count, orientations, maximumShiftAngstrom, newNeighbours, ctf, noise, clean, bin,
			padding, seed);
	}

	public SimulationOptions withCtf(final CtfSource newCtf) {
		return new SimulationOptions(count, orientations, maximumShiftAngstrom, neighbours, newCtf, noise, clean, bin,
			padding, seed);
	}

	public SimulationOptions withClean(final CleanImage newClean) {
		return new SimulationOptions(count, orientations, maximumShiftAngstrom, neighbours, ctf, noise, newClean, bin,
			padding, seed);
	}

	/** The same with images that are made smaller after the noise. */
	public SimulationOptions withBin(final int newBin) {
		return new SimulationOptions(count, orientations, maximumShiftAngstrom, neighbours, ctf, noise, clean, newBin,
			padding, seed);
	}
}
