package io.github.clearice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.ParticleStackWriter;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several inputs in one call, and what outputs say about their origin. */
class SeriesTest {

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@BeforeEach
	void writeStacks() {
		for (final String name : List.of("a", "b", "c")) write(name + ".mrcs");
	}

	private void write(final String name) {
		try (ParticleStackWriter writer = new ParticleStackWriter(folder.resolve(name), 16, 4)) {
			for (int i = 0; i < 3; i++) {
				final float[] image = new float[16 * 16];
				image[i + 100] = name.charAt(0);
				writer.write(image);
			}
			writer.commit();
		}
	}

	@Test
	void inputsThatFailDoNotKeepOthersFromBeingDone() throws IOException {
		Files.writeString(folder.resolve("b.mrcs"), "no stack");
		assertEquals(Launcher.FAILED, denoise(folder + "/*.mrcs", "output=" + folder.resolve("out")));
		assertTrue(text().contains("b.mrcs failed: "), this::text);
		assertTrue(text().endsWith("1 of 3 inputs failed, with the lines above. Put them right and give the same command" +
			" again: it skips what is done." + System.lineSeparator()), this::text);
		assertTrue(Files.exists(folder.resolve("out/a.mrcs")) && Files.exists(folder.resolve("out/c.mrcs")));
		write("b.mrcs");
		err.reset();
		assertEquals(Launcher.DONE, denoise(folder + "/*.mrcs", "output=" + folder.resolve("out")));
		assertTrue(text().contains("a.mrcs is done already.") && text().contains("c.mrcs is done already."), this::text);
		assertFalse(text().contains("b.mrcs is done already."), this::text);
	}

	@Test
	void resultsBesideTheInputsAreNotDenoisedAgain() throws IOException {
		assertEquals(Launcher.DONE, denoise(folder + "/*.mrcs"));
		write("d.mrcs");
		assertEquals(Launcher.DONE, denoise(folder + "/*.mrcs"));
		assertTrue(Files.exists(folder.resolve("d-denoised.mrcs")));
		assertFalse(Files.exists(folder.resolve("a-denoised-denoised.mrcs")));
	}

	@Test
	void namesMayBeJoinedByCommas() {
		assertEquals(Launcher.DONE, denoise(folder.resolve("a.mrcs") + "," + folder.resolve("c.mrcs")), this::text);
		assertTrue(Files.exists(folder.resolve("a-denoised.mrcs")) && Files.exists(folder.resolve("c-denoised.mrcs")));
		assertFalse(Files.exists(folder.resolve("b-denoised.mrcs")));
	}

	/** As each job of an array does, which may be given again. */
	@Test
	void oneResultInAFolderIsMadeOnce() throws IOException {
		Files.createDirectory(folder.resolve("out"));
		for (int i = 0; i < 2; i++) assertEquals(Launcher.DONE, denoise(folder.resolve("a.mrcs").toString(), "output=" +
			folder.resolve("out")), this::text);
		assertTrue(Files.exists(folder.resolve("out/a.mrcs")));
		assertTrue(text().contains("a.mrcs is done already."), this::text);
	}

	@Test
	void patternWithoutFilesIsRefused() {
		assertEquals(Launcher.FAILED, denoise(folder + "/*.star"));
		assertTrue(text().contains("No file has a name like " + folder + "/*.star (input=)."), this::text);
	}

	@Test
	void severalResultsNeedAFolder() {
		assertEquals(Launcher.FAILED, denoise(folder + "/*.mrcs", "output=" + folder.resolve("all.mrcs")));
		assertTrue(text().contains("With several inputs, output= is a folder, not " + folder.resolve("all.mrcs")),
			this::text);
	}

	@Test
	void outputsSayWhatMadeThem() throws IOException {
		final Path one = folder.resolve("one.mrcs"), other = folder.resolve("other.mrcs");
		assertEquals(Launcher.DONE, denoise(folder.resolve("a.mrcs").toString(), "output=" + one));
		assertEquals(Launcher.DONE, denoise(folder.resolve("a.mrcs").toString(), "output=" + other));
		try (MrcFile file = MrcFile.open(one)) {
			assertTrue(file.header().labels().get(0).matches("ClearIce \\S+ denoise"), () -> file.header().labels()
				.toString());
		}
		assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other), "of the same work, whatever its name");
		final JsonObject made = JsonParser.parseString(Files.readString(folder.resolve("one.mrcs.json")))
			.getAsJsonObject();
		assertEquals("denoise", made.get("verb").getAsString());
		assertEquals("20.0", made.getAsJsonObject("parameters").get("cutoff").getAsString());
		assertEquals("output=" + one, made.getAsJsonArray("command").get(4).getAsString());
	}

	private int denoise(final String input, final String... more) {
		final List<String> words = new ArrayList<>(List.of("denoise", "input=" + input, "method=lowpass",
			"cutoff=20"));
		words.addAll(List.of(more));
		return new Launcher(new PrintStream(PrintStream.nullOutputStream()), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words.toArray(String[]::new));
	}

	private String text() {
		return err.toString(StandardCharsets.UTF_8);
	}
}
