package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.Seeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole micrographs, through the launcher. */
class MicrographCommandsTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@Test
	void denoisesMicrographsOfAnyShape() throws IOException {
		final Path single = noise("single.mrc", 300, 200, 1), stack = noise("stack.mrcs", 280, 260, 2);
		done("denoise", "input=" + single, "method=lowpass", "cutoff=40");
		done("denoise", "input=" + stack, "method=wiener", "overlap=0.75");
		assertTrue(text().contains("2 micrographs denoised with wiener"), text());
		assertEquals(Set.of("single.mrc", "stack.mrcs", "single-denoised.mrc", "stack-denoised.mrcs"), names());
		try (MrcFile denoised = MrcFile.open(folder.resolve("single-denoised.mrc"))) {
			assertEquals("300 x 200 x 1 at 4.0", denoised.width() + " x " + denoised.height() + " x " + denoised.sections() +
				" at " + denoised.pixelSizeAngstrom());
			final float[] pixels = new float[300 * 200];
			denoised.readSection(0, pixels);
			// A Gaussian of 0.187 * 40 Å = 1.87 pixels leaves 1 / (2 sqrt(pi) 1.87) of white noise.
			double squares = 0;
			for (final float pixel : pixels)
				squares += (pixel - 10) * (pixel - 10) / pixels.length;
			assertEquals(3 / (2 * Math.sqrt(Math.PI) * 1.87), Math.sqrt(squares), 0.05);
		}
	}

	/** As RELION mirrors the folders of micrographs in those of its jobs. */
	@Test
	void mirrorsTheFoldersOfMicrographsOfOneName() throws IOException {
		Files.createDirectories(folder.resolve("P/Movies/grid1"));
		Files.createDirectories(folder.resolve("P/Movies/grid2"));
		noise("P/Movies/grid1/FoilHole_0001.mrc", 300, 200, 1);
		noise("P/Movies/grid2/FoilHole_0001.mrc", 280, 200, 1);
		final Path star = Files.writeString(folder.resolve("mics.star"),
			"data_micrographs\nloop_\n_rlnMicrographName\n_a\n" +
				"Movies/grid1/FoilHole_0001.mrc 1\nMovies/grid2/FoilHole_0001.mrc 2\n");
		final Path first = folder.resolve("d/smooth/Movies/grid1/FoilHole_0001.mrc"), second = folder.resolve(
			"d/smooth/Movies/grid2/FoilHole_0001.mrc");
		refused("give project= the folder", "denoise", "input=" + star, "method=lowpass", "cutoff=40", "output=" + folder
			.resolve("d/smooth.star"));
		done("denoise", "input=" + star, "method=lowpass", "cutoff=40", "output=" + folder.resolve("d/smooth.star"),
			"project=" + folder.resolve("P"));
		assertTrue(Files.mismatch(first, second) >= 0);
		final StarTable listed = StarFile.read(folder.resolve("d/smooth.star")).tables().get(0);
		assertEquals(List.of("smooth/Movies/grid2/FoilHole_0001.mrc", "2"), listed.row(1));
		final Path same = Files.writeString(folder.resolve("same.star"),
			"data_micrographs\nloop_\n_rlnMicrographName\n_a\n" +
				"P/Movies/grid1/FoilHole_0001.mrc 1\nP/Movies/grid1/FoilHole_0001.mrc 2\n");
		refused("would have one name", "denoise", "input=" + same, "method=lowpass", "cutoff=40", "output=" + folder
			.resolve("e.star"));
	}

	@Test
	void leavesOlderFilesAloneIfATableCannotBeDenoised() throws IOException {
		Files.createDirectories(folder.resolve("d"));
		Files.writeString(folder.resolve("d/good.mrc"), "older");
		Files.createDirectories(folder.resolve("P/grid"));
		noise("P/grid/good.mrc", 300, 200, 1);
		final byte[] bytes = Files.readAllBytes(folder.resolve("P/grid/good.mrc"));
		// In whichever byte order, these are not numbers.
		Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 64, (byte) -1);
		Files.write(folder.resolve("P/grid/broken.mrc"), bytes);
		final Path star = Files.writeString(folder.resolve("P/mics.star"),
			"data_micrographs\nloop_\n_rlnMicrographName\n_a\ngrid/good.mrc 1\ngrid/broken.mrc 2\n");
		refused("NaN at pixel", "denoise", "input=" + star, "method=wiener", "output=" + folder.resolve("d.star"));
		assertEquals(Set.of("P", "d"), names());
		assertArrayEquals(new String[] { "good.mrc" }, folder.resolve("d").toFile().list());
		assertEquals("older", Files.readString(folder.resolve("d/good.mrc")));
	}

	@Test
	void goesFromAMicrographToDenoisedParticles() throws IOException {
		writeMap();
		done("micrograph", "source=" + folder.resolve("map.mrc"), "width=256", "height=300", "count=2", "particles=15",
			"snr=1", "maxdefocus=12000", "output=" + folder.resolve("m"));
		done("pick", "input=" + folder.resolve("m/noisy.mrcs"), "map=" + folder.resolve("map.mrc"), "order=0", "angle=30",
			"defocus=11000", "extract=36", "truth=" + folder.resolve("m/coordinates.star"), "output=" + folder.resolve("p"));
		final List<String> scores = Files.readAllLines(folder.resolve("p/scores.tsv"));
		assertEquals(3, scores.size());
		for (final String row : scores.subList(1, 3))
			assertTrue(Double.parseDouble(row.split("\t")[7]) > 0.9, row);
		assertTrue(text().matches("(?s)\\d+ particles picked on 2 micrographs: .*picks.tsv. .*Precision .*"), text());
		assertEquals(Set.of("noisy-001_pick.star", "noisy-001_pick.box", "noisy-002_pick.star", "noisy-002_pick.box",
			"picks.tsv", "scores.tsv", "curve.tsv", "particles.mrcs", "particles.star"), namesIn("p"));
		final RelionParticles particles = RelionParticles.read(folder.resolve("p/particles.star"));
		assertTrue(particles.table().has("rlnCoordinateX") && particles.opticsGroups().get(0).pixelSizeAngstrom() == 4);
		done("denoise", "input=" + folder.resolve("p/particles.star"), "method=wiener", "output=" + folder.resolve(
			"p/denoised.mrcs"));
		assertEquals(particles.size(), RelionParticles.read(folder.resolve("p/denoised.star")).size());
		refused("Both threshold= and expected=", "pick", "input=" + folder.resolve("m/noisy.mrcs"), "diameter=80",
			"expected=9", "threshold=0.3", "output=" + folder.resolve("q"));
		refused("Neither a map nor the diameter", "pick", "input=" + folder.resolve("m/noisy.mrcs"), "output=" + folder
			.resolve("q"));
		refused("smaller than the particle's", "pick", "input=" + folder.resolve("m/noisy.mrcs"), "diameter=80",
			"extract=10", "output=" + folder.resolve("q"));
		refused("'thin' is not a number", "micrograph", "source=" + folder.resolve("map.mrc"), "thickness=thin", "output=" +
			folder.resolve("q"));
		assertEquals(Set.of("map.mrc", "m", "p"), names());
	}

	@Test
	void particlesKeepTheCtfOfTheirMicrograph() throws IOException {
		writeMap();
		done("micrograph", "source=" + folder.resolve("map.mrc"), "width=160", "height=140", "count=2", "particles=5",
			"snr=2", "seed=3", "output=" + folder.resolve("m"));
		final String listed = "input=" + folder.resolve("m/coordinates.star"), map = "map=" + folder.resolve("map.mrc");
		done("pick", listed, map, "order=0", "angle=45", "expected=5", "extract=36", "truth=" + folder.resolve(
			"m/coordinates.star"), "output=" + folder.resolve("p"));
		assertTrue(text().contains("Precision"), text());
		final RelionParticles cut = RelionParticles.read(folder.resolve("p/particles.star"));
		final StarTable micrographs = StarFile.read(folder.resolve("m/coordinates.star")).table("micrographs")
			.orElseThrow();
		for (int row = 0; row < cut.size(); row++) {
			final String name = cut.table().get(row, "rlnMicrographName");
			final int of = name.equals("000001@noisy.mrcs") ? 0 : 1;
			assertEquals(micrographs.get(of, "rlnMicrographName"), name);
			assertEquals(micrographs.getDouble(of, "rlnDefocusU"), cut.particles().get(row).ctf().defocusUAngstrom());
			assertEquals("300.0 4.0 36", cut.particles().get(row).ctf().voltageKilovolt() + " " + cut.particles().get(row)
				.pixelSizeAngstrom() + " " + cut.opticsGroups().get(0).imageSize());
		}
		assertEquals(List.of("000002@noisy.mrcs", "noisy-002_pick.star"), StarFile.read(folder.resolve("p/autopick.star"))
			.table("coordinate_files").orElseThrow().row(1));
		done("denoise", listed, "method=lowpass", "cutoff=40", "output=" + folder.resolve("d/smooth.star"));
		done("pick", "input=" + folder.resolve("d/smooth.star"), "diameter=60", "expected=4", "extract=36", "original=" +
			folder.resolve("m/coordinates.star"), "output=" + folder.resolve("q"));
		assertEquals(Set.of("noisy-001.mrc", "noisy-002.mrc"), namesIn("d/smooth"));
		assertTrue(namesIn("q").containsAll(Set.of("noisy-001_pick.star", "noisy-002_pick.box")));
		final RelionParticles original = RelionParticles.read(folder.resolve("q/particles.star"));
		assertTrue(original.table().get(0, "rlnMicrographName").endsWith("@noisy.mrcs"));
		// After a low-pass to 40 Å neighbouring pixels are similar; in the boxes as extracted they are not.
		assertTrue(roughness(folder.resolve("q/particles.mrcs")) > 1 && roughness(folder.resolve(
			"d/smooth/noisy-001.mrc")) < 1);
		refused("lists the defocus of each", "pick", listed, map, "defocus=9000", "output=" + folder.resolve("r"));
		refused("has 2 micrographs of 4.0 Å, but 1", "pick", "input=" + folder.resolve("d/smooth/noisy-001.mrc"),
			"diameter=60", "original=" + folder.resolve("m/coordinates.star"), "output=" + folder.resolve("r"));
		refused("Give it the ending .star", "denoise", listed, "method=lowpass", "cutoff=40", "output=" + folder.resolve(
			"r.mrcs"));
		Files.delete(folder.resolve("d/smooth/noisy-002.mrc"));
		refused("the micrograph smooth/noisy-002.mrc does not exist", "pick", "input=" + folder.resolve("d/smooth.star"),
			"diameter=60", "output=" + folder.resolve("r"));
		assertEquals(Set.of("map.mrc", "m", "p", "d", "q"), names());
	}

	/** Mean square difference of neighbours in the first image, in variances. */
	private static double roughness(final Path images) {
		try (MrcFile file = MrcFile.open(images)) {
			final float[] pixels = new float[file.width() * file.height()];
			file.readSection(0, pixels);
			double sum = 0, squares = 0, differences = 0;
			for (int i = 0; i < pixels.length; i++) {
				sum += pixels[i] / pixels.length;
				squares += (double) pixels[i] * pixels[i] / pixels.length;
				if (i > 0) differences += (pixels[i] - pixels[i - 1]) * (pixels[i] - pixels[i - 1]) / pixels.length;
			}
			return differences / (squares - sum * sum);
		}
	}

	@Test
	void refusesWhatIsForParticles() throws IOException {
		final Path single = noise("single.mrc", 300, 200, 1);
		refused("method=cwf is for particles", "denoise", "input=" + single, "method=cwf");
		refused("200 pixels", "denoise", "input=" + single, "method=wiener", "content=particles");
		refused("The least is 0.5", "denoise", "input=" + single, "method=wiener", "overlap=0.1");
		assertEquals(Set.of("single.mrc"), names());
	}

	private void writeMap() {
		final Volume map = Volume.zeros(24, 4);
		for (int i = 0; i < map.voxels().length; i++) {
			final double x = i % 24 - 12, y = i / 24 % 24 - 12, z = i / 576 - 12;
			map.voxels()[i] = (float) Math.exp(-(x * x + y * y / 3 + z * z) / 8);
		}
		MrcWriter.writeVolume(folder.resolve("map.mrc"), map, MrcMode.FLOAT32);
	}

	private Path noise(final String name, final int width, final int height, final int count) {
		final SplittableRandom random = Seeds.random(1, 2);
		try (MrcWriter writer = MrcWriter.stack(folder.resolve(name), width, height, 4, MrcMode.FLOAT32)) {
			for (int i = 0; i < count; i++) {
				final float[] pixels = new float[width * height];
				for (int p = 0; p < pixels.length; p++)
					pixels[p] = (float) (10 + 3 * random.nextGaussian());
				writer.write(pixels);
			}
			writer.commit();
		}
		return folder.resolve(name);
	}

	/** Without the file beside each output that says what made it. */
	private Set<String> names() throws IOException {
		return namesIn("");
	}

	private Set<String> namesIn(final String place) throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve(place))) {
			return files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".json")).collect(
				Collectors.toSet());
		}
	}

	private void done(final String... arguments) {
		assertEquals(Launcher.DONE, run(arguments), () -> err.toString(StandardCharsets.UTF_8));
	}

	private void refused(final String line, final String... arguments) {
		assertEquals(Launcher.FAILED, run(arguments));
		final String said = err.toString(StandardCharsets.UTF_8);
		assertTrue(said.contains(line), said);
	}

	private int run(final String... arguments) {
		out.reset();
		err.reset();
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(arguments);
	}

	private String text() {
		return out.toString(StandardCharsets.UTF_8);
	}
}
