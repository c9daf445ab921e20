package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.model.TinyModel;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a structure to scored particles, through the launcher, at a size that takes seconds. */
@PlainGraphs
class WholeWayTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@Test
	void goesFromAStructureToAScoredStack() throws IOException {
		final Path structure = folder.resolve("helix.pdb");
		Files.writeString(structure, HelixStructure.pdb());
		done("map", "structure=" + structure, "box=24", "pixel=2", "resolution=6", "output=" + folder.resolve("map.mrc"));
		done("validate", "file=" + folder.resolve("map.mrc"));
		done("simulate", "source=" + folder.resolve("map.mrc"), "count=40", "snr=0.5", "seed=3", "ctf=true", "output=" +
			folder.resolve("pairs"));
		done("train", "noisy=" + folder.resolve("pairs/noisy.mrcs"), "clean=" + folder.resolve("pairs/clean.mrcs"),
			"model=" + folder.resolve("m.clearice"), "epochs=2", "batch=4", "device=cpu", "precision=float32", "accept=true");
		done("denoise", "input=" + folder.resolve("pairs/particles.star"), "method=" + folder.resolve("m.clearice"),
			"device=cpu", "precision=float32", "output=" + folder.resolve("denoised.mrcs"));
		assertEquals(particleColumns(folder.resolve("pairs/particles.star")), particleColumns(folder.resolve(
			"denoised.star")));
		done("evaluate", "reference=" + folder.resolve("pairs/clean.mrcs"), "image=" + folder.resolve("pairs/noisy.mrcs") +
			"," + folder.resolve("denoised.star"), "output=" + folder.resolve("scores.tsv"));
		final List<String> rows = Files.readAllLines(folder.resolve("scores.tsv"));
		assertEquals("image\tindex\tmse\tpsnr\tssim\tsnr\tfrc05\tfrc0143", rows.get(0));
		assertEquals(1 + 2 * (40 + 2), rows.size());
		assertEquals(Set.of("helix.pdb", "map.mrc", "pairs", "m.clearice", "denoised.mrcs", "denoised.star", "scores.tsv"),
			names(folder));
	}

	@Test
	void demoWritesAllItPromises() throws IOException {
		done("demo", "output=" + folder.resolve("demo"), "pairs=24", "tests=6", "epochs=1");
		assertEquals(Set.of("map.mrc", "training", "test", "model.clearice", "table.tsv", "montage.png"), names(folder
			.resolve("demo")));
		assertEquals(Set.of("noisy.mrcs", "clean.mrcs", "particles.star", "lowpass.mrcs", "denoised.mrcs"), names(folder
			.resolve("demo/test")));
		assertTrue(text(out).contains("\nClearIce "), text(out));
	}

	@Test
	void testsWhetherHalvesOfDenoisedParticlesAgreeOnTooMuch() throws IOException {
		final Path structure = folder.resolve("helix.pdb"), test = folder.resolve("test");
		Files.writeString(structure, HelixStructure.pdb());
		done("simulate", "source=" + structure, "resolution=8", "box=16", "pixel=4", "count=60", "snr=2", "ctf=true",
			"output=" + folder.resolve("pairs"));
		final Path model = folder.resolve("m.clearice");
		TinyModel.model().write(model);
		final String halves = "halves", star = "star=" + folder.resolve("pairs/particles.star"), map = "map=" + structure,
			models = "models=" + model + "," + model + "," + model, output = "output=" + test;
		done(halves, star, map, models, "device=cpu", "precision=float32", output);
		assertTrue(text(out).contains("split: halves agree to "), text(out));
		assertEquals(Set.of("settings.tsv", "curves.tsv", "summary.tsv", "curves.png", "maps.png", "noisy.mrc",
			"noisy_half1.mrc", "noisy_half2.mrc", "shared.mrc", "shared_half1.mrc", "shared_half2.mrc", "shared.mrcs",
			"shared.star", "split.mrc", "split_half1.mrc", "split_half2.mrc", "split.mrcs", "split.star"), names(test));
		final List<String> rows = Files.readAllLines(test.resolve("summary.tsv"));
		assertEquals("images\thalves0143\thalves05\ttruth05\ttruth0143\tinflation", rows.get(0));
		assertEquals(List.of("noisy", "shared", "split"), rows.stream().skip(1).map(row -> row.split("\t")[0]).toList());
		assertEquals(1 + 3 * 9, Files.readAllLines(test.resolve("curves.tsv")).size());
		assertEquals(Launcher.FAILED, run(halves, star, map, models, "fraction=0.2", output));
		assertTrue(text(err).contains("fraction= goes with contamination="), text(err));
	}

	@Test
	void appliesAModelToAnotherBoxAndRefusesADamagedOne() throws IOException {
		final Path structure = folder.resolve("helix.pdb");
		Files.writeString(structure, HelixStructure.pdb());
		for (final int box : new int[] { 16, 24 }) {
			done("simulate", "source=" + structure, "resolution=8", "box=" + box, "pixel=3", "count=12", "output=" + folder
				.resolve("box" + box));
		}
		final Path model = folder.resolve("m.clearice");
		// One epoch makes no model of use.
		assertEquals(3, run("train", "noisy=" + folder.resolve("box16/noisy.mrcs"), "clean=" + folder.resolve(
			"box16/clean.mrcs"), "model=" + model, "epochs=1", "batch=2", "device=cpu"));
		done("denoise", "input=" + folder.resolve("box24/noisy.mrcs"), "method=" + model, "device=cpu", "output=" + folder
			.resolve("d.mrcs"));
		try (ParticleStack denoised = MrcParticleStack.open(folder.resolve("d.mrcs"))) {
			assertEquals(24, denoised.box());
			assertEquals(3, denoised.pixelSizeAngstrom(), 1e-5);
		}
		Files.write(model, Arrays.copyOf(Files.readAllBytes(model), 2000));
		final Set<String> before = names(folder);
		assertEquals(Launcher.FAILED, run("denoise", "input=" + folder.resolve("box24/noisy.mrcs"), "method=" + model,
			"device=cpu", "output=" + folder.resolve("e.mrcs")));
		assertTrue(text(err).contains("m.clearice"), text(err));
		assertEquals(before, names(folder));
	}

	private static List<String> particleColumns(final Path star) throws IOException {
		return Files.readAllLines(star).stream().filter(line -> line.startsWith("_")).collect(Collectors.toList());
	}

	/** Without the file beside each output that says what made it. */
	private static Set<String> names(final Path of) throws IOException {
		try (Stream<Path> files = Files.list(of)) {
			return files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".json")).collect(
				Collectors.toSet());
		}
	}

	private void done(final String... words) {
		assertEquals(Launcher.DONE, run(words), () -> String.join(" ", words) + ": " + text(err));
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}

	private static String text(final ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}
}
