package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.mrc.MrcValidator;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

	private static final int BOX = 24;

	private static final List<WeightedMap> MAPS = List.of(new WeightedMap("a", TestMaps.particle(BOX, 3), 2),
		new WeightedMap("b", TestMaps.blobs(BOX, 3, 2, new double[][] { { 1, 2, 3, 1 } }), 1));

	private static final SimulationOptions OPTIONS = SimulationOptions.of(800, NoiseModel.ofSnr(0.1).withIce(0.3), 11)
		.withCtf(DefocusRange.typical()).withMaximumShift(8);

	@TempDir
	Path folder;

	@Test
	void sameSeedGivesTheSameBytesWhateverTheNumberOfThreads() throws IOException {
		for (int threads = 1; threads <= 3; threads++) {
			new Simulation(new PairSimulator(MAPS, OPTIONS), threads).write(folder.resolve("" + threads),
				TaskListener.SILENT);
		}
		for (final String name : List.of(Simulation.CLEAN, Simulation.NOISY, Simulation.STAR)) {
			for (int threads = 2; threads <= 3; threads++) assertEquals(-1, Files.mismatch(folder.resolve("1").resolve(name),
				folder.resolve("" + threads).resolve(name)), name);
		}
	}

	@Test
	void writesStacksAndAStarFileThatBelongTogether() throws IOException {
		final PairSimulator simulator = new PairSimulator(MAPS, OPTIONS);
		new Simulation(simulator).write(folder, TaskListener.SILENT);
		assertEquals(List.of(Simulation.CLEAN, Simulation.NOISY, Simulation.STAR), names(folder));
		assertEquals(List.of(), MrcValidator.validate(folder.resolve(Simulation.CLEAN)));
		final RelionParticles star = RelionParticles.read(folder.resolve(Simulation.STAR));
		assertEquals(800, star.size());
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX], read = new float[BOX * BOX];
		try (MrcParticleStack written = MrcParticleStack.open(folder.resolve(Simulation.STAR));
				MrcParticleStack truth = MrcParticleStack.open(folder.resolve(Simulation.CLEAN)))
		{
			assertEquals(3, written.pixelSizeAngstrom(), 1e-6);
			for (final int i : new int[] { 0, 399, 799 }) {
				final PairSimulator.Particle particle = simulator.simulate(i, clean, noisy);
				written.read(i, read);
				assertArrayEquals(noisy, read);
				truth.read(i, read);
				assertArrayEquals(clean, read);
				final RelionParticle row = star.particles().get(i);
				assertEquals(particle.pose(), RelionProjectionTest.pose(row));
				assertEquals(particle.ctf(), CtfParameters.of(row));
				assertEquals(particle.state(), row.classNumber());
				assertEquals(row.imageName().replace("noisy", "clean"), star.table().get(i, SimulationStar.CLEAN_COLUMN));
			}
		}
		final StarTable terms = star.tables().table("clearice_simulation").orElseThrow();
		assertEquals("var(signal)/var(noise)_over_the_box_by_stack", terms.get(0, "clearIceSnrDefinition"));
		assertEquals(simulator.noiseSigma(), terms.getDouble(0, "clearIceNoiseSigma"));
	}

	@Test
	void repeatsTheViewsOfItsOwnStarFile() {
		final SimulationOptions options = SimulationOptions.of(20, NoiseModel.ofSigma(1), 3).withCtf(DefocusRange.typical())
			.withMaximumShift(8);
		Simulation.run(MAPS.subList(0, 1), options, folder, TaskListener.SILENT);
		final RelionParticles star = RelionParticles.read(folder.resolve(Simulation.STAR));
		final PairSimulator again = new PairSimulator(MAPS.subList(0, 1), SimulationOptions.of(20, NoiseModel.ofSigma(1), 3)
			.withOrientations(Orientations.of(star)).withCtf(CtfSource.of(star, true)));
		final float[] clean = new float[BOX * BOX], noisy = new float[BOX * BOX], read = new float[BOX * BOX];
		again.simulate(7, clean, noisy);
		try (MrcParticleStack written = MrcParticleStack.open(folder.resolve(Simulation.NOISY))) {
			written.read(7, read);
		}
		assertArrayEquals(read, noisy, 1e-4f);
	}

	/**
	 * Aberrations, distortion and treatment are in the images and in the columns, so that they can be taken out again.
	 */
	@ParameterizedTest
	@EnumSource(names = { "RECORDED", "PHASE_FLIPPED", "PREMULTIPLIED" })
	void writesTheOpticsThatImagesHave(final CtfState state) {
		final ObservationModel model = new ObservationModel(20, -10, List.of(0., 0., 500., 0., 0., 300.), List.of(0., 30.,
			2., -20.), new Magnification(1.05, 0.02, -0.01, 0.97), state);
		Simulation.run(MAPS.subList(0, 1), SimulationOptions.of(5, NoiseModel.ofSigma(0), 3).withCtf(DefocusRange.typical()
			.with(model)).withMaximumShift(8), folder, TaskListener.SILENT);
		final FourierProjector projector = new FourierProjector(MAPS.get(0).map());
		final float[] expected = new float[BOX * BOX], read = new float[BOX * BOX];
		try (MrcParticleStack written = MrcParticleStack.open(folder.resolve(Simulation.STAR))) {
			for (int i = 0; i < 5; i++) {
				final RelionParticle row = written.rows().orElseThrow().particles().get(i);
				assertEquals(model, row.observation());
				written.read(i, read);
				new FourierSlice(projector).project(projector, RelionProjectionTest.pose(row), CtfParameters.of(row), expected);
				assertTrue(Likeness.of(expected, read).correlation() > 0.9999, state + ": " + Likeness.of(expected, read));
				assertEquals(1, Likeness.of(expected, read).slope(), 1e-3);
			}
		}
	}

	/** Noise is processed with the images: if they were multiplied by the CTF, its zeros hold no noise. */
	@Test
	void treatmentIsThatOfSignalAndNoise() {
		final CtfParameters focus = new CtfParameters(0, 0, 0, 300, 0, 0.1, 0, 0, 1, ObservationModel.IDEAL.with(
			CtfState.PREMULTIPLIED));
		Simulation.run(MAPS.subList(0, 1), SimulationOptions.of(4, NoiseModel.ofSigma(10), 3).withCtf((index,
			random) -> focus), folder, TaskListener.SILENT);
		final float[] image = new float[BOX * BOX];
		try (MrcParticleStack written = MrcParticleStack.open(folder.resolve(Simulation.NOISY))) {
			written.read(0, image);
		}
		// Of white noise of deviation 10, a CTF of 0.1 everywhere leaves 1.
		assertEquals(1, ImageStatistics.of(image).standardDeviation(), 0.2);
	}

	/** Distortion also applies without CTFs, but then the table has no CTF columns. */
	@Test
	void distortsProjectionsWithoutCtf() {
		final Magnification matrix = new Magnification(1.05, 0.02, -0.01, 0.97);
		Simulation.run(MAPS.subList(0, 1), SimulationOptions.of(5, NoiseModel.ofSigma(1), 3).withCtf(CtfSource.geometry(
			matrix)), folder, TaskListener.SILENT);
		final RelionParticle row = RelionParticles.read(folder.resolve(Simulation.STAR)).particles().get(3);
		assertNull(row.ctf());
		assertEquals(matrix, row.observation().magnification());
		assertEquals(CtfState.RECORDED, row.observation().ctfState());
	}

	/** Tables of other programs that list only views. */
	@Test
	void takesATableOfAnglesAlone() throws IOException {
		final Path star = Files.writeString(folder.resolve("angles.star"),
			"data_\n\nloop_\n_rlnAngleRot #1\n_rlnAngleTilt #2\n_rlnAnglePsi #3\n10 20 30\n40 50 60\n");
		final Orientations listed = Orientations.of(RelionParticles.readOrientations(star));
		assertEquals(2, listed.available());
		assertEquals(Pose.centred(new Orientation(40, 50, 60)), listed.draw(1, null));
		Files.writeString(star, "data_\n\nloop_\n_rlnAnglePsi #1\n10\n");
		final String message = assertThrows(InputException.class,
			() -> RelionParticles.readOrientations(star)).getMessage();
		assertTrue(message.contains("rlnAngleRot") && message.contains("STAR file with angles"), message);
	}

	@Test
	void cancelLeavesTheOldFilesAndNothingElse() throws IOException {
		Files.writeString(folder.resolve(Simulation.CLEAN), "old");
		final AtomicLong done = new AtomicLong();
		final TaskListener impatient = new TaskListener() {

			@Override
			public void progress(final long steps) {
				done.set(steps);
			}

			@Override
			public boolean isCancelled() {
				return done.get() > 0;
			}
		};
		final Simulation simulation = new Simulation(new PairSimulator(MAPS, OPTIONS));
		assertThrows(TaskCancelledException.class, () -> simulation.write(folder, impatient));
		assertEquals(List.of(Simulation.CLEAN), names(folder));
		assertEquals("old", Files.readString(folder.resolve(Simulation.CLEAN)));
		done.set(0);
		assertThrows(TaskCancelledException.class, () -> simulation.write(folder.resolve("new/deep"), impatient));
		assertEquals(List.of(Simulation.CLEAN), names(folder));
	}

	@Test
	void anErrorOnTheWayLeavesNothing() throws IOException {
		final Orientations broken = (final long index, final SplittableRandom random) -> {
			if (index == 150) throw new ParameterException("no view");
			return Pose.centred(new Orientation(index, 0, 0));
		};
		final Simulation simulation = new Simulation(new PairSimulator(MAPS, SimulationOptions.of(200, NoiseModel.ofSigma(
			1), 1).withOrientations(broken)));
		assertEquals("no view", assertThrows(ParameterException.class, () -> simulation.write(folder, TaskListener.SILENT))
			.getMessage());
		assertEquals(List.of(), names(folder));
	}

	@Test
	void touchesNothingWhereAFinalNameIsTaken() throws IOException {
		Files.writeString(folder.resolve(Simulation.CLEAN), "old");
		Files.createDirectories(folder.resolve(Simulation.STAR));
		final Simulation simulation = new Simulation(new PairSimulator(MAPS, SimulationOptions.of(3, NoiseModel.ofSigma(1),
			1)));
		assertThrows(OutputException.class, () -> simulation.write(folder, TaskListener.SILENT));
		assertEquals(List.of(Simulation.CLEAN, Simulation.STAR), names(folder));
		assertEquals("old", Files.readString(folder.resolve(Simulation.CLEAN)));
	}

	@Test
	void replacesTheFilesOfAnEarlierRun() throws IOException {
		for (final long seed : new long[] { 1, 2 })
			Simulation.run(MAPS, SimulationOptions.of(3, NoiseModel.ofSigma(1), seed), folder, TaskListener.SILENT);
		assertEquals(List.of(Simulation.CLEAN, Simulation.NOISY, Simulation.STAR), names(folder));
		assertTrue(Files.readString(folder.resolve(Simulation.STAR)).contains("clearice_simulation"));
	}

	@Test
	void refusesAFolderThatIsAFile() throws IOException {
		Files.writeString(folder.resolve("file"), "");
		final Simulation simulation = new Simulation(new PairSimulator(MAPS, SimulationOptions.of(3, NoiseModel.ofSigma(1),
			1)));
		assertThrows(OutputException.class, () -> simulation.write(folder.resolve("file"), TaskListener.SILENT));
		assertThrows(OutputException.class, () -> simulation.write(folder.resolve("file/below"), TaskListener.SILENT));
		assertEquals(List.of("file"), names(folder));
	}

	private static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
