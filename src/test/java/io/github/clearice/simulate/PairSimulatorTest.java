package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.FourierResampler;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairSimulatorTest {

	private static final int BOX = 32;

	private static final List<WeightedMap> MAP = List.of(new WeightedMap("map.mrc", TestMaps.particle(BOX, 3), 1));

	@ParameterizedTest
	@ValueSource(doubles = { 0.05, 0.1, 2 })
	void stackHasTheStatedSnr(final double snr) {
		final Sums sums = sums(SimulationOptions.of(300, NoiseModel.ofSnr(snr), 1), 300);
		assertEquals(snr, sums.signal / sums.noise, 0.02 * snr);
	}

	@Test
	void eachImageHasTheStatedSnrWhereAsked() {
		final SimulationOptions options = SimulationOptions.of(1, NoiseModel.ofSnr(0.2).by(NoiseModel.SnrDefinition.IMAGE),
			1);
		final PairSimulator simulator = new PairSimulator(MAP, options);
		assertTrue(Double.isNaN(simulator.noiseSigma()));
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX];
		for (int i = 0; i < 5; i++) {
			simulator.simulate(i, clean, noisy);
			final double signal = ImageStatistics.of(clean).variance();
			// The variance of 1024 normal numbers is known to 4.4 %.
			assertEquals(0.2, signal / ImageStatistics.of(difference(noisy, clean)).variance(), 0.03);
		}
	}

	@Test
	void eachImageHasASnrWithinTheRange() {
		final PairSimulator simulator = new PairSimulator(MAP, SimulationOptions.of(300, NoiseModel.ofSnr(new ValueRange(
			0.02, 0.5)), 1));
		assertTrue(Double.isNaN(simulator.noiseSigma()));
		final double[] noise = new double[300];
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX];
		double signal = 0;
		for (int i = 0; i < noise.length; i++) {
			simulator.simulate(i, clean, noisy);
			signal += ImageStatistics.of(clean).variance() / noise.length;
			noise[i] = ImageStatistics.of(difference(noisy, clean)).variance();
		}
		Arrays.sort(noise);
		// Equal chances for equal factors: the middle of 0.02 to 0.5 is 0.1.
		assertEquals(Math.log(0.1), Math.log(signal / noise[150]), 0.25);
		assertEquals(Math.log(0.5), Math.log(signal / noise[3]), 0.2);
		assertEquals(Math.log(0.02), Math.log(signal / noise[296]), 0.2);
	}

	@Test
	void unevenBackgroundHasTheStatedDeviationAndIsNoPartOfTheTarget() {
		final SimulationOptions options = SimulationOptions.of(1, NoiseModel.ofSigma(1), 1);
		final PairSimulator plain = new PairSimulator(MAP, options);
		final PairSimulator sloped = new PairSimulator(MAP, new SimulationOptions(1, options.orientations(),
			ValueRange.ZERO, ValueRange.ZERO, null, options.noise().withBackground(new ValueRange(0.5, 1.5)), options
				.clean(), 1, 2, 1));
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX], other = new float[BOX * BOX];
		double least = 9, most = 0;
		for (int i = 0; i < 40; i++) {
			plain.simulate(i, clean, noisy);
			final float[] target = clean.clone();
			sloped.simulate(i, clean, other);
			assertArrayEquals(target, clean);
			final ImageStatistics slope = ImageStatistics.of(difference(other, noisy));
			assertEquals(0, slope.mean(), 1e-5);
			least = Math.min(least, slope.standardDeviation());
			most = Math.max(most, slope.standardDeviation());
		}
		assertTrue(least >= 0.499 && least < 0.65, "least " + least);
		assertTrue(most <= 1.501 && most > 1.35, "most " + most);
	}

	@Test
	void neighboursReachIntoTheRimOfTheNoisyImageOnly() {
		final WeightedMap small = new WeightedMap("ball", ball(6), 1);
		assertEquals(6, small.radiusPixels(), 1);
		final SimulationOptions options = SimulationOptions.of(1, NoiseModel.ofSigma(0), 1);
		final PairSimulator alone = new PairSimulator(List.of(small), options);
		final PairSimulator crowded = new PairSimulator(List.of(small), options.withNeighbours(ValueRange.of(2)));
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX], target = new float[BOX * BOX];
		final float[] mean = new float[BOX * BOX];
		int without = 0;
		for (int i = 0; i < 200; i++) {
			alone.simulate(i, target, noisy);
			crowded.simulate(i, clean, noisy);
			assertArrayEquals(target, clean);
			final float[] added = difference(noisy, clean);
			if (ImageStatistics.of(added).standardDeviation() < 1e-3) without++;
			for (int p = 0; p < mean.length; p++) mean[p] += added[p] / 200;
		}
		// Poisson numbers of mean 2: none in 13.5 % of the images.
		assertEquals(27, without, 15);
		final int middle = BOX / 2 * BOX + BOX / 2, rim = BOX / 2 * BOX + 2;
		assertTrue(mean[rim] > 20 * Math.abs(mean[middle]), mean[rim] + " and " + mean[middle]);
	}

	/** A dense ball in the middle of an empty box. */
	private static Volume ball(final double radius) {
		final Volume ball = Volume.zeros(BOX, 3);
		for (int p = 0; p < ball.voxels().length; p++) {
			if (Math.hypot(Math.hypot(p % BOX - BOX / 2, p / BOX % BOX - BOX / 2), p / (BOX * BOX) - BOX / 2) <= radius) ball
				.voxels()[p] = 1;
		}
		return ball;
	}

	@Test
	void darkParticlesAreBrightOnesInverted() {
		final SimulationOptions options = SimulationOptions.of(1, NoiseModel.ofSigma(0), 1);
		final float[] bright = new float[BOX * BOX], dark = new float[BOX * BOX], noisy = new float[BOX * BOX];
		new PairSimulator(MAP, options).simulate(0, bright, noisy);
		new PairSimulator(List.of(MAP.get(0).inverted()), options).simulate(0, dark, noisy);
		for (int i = 0; i < dark.length; i++) assertEquals(-bright[i], dark[i], 1e-4);
	}

	@Test
	void readsNumbersAndRanges() {
		assertEquals(new ValueRange(0.03, 0.3), ValueRange.parse("snr", "0.03, 0.3"));
		assertEquals(ValueRange.of(8), ValueRange.parse("shift", "8"));
		for (final ValueRange range : List.of(ValueRange.of(0.1), new ValueRange(0.03, 0.3))) assertEquals(range, ValueRange
			.parse("snr", range.toString()));
		for (final String text : List.of("", "x", "1,2,3", "3,1", "NaN", "1,")) refused("snr=" + text +
			" is neither a finite number nor a range", () -> ValueRange.parse("snr", text));
	}

	@Test
	void snrIsThatOfThePictureWithItsCtf() {
		final SimulationOptions options = SimulationOptions.of(300, NoiseModel.ofSnr(0.1).withIce(0.4), 1).withCtf(
			DefocusRange.typical()).withClean(CleanImage.WITH_CTF);
		final Sums sums = sums(options, 300);
		assertEquals(0.1, sums.signal / sums.noise, 0.002);
	}

	@Test
	void noiseIsGaussianOfTheStatedSigma() {
		final PairSimulator simulator = new PairSimulator(MAP, SimulationOptions.of(1, NoiseModel.ofSigma(3), 1));
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX];
		double squares = 0, fourth = 0, mean = 0, third = 0;
		final int images = 200;
		for (int i = 0; i < images; i++) {
			simulator.simulate(i, clean, noisy);
			for (final float n : difference(noisy, clean)) {
				mean += n / (images * BOX * BOX);
				squares += n * n / (double) (images * BOX * BOX);
				third += Math.pow(n / 3, 3) / (images * BOX * BOX);
				fourth += Math.pow(n / 3, 4) / (images * BOX * BOX);
			}
		}
		// 204,800 draws: five standard errors.
		assertEquals(0, mean, 0.033);
		assertEquals(9, squares, 0.14);
		assertEquals(0, third, 0.045);
		assertEquals(3, fourth, 0.11);
	}

	@Test
	void colouredNoiseHasItsSpectrumAndLevel() {
		final NoiseSpectrum spectrum = NoiseSpectrum.of(5, 3, 1, 0.5, 0.25);
		final double[] power = noisePower(SimulationOptions.of(1, NoiseModel.ofSigma(2).withSpectrum(spectrum), 1));
		final double scale = power[8] / spectrum.power(8.0 / BOX);
		for (int shell = 1; shell <= BOX / 2; shell++) assertEquals(1, power[shell] / spectrum.power((double) shell / BOX) /
			scale, 0.12);
		final Sums sums = sums(SimulationOptions.of(1, NoiseModel.ofSigma(2).withSpectrum(spectrum), 1), 300);
		assertEquals(4, sums.noise, 0.1);
	}

	@Test
	void iceNoiseIsShapedByTheCtfAndCameraNoiseIsNot() {
		final CtfParameters ctf = new CtfParameters(30_000, 30_000, 0, 300, 2.7, 0.1, 0, 0, 1);
		final float[] values = new float[BOX * (BOX / 2 + 1)];
		new Ctf(BOX, 3).sample(ctf, values);
		final double[] expected = new double[FourierShells.ofImages(BOX).count()];
		final float[] asSpectrum = new float[2 * values.length];
		for (int i = 0; i < values.length; i++) asSpectrum[2 * i] = values[i];
		FourierShells.ofImages(BOX).addPower(asSpectrum, expected);
		for (final double share : new double[] { 0, 0.5, 1 }) {
			final double[] power = noisePower(SimulationOptions.of(1, NoiseModel.ofSigma(1).withIce(share), 1).withCtf((index,
				random) -> ctf).withClean(CleanImage.WITH_CTF));
			final double passed = new HalfPlane(BOX).meanSquare(values);
			for (int shell = 1; shell <= BOX / 2; shell++) {
				final double square = expected[shell] / FourierShells.ofImages(BOX).size(shell);
				assertEquals(share * square / passed + 1 - share, power[shell] / (BOX * BOX), 0.15);
			}
		}
	}

	@Test
	void cleanImageHasTheCtfOnlyWhereAsked() {
		final SimulationOptions options = SimulationOptions.of(3, NoiseModel.ofSigma(0), 1).withCtf(DefocusRange.typical());
		final float[] without = new float[BOX * BOX], with = new float[BOX * BOX], noisy = new float[BOX * BOX];
		final float[] plain = new float[BOX * BOX];
		new PairSimulator(MAP, options).simulate(2, without, noisy);
		new PairSimulator(MAP, options.withClean(CleanImage.WITH_CTF)).simulate(2, with, noisy);
		new PairSimulator(MAP, options.withCtf(null)).simulate(2, plain, plain.clone());
		assertArrayEquals(with, noisy);
		assertArrayEquals(plain, without);
		assertFalse(Arrays.equals(with, without));
	}

	@Test
	void binnedImagesAreThoseOfFullSizeCroppedInFourierSpace() {
		final SimulationOptions options = SimulationOptions.of(3, NoiseModel.ofSnr(0.1), 1).withMaximumShift(5);
		final PairSimulator full = new PairSimulator(MAP, options), binned = new PairSimulator(MAP, options.withBin(4));
		assertEquals(8, binned.box());
		assertEquals(12, binned.pixelSizeAngstrom());
		assertEquals(full.noiseSigma(), binned.noiseSigma());
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX], expected = new float[64];
		final float[] smallClean = new float[64], smallNoisy = new float[64];
		full.simulate(2, clean, noisy);
		assertEquals(full.particle(2), binned.simulate(2, smallClean, smallNoisy));
		new FourierResampler(BOX, 8).apply(clean, expected);
		assertArrayEquals(expected, smallClean);
		new FourierResampler(BOX, 8).apply(noisy, expected);
		assertArrayEquals(expected, smallNoisy);
	}

	/** Binning takes no signal away that is all at low frequencies, and the noise of all pixels but one in bin^2. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 4 })
	void binningRaisesTheSnrByTheSquareOfTheBin(final int bin) {
		final Volume smooth = Volume.zeros(BOX, 3);
		for (int i = 0; i < smooth.voxels().length; i++) {
			final int x = i % BOX - BOX / 2, y = i / BOX % BOX - BOX / 2, z = i / BOX / BOX - BOX / 2;
			smooth.voxels()[i] = (float) Math.exp(-(x * x + y * y + 0.5 * z * z) / 72.0);
		}
		final PairSimulator binned = new PairSimulator(List.of(new WeightedMap("smooth.mrc", smooth, 1)), SimulationOptions
			.of(400, NoiseModel.ofSnr(0.1), 1).withBin(bin));
		final int pixels = binned.box() * binned.box();
		final float[] clean = new float[pixels], noisy = new float[pixels];
		double signal = 0, noise = 0;
		for (int i = 0; i < 400; i++) {
			binned.simulate(i, clean, noisy);
			signal += ImageStatistics.of(clean).variance();
			noise += ImageStatistics.of(difference(noisy, clean)).variance();
		}
		// At the Nyquist frequency of the smaller box half of the noise is lost: a tenth of it all at 8 pixels.
		assertEquals(0.1 * bin * bin, signal / noise, 0.15 * 0.1 * bin * bin);
	}

	@Test
	void statesComeByTheirWeights() {
		final PairSimulator simulator = new PairSimulator(List.of(new WeightedMap("open", TestMaps.particle(8, 3), 3),
			new WeightedMap("closed", TestMaps.particle(8, 3), 1)), SimulationOptions.of(10, NoiseModel.ofSigma(1), 1));
		int closed = 0;
		for (int i = 0; i < 10_000; i++) if (simulator.particle(i).state() == 2) closed++;
		assertEquals(2500, closed, 220);
	}

	@Test
	void pairsAreTheSameFromManyThreads() {
		final SimulationOptions options = SimulationOptions.of(64, NoiseModel.ofSnr(0.1).withIce(0.2), 4).withCtf(
			DefocusRange.typical()).withMaximumShift(10);
		final PairSimulator simulator = new PairSimulator(MAP, options);
		final float[][] first = new float[64][BOX * BOX], second = new float[64][BOX * BOX];
		ParallelLoop.run(64, 1, 4, thread -> i -> simulator.simulate(i, new float[BOX * BOX], first[(int) i]));
		for (int i = 63; i >= 0; i--) simulator.simulate(i, new float[BOX * BOX], second[i]);
		assertArrayEquals(first, second);
	}

	@Test
	void warnsOfStatesOnDifferentScales() {
		final Volume weak = TestMaps.particle(BOX, 3);
		for (int i = 0; i < weak.voxels().length; i++) weak.voxels()[i] *= 0.1f;
		final SimulationOptions options = SimulationOptions.of(1, NoiseModel.ofSigma(1), 1);
		assertEquals(List.of(), new PairSimulator(MAP, options).warnings());
		final List<String> warnings = new PairSimulator(List.of(MAP.get(0), new WeightedMap("weak.mrc", weak, 1)), options)
			.warnings();
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).startsWith("weak.mrc has 0.100 times the contrast of map.mrc"), warnings.get(0));
	}

	@Test
	void refusesWhatCannotBeSimulated() {
		final NoiseModel noise = NoiseModel.ofSnr(0.1);
		refused("count of particles is 0", () -> SimulationOptions.of(0, noise, 1));
		for (final double snr : new double[] { 0, -1, 1e-300, Double.POSITIVE_INFINITY })
			refused("snr is " + snr, () -> NoiseModel.ofSnr(snr));
		refused("snr is NaN", () -> NoiseModel.ofSnr(Double.NaN));
		refused("Both snr (0.1) and sigma (2.0)", () -> new NoiseModel(ValueRange.of(0.1), 2,
			NoiseModel.SnrDefinition.STACK,
			ValueRange.ZERO, null, ValueRange.ZERO));
		refused("Neither snr nor sigma", () -> new NoiseModel(null, Double.NaN, NoiseModel.SnrDefinition.STACK,
			ValueRange.ZERO, null, ValueRange.ZERO));
		refused("sigma is -1.0", () -> NoiseModel.ofSigma(-1));
		refused("sigma is 1.0E300", () -> NoiseModel.ofSigma(1e300));
		refused("ice's share of the noise is 1.5", () -> noise.withIce(1.5));
		refused("largest shift is 60.0 Å, more than half the box (48.0 Å)", () -> new PairSimulator(MAP, SimulationOptions
			.of(1, noise, 1).withMaximumShift(60)));
		refused("There is no map", () -> new PairSimulator(List.of(), SimulationOptions.of(1, noise, 1)));
		refused("b.mrc has a box of 8 voxels, map.mrc one of 32", () -> withSecond(TestMaps.particle(8, 3)));
		refused("b.mrc has a pixel size of 3.5 Å, map.mrc one of 3.0 Å", () -> withSecond(TestMaps.particle(BOX, 3.5)));
		refused("b.mrc: Every voxel of the map is 0.0", () -> withSecond(Volume.zeros(BOX, 3)));
		refused("weight of x is 0.0", () -> new WeightedMap("x", TestMaps.particle(8, 3), 0));
		refused("only 1 orientations are listed", () -> SimulationOptions.of(2, noise, 1).withOrientations(Orientations.of(
			List.of(Pose.centred(new Orientation(0, 0, 0))))));
		refused("A bin of 3 does not divide a box of 32 pixels", () -> new PairSimulator(MAP, SimulationOptions.of(1,
			noise, 1).withBin(3)));
		refused("cannot be binned by 0", () -> SimulationOptions.of(1, noise, 1).withBin(0));
		refused("outside its box", () -> new PairSimulator(MAP, SimulationOptions.of(1, noise, 1).withOrientations(
			Orientations.of(List.of(new Pose(new Orientation(0, 0, 0), 200, 0))))));
		refused("Value 1 of the noise spectrum is -1.0", () -> NoiseSpectrum.of(1, -1));
	}

	private static void withSecond(final Volume map) {
		new PairSimulator(List.of(MAP.get(0), new WeightedMap("b.mrc", map, 1)), SimulationOptions.of(1, NoiseModel.ofSnr(
			0.1), 1));
	}

	private static void refused(final String message, final Runnable action) {
		final String said = assertThrows(ParameterException.class, action::run).getMessage();
		assertTrue(said.contains(message) && !said.contains("\n"), said);
	}

	private record Sums(double signal, double noise) {}

	private static Sums sums(final SimulationOptions options, final int images) {
		final PairSimulator simulator = new PairSimulator(MAP, options);
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX];
		double signal = 0, noise = 0;
		for (int i = 0; i < images; i++) {
			simulator.simulate(i, clean, noisy);
			signal += ImageStatistics.of(clean).variance() / images;
			noise += ImageStatistics.of(difference(noisy, clean)).variance() / images;
		}
		return new Sums(signal, noise);
	}

	private static double[] noisePower(final SimulationOptions options) {
		final PairSimulator simulator = new PairSimulator(MAP, options);
		final FourierShells shells = FourierShells.ofImages(BOX);
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX];
		final float[] spectrum = new float[fourier.spectrumLength()];
		final double[] power = new double[shells.count()];
		final int images = 300;
		for (int i = 0; i < images; i++) {
			simulator.simulate(i, clean, noisy);
			fourier.forward(difference(noisy, clean), spectrum);
			shells.addPower(spectrum, power);
		}
		for (int shell = 0; shell < power.length; shell++) power[shell] /= images * shells.size(shell);
		return power;
	}

	private static float[] difference(final float[] a, final float[] b) {
		final float[] difference = new float[a.length];
		for (int i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
		return difference;
	}
}
