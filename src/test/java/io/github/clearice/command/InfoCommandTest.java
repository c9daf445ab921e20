package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.model.TinyModel;
import io.github.clearice.stack.ParticleStackWriter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path folder;

	@Test
	void printsTheHeaderOfAnMrcFile() {
		final Path stack = folder.resolve("a.mrcs");
		try (ParticleStackWriter writer = new ParticleStackWriter(stack, 2, 1.35)) {
			for (int i = 0; i < 3; i++) writer.write(new float[] { 1, 2, 3, 4 });
			writer.commit();
		}
		final String text = info(stack, Launcher.DONE);
		for (final String part : List.of("MRC stack", "2 x 2 x 3 pixels", "1.35 x 1.35 x 1.35 Å",
			"mode 2 (float32), little endian", "minimum 1.0, maximum 4.0, mean 2.5", "2.7 x 2.7 x "))
			assertTrue(text.contains(part), part + " in " + text);
	}

	@Test
	void printsTheTablesOfAStarFile() throws Exception {
		final Path star = Files.writeString(folder.resolve("a.star"),
			"data_optics\nloop_\n_rlnOpticsGroup\n_rlnVoltage\n1" +
			" 300\n\ndata_particles\nloop_\n_rlnImageName\n1@a.mrcs\n2@a.mrcs\n");
		final String text = info(star, Launcher.DONE);
		for (final String part : List.of("STAR file with 2 tables", "1 row of 2 columns", "2 rows of 1 column",
			"rlnOpticsGroup rlnVoltage")) assertTrue(text.contains(part), part + " in " + text);
	}

	@Test
	void printsTheCardOfAModel() {
		final Path model = folder.resolve("a.clearice");
		TinyModel.model().write(model);
		final String text = info(model, Launcher.DONE);
		final var card = TinyModel.model().card();
		for (final String part : List.of("ClearIce model, schema 1", card.architecture(), "box " + card.box() + " pixels",
			card.data().noisy(), "seed             " + card.seed())) assertTrue(text.contains(part), part + " in " + text);
	}

	@Test
	void refusesAFileThatIsNoImage() throws Exception {
		final Path other = Files.writeString(folder.resolve("a.mrc"), "text");
		assertEquals("", info(other, Launcher.FAILED));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("a.mrc: has 4 bytes"), err::toString);
	}

	private String info(final Path file, final int code) {
		assertEquals(code, new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(new String[] { "info", "file=" + file }), err::toString);
		return out.toString(StandardCharsets.UTF_8);
	}
}
