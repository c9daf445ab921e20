package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.UncheckedIOException;
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

	/** The tables that RELION 5 writes for two-dimensional subtomogram stacks, among others it keeps beside them. */
	@Test
	void readsAndKeepsTheTablesOfRelion5() {
		final RelionParticles particles = parse("\n# version 50001\n\ndata_general\n\n_rlnTomoSubTomosAre2DStacks 1\n\n\n" +
			"# version 50001\n\ndata_optics\n\nloop_\n_rlnOpticsGroup #1\n_rlnOpticsGroupName #2\n_rlnVoltage #3\n" +
			"_rlnSphericalAberration #4\n_rlnAmplitudeContrast #5\n_rlnTomoTiltSeriesPixelSize #6\n_rlnImagePixelSize #7\n" +
			"_rlnImageSize #8\n1 \"optics group 1\" 300 2.7 0.1 1.35 5.4 64\n\n\n# version" +
			" 50001\n\ndata_particles\n\nloop_\n" +
			"_rlnTomoName #1\n_rlnAngleRot #2\n_rlnTomoVisibleFrames #3\n_rlnImageName #4\n_rlnOpticsGroup #5\n" +
			"_rlnOriginXAngst #6\nTS_01 10.5 [1,1,0] Extract/TS_01/1_stack2d.mrcs 1 -2.7\n\n");
		final RelionParticle particle = particles.particles().get(0);
		assertEquals(5.4, particle.pixelSizeAngstrom());
		assertEquals(-2.7, particle.originXAngstrom());
		assertEquals("optics group 1", particles.opticsGroups().get(0).name());
		particles.write(folder.resolve("b.star"));
		final StarFile back = StarFile.read(folder.resolve("b.star"));
		assertEquals(List.of("general", "optics", "particles"), back.tables().stream().map(StarTable::name).toList());
		assertEquals("[1,1,0]", back.tables().get(2).get(0, "rlnTomoVisibleFrames"));
		assertEquals(50001, back.tables().get(2).version());
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

	/** RELION 3.1 files may still give origins in pixels, as {@code relion_project} takes them. */
	@Test
	void turnsOriginsInPixelsIntoAngstrom() {
		final RelionParticle particle = parse(OPTICS + "data_particles\nloop_\n_rlnImageName\n_rlnOriginX\n_rlnOriginY\n" +
			"_rlnOpticsGroup\n000002@a.mrcs 2 -3 1\n").particles().get(0);
		assertEquals(5, particle.originXAngstrom());
		assertEquals(-7.5, particle.originYAngstrom());
		assertEquals(1, particle.index());
		assertNull(particle.ctf());
	}

	@Test
	void doesNotKnowOriginsInPixelsOfUnknownSize() {
		final RelionParticle particle = parse("data_\nloop_\n_rlnImageName\n_rlnOriginX\n1@a.mrcs 2\n").particles().get(0);
		assertEquals(Double.NaN, particle.originXAngstrom());
		assertEquals(0, particle.originYAngstrom());
		assertEquals(Double.NaN, particle.pixelSizeAngstrom());
	}

	@Test
	void takesAnImageWithoutANumberAsTheFirst() {
		final RelionParticle particle = parse("data_\nloop_\n_rlnImageName\nsingle.mrc\n").particles().get(0);
		assertEquals("single.mrc", particle.stack());
		assertEquals(0, particle.index());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"_rlnImageName\\n_rlnOpticsGroup\\n1@a.mrcs 2 | line 15, column rlnOpticsGroup: optics group 2 is not in data_optics", //
		"_rlnImageName\\n_rlnOpticsGroup\\n1@a.mrcs x | line 15, column rlnOpticsGroup: \"x\" is not a number", //
		"_rlnImageName\\n_rlnOpticsGroup\\n1@a.mrcs 1.5 | column rlnOpticsGroup: \"1.5\" is not a whole number", //
		"_rlnImageName\\n_rlnAngleRot\\n1@a.mrcs 1,5 | line 15, column rlnAngleRot: \"1,5\" is not a number", //
		"_rlnImageName\\n_rlnAngleRot\\n1@a.mrcs | line 15, column rlnAngleRot: is missing", //
		"_rlnImageName\\n0@a.mrcs | line 14, column rlnImageName: \"0@a.mrcs\" has no number from 1 on", //
		"_rlnImageName\\nx@a.mrcs | has no number from 1 on", //
		"_rlnImageName\\n1@ | names no file", //
		"_rlnMicrographName\\na.mrc | no column rlnImageName", //
	})
	void refusesBrokenTablesWithLineAndColumn(final String rows, final String reason) {
		final String text = OPTICS + "data_particles\nloop_\n" + rows.replace("\\n", "\n") + "\n";
		final String message = assertThrows(InputException.class, () -> readAll(parse(text))).getMessage();
		assertTrue(message.contains(reason), message);
		assertTrue(message.startsWith(folder.resolve("a.star").toString()), message);
	}

	@Test
	void refusesImpossiblePixelSizes() {
		final String text = "data_\nloop_\n_rlnImageName\n_rlnMagnification\n_rlnDetectorPixelSize\n1@a.mrcs 0 5\n";
		assertTrue(assertThrows(InputException.class, () -> readAll(parse(text))).getMessage().contains(
			"line 6: the pixel size is"));
	}

	@Test
	void refusesAnOpticsGroupDefinedTwice() {
		final String text = OPTICS.replace("1 2.5 300 2.7 0.1\n", "1 2.5 300 2.7 0.1\n1 2 300 2.7 0.1\n") +
			"data_particles\nloop_\n_rlnImageName\n1@a.mrcs\n";
		assertTrue(assertThrows(InputException.class, () -> parse(text)).getMessage().contains("is defined twice"));
	}

	/** {@code relion_reconstruct --i og0.star --o og0.mrc --ctf} of RELION 3.1.3 takes both groups. */
	@Test
	void takesOpticsGroupsCountedFromZero() {
		final RelionParticles particles = parse(OPTICS.replace("1 2.5 300 2.7 0.1\n",
			"0 2.5 300 2.7 0.1\n1 2.6 200 2.7 0.1\n") +
			"data_particles\nloop_\n_rlnImageName\n_rlnOpticsGroup\n1@a.mrcs 0\n2@a.mrcs 1\n");
		assertEquals(2.5, particles.particles().get(0).pixelSizeAngstrom());
		assertEquals(2.6, particles.particles().get(1).pixelSizeAngstrom());
		assertEquals(List.of(0, 1), particles.opticsGroups().stream().map(OpticsGroup::number).toList());
	}

	@Test
	void looksAtValuesWhenTheyAreUsed() {
		final RelionParticles particles = parse(OPTICS.replace("1 2.5 300 2.7 0.1\n", "1 2.5 <NA> ? nan\n") +
			"data_particles\nloop_\n_rlnImageName\n_rlnClassNumber\n_rlnDefocusU\n_rlnAngleRot\n3@a.mrcs <NA> inf x\n");
		final RelionParticle particle = particles.particles().get(0);
		assertEquals("a.mrcs", particle.stack());
		assertEquals(2, particle.index());
		assertEquals(2.5, particle.pixelSizeAngstrom());
		final String message = assertThrows(InputException.class, particle::classNumber).getMessage();
		assertTrue(message.contains("column rlnClassNumber: \"<NA>\" is not a number"), message);
		assertThrows(InputException.class, particle::rotDegree);
		assertThrows(InputException.class, particle::ctf);
		assertThrows(InputException.class, particles::opticsGroups);
		particles.withStack("b.mrcs").write(folder.resolve("b.star"));
		assertEquals("<NA>", RelionParticles.read(folder.resolve("b.star")).table().get(0, "rlnClassNumber"));
	}

	@Test
	void findsStacksBesideTheStarFileAboveItAndInTheProject() throws IOException {
		final Path project = Files.createDirectories(folder.resolve("project/Extract/job1"));
		final Path star = project.resolve("particles.star");
		Files.writeString(star, "data_\nloop_\n_rlnImageName\n1@beside.mrcs\n1@Extract/job1/beside.mrcs\n1@far.mrcs\n1@" +
			folder.resolve("far.mrcs") + "\n");
		Files.createFile(project.resolve("beside.mrcs"));
		final RelionParticles particles = RelionParticles.read(star);
		final List<RelionParticle> rows = particles.particles();
		assertEquals(project.resolve("beside.mrcs"), particles.stackFile(rows.get(0)));
		assertEquals(project.resolve("beside.mrcs"), particles.stackFile(rows.get(1)));
		final String message = assertThrows(InputException.class, () -> particles.stackFile(rows.get(2))).getMessage();
		assertTrue(message.contains("line 6, column rlnImageName: the stack far.mrcs does not exist"), message);
		assertThrows(InputException.class, () -> particles.stackFile(rows.get(3)));
		final Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
		Files.createFile(elsewhere.resolve("far.mrcs"));
		assertEquals(elsewhere.resolve("far.mrcs"), RelionParticles.read(star, elsewhere).stackFile(rows.get(2)));
	}

	/** {@code cd PROJECT; relion_reconstruct --i /elsewhere/selected.star} finds them there, too. */
	@Test
	void findsStacksInTheWorkingFolderAndSaysWhereItLooked() throws IOException {
		final Path star = folder.resolve("a.star");
		Files.writeString(star, "data_\nloop_\n_rlnImageName\n1@pom.xml\n1@nowhere/far.mrcs\n");
		final RelionParticles particles = RelionParticles.read(star);
		final Path working = Path.of("").toAbsolutePath();
		assertEquals(working.resolve("pom.xml"), particles.stackFile(particles.particles().get(0)));
		assertEquals("target/d.mrcs", particles.nameOf(Path.of("target/d.mrcs"), Path.of("target/d.star")));
		final String message = assertThrows(InputException.class, () -> particles.stackFile(particles.particles().get(1)))
			.getMessage();
		assertTrue(message.endsWith("nowhere/far.mrcs does not exist in " + folder + ", in the folders above it or in " +
			working + ". Put it there, or give project= the folder that the paths start from."), message);
	}

	@Test
	void refusesAnImageBeyondTheStack() {
		final RelionParticles particles = parse("data_\nloop_\n_rlnImageName\n000004@a.mrcs\n");
		particles.requireImage(0, 4);
		final String message = assertThrows(InputException.class, () -> particles.requireImage(0, 3)).getMessage();
		assertTrue(message.contains("line 4, column rlnImageName: image 000004@a.mrcs is beyond the 3"), message);
	}

	@Test
	void refusesAStackWithoutTheNumberOfTheImage() {
		final RelionParticles particles = parse("data_\nloop_\n_rlnImageName\na.mrcs\n");
		particles.requireImage(0, 1);
		final String message = assertThrows(InputException.class, () -> particles.requireImage(0, 2)).getMessage();
		assertTrue(message.contains("line 4, column rlnImageName: \"a.mrcs\" does not say which of the 2 images"), message);
	}

	@Test
	void namesColumnsThatAreMissing() {
		final RelionParticles particles = parse("data_\nloop_\n_rlnImageName\n_rlnAngleRot\n1@a.mrcs 1\n");
		particles.require("rlnAngleRot");
		final String message = assertThrows(InputException.class, () -> particles.require("rlnAngleRot", "rlnAngleTilt",
			"rlnAnglePsi")).getMessage();
		assertTrue(message.contains("have no column rlnAngleTilt, rlnAnglePsi."), message);
	}

	@Test
	void keepsEveryColumnUnderNewImages() {
		final RelionParticles before = RelionParticles.read(TestData.file(
			"maps-and-stacks/cryodrgn__relion31.6opticsgroups.star"));
		before.withStack("denoised.mrcs").write(folder.resolve("b.star"));
		final RelionParticles after = RelionParticles.read(folder.resolve("b.star"));
		assertEquals(before.table().columns(), after.table().columns());
		assertEquals(before.opticsGroups(), after.opticsGroups());
		for (int row = 0; row < before.size(); row++) {
			final List<String> expected = new ArrayList<>(before.table().row(row));
			expected.set(before.table().columns().indexOf("rlnImageName"), String.format("%06d@denoised.mrcs", row + 1));
			assertEquals(expected, after.table().row(row));
			assertEquals(row, after.particles().get(row).index());
		}
	}

	@Test
	void writesAndReadsNewParticlesExactly() {
		final OpticsGroup optics = new OpticsGroup(1, "simulated", 300, 2.7, 0.1, 4, 64);
		final List<RelionParticle> particles = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			final RelionCtf ctf = new RelionCtf(300, 2.7, 0.1, 1e4 / 3 + i, 1e4 / 7, 100.0 / 3, 0, 1e-5, 1);
			particles.add(RelionParticle.of("noisy.mrcs", i, Math.PI * i, 1e-4 * i, -Math.E, 0.1 + i, -2.0 / 3, 4, ctf, 1, 1 +
				i % 2, 1 + i % 2, 0));
		}
		RelionParticles.of(List.of(optics), particles).write(folder.resolve("a.star"));
		final RelionParticles back = RelionParticles.read(folder.resolve("a.star"));
		assertEquals(List.of(optics), back.opticsGroups());
		for (int i = 0; i < 4; i++) {
			final RelionParticle read = back.particles().get(i);
			assertEquals(particles.get(i), RelionParticle.of(read.stack(), read.index(), read.rotDegree(), read.tiltDegree(),
				read.psiDegree(), read.originXAngstrom(), read.originYAngstrom(), read.pixelSizeAngstrom(), read.ctf(), read
					.opticsGroup(), read.classNumber(), read.randomSubset(), 0));
		}
		assertEquals(30001, back.table().version());
	}

	@Test
	void refusesNewParticlesThatDoNotFitTheirOptics() {
		final OpticsGroup optics = new OpticsGroup(1, "simulated", 300, 2.7, 0.1, 4, 64);
		final RelionParticle stranger = RelionParticle.of("a.mrcs", 0, 0, 0, 0, 0, 0, 4, null, 2, 1, 1, 0);
		assertThrows(IllegalArgumentException.class, () -> RelionParticles.of(List.of(optics), List.of(stranger)));
		final RelionParticle lost = RelionParticle.of("a.mrcs", 0, Double.NaN, 0, 0, 0, 0, 4, null, 1, 1, 1, 0);
		assertThrows(IllegalArgumentException.class, () -> RelionParticles.of(List.of(optics), List.of(lost)));
		final RelionCtf other = new RelionCtf(200, 2.7, 0.1, 1e4, 1e4, 0, 0, 0, 1);
		final RelionParticle mixed = RelionParticle.of("a.mrcs", 0, 0, 0, 0, 0, 0, 4, other, 1, 1, 1, 0);
		assertThrows(IllegalArgumentException.class, () -> RelionParticles.of(List.of(optics), List.of(mixed)));
	}

	private static void readAll(final RelionParticles particles) {
		for (final RelionParticle one : particles.particles())
			RelionParticle.of(one.stack(), one.index(), one.rotDegree(), one.tiltDegree(), one.psiDegree(), one
				.originXAngstrom(), one.originYAngstrom(), one.pixelSizeAngstrom(), one.ctf(), one.opticsGroup(), one
					.classNumber(), one.randomSubset(), one.line(), one.observation());
	}

	private RelionParticles parse(final String text) {
		try {
			return RelionParticles.read(Files.writeString(folder.resolve("a.star"), text));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
