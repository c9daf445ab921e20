package io.github.clearice.command.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticles;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's {@code train from=}, with a small general model. */
@PlainGraphs
class AdaptCommandTest {

	private static final int BOX = 16, COUNT = 66;

	private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

	@TempDir
	static Path folder;

	@BeforeAll
	static void trainSmallModel() {
		final Volume map = Volume.zeros(BOX, 4);
		for (int z = 0; z < BOX; z++) for (int y = 0; y < BOX; y++) for (int x = 0; x < BOX; x++) {
			map.voxels()[map.index(x, y, z)] = (float) Math.exp(-(Math.pow(x - 9, 2) / 6 + Math.pow(y - 7, 2) / 9 +
				Math.pow(z - 8, 2) / 3));
		}
		MrcWriter.writeVolume(folder.resolve("map.mrc"), map, MrcMode.FLOAT32);
		simulate("first", "seed=1");
		// The same views with other noise, as even and odd frames have.
		simulate("second", "seed=2", "star=" + file("first/particles.star"));
		done("noisy=" + file("first/noisy.mrcs"), "clean=" + file("first/clean.mrcs"), "guide=" + file("second/noisy.mrcs"),
			"model=" + file("guided.clearice"), "network=light");
		ModelFile.read(folder.resolve("guided.clearice")).forAnyParticles().write(folder.resolve("small.clearice"));
	}

	@Test
	void noisyParticlesAreEnough() {
		final ModelFile adapted = adapted("noisy=" + file("first/particles.star"));
		assertEquals("split", adapted.card().data().description().get("noise"));
		assertEquals("noise2noise", adapted.card().training().get("supervision"));
		assertEquals("adapt", adapted.card().training().get("preset"));
		assertTrue(adapted.card().isGeneral());
		assertTrue(text().contains("On 13 held-out particles the mean squared error"), text());
		assertEquals(Launcher.DONE, run(Stream.of("denoise", "input=" + file("first/noisy.mrcs"), "method=" + file(
			"adapted.clearice"), "output=" + file("denoised.mrcs"))), AdaptCommandTest::text);
		assertFalse(text().contains("Warning: boxes of"), text());
		assertEquals(Launcher.DONE, run(Stream.of("denoise", "input=" + file("first/noisy.mrcs"), "pixel=5", "method=" +
			file("adapted.clearice"), "output=" + file("denoised5.mrcs"))), AdaptCommandTest::text);
		assertTrue(text().contains("Warning: boxes of noisy.mrcs are 80 Å wide, but adapted.clearice was adapted to" +
			" particles in boxes of 64 Å"), text());
		assertEquals(CtfState.CORRECTED, stateOf("free.mrcs", "ctf=true"));
		assertEquals(CtfState.RECORDED, stateOf("kept.mrcs", "ctf=false"));
		done("noisy=" + file("first/particles.star"), "resume=" + file("adapted.clearice"), "epochs=2", "model=" + file(
			"adapted.clearice"));
		assertEquals(2, ModelFile.read(folder.resolve("adapted.clearice")).card().history().size());
	}

	/** What the table of denoised particles says of their CTFs. */
	private static CtfState stateOf(final String output, final String ctf) {
		assertEquals(Launcher.DONE, run(Stream.of("denoise", "input=" + file("first/particles.star"), "method=" + file(
			"adapted.clearice"), ctf, "output=" + file(output))), AdaptCommandTest::text);
		return RelionParticles.read(folder.resolve(output.replace(".mrcs", ".star"))).particles().get(0).observation()
			.ctfState();
	}

	@Test
	void secondImagesCleanImagesAndMapsTeachToo() {
		final ModelFile halves = adapted("noisy=" + file("first/particles.star"), "second=" + file("second/noisy.mrcs"));
		assertEquals("that of noisy.mrcs", halves.card().data().description().get("noise"));
		assertEquals("noise2noise", halves.card().training().get("supervision"));
		final ModelFile pairs = adapted("noisy=" + file("first/particles.star"), "clean=" + file("first/clean.mrcs"));
		assertEquals("clean", pairs.card().training().get("supervision"));
		final ModelFile map = adapted("map=" + file("map.mrc"), "snr=0.5", "ctf=true", "count=" + COUNT);
		assertEquals("0.5", map.card().data().description().get("snr"));
		assertEquals(COUNT, map.card().data().particles());
		final ModelFile references = adapted("star=" + file("first/particles.star"), "map=" + file("map.mrc"));
		assertTrue(references.card().data().description().containsKey("reference-scale"));
		for (final ModelFile each : new ModelFile[] { halves, pairs, map, references }) assertTrue(each.card().metrics()
			.containsKey(ModelCard.ADAPTATION_GAIN), each.card().metrics().toString());
	}

