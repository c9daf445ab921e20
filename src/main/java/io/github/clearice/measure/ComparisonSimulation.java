package io.github.clearice.measure;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.CtfSource;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.NoiseSpectrum;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.simulate.ValueRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleStack;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simulates particles with known values, to be measured in the same way as the real ones.
 *
 * @param real particles, for box and pixel size
 * @param states their maps
 * @param optics that are used in turn; null for none
 * @param radiusPixels of the circle outside which images are background
 * @param count of simulated particles
 */
record ComparisonSimulation(ParticleStack real, List<WeightedMap> states, List<CtfParameters> optics,
	double radiusPixels, int count, long seed)
{

	/** The same with maps of the opposite contrast. */
	ComparisonSimulation inverted() {
		return new ComparisonSimulation(real, states.stream().map(WeightedMap::inverted).toList(), optics, radiusPixels,
			count, seed);
	}

	/** Projections without noise and shifts: clean images without CTF, noisy ones with it. */
	PairSimulator projections(final int number) {
		return simulator(NoiseModel.ofSigma(0), 0, CleanImage.WITHOUT_CTF, number);
	}

	/**
	 * Simulated particles.
	 *
	 * @param colour power of the noise by ring, on any scale
	 * @param ice share of the ice in the noise
	 * @param shiftAngstrom largest shift along x and y
	 */
	ImageSample sample(final double snr, final double[] colour, final double ice, final double shiftAngstrom) {
		final int box = real.box();
		final double[] radial = Arrays.copyOf(colour, box / 2 + 1);
		radial[0] = radial[1];
		final PairSimulator simulator = simulator(NoiseModel.ofSnr(ValueRange.of(snr)).withSpectrum(NoiseSpectrum.of(
			radial)).withIce(ice), shiftAngstrom, CleanImage.WITH_CTF, count);
		final List<CtfParameters> ofImages = optics == null ? null : IntStream.range(0, count).mapToObj(i -> optics.get(i %
			optics.size())).toList();
		final ThreadLocal<float[]> clean = ThreadLocal.withInitial(() -> new float[box * box]);
		return new ImageSample(box, real.pixelSizeAngstrom(), count, radiusPixels, ofImages, (i, image) -> simulator
			.simulate(i, clean.get(), image));
	}

	private PairSimulator simulator(final NoiseModel noise, final double shiftAngstrom, final CleanImage clean,
		final int number)
	{
		final CtfSource source = optics == null ? null : (index, random) -> optics.get((int) (index % optics.size()));
		return new PairSimulator(states, new SimulationOptions(number, Orientations.uniform(), ValueRange.of(shiftAngstrom),
			ValueRange.ZERO, source, noise, clean, 1, FourierProjector.DEFAULT_PADDING, seed));
	}
}
