package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

	private static final int BOX = 32;
	private static final Volume MAP = TestMaps.particle(BOX, 3);

	@TempDir
	Path folder;

	/** The angles and origins that a simulation writes lead back to its clean images. */
	@ParameterizedTest
	@CsvSource({ "WITHOUT_CTF,false", "WITH_CTF,false", "WITHOUT_CTF,true", "WITH_CTF,true" })
	void equalTheCleanImagesOfASimulation(final CleanImage clean, final boolean aberrated) {
		simulate(clean, aberrated ? new ObservationModel(15, -10, List.of(0., 0., 500., 0., 0., 300.), List.of(0., 30.),
			new Magnification(1.04, 0.02, -0.01, 0.97), CtfState.PREMULTIPLIED) : ObservationModel.IDEAL);
		try (ParticleStack noisy = open(Simulation.STAR); ParticleStack expected = open(Simulation.CLEAN)) {
			final References references = new References(noisy, MAP, "map.mrc", clean == CleanImage.WITH_CTF);
			assertEquals(noisy.size(), references.size());
			final float[] image = new float[BOX * BOX], other = image.clone();
			for (int i = 0; i < references.size(); i++) {
				references.read(i, image);
				expected.read(i, other);
				double error = 0, square = 0;
				for (int p = 0; p < image.length; p++) {
					error += Math.pow(image[p] - other[p], 2);
					square += Math.pow(other[p], 2);
				}
				assertTrue(Math.sqrt(error / square) < 1e-4, "image " + i + ": " + Math.sqrt(error / square));
			}
		}
	}

	/** relion_project --i betagal_64_4.0.mrc --ang betagal_64_ctf_shift.star --ctf --o betagal_64_ctf_shift */
	@Test
	void equalRelionsProjectionsWithCtfAndShifts() {
		try (MrcParticleStack stack = MrcParticleStack.open(TestData.file("relion/betagal_64_ctf_shift.star"))) {
			final References references = new References(stack, RelionProjectionTest.volume(), "map.mrc", true);
			final float[] image = new float[64 * 64], expected = image.clone();
			for (int i = 0; i < stack.size(); i++) {
				references.read(i, image);
				stack.read(i, expected);
				assertTrue(Likeness.of(expected, image).correlation() > 0.9999);
			}
			assertEquals(1, references.fittedTo(stack, TaskListener.SILENT).gain(), 0.001);
		}
	}

	/** Particles recorded dark, on any scale, with a CTF that the references shall not have. */
	@Test
	void areBroughtToScaleAndContrastOfTheParticles() {
		simulate(CleanImage.WITH_CTF);
		final double slope = -3.7;
		try (ParticleStack seen = open(Simulation.STAR); ParticleStack clean = open(Simulation.CLEAN)) {
			final float[][] images = new float[seen.size()][BOX * BOX];
			double sigma = 0;
			final float[] signal = new float[BOX * BOX];
			for (int i = 0; i < images.length; i++) {
				seen.read(i, images[i]);
				clean.read(i, signal);
				double squares = 0;
				for (int p = 0; p < signal.length; p++) {
					squares += Math.pow(images[i][p] - signal[p], 2);
					images[i][p] = (float) (100 + i + slope * images[i][p]);
				}
				sigma += Math.sqrt(squares / signal.length) / images.length;
			}
			final ParticleStack noisy = listed(images, seen.rows().get()).normalised();
			final References plain = new References(noisy, MAP, "map.mrc", false);
			final References fitted = plain.fittedTo(noisy, TaskListener.SILENT);
			// Normalised, the noise has a deviation of 1.
			assertEquals(-1 / sigma, fitted.gain(), 0.06 / sigma);
			final float[] image = new float[BOX * BOX], projection = image.clone();
			fitted.read(5, image);
			plain.read(5, projection);
			assertEquals(-1, Likeness.of(projection, image).correlation(), 1e-5);
			assertEquals(0, new ParticleBackground(BOX).mean(image), 1e-5);
		}
	}

	@Test
	void takeTheParticlesPixelSizeWhereItDiffersByACalibration() {
		simulate(CleanImage.WITHOUT_CTF);
		try (ParticleStack noisy = open(Simulation.STAR)) {
			assertEquals(3, new References(noisy, Volume.of(BOX, 3.05, MAP.voxels()), "map.mrc", false).pixelSizeAngstrom());
			assertMessage("Rescale the map", () -> new References(noisy, Volume.of(BOX, 3.1, MAP.voxels()), "map.mrc",
				false));
			final Volume hole = Volume.of(BOX, 3, MAP.voxels().clone());
			hole.voxels()[5] = Float.NaN;
			assertMessage("map.mrc: ", () -> new References(noisy, hole, "map.mrc", false));
			assertMessage("Rescale and crop or pad the map", () -> new References(noisy, TestMaps.particle(24, 3), "map.mrc",
				false));
		}
	}

	@Test
	void refuseParticlesWithoutAnglesOrCtf() throws IOException {
		simulate(CleanImage.WITHOUT_CTF);
		try (ParticleStack plain = open(Simulation.NOISY)) {
			assertMessage("is a plain stack, without angles", () -> new References(plain, MAP, "map.mrc", false));
		}
		Files.writeString(folder.resolve("bare.star"), "data_\nloop_\n_rlnImageName #1\n1@noisy.mrcs\n2@noisy.mrcs\n");
		try (ParticleStack bare = open("bare.star")) {
			assertThrows(InputException.class, () -> new References(bare, MAP, "map.mrc", false));
		}
		Files.writeString(folder.resolve("angles.star"),
			"data_\nloop_\n_rlnImageName #1\n_rlnAngleRot #2\n_rlnAngleTilt #3\n_rlnAnglePsi #4\n1@noisy.mrcs 1 2 3\n");
		try (ParticleStack angles = open("angles.star")) {
			assertMessage("lists no defocus", () -> new References(angles, MAP, "map.mrc", true));
		}
	}

	@Test
	void warnWhereTheParticlesDoNotShowTheMap() {
		simulate(CleanImage.WITHOUT_CTF);
		try (ParticleStack seen = open(Simulation.STAR)) {
			final float[][] noise = new float[seen.size()][BOX * BOX];
			final SplittableRandom random = new SplittableRandom(5);
			for (final float[] image : noise) for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
			final ParticleStack noisy = listed(noise, seen.rows().get());
			final List<String> messages = new ArrayList<>();
			new References(noisy, MAP, "map.mrc", false).fittedTo(noisy, new TaskListener() {

				@Override
				public void message(final String line) {
					messages.add(line);
				}
			});
			assertTrue(messages.get(0).contains("hardly show map.mrc"), messages.toString());
		}
	}

	private void simulate(final CleanImage clean) {
		simulate(clean, ObservationModel.IDEAL);
	}

	private void simulate(final CleanImage clean, final ObservationModel model) {
		Simulation.run(List.of(new WeightedMap("map.mrc", MAP, 1)), SimulationOptions.of(40, NoiseModel.ofSnr(0.5), 1)
			.withMaximumShift(6).withCtf(DefocusRange.typical().with(model)).withClean(clean), folder, TaskListener.SILENT);
	}

	private MrcParticleStack open(final String name) {
		return MrcParticleStack.open(folder.resolve(name));
	}

	private static void assertMessage(final String part, final Executable work) {
		final ClearIceException thrown = assertThrows(ClearIceException.class, work);
		assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
	}

	/** Images with the rows of a STAR file. */
	private static ParticleStack listed(final float[][] images, final RelionParticles particles) {
		return ParticleStack.of("particles.star", PixelArrays.image(0, images), 3, particles);
	}
}
