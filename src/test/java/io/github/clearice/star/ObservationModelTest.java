package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationModelTest {

	@TempDir
	Path folder;

	/** The columns as RELION 3.1's CTF refinement writes them; the values are arbitrary. */
	@Test
	void readsAberrationsFromOpticsGroups() throws IOException {
		final RelionParticles particles = read("rlnBeamTiltX rlnBeamTiltY rlnOddZernike rlnEvenZernike rlnMagMat00 " +
			"rlnMagMat01 rlnMagMat10 rlnMagMat11 rlnCtfDataAreCtfPremultiplied",
			"0.5 -0.25 [1.5,-2,0.25,0,3,4] [0,1,2,3] 1.02 0.01 -0.01 0.98 1", "", "");
		final ObservationModel model = particles.opticsGroups().get(0).observation();
		assertEquals(new ObservationModel(0.5, -0.25, List.of(1.5, -2.0, 0.25, 0.0, 3.0, 4.0), List.of(0.0, 1.0, 2.0, 3.0),
			new Magnification(1.02, 0.01, -0.01, 0.98), CtfState.PREMULTIPLIED), model);
		for (final RelionParticle particle : particles.particles()) assertSame(model, particle.observation());
	}

	@Test
	void readsBeamTiltsOfRelion30FromTheParticles() throws IOException {
		final Path star = Files.writeString(folder.resolve("old.star"), "data_\n\nloop_\n_rlnImageName\n_rlnBeamTiltX\n" +
			"_rlnBeamTiltY\n1@a.mrcs 1 2\n2@a.mrcs 1 2\n3@a.mrcs -1 0\n");
		final List<RelionParticle> rows = RelionParticles.read(star).particles();
		assertEquals(2, rows.get(0).observation().beamTiltYMilliradian());
		assertSame(rows.get(0).observation(), rows.get(1).observation());
		assertEquals(-1, rows.get(2).observation().beamTiltXMilliradian());
	}

	/** As CTF::readValue of RELION 3.1.3 does. */
	@Test
	void takesFromTheOpticsGroupWhatParticlesDoNotSay() throws IOException {
		final RelionCtf ctf = read("rlnPhaseShift rlnCtfBfactor rlnCtfScalefactor rlnAmplitudeContrast", "90 50 0.5 0.1",
			"rlnDefocusU rlnCtfBfactor", "12000 20").particles().get(0).ctf();
		assertEquals(90, ctf.phaseShiftDegree());
		assertEquals(20, ctf.bFactorSquareAngstrom());
		assertEquals(0.5, ctf.scale());
		assertEquals(0.1, ctf.amplitudeContrast());
	}

	@Test
	void writesWhatItReads() throws IOException {
		final ObservationModel model = new ObservationModel(0.5, -0.25, List.of(1.5, -2.0), List.of(), new Magnification(
			1.02, 0.01, -0.01, 0.98), CtfState.PHASE_FLIPPED);
		final OpticsGroup group = new OpticsGroup(1, "a", 300, 2.7, 0.1, 1.5, 64, model);
		final Path star = folder.resolve("new.star");
		RelionParticles.of(List.of(group), List.of(RelionParticle.of("a.mrcs", 0, 0, 0, 0, 0, 0, 1.5, null, 1, 1, 1, 0,
			model))).write(star);
		final ObservationModel read = RelionParticles.read(star).particles().get(0).observation();
		assertEquals(model.oddZernike(), read.oddZernike());
		assertEquals(model.magnification(), read.magnification());
		assertEquals(CtfState.PHASE_FLIPPED, read.ctfState());
		assertTrue(read.isAntisymmetric());
		assertTrue(!read.hasSymmetricTerms());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"rlnOddZernike | 0.5 | no list of coefficients",
		"rlnEvenZernike | [1,x] | not a number",
		"rlnMagMat00 | 0 | determinant",
		"rlnCtfDataAreCtfPremultiplied rlnCtfDataArePhaseFlipped | 1 1 | cannot be in this state" })
	void refusesColumnsThatMakeNoSense(final String columns, final String values, final String why) {
		final InputException refusal = assertThrows(InputException.class, () -> read(columns, values, "", "")
			.particles().get(0).observation());
		assertTrue(refusal.getMessage().contains(why) && refusal.getMessage().contains("rln"), refusal.getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"rlnImageDimensionality | 3 | '' | ''",
		"rlnTomoSubTomosAre2DStacks | 1 | '' | ''",
		"'' | '' | rlnMagnificationCorrection | 1.01",
		"'' | '' | rlnCtfImage | ctf.mrc" })
	void refusesByNameWhatItCannotCompute(final String columns, final String values, final String rowColumns,
		final String rowValues) throws IOException
	{
		final RelionParticles particles = read(columns, values, rowColumns, rowValues);
		final InputException refusal = assertThrows(InputException.class, particles::requireKnownOptics);
		assertTrue(refusal.getMessage().contains(columns.isEmpty() ? rowColumns : columns), refusal.getMessage());
	}

	@Test
	void refusesSeveralMtfsAndTakesOne() throws IOException {
		final String text = "data_optics\n\nloop_\n_rlnOpticsGroup\n_rlnMtfFileName\n1 k2.star\n2 %s\n\n" +
			"data_particles\n\nloop_\n_rlnImageName\n_rlnOpticsGroup\n1@a.mrcs 1\n";
		final Path star = folder.resolve("mtf.star");
		RelionParticles.read(Files.writeString(star, String.format(text, "k2.star"))).requireKnownOptics();
		final RelionParticles several = RelionParticles.read(Files.writeString(star, String.format(text, "k3.star")));
		final InputException refusal = assertThrows(InputException.class, several::requireKnownOptics);
		assertTrue(refusal.getMessage().contains("rlnMtfFileName") && refusal.getMessage().contains("k3.star"), refusal
			.getMessage());
	}

	@Test
	void takesWhatDoesNotChangeImages() throws IOException {
		read("rlnImageDimensionality rlnTomoSubTomosAre2DStacks", "2 0", "rlnMagnificationCorrection rlnCtfImage",
			"1 None").requireKnownOptics();
	}

	private RelionParticles read(final String columns, final String values, final String rowColumns,
		final String rowValues) throws IOException
	{
		final StringBuilder text = new StringBuilder("data_optics\n\nloop_\n_rlnOpticsGroup\n_rlnImagePixelSize\n");
		append(text, columns);
		text.append("1 1.5 ").append(values).append("\n\ndata_particles\n\nloop_\n_rlnImageName\n_rlnOpticsGroup\n");
		append(text, rowColumns);
		for (int row = 1; row <= 2; row++) text.append(row).append("@a.mrcs 1 ").append(rowValues).append('\n');
		return RelionParticles.read(Files.writeString(folder.resolve("particles.star"), text));
	}

	private static void append(final StringBuilder text, final String columns) {
		for (final String column : columns.split(" ")) if (!column.isBlank()) text.append('_').append(column).append('\n');
	}
}
