package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidualNoiseTest {

	private static final int BOX = 32;
	private static final int COUNT = 60;

	/** Far brighter along its axis than across it. */
	private static final Volume ROD = TestMaps.blobs(BOX, 3, 1.5, new double[][] { { 0, 0, -8, 1 }, { 0, 1, -4, 1 }, { 1,
		0, 0, 1 }, { 0, 0, 4, 1 }, { 0, 0, 8, 2 } });

	@TempDir
	Path folder;

	@Test
	void whiteNoiseIsMeasuredAndDrawnAnew() {
		try (ParticlePairs pairs = simulate(SimulationOptions.of(COUNT, NoiseModel.ofSigma(2), 1), "noisy.mrcs")) {
			final ResidualNoise noise = ResidualNoise.of(pairs, TaskListener.SILENT);
			assertTrue(noise.isWhite());
			assertFalse(noise.hasTransfer() || noise.hasLevels());
			assertEquals(2, noise.sigma(), 0.03);
			final float[] clean = new float[BOX * BOX], first = clean.clone(), again = clean.clone();
			noise.draw(3, clean, new SplittableRandom(1), first);
			noise.draw(3, clean, new SplittableRandom(1), again);
			assertEquals(2, deviation(first), 0.15);
			assertEquals(0, deviation(less(first, again)));
			noise.draw(3, clean, new SplittableRandom(2), again);
			assertEquals(2 * Math.sqrt(2), deviation(less(first, again)), 0.2);
		}
	}

	@Test
	void colourAndLevelsOfEachImageAreKept() {
		final NoiseModel model = NoiseModel.ofSnr(0.2).by(NoiseModel.SnrDefinition.IMAGE).withSpectrum(NoiseSpectrum.of(4,
			1, 1, 1));
		try (ParticlePairs pairs = simulate(SimulationOptions.of(COUNT, model, 1), "noisy.mrcs")) {
			final ResidualNoise noise = ResidualNoise.of(pairs, TaskListener.SILENT);
			assertFalse(noise.isWhite());
			assertTrue(noise.hasLevels());
			final float[] noisy = new float[BOX * BOX], clean = noisy.clone(), drawn = noisy.clone();
			final ResidualSpectrum.Sums before = new ResidualSpectrum.Sums(BOX), after = new ResidualSpectrum.Sums(BOX);
			for (int i = 0; i < COUNT; i++) {
				pairs.noisy().read(i, noisy);
				pairs.clean().read(i, clean);
				noise.draw(i, clean, new SplittableRandom(i), drawn);
				assertEquals(deviation(less(noisy, clean)), deviation(less(drawn, clean)), 0.1 * deviation(less(noisy, clean)),
					"level of image " + i);
				before.add(noisy, clean);
				after.add(drawn, clean);
			}
			final double[] expected = before.spectrum().power(), actual = after.spectrum().power();
			for (int k = 1; k < expected.length; k++) assertEquals(1, actual[k] / expected[k], 0.25, "ring " + k);
		}
	}

	/** The clean images of Gu et al. 2021 have no CTF, the noisy ones do. */
	@Test
	void findsAMissingCtfAndPutsItInFromTheStarFile() {
		final SimulationOptions options = SimulationOptions.of(COUNT, NoiseModel.ofSnr(0.5), 1).withCtf(DefocusRange
			.typical());
		try (ParticlePairs stacks = simulate(options, "noisy.mrcs")) {
			final ParameterException refused = assertThrows(ParameterException.class, () -> ResidualNoise.of(stacks,
				TaskListener.SILENT));
			assertTrue(refused.getMessage().startsWith("noisy.mrcs is not clean.mrcs plus noise"), refused.getMessage());
		}
		try (ParticlePairs listed = simulate(options, "particles.star")) {
			final ResidualNoise noise = ResidualNoise.of(listed, TaskListener.SILENT);
			assertTrue(noise.hasTransfer() && noise.isWhite());
			final float[] noisy = new float[BOX * BOX], clean = noisy.clone(), drawn = noisy.clone();
			listed.noisy().read(7, noisy);
			listed.clean().read(7, clean);
			noise.draw(7, clean, new SplittableRandom(1), drawn);
			assertEquals(noise.sigma() * Math.sqrt(2), deviation(less(noisy, drawn)), 0.1 * noise.sigma());
		}
		try (ParticlePairs kept = simulate(options.withClean(CleanImage.WITH_CTF), "particles.star")) {
			assertFalse(ResidualNoise.of(kept, TaskListener.SILENT).hasTransfer());
		}
	}

	@Test
	void refusesCleanImagesOnAnotherScale() {
		try (ParticlePairs pairs = simulate(SimulationOptions.of(COUNT, NoiseModel.ofSnr(0.5), 1), "noisy.mrcs");
				ParticlePairs noiseless = simulate(SimulationOptions.of(COUNT, NoiseModel.ofSigma(0), 2), "noisy.mrcs"))
		{
			assertThrows(ParameterException.class, () -> ResidualNoise.of(new ParticlePairs(pairs.noisy(), noiseless
				.clean()), TaskListener.SILENT));
		}
	}

	private ParticlePairs simulate(final SimulationOptions options, final String noisy) {
		final Path here = folder.resolve("s" + options.seed() + options.clean());
		Simulation.run(List.of(new WeightedMap("rod", ROD, 1)), options, here, TaskListener.SILENT);
		return new ParticlePairs(MrcParticleStack.open(here.resolve(noisy)), MrcParticleStack.open(here.resolve(
			Simulation.CLEAN)));
	}

	private static float[] less(final float[] a, final float[] b) {
		final float[] difference = new float[a.length];
		for (int i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
		return difference;
	}

	private static double deviation(final float[] image) {
		return ImageStatistics.of(image).standardDeviation();
	}
}
