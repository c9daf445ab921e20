package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@Test
	void opticsAreGivenByParameters() {
		assertEquals(0, simulate("ctf=true", "beamtilt=1.5,-2", "oddzernike=0,0,500", "evenzernike=0.1,20",
			"magnification=1.02,0.01,-0.01,0.98", "treatment=premultiplied"), err::toString);
		assertEquals(new ObservationModel(1.5, -2, List.of(0., 0., 500.), List.of(0.1, 20.), new Magnification(1.02, 0.01,
			-0.01, 0.98), CtfState.PREMULTIPLIED), written().observation());
	}

	@Test
	void aTableSaysTheAnglesAloneOrTheOpticsToo() throws IOException {
		final Path angles = Files.writeString(folder.resolve("angles.star"),
			"data_\n\nloop_\n_rlnAngleRot #1\n_rlnAngleTilt #2\n_rlnAnglePsi #3\n10 20 30\n40 50 60\n70 80 90\n");
		assertEquals(0, simulate("star=" + angles, "count=2"), err::toString);
		assertEquals(50, written().tiltDegree());
		final Path optics = Files.writeString(folder.resolve("optics.star"), "data_optics\n\nloop_\n_rlnOpticsGroup #1\n" +
			"_rlnVoltage #2\n_rlnSphericalAberration #3\n_rlnAmplitudeContrast #4\n_rlnBeamTiltX #5\n1 300 2.7 0.1 3\n\n" +
			"data_particles\n\nloop_\n_rlnOpticsGroup #1\n_rlnAngleRot #2\n_rlnAngleTilt #3\n_rlnAnglePsi #4\n" +
			"_rlnDefocusU #5\n_rlnCtfScalefactor #6\n_rlnCtfBfactor #7\n1 10 20 30 9000 0.7 40\n1 40 50 60 9500 0.8 60\n");
		assertEquals(0, simulate("star=" + optics, "count=2", "ctf=true"), err::toString);
		assertEquals(3, written().observation().beamTiltXMilliradian());
		assertEquals(0.8, written().ctf().scale());
		assertEquals(60, written().ctf().bFactorSquareAngstrom());
	}

	@Test
	void refusesAberrationsOfImagesWithoutCtf() {
		assertEquals(1, simulate("beamtilt=1,2"));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("Give ctf=true"), err::toString);
	}

	@Test
	void simulatesParticlesLikeThoseOfAStack() throws IOException {
		assertEquals(0, simulate("count=60", "snr=0.5", "ctf=true", "voltage=200", "dark=true"), err::toString);
		final Path real = folder.resolve("real");
		Files.move(folder.resolve("set"), real);
		assertEquals(0, simulate("like=" + real.resolve("particles.star"), "cs=1.5"), err::toString);
		assertEquals(200, written().ctf().voltageKilovolt());
		assertEquals(1.5, written().ctf().sphericalAberrationMillimetre());
		assertTrue(Files.exists(folder.resolve("set/like.png")));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("two-sample tests"), err::toString);
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("dark particles"), err::toString);
		assertEquals(1, simulate("like=" + real.resolve("particles.star"), "star=" + real.resolve("particles.star")));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("Give one of them"), err::toString);
	}

	/** The second particle. */
	private RelionParticle written() {
		return RelionParticles.read(folder.resolve("set/particles.star")).particles().get(1);
	}

	private int simulate(final String... more) {
		final List<String> line = new ArrayList<>(List.of("simulate", "source=sample-data/betagal_5a1a_64_4A.mrc",
			"count=3", "overwrite=true", "output=" + folder.resolve("set")));
		for (final String parameter : more) {
			line.removeIf(given -> given.startsWith(parameter.substring(0, parameter.indexOf('=') + 1)));
			line.add(parameter);
		}
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(err,
			true, StandardCharsets.UTF_8), false).run(line.toArray(String[]::new));
	}
}
