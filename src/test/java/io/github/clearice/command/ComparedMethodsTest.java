package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate methods=}, and every classical method by its name in {@code denoise}. */
class ComparedMethodsTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@BeforeEach
	void writeStacks() {
		final ParticlePairs pairs = GaussianMolecule.pairs(32, 24, 0.2, 41);
		write(pairs.noisy(), folder.resolve("noisy.mrcs"));
		write(pairs.clean(), folder.resolve("clean.mrcs"));
	}

	@Test
	void comparesAllMethods() throws Exception {
		assertEquals(Launcher.DONE, evaluate("noisy.mrcs", "methods=all", "summary=" + folder.resolve("s.tsv"), "montage=" +
			folder.resolve("m.png")), () -> text(err));
		final List<String> names = Files.readAllLines(folder.resolve("s.tsv")).stream().skip(1).map(line -> line.split(
			"\t")[0]).collect(Collectors.toList());
		// The noisy images, the mean image, the oracle and each classical method.
		assertEquals(3 + FilterParameters.methods().size(), names.size(), names.toString());
		// The contributed method that doubles pixels is the only one that makes images worse.
		assertEquals(List.of("doubling", "noisy"), names.subList(0, 2));
		assertTrue(names.contains("halving"), names.toString());
		assertTrue(names.contains("mean image") && names.contains("covariance Wiener (oracle)"), names.toString());
		assertTrue(Files.size(folder.resolve("m.png")) > 1000);
		assertTrue(text(out).contains("ms/image"), text(out));
	}

	@Test
	void scoresTheFirstParticlesOfAStackThatMethodsLearnFrom() throws Exception {
		final Path all = folder.resolve("all.tsv"), part = folder.resolve("part.tsv");
		assertEquals(Launcher.DONE, evaluate("noisy.mrcs", "methods=wiener", "output=" + all), () -> text(err));
		assertEquals(Launcher.DONE, evaluate("noisy.mrcs," + folder.resolve("noisy.mrcs"), "methods=wiener", "count=5",
			"output=" + part), () -> text(err));
		final List<String> scores = imagesOf(all), some = imagesOf(part);
		assertEquals(24, scores.size());
		assertEquals(scores.subList(0, 5), some);
		assertEquals(Launcher.FAILED, evaluate("noisy.mrcs", "count=5"));
		assertTrue(text(err).contains("Give methods="), text(err));
	}

	@Test
	void resultsOfOtherProgramsStandInTheSameTableAndMontage() throws Exception {
		final Path other = folder.resolve("other.mrcs");
		assertEquals(Launcher.DONE, run("denoise", "input=" + folder.resolve("noisy.mrcs"), "method=nlm", "output=" +
			other), () -> text(err));
		final Path alone = folder.resolve("alone.png"), both = folder.resolve("both.png"), table = folder.resolve("s.tsv");
		assertEquals(Launcher.DONE, evaluate("noisy.mrcs", "methods=nlm", "montage=" + alone), () -> text(err));
		assertEquals(Launcher.DONE, evaluate("noisy.mrcs," + other, "methods=nlm", "summary=" + table, "montage=" + both),
			() -> text(err));
		final List<String[]> rows = Files.readAllLines(table).stream().skip(1).map(line -> line.split("\t")).toList();
		assertEquals(List.of("noisy", "other.mrcs"), List.of(rows.get(0)[0], rows.get(2)[0]));
		final String[] ours = rows.get(1), theirs = rows.get(2);
		assertEquals(ours[2], theirs[2], "the PSNR of the same images");
		assertTrue(ImageIO.read(both.toFile()).getHeight() > ImageIO.read(alone.toFile()).getHeight());
	}

	@Test
	void thePosteriorMeanIsBestIfTheMapIsKnown() throws Exception {
		final Path structure = folder.resolve("helix.pdb"), map = folder.resolve("map.mrc");
		Files.writeString(structure, HelixStructure.pdb());
		assertEquals(Launcher.DONE, run("map", "structure=" + structure, "box=24", "pixel=3", "output=" + map), () -> text(
			err));
		assertEquals(Launcher.DONE, run("simulate", "source=" + map, "count=24", "snr=0.2", "output=" + folder.resolve(
			"views")), () -> text(err));
		assertEquals(Launcher.DONE, run("evaluate", "reference=" + folder.resolve("views/clean.mrcs"), "image=" + folder
			.resolve("views/noisy.mrcs"), "methods=wiener,posterior", "map=" + map, "order=1", "summary=" + folder.resolve(
				"s.tsv")), () -> text(err));
		final List<String> rows = Files.readAllLines(folder.resolve("s.tsv"));
		assertTrue(rows.get(3).startsWith("posterior (knows the map)\t"), rows.toString());
		assertTrue(Double.parseDouble(rows.get(3).substring(rows.get(3).lastIndexOf('\t') + 1)) > 0, rows.toString());
	}

	@Test
	void everyClassicalMethodDenoisesByItsName() {
		for (final String method : FilterParameters.methods()) {
			final Path target = folder.resolve(method + ".mrcs");
			assertEquals(Launcher.DONE, run("denoise", "input=" + folder.resolve("noisy.mrcs"), "method=" + method,
				"cutoff=30", "output=" + target), () -> method + ": " + text(err));
			try (MrcFile file = MrcFile.open(target)) {
				assertEquals(24, file.header().nz());
			}
		}
	}

	@Test
	void refusesWhatItCannotCompare() {
		assertEquals(Launcher.FAILED, evaluate("noisy.mrcs", "methods=wiener,median"));
		assertTrue(text(err).contains("names median") && text(err).contains("wiener"), text(err));
		assertEquals(Launcher.FAILED, evaluate("noisy.mrcs", "montage=" + folder.resolve("m.png")));
		assertTrue(text(err).contains("Give methods="), text(err));
		assertEquals(Launcher.FAILED, evaluate("noisy.mrcs", "methods=all", "montage=" + folder.resolve("noisy.mrcs")));
		assertFalse(Files.exists(folder.resolve("m.png")));
		assertEquals(Launcher.FAILED, evaluate("noisy.mrcs", "methods=posterior"));
		assertTrue(text(err).contains("needs map="), text(err));
	}

	/** The scores of the Wiener filter, image by image. */
	private static List<String> imagesOf(final Path table) throws IOException {
		return Files.readAllLines(table).stream().filter(line -> line.matches("wiener\t\\d+\t.*")).toList();
	}

	private int evaluate(final String image, final String... more) {
		final String[] words = new String[more.length + 3];
		words[0] = "evaluate";
		words[1] = "reference=" + folder.resolve("clean.mrcs");
		words[2] = "image=" + folder.resolve(image);
		System.arraycopy(more, 0, words, 3, more.length);
		return run(words);
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}

	private static void write(final ParticleStack stack, final Path target) {
		try (ParticleStackWriter writer = new ParticleStackWriter(target, stack.box(), stack.pixelSizeAngstrom()))
		{
			final float[] image = new float[stack.box() * stack.box()];
			for (int i = 0; i < stack.size(); i++) {
				stack.read(i, image);
				writer.write(image);
			}
			writer.commit();
		}
	}

	private static String text(final ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}
}
