package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelionMicrographsTest {

	@TempDir
	Path folder;

	@Test
	void readsTheMicrographsOfRelion31WithTheirOptics() throws IOException {
		final Path star = star("""
			# version 30001
			data_optics

			loop_
			_rlnOpticsGroupName #1
			_rlnOpticsGroup #2
			_rlnMicrographOriginalPixelSize #3
			_rlnVoltage #4
			_rlnSphericalAberration #5
			_rlnAmplitudeContrast #6
			_rlnMicrographPixelSize #7
			opticsGroup1 1 0.885 200 1.4 0.1 1.77

			# version 30001
			data_micrographs

			loop_
			_rlnMicrographName #1
			_rlnOpticsGroup #2
			_rlnCtfImage #3
			_rlnDefocusU #4
			_rlnDefocusV #5
			_rlnDefocusAngle #6
			_rlnCtfMaxResolution #7
			MotionCorr/job002/a.mrc 1 CtfFind/job003/a.ctf:mrc 10863.8 10575.8 77.99 4.8
			""");
		assertTrue(RelionMicrographs.isListOf(star));
		final RelionMicrographs micrographs = RelionMicrographs.read(star);
		assertEquals("MotionCorr/job002/a.mrc", micrographs.name(0));
		assertEquals(1.77, micrographs.pixelSizeAngstrom(0));
		assertEquals(new RelionCtf(200, 1.4, 0.1, 10863.8, 10575.8, 77.99, 0, 0, 1), micrographs.ctf(0));
		assertEquals(List.of("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle", "rlnCtfMaxResolution"), micrographs
			.inheritedColumns());
		assertEquals(List.of("10863.8", "10575.8", "77.99", "4.8"), micrographs.inherited(0));
		final StarTable optics = micrographs.particleOptics(3.54, 64);
		assertEquals("1 0.885 200 3.54 64", String.join(" ", List.of(optics.get(0, "rlnOpticsGroup"), optics.get(0,
			"rlnMicrographOriginalPixelSize"), optics.get(0, "rlnVoltage"), optics.get(0, "rlnImagePixelSize"), optics.get(0,
				"rlnImageSize"))));
		assertThrows(InputException.class, () -> micrographs.file(0));
		Files.createDirectories(folder.resolve("MotionCorr/job002"));
		Files.createFile(folder.resolve("MotionCorr/job002/a.mrc"));
		assertEquals(folder.resolve("MotionCorr/job002/a.mrc"), micrographs.file(0));
	}

	@Test
	void microscopesOfRelion30BecomeOpticsGroups() throws IOException {
		final RelionMicrographs micrographs = RelionMicrographs.read(star("""
			data_

			loop_
			_rlnMicrographName #1
			_rlnVoltage #2
			_rlnDefocusU #3
			_rlnDefocusV #4
			_rlnDefocusAngle #5
			_rlnSphericalAberration #6
			_rlnDetectorPixelSize #7
			_rlnMagnification #8
			_rlnAmplitudeContrast #9
			a.mrc 300 9000 8800 12 2.7 5 50000 0.1
			b.mrc 200 9100 8900 13 1.4 5 50000 0.1
			c.mrc 300 9200 9000 14 2.7 5 50000 0.1
			"""));
		assertEquals(1, micrographs.pixelSizeAngstrom(1));
		assertEquals(List.of(1, 2, 1), List.of(micrographs.opticsGroup(0), micrographs.opticsGroup(1), micrographs
			.opticsGroup(2)));
		final StarTable optics = micrographs.particleOptics(1, 100);
		assertEquals(2, optics.rows());
		assertEquals(1.4, optics.getDouble(1, "rlnSphericalAberration"));
		assertEquals(200, micrographs.ctf(1).voltageKilovolt());
	}

	@Test
	void micrographsWithoutDefocusHaveNoCtf() throws IOException {
		final RelionMicrographs micrographs = RelionMicrographs.read(star("data_micrographs\nloop_\n_rlnMicrographName\n" +
			"000002@m.mrcs\n"));
		assertNull(micrographs.ctf(0));
		assertEquals(1, micrographs.section(0));
		assertEquals(1, micrographs.opticsGroup(0));
		assertTrue(Double.isNaN(micrographs.pixelSizeAngstrom(0)));
	}

	@Test
	void particlesAreNoMicrographs() throws IOException {
		final Path star = star("data_particles\nloop_\n_rlnMicrographName\n_rlnImageName\na.mrc 1@a.mrcs\n");
		assertFalse(RelionMicrographs.isListOf(star));
		assertFalse(RelionMicrographs.isListOf(folder.resolve("none.star")));
		final Path other = star("data_x\nloop_\n_x\n1\n");
		assertTrue(assertThrows(InputException.class, () -> RelionMicrographs.read(other)).getMessage().contains(
			"names no micrographs (no column rlnMicrographName)"));
	}

	/** Opening a pipe would wait for ever, and a device has no end. */
	@Test
	void aPipeOrDeviceIsNoList() throws Exception {
		assumeTrue(Files.exists(Path.of("/dev/zero")), "Skipped: no devices on this system");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> assertFalse(RelionMicrographs.isListOf(Path.of(
			"/dev/zero"))));
		final Path pipe = folder.resolve("pipe.star");
		assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "Skipped: no mkfifo");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> assertFalse(RelionMicrographs.isListOf(pipe)));
	}

	@Test
	void findsLabelsAfterBlanksAndAMark() throws IOException {
		final Path star = Files.writeString(folder.resolve("m.star"),
			"\ufeffdata_\r\nloop_\r\n\t_rlnMicrographName\r\nm.mrc\r\n");
		assertTrue(RelionMicrographs.isListOf(star));
		Files.writeString(star, "data_\nloop_\n_rlnMicrographName\n _rlnImageName\nm.mrc 1@a.mrcs\n");
		assertFalse(RelionMicrographs.isListOf(star));
	}

	private Path star(final String text) throws IOException {
		return Files.writeString(folder.resolve("m.star"), text);
	}
}
