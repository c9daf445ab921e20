package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cisTEM 2 writes ({@code cisTEMParameters::WriteTocisTEMStarFile}), and what its own export to RELION makes of it
 * ({@code ExportRefinementPackageWizard}): {@code -xshift} as {@code rlnOriginXAngst}, phi, theta and psi as rot, tilt
 * and psi.
 */
class CistemTableTest {

	private static final String FILE = """
		# Written by cisTEM Version 2.0.0-alpha on 2021-05-04 10:00:00

		data_

		loop_
		_cisTEMPositionInStack #1
		_cisTEMAnglePsi #2
		_cisTEMAngleTheta #3
		_cisTEMAnglePhi #4
		_cisTEMXShift #5
		_cisTEMYShift #6
		_cisTEMDefocus1 #7
		_cisTEMDefocus2 #8
		_cisTEMDefocusAngle #9
		_cisTEMPhaseShift #10
		_cisTEMImageActivity #11
		_cisTEMPixelSize #12
		_cisTEMMicroscopeVoltagekV #13
		_cisTEMMicroscopeCsMM #14
		_cisTEMAmplitudeContrast #15
		_cisTEMBest2DClass #16
		_cisTEMStackFilename #17
		_cisTEMAssignedSubset #18
		#            POS     PSI   THETA     PHI       SHX       SHY      DF1      DF2  ANGAST  PSHIFT     STAT
		               1   12.30   45.60 -170.00      3.50     -2.25  15000.0  14000.0   45.00   90.00    1   1.5000 300.00 2.70 0.0700 3 'particle stack.mrc' 2
		               3 -172.30    0.00    0.00      0.00      0.00  15100.0  14100.0   45.00    0.00    1   1.5000 300.00 2.70 0.0700 1 'particle stack.mrc' 1
		# The last particle
		""";

	@TempDir
	Path folder;

	@Test
	void readsCistemsParticlesAsItsOwnExportDoes() throws IOException {
		final RelionParticle first = read(FILE).particles().get(0), second = read(FILE).particles().get(1);
		assertEquals("particle stack.mrc", first.stack());
		assertEquals(List.of(0, 2), List.of(first.index(), second.index()));
		assertEquals(List.of(-170.0, 45.6, 12.3, -3.5, 2.25), List.of(first.rotDegree(), first.tiltDegree(),
			first.psiDegree(),
			first.originXAngstrom(), first.originYAngstrom()));
		assertEquals(0, second.originXAngstrom());
		assertEquals(new RelionCtf(300, 2.7, 0.07, 15000, 14000, 45, 90, 0, 1), first.ctf());
		assertEquals(List.of(1.5, 3, 2), List.of(first.pixelSizeAngstrom(), first.classNumber(), first.randomSubset()));
	}

	@Test
	void writesOtherImagesIntoCistemsTable() throws IOException {
		final RelionParticles particles = read(FILE);
		final Path target = folder.resolve("denoised.star");
		particles.withRows(1, 0).withStack("denoised.mrcs").write(target);
		final String written = Files.readString(target);
		assertTrue(written.contains("\n2\t12.30\t45.60\t-170.00\t3.50\t-2.25\t") &&
			written.contains("'denoised.mrcs'\t2\n"),
			written);
		assertEquals("denoised.mrcs", RelionParticles.read(target).particles().get(1).stack());
		assertEquals(1, RelionParticles.read(target).particles().get(1).index());
	}

	@Test
	void writesNewPosesAsRelionsTable() throws IOException {
		final RelionParticles particles = read(FILE);
		particles.with(particles.table().withColumn("rlnAngleRot", row -> "5")).write(folder.resolve("posed.star"));
		final RelionParticles posed = RelionParticles.read(folder.resolve("posed.star"));
		assertEquals(5, posed.particles().get(1).rotDegree());
		assertTrue(posed.table().has("rlnImageName"));
	}

	private RelionParticles read(final String text) throws IOException {
		return RelionParticles.read(Files.writeString(folder.resolve("cistem.star"), text));
	}
}