	/** It is written as it was, and the exit code says so. */
	@Test
	void anAdaptationOfNoUseHasAnExitCode() {
		final String[] words = { "from=" + file("small.clearice"), "noisy=" + file("first/particles.star"), "clean=" + file(
			"first/clean.mrcs"), "model=" + file("worse.clearice"), "rate=0.5", "average=0" };
		assertEquals(3, train(Stream.concat(Stream.of(words), Stream.of("accept=false"))), AdaptCommandTest::text);
		assertTrue(text().contains("the adaptation is of no use"), text());
		assertTrue(ModelFile.read(folder.resolve("worse.clearice")).card().isOfNoUse());
	}

	@Test
	void saysWhatCannotBeAdapted() {
		final String noisy = "noisy=" + file("first/particles.star"), small = "from=" + file("small.clearice");
		refused("trained for particles of one kind", noisy, "from=" + file("guided.clearice"));
		refused("There is no model nothing", noisy, "from=nothing");
		refused("guide= has no use with from=", noisy, small, "clean=" + file("first/clean.mrcs"), "guide=" + file(
			"first/clean.mrcs"));
		refused("search= tries settings of new models", noisy, small, "search=3");
		refused("supervision=noise2void does not go with from=", noisy, small, "supervision=noise2void");
		refused("network=gu2021 cannot be had", noisy, small, "network=gu2021");
		refused("are the same file", noisy.replace("particles.star", "noisy.mrcs"), small, "second=" + file(
			"first/noisy.mrcs"));
		refused("holds 66 particles, but", "noisy=" + file("first/noisy.mrcs"), small, "clean=" + file("map.mrc"));
		refused("too few to adapt", "map=" + file("map.mrc"), small, "count=20");
		refused("takes CTFs out", "map=" + file("map.mrc"), "star=" + file("first/particles.star"), "keepctf=true", small);
		refused("There is nothing to adapt", small);
		assertFalse(Files.exists(folder.resolve("refused.clearice")));
	}

	@Test
	void micrographsAreRefused() {
		try (MrcWriter writer = MrcWriter.stack(folder.resolve("micrograph.mrc"), 60, 40, 4, MrcMode.FLOAT32)) {
			writer.write(new float[60 * 40]);
			writer.commit();
		}
		refused("holds micrographs", "noisy=" + file("micrograph.mrc"), "from=" + file("small.clearice"));
	}

	private static ModelFile adapted(final String... words) {
		done(Stream.concat(Stream.of("from=" + file("small.clearice"), "model=" + file("adapted.clearice")), Stream.of(
			words)).toArray(String[]::new));
		final ModelFile model = ModelFile.read(folder.resolve("adapted.clearice"));
		assertTrue(model.card().data().description().get("from").endsWith("small.clearice"));
		return model;
	}

	private static void simulate(final String name, final String... words) {
		assertEquals(Launcher.DONE, run(Stream.concat(Stream.of("simulate", "source=" + file("map.mrc"), "snr=0.5",
			"ctf=true", "count=" + COUNT, "output=" + file(name)), Stream.of(words))), AdaptCommandTest::text);
	}

	private static String file(final String name) {
		return folder.resolve(name).toString();
	}

	private static void done(final String... words) {
		assertEquals(Launcher.DONE, train(Stream.concat(Stream.of(words), Stream.of("accept=true"))),
			() -> String.join(" ", words) + ": " + text());
	}

	private static void refused(final String part, final String... words) {
		assertEquals(Launcher.FAILED, train(Stream.concat(Stream.of(words), Stream.of("model=" + file(
			"refused.clearice")))), String.join(" ", words));
		assertTrue(text().contains(part), text());
	}

	private static int train(final Stream<String> words) {
		final Map<String, String> all = new LinkedHashMap<>(Map.of("device", "cpu", "precision", "float32",
			"batch", "8", "epochs", "1", "overwrite", "true"));
		words.forEach(word -> all.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
		if (all.containsKey("resume")) all.keySet().remove("batch");
		return run(Stream.concat(Stream.of("train"), all.entrySet().stream().map(Object::toString)));
	}

	private static int run(final Stream<String> words) {
		ERR.reset();
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(ERR,
			true, StandardCharsets.UTF_8), false).run(words.toArray(String[]::new));
	}

	private static String text() {
		return ERR.toString(StandardCharsets.UTF_8);
	}
}
