package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelionParticlesTest {

	private static final String OPTICS = "data_optics\n\nloop_\n_rlnOpticsGroup #1\n_rlnImagePixelSize #2\n" +
		"_rlnVoltage #3\n_rlnSphericalAberration #4\n_rlnAmplitudeContrast #5\n1 2.5 300 2.7 0.1\n\n";

	@TempDir
	Path folder;

	/** RELION 3.0: 10^4 x 5 / 37369.207031 = 1.338; the file's own rows, read off by eye. */
	@Test
	void readsTheSingleTableOfRelion30() {
		final RelionParticles particles = RelionParticles.read(TestData.file(
			"maps-and-stacks/aspire__sample_particles_relion30.star"));
		assertEquals(17, particles.size());
		final RelionParticle first = particles.particles().get(0);
		assertEquals(1e4 * 5 / 37369.207031, first.pixelSizeAngstrom());
		assertEquals(0, first.index());
		assertEquals("sample.mrcs", first.stack());
		assertEquals(109.186640, first.rotDegree());
		assertEquals(122.200343, first.tiltDegree());
		assertEquals(71.118492, first.psiDegree());
		final double pixels = Double.parseDouble(particles.table().get(0, "rlnOriginX"));
		assertEquals(pixels * first.pixelSizeAngstrom(), first.originXAngstrom());
		assertEquals(new RelionCtf(300, 2.7, 0.1, 21186.804688, 21363.109375, 7.476096, 0, 0, 1), first.ctf());
		assertTrue(particles.opticsGroups().isEmpty());
	}

	@Test
	void readsOpticsGroupsOfRelion31() {
		final RelionParticles particles = RelionParticles.read(TestData.file(
			"maps-and-stacks/aspire__sample_particles_relion31.star"));
		assertEquals(2, particles.opticsGroups().size());
		assertEquals(200, particles.opticsGroups().get(1).voltageKilovolt());
		final RelionParticle first = particles.particles().get(0);
		assertEquals(1.4, first.pixelSizeAngstrom());
		assertEquals(0.1996, first.originXAngstrom());
		assertEquals(2, first.randomSubset());
		assertEquals(44, first.line());
	}

	/** The counts are those of {@code grep -c @ FILE}. */
	@ParameterizedTest
	@CsvSource({ //
		"relion/betagal_64_clean.star, 300, 4", //
		"relion/betagal_64_ctf_shift.star, 100, 4", //
		"maps-and-stacks/aspire__rln_proj_64.star, 5, NaN", //
		"maps-and-stacks/simplecryoem__relion_proj_batch.star, 24, 3.54", //
		"maps-and-stacks/iospi__test.star, 452, 1.911", //
		"maps-and-stacks/cryodrgn__relion31.6opticsgroups.star, 139, 1.25", //
	})
	void readsParticlesOfOtherPrograms(final String name, final int count, final double pixelSizeAngstrom) {
		final RelionParticles particles = RelionParticles.read(TestData.file(name));
		assertEquals(count, particles.size());
		assertEquals(pixelSizeAngstrom, particles.particles().get(0).pixelSizeAngstrom());
	}
}
