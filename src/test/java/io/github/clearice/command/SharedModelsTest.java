package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.ExportCommand;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.model.TinyModel;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.ParameterException;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedModelsTest {

	@TempDir
	Path folder;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@BeforeEach
	void share() {
		System.setProperty(ModelNames.PROPERTY, folder.resolve("nothing") + File.pathSeparator + folder
			.resolve("shared"));
		TinyModel.model().write(folder.resolve("shared/tiny.clearice"));
	}

	@AfterEach
	void forget() {
		System.clearProperty(ModelNames.PROPERTY);
	}

	private int run(final String... words) {
		final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
		return new Launcher(out, out, false).run(words);
	}

	private String printed() {
		return printed.toString(StandardCharsets.UTF_8);
	}

	@Test
	void aModelInASharedFolderIsFoundByItsName() {
		final Path particles = folder.resolve("particles.mrcs");
		final Random random = new Random(1);
		try (ParticleStackWriter writer = new ParticleStackWriter(particles, 16, 4)) {
			final float[] image = new float[16 * 16];
			for (int i = 0; i < 3; i++) {
				for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
				writer.write(image);
			}
			writer.commit();
		}
		assertEquals(0, run("denoise", "input=" + particles, "method=tiny"), printed());
		assertTrue(printed().contains("3 particles denoised with tiny.clearice"), printed());
	}

	@Test
	void dialogsListSharedModelsBesideMethods() {
		final Map<String, String> offered = new DenoiseCommand().suggestions("method");
		assertEquals("shared model in " + folder.resolve("shared"), offered.get("tiny"));
		assertTrue(offered.get("general").contains("many structures"), offered.toString());
		assertTrue(new ExportCommand().suggestions("model").keySet().containsAll(List.of("tiny", "general")));
	}

	@Test
	void anUnknownNameIsAnsweredWithThoseThatThereAre() {
		assertTrue(assertThrows(ParameterException.class, () -> ModelNames.read("tinny")).getMessage().contains(
			"there are general, tiny."));
	}

	/** What a stranger wrote into it is text, never a part of the page. */
	@Test
	void aCardShowsFactsParticlesAndTheTrustReportAsText() throws IOException {
		final ModelFile tiny = TinyModel.model();
		final ArrayParticleStack images = new ArrayParticleStack("sample", 16, 4, new float[2][16 * 16]);
		final ModelFile shown = new ModelFile(tiny.card(), tiny.weights(), Optional.of(new SampleParticles(images, images)),
			Optional.empty()).withTrust(Map.of("trust-noise", 0.02), "test\tvalue\tlimit\tpassed\tverdict\tmeaning\n" +
				"noise\t0.02\t0.5\ttrue\tpassed\t<script>alert(1)</script>\n");
		shown.write(folder.resolve("shared/shown.clearice"));
		final Path page = folder.resolve("card.html");
		assertEquals(0, run("card", "model=shown", "output=" + page), printed());
		final String html = Files.readString(page);
		assertTrue(html.contains("<td>box 16 pixels, 4 Å a pixel, bright</td>") && html.contains(
			"data:image/png;base64,") && html.contains("&lt;script&gt;") && !html.contains("<script"), html);
		assertTrue(printed().contains("trust report     noise passed"), printed());
		assertEquals(0, run("info", "file=shown"), printed());
		assertEquals(0, run("card", "model=general"), printed());
		assertTrue(printed().contains("trust report     none (clearice trust makes one)"), printed());
	}

	@Test
	void aModelIsExportedInAllFormats() {
		final String model = "model=" + folder.resolve("shared/tiny.clearice");
		assertEquals(0, run("export", model), printed());
		assertTrue(Files.isRegularFile(folder.resolve("shared/tiny-savedmodel/saved_model.pb")));
		assertEquals(0, run("export", model, "format=onnx"), printed());
		assertTrue(Files.isRegularFile(folder.resolve("shared/tiny.onnx")));
		assertEquals(0, run("export", model, "format=bioimageio", "author=A. Author", "licence=CC0-1.0"), printed());
		assertTrue(Files.isRegularFile(folder.resolve("shared/tiny.bioimageio.zip")));
	}

	@Test
	void aPackageWithoutAnAuthorOrALicenceIsRefusedBeforeAnythingIsWritten() throws IOException {
		assertFalse(run("export", "model=tiny", "format=bioimageio", "output=" + folder.resolve("out/x.zip")) == 0);
		assertTrue(printed().contains("author= is missing"), printed());
		assertFalse(Files.exists(folder.resolve("out")));
	}

	/** Only models of ClearIce's own format are opened. */
	@Test
	void anExportedModelIsNoMethod() {
		assertEquals(0, run("export", "model=tiny", "output=" + folder.resolve("saved")), printed());
		assertEquals(1, run("denoise", "input=sample-data/betagal_5a1a_64_4A.mrc", "content=particles", "method=" + folder
			.resolve("saved"), "output=" + folder.resolve("out.mrcs")), printed());
		assertTrue(printed().contains("graphs of other programs are not run"), printed());
	}
}
