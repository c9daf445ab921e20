package io.github.clearice.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.simulate.CtfSource;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.NoiseSpectrum;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.ValueRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.stack.ParticleProfile.Likeness;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParticleMeasurementTest {

	private static final int BOX = 48;
	private static final double PIXEL = 5;
	private static final List<WeightedMap> MAP = List.of(new WeightedMap("map.mrc", TestParticle.map(BOX, PIXEL), 1));

	@TempDir
	private Path folder;

	private ParticleStack simulated(final SimulationOptions options, final List<WeightedMap> states) {
		Simulation.run(states, options, folder, TaskListener.SILENT);
		return MrcParticleStack.open(folder.resolve(Simulation.STAR));
	}

	/** The same images without a table, at another pixel size. */
	private static ParticleStack untold(final ParticleStack stack, final double pixelSizeAngstrom) {
		final ArrayParticleStack copy = ArrayParticleStack.copyOf(stack, IntStream.range(0, stack.size()).toArray());
		return new ArrayParticleStack("particles", copy.box(), pixelSizeAngstrom, copy.images());
	}

	@Test
	void findsWhiteNoiseAndCentredParticles() {
		try (ParticleStack stack = simulated(SimulationOptions.of(200, NoiseModel.ofSnr(.1), 77), MAP)) {
			final ParticleProfile profile = ParticleMeasurement.of(untold(stack, PIXEL), MAP, 1, TaskListener.SILENT);
			assertEquals(.1, profile.snr().value(), .012);
			assertEquals(.1, profile.snr().value(), 4 * profile.snr().error());
			assertTrue(profile.snrLow() > .07 && profile.snrHigh() < .14, profile.snrLow() + " to " + profile.snrHigh());
			// A tenth of a pixel of the mean distance is a shift of several A: small ones do not show.
			assertEquals(0, profile.shiftAngstrom().value(), 5);
			assertEquals(0, profile.background().value(), .05);
			assertFalse(profile.dark());
			assertTrue(profile.hasClearContrast());
			assertNull(profile.optics());
			for (int k = 2; k < profile.noiseSpectrum().size(); k++) assertEquals(1, profile.noiseSpectrum().get(k), .15);
			final Likeness like = likeness(profile, untold(stack, PIXEL), MAP);
			assertTrue(like.isAlike(), like.toString());
		}
	}

	@Test
	void findsDarkParticlesInColouredNoiseWithShiftsIceAndCtf() {
		final NoiseModel noise = NoiseModel.ofSnr(new ValueRange(.05, .45)).withSpectrum(NoiseSpectrum.of(3, 1.5, 1, .75,
			.5))
			.withIce(.4).withBackground(ValueRange.of(.4));
		final List<WeightedMap> dark = List.of(MAP.get(0).inverted());
		final SimulationOptions options = SimulationOptions.of(300, noise, 77).withCtf(DefocusRange.typical())
			.withMaximumShift(20);
		try (ParticleStack stack = simulated(options, dark)) {
			final ParticleProfile profile = ParticleMeasurement.of(stack, MAP, 1, TaskListener.SILENT);
			assertTrue(profile.dark() && profile.hasClearContrast());
			// The mean of numbers with equal chances for equal factors between .05 and .45: .4 / log 9. The bends of the
			// background, which are largest in the corners, count as noise.
			assertEquals(.182, profile.snr().value(), .045);
			assertEquals(.05, profile.snrLow(), .03);
			assertEquals(.45, profile.snrHigh(), .15);
			assertTrue(profile.origins());
			assertEquals(20, profile.shiftAngstrom().value(), 2);
			assertEquals(.4, profile.ice().value(), .12);
			assertEquals(.4, profile.background().value(), .08);
			assertEquals(300, profile.optics().voltageKilovolt());
			assertEquals(10_000, profile.optics().leastDefocusAngstrom(), 1_000);
			assertEquals(25_000, profile.optics().largestDefocusAngstrom(), 1_000);
			assertEquals("recorded", profile.optics().treatment());
			final double low = profile.noiseSpectrum().get(3), high = profile.noiseSpectrum().get(22);
			// By straight lines 2.25 at an eighth and .52 at 11/12 of Nyquist.
			assertTrue(low / high > 4 && low / high < 9, low + " and " + high);
		}
	}

	@Test
	void findsShiftsWithoutATable() {
		try (ParticleStack stack = simulated(SimulationOptions.of(200, NoiseModel.ofSnr(.1), 5).withMaximumShift(20),
			MAP)) {
			final ParticleProfile profile = ParticleMeasurement.of(untold(stack, PIXEL), MAP, 1, TaskListener.SILENT);
			assertFalse(profile.origins());
			assertEquals(20, profile.shiftAngstrom().value(), 4);
			assertEquals(.1, profile.snr().value(), .015);
		}
	}

	@Test
	void noticesParticlesOfAWrongPixelSize() {
		try (ParticleStack stack = simulated(SimulationOptions.of(200, NoiseModel.ofSnr(.1), 77), MAP)) {
			// The map as it looks where its pixels are taken to be 1.3 times as large: the particle is smaller.
			final List<WeightedMap> other = List.of(new WeightedMap("map.mrc", TestParticle.map(BOX, PIXEL, 1 / 1.3), 1));
			final ParticleProfile profile = ParticleMeasurement.of(untold(stack, PIXEL), other, 1, TaskListener.SILENT);
			final Likeness unlike = likeness(profile, untold(stack, PIXEL), other);
			assertFalse(unlike.isAlike(), unlike.toString());
			assertFalse(unlike.findings().isEmpty());
		}
	}

	@Test
	void seesTheSameInProjectionsOfRelion() {
		// relion_project --i betagal_64_4.0.mrc with 100 poses, shifts up to 8 A and CTFs (../shared/data/relion); noise by
		// java.util.SplittableRandom, not by the simulator.
		final Path relion = TestData.file("relion/betagal_64_ctf_shift.star");
		try (ParticleStack clean = MrcParticleStack.open(relion);
				MrcFile map = MrcFile.open(TestData.file("relion/betagal_64_4.0.mrc")))
		{
			final double snr = .2;
			final ParticleStack stack = withNoise(clean, snr);
			final List<WeightedMap> states = List.of(new WeightedMap("betagal", map.readVolume(), 1));
			final ParticleProfile profile = ParticleMeasurement.of(stack, states, 1, TaskListener.SILENT);
			assertEquals(snr, profile.snr().value(), .03);
			assertFalse(profile.dark());
			assertEquals(0, profile.ice().value(), .1);
			assertTrue(likeness(profile, stack, states).isAlike());
		}
	}

	private static ParticleStack withNoise(final ParticleStack clean, final double snr) {
		final ArrayParticleStack copy = ArrayParticleStack.copyOf(clean, IntStream.range(0, clean.size()).toArray());
		double variance = 0;
		for (final float[] image : copy.images()) variance += ImageStatistics.of(image).variance() / copy.size();
		final SplittableRandom random = new SplittableRandom(3);
		final double sigma = Math.sqrt(variance / snr);
		for (final float[] image : copy.images()) for (int p = 0; p < image.length; p++) image[p] += (float) (sigma * random
			.nextGaussian());
		return clean.with((index, pixels) -> System.arraycopy(copy.images()[index], 0, pixels, 0, pixels.length));
	}

	/** As {@code train} compares them. */
	private static Likeness likeness(final ParticleProfile profile, final ParticleStack stack,
		final List<WeightedMap> states)
	{
		final double[] spectrum = profile.noiseSpectrum().stream().mapToDouble(Double::doubleValue).toArray();
		final NoiseModel noise = NoiseModel.ofSnr(new ValueRange(profile.snrLow(), profile.snrHigh())).withIce(profile.ice()
			.value()).withSpectrum(NoiseSpectrum.of(spectrum)).withBackground(new ValueRange(0, Math.sqrt(3) * profile
				.background().value()));
		final ParticleProfile.Optics optics = profile.optics();
		final CtfSource source = optics == null ? null : new DefocusRange(optics.leastDefocusAngstrom(), optics
			.largestDefocusAngstrom(), optics.largestAstigmatismAngstrom(), optics.voltageKilovolt(), optics
				.sphericalAberrationMillimetre(), optics.amplitudeContrast(), optics.phaseShiftDegree(), optics
					.bFactorSquareAngstrom());
		final List<WeightedMap> shown = profile.dark() ? states.stream().map(WeightedMap::inverted).toList() : states;
		return TwoSampleTest.of(stack, new PairSimulator(shown, new SimulationOptions(200, Orientations.uniform(),
			ValueRange
			.of(profile.shiftAngstrom().value()), ValueRange.ZERO, source, noise, CleanImage.WITH_CTF, 1, 2, 9)), states, 1);
	}
}
