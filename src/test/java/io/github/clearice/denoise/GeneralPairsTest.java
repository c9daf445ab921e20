package io.github.clearice.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.TinyTraining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneralPairsTest {

	private static final int BOX = TinyTraining.BOX, COUNT = 130;

	@TempDir
	Path folder;

	private static SeeingNetwork halving(final int box) {
		return new SeeingNetwork(box, 0.5f);
	}

	@Test
	void theNetworkSeesWhatItWillSeeWhenItDenoises() {
		final ParticlePairs pairs = dark(TinyTraining.pairs(COUNT));
		final SeeingNetwork network = halving(BOX - 4);
		final float[][] noisy = images(pairs.noisy());
		try (GeneralDenoiser denoiser = FilterParameters.defaults().generalDenoiser(network, pairs.noisy())) {
			denoiser.prepare(pairs.noisy(), TaskListener.SILENT);
			denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, new float[COUNT][BOX * BOX]));
		}
		final float[][] seen = network.noisy(), guides = network.guides();
		final GeneralPairs made = GeneralPairs.ofClean(network, pairs, TaskListener.SILENT);
		for (int i = 0; i < COUNT; i++) {
			assertArrayEquals(seen[i], made.noisy().images()[i], 1e-5f);
			assertArrayEquals(guides[i], made.guide().images()[i], 1e-5f);
		}
		assertEquals(4.0 * BOX / (BOX - 4), made.noisy().pixelSizeAngstrom(), 1e-9);
	}

	/** The clean images of dark particles are inverted, as the noisy ones are. */
	@Test
	void targetsAreBroughtToTheNetworkAsTheNoisyImagesAre() {
		final ParticlePairs pairs = dark(TinyTraining.pairs(COUNT));
		final GeneralPairs same = GeneralPairs.ofHalves(halving(BOX - 4), new ParticlePairs(pairs.noisy(), pairs
			.noisy()), pairs.noisy(), TaskListener.SILENT);
		for (int i = 0; i < COUNT; i++) {
			assertArrayEquals(same.noisy().images()[i], same.target().images()[i], 1e-5f);
			assertArrayEquals(same.noisy().images()[i], same.truth().images()[i], 1e-5f);
		}
		final GeneralPairs clean = GeneralPairs.ofClean(halving(BOX), pairs, TaskListener.SILENT);
		assertEquals(-images(pairs.clean())[5][7], clean.target().images()[5][7], 1e-5f);
	}

	/** As much as the optics show of a particle counts; the rest is the result of the model. */
	@Test
	void whatTheOpticsDoNotShowIsLeftAsTheModelHasIt() throws IOException {
		final StringBuilder star = new StringBuilder(
			"data_optics\n\nloop_\n_rlnOpticsGroup #1\n_rlnVoltage #2\n_rlnSphericalAberration #3\n" +
				"_rlnAmplitudeContrast #4\n_rlnImagePixelSize #5\n_rlnImageSize #6\n_rlnImageDimensionality #7\n" +
				"1 300 2.7 0.1 4 " + BOX + " 2\n\ndata_particles\n\nloop_\n_rlnImageName #1\n_rlnDefocusU #2\n" +
				"_rlnDefocusV #3\n_rlnDefocusAngle #4\n_rlnOpticsGroup #5\n");
		for (int i = 1; i <= COUNT; i++) star.append(i + "@noisy.mrcs " + (4000 + i) + " " + (4000 + i) + " 0 1\n");
		final RelionParticles rows = RelionParticles.read(Files.writeString(folder.resolve("p.star"), star));
		final float[][] images = images(TinyTraining.pairs(COUNT).noisy());
		final ParticleStack stack = ParticleStack.of("noisy", PixelArrays.image(0, images), 4, rows);
		final GeneralPairs made = GeneralPairs.ofHalves(halving(BOX), new ParticlePairs(stack, stack), null,
			TaskListener.SILENT);
		final Ctf ctf = new Ctf(BOX, 4);
		final float[] amplitudes = new float[ctf.length()], expected = new float[BOX * BOX];
		ctf.sample(GeneralDenoiser.seenOptics(CtfParameters.listed(rows, true).get(9)), amplitudes);
		final FourierFilter filter = new FourierFilter(BOX, amplitudes);
		final float[] result = made.guide().images()[9].clone(), shown = new float[BOX * BOX];
		for (int p = 0; p < result.length; p++) result[p] /= 2;
		filter.apply(result, shown);
		for (int p = 0; p < result.length; p++) expected[p] = made.noisy().images()[9][p] - shown[p];
		filter.apply(expected, expected);
		for (int p = 0; p < result.length; p++) expected[p] += result[p];
		assertArrayEquals(expected, made.target().images()[9], 1e-4f);
	}

	@Test
	void splitNoiseIsIndependentWhateverItsColour() {
		final int box = 32, count = 200;
		final float[][] images = new float[count][box * box];
		final float[] colour = new float[box * (box / 2 + 1)];
		for (int i = 0; i < colour.length; i++) colour[i] = i % (box / 2 + 1) < 6 ? 1.5f : 0.7f;
		final FourierFilter filter = new FourierFilter(box, colour);
		final SplittableRandom random = Seeds.random(3);
		for (int i = 0; i < count; i++) {
			for (int p = 0; p < box * box; p++) images[i][p] = (float) ((i % 2 + 1) * random.nextGaussian());
			filter.apply(images[i], images[i]);
		}
		final ParticleStack noise = new ArrayParticleStack("noise", box, 4, images);
		final NoiseSplit split = new NoiseSplit(noise, 1, TaskListener.SILENT);
		final float[] first = new float[box * box], second = first.clone(), again = first.clone();
		double own = 0, product = 0, one = 0, two = 0;
		for (int i = 0; i < count; i++) {
			split.first().read(i, first);
			split.second().read(i, second);
			for (int p = 0; p < first.length; p++) {
				own += images[i][p] * images[i][p];
				product += first[p] * second[p];
				one += first[p] * first[p];
				two += second[p] * second[p];
			}
		}
		assertEquals(0, product / own, 0.02);
		assertEquals(1.5, one / own, 0.03);
		assertEquals(3, two / own, 0.06);
		split.second().read(count - 1, again);
		assertArrayEquals(second, again);
	}

	@Test
	void refusesStacksWithoutGuides() {
		final ParticlePairs few = TinyTraining.pairs(GuidedDenoiser.LEAST_PARTICLES - 1);
		assertMessage("too few to adapt", () -> GeneralPairs.ofSplit(halving(BOX), few.noisy(), null, 1,
			TaskListener.SILENT));
		final float[][] masked = images(TinyTraining.pairs(COUNT).noisy());
		for (final float[] image : masked) for (int p = 0; p < image.length; p++) if (Math.hypot(p % BOX - BOX / 2, p /
			BOX - BOX / 2) > 5) image[p] = 0;
		final ParticleStack stack = new ArrayParticleStack("masked", BOX, 4, masked);
		assertMessage("no noise outside the particles", () -> GeneralPairs.ofSplit(halving(BOX), stack, null, 1,
			TaskListener.SILENT));
		masked[3][5] = Float.NaN;
		assertMessage("give no guides", () -> GeneralPairs.ofClean(halving(BOX), new ParticlePairs(stack, stack),
			TaskListener.SILENT));
	}

	private static void assertMessage(final String part, final Runnable work) {
		final String message = assertThrows(ParameterException.class, work::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static ParticlePairs dark(final ParticlePairs pairs) {
		return TinyTraining.pairs(inverted(images(pairs.noisy())), inverted(images(pairs.clean())));
	}

	private static float[][] inverted(final float[][] images) {
		for (final float[] image : images) for (int p = 0; p < image.length; p++) image[p] = -image[p];
		return images;
	}

	private static float[][] images(final ParticleStack stack) {
		final float[][] images = new float[stack.size()][stack.box() * stack.box()];
		for (int i = 0; i < images.length; i++) stack.read(i, images[i]);
		return images;
	}
}
