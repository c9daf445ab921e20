package io.github.clearice.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.covariance.TransferFunctions;
import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneralDenoiserTest {

	private static final int BOX = TinyTraining.BOX;

	@TempDir
	Path folder;

	private final List<String> messages = new ArrayList<>();
	private final TaskListener listener = new TaskListener() {

		@Override
		public void message(final String line) {
			messages.add(line);
		}
	};

	private final SeeingNetwork seeing = new SeeingNetwork(BOX, 1);

	@Test
	void aTrainedNetworkImprovesOnTheFilterOfTheStack() {
		final ParticlePairs pairs = TinyTraining.pairs(400);
		final float[][] guides = denoised(FilterParameters.defaults().denoiser("cwf", pairs.noisy()), pairs.noisy());
		final Path model = folder.resolve("m.clearice");
		Trainer.train(PairSource.guided(pairs, new ArrayParticleStack("guide", BOX, 4, guides)), TinyTraining.options()
			.with("epochs", 8), new GuidedNetwork(TinyTraining.NETWORK), model, TrainingListener.SILENT);
		final ModelDenoiser network = new ModelDenoiser("general", ModelFile.readForInference(model), new Device(false,
			Precision.FLOAT32, 1));
		final float[][] results = denoised(FilterParameters.defaults().general(network, pairs.noisy()), pairs.noisy());
		final double error = squares(results, pairs.clean()), before = squares(guides, pairs.clean());
		assertTrue(error < before, "error " + error + " of the network, " + before + " of the filter");
	}

	@Test
	void aLongStackIsItsOwnGuide() {
		final ParticleStack noisy = TinyTraining.pairs(GuidedDenoiser.LEAST_PARTICLES).noisy();
		final float[][] expected = denoised(FilterParameters.defaults().denoiser("views", noisy), noisy);
		final float[][] results = denoised(FilterParameters.defaults().general(seeing, noisy), noisy);
		assertEquals(List.of(), messages);
		for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], results[i], 1e-4f);
	}

	@Test
	void fewParticlesAreDenoisedByThemselves() {
		final ParticleStack noisy = TinyTraining.pairs(40).noisy();
		denoised(FilterParameters.defaults().general(seeing, noisy), noisy);
		assertTrue(seeing.guides() == null, "there are guides");
		assertTrue(messages.get(0).contains("fewer than 64 particles"), messages.toString());
	}

	/** Rings are as bright as corners: only what knows particles can tell. */
	@Test
	void theNetworkTellsDarkParticlesWhereMiddlesAndCornersDoNot() {
		final SplittableRandom random = Seeds.random(5);
		final float[][] images = new float[7][BOX * BOX];
		for (final float[] image : images) for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
		final GuidedMethod knowing = new SeeingNetwork(BOX, 1) {

			@Override
			public void denoise(final int first, final float[][] noisy, final float[][] guides, final float[][] denoised) {
				super.denoise(first, noisy, guides, denoised);
				for (int i = 0; i < noisy.length; i++) {
					final boolean own = Arrays.equals(noisy[i], images[i]);
					for (int p = 0; p < denoised[i].length; p++) denoised[i][p] *= own ? 0.1f : 0.2f + 0.01f * i;
				}
			}
		};
		final ParticleStack stack = new ArrayParticleStack("rings", BOX, 4, images);
		try (Denoiser general = FilterParameters.defaults().general(knowing, stack)) {
			general.prepare(stack, listener);
		}
		assertTrue(messages.stream().anyMatch(line -> line.contains("The particles of rings look dark")), messages
			.toString());
	}

	@Test
	void aStackThatTheOtherMethodRefusesIsDenoisedWithoutGuides() {
		final ParticleStack noisy = TinyTraining.pairs(300).noisy();
		final Denoiser refusing = new ArrayDenoiser() {

			@Override
			public String name() {
				return "refusing";
			}

			@Override
			public void prepare(final ParticleStack stack, final TaskListener ignored) {
				throw new ParameterException("There is no noise.");
			}

			@Override
			protected void denoise(final int first, final float[][] images, final float[][] denoised) {
				throw new AssertionError("asked for guides");
			}
		};
		denoised(new GuidedDenoiser(seeing, refusing), noisy);
		assertTrue(seeing.guides() == null, "there are guides");
		assertTrue(messages.get(0).endsWith("each particle is denoised by itself. There is no noise."), messages
			.toString());
	}

	@Test
	void darkParticlesAreSeenBrightAndStayDark() {
		final float[][] images = images(TinyTraining.pairs(50).noisy());
		for (final float[] image : images) for (int p = 0; p < image.length; p++) image[p] = -image[p];
		final ParticleStack dark = new ArrayParticleStack("dark", BOX, 4, images);
		final float[][] results = denoised(FilterParameters.defaults().general(seeing, dark), dark);
		assertTrue(messages.get(0).contains("look dark"), messages.toString());
		for (int i = 0; i < images.length; i++) {
			assertArrayEquals(images[i], results[i], 1e-5f);
			for (int p = 0; p < images[i].length; p++) assertEquals(-images[i][p], seeing.noisy()[i][p], 1e-5f);
		}
	}

	@Test
	void saysWhereItCannotTellBrightFromDark() {
		final float[][] images = new float[100][BOX * BOX];
		final SplittableRandom random = Seeds.random(4);
		for (final float[] image : images) for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
		final ParticleStack noise = new ArrayParticleStack("noise", BOX, 4, images);
		denoised(FilterParameters.defaults().general(seeing, noise), noise);
		assertTrue(messages.get(0).startsWith("Warning: it is doubtful"), messages.toString());
	}

	@Test
	void otherBoxesAreBroughtToTheNetworkAndBack() {
		for (final int box : new int[] { 40, 24, 25 }) {
			messages.clear();
			final float[][] images = new float[30][box * box];
			final SplittableRandom random = Seeds.random(box);
			for (final float[] image : images) for (int p = 0; p < image.length; p++) image[p] = (float) (random
				.nextGaussian() + 5 * Math.exp(-(Math.pow(p % box - box / 2, 2) + Math.pow(p / box - box / 2, 2)) / box));
			final ParticleStack stack = new ArrayParticleStack("large", box, 2, images);
			final float[][] results = denoised(FilterParameters.defaults().general(seeing, stack), stack);
			final float[] small = new float[BOX * BOX], back = new float[box * box];
			Resampling.toBox(box, BOX).resampler().apply(images[3], small);
			Resampling.toBox(BOX, box).resampler().apply(small, back);
			assertArrayEquals(small, seeing.noisy()[3], 1e-5f);
			assertArrayEquals(back, results[3], 1e-5f);
			assertTrue(messages.get(messages.size() - 1).contains("no detail below"), messages.toString());
		}
	}

	@Test
	void smallImagesAreRefused() {
		final ParticleStack tiny = new ArrayParticleStack("tiny", 8, 2, new float[30][64]);
		assertThrows(ParameterException.class, () -> FilterParameters.defaults().general(seeing, tiny).prepare(tiny,
			listener));
	}

	@Test
	void theNetworkSeesFlippedPhases() {
		final CtfParameters recorded = new CtfParameters(9000, 8000, 30, 300, 2.7, 0.1, 0, 0, 1);
		final float[][] images = images(TinyTraining.pairs(30).noisy());
		final ParticleStack stack = new ArrayParticleStack("stack", BOX, 4, images);
		final GeneralDenoiser denoiser = new GeneralDenoiser(seeing, BOX, Collections.nCopies(30, recorded), NoiseLevel
			.ofFinestDetail(), TransferFunctions.NONE);
		denoised(denoiser, stack);
		assertEquals(Optional.of(true), denoiser.correctsCtf());
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final float[] spectrum = new float[fourier.spectrumLength()], expected = new float[BOX * BOX];
		final Ctf ctf = new Ctf(BOX, 4);
		final float[] factors = new float[ctf.length()];
		ctf.sample(recorded, factors);
		boolean negative = false;
		for (int i = 0; i < factors.length; i++) {
			negative |= factors[i] < 0;
			factors[i] = Math.signum(factors[i]);
		}
		assertTrue(negative, "the CTF has no negative lobe");
		fourier.forward(images[7], spectrum);
		FourierFilter.multiply(spectrum, factors);
		fourier.inverse(spectrum, expected);
		assertArrayEquals(expected, seeing.noisy()[7], 1e-4f);
		assertThrows(ParameterException.class, () -> denoiser.denoise(PixelArrays.otherImages(images[0]), PixelArrays
			.otherImages(images[1].clone())));
	}

	private float[][] denoised(final Denoiser denoiser, final ParticleStack stack) {
		denoiser.prepare(stack, listener);
		final float[][] noisy = images(stack), denoised = new float[stack.size()][stack.box() * stack.box()];
		denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		assertArrayEquals(images(stack)[0], noisy[0]);
		denoiser.close();
		return denoised;
	}

	private static float[][] images(final ParticleStack stack) {
		final float[][] images = new float[stack.size()][stack.box() * stack.box()];
		for (int i = 0; i < images.length; i++) stack.read(i, images[i]);
		return images;
	}

	private static double squares(final float[][] images, final ParticleStack clean) {
		final float[][] truth = images(clean);
		double sum = 0;
		for (int i = 0; i < images.length; i++) for (int p = 0; p < images[i].length; p++) sum += Math.pow(images[i][p] -
			truth[i][p], 2);
		return sum;
	}
}
