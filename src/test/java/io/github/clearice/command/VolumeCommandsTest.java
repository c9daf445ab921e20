package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticles;

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

/** From simulated particles to a map and its resolution, through the launcher. */
class VolumeCommandsTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@Test
	void reconstructsAndMeasuresTheResolution() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=150", "snr=5", "ctf=true", "shift=4", "output=" + folder.resolve("set"));
		done("reconstruct", "star=" + folder.resolve("set/particles.star"), "output=" + folder.resolve("r.mrc"));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("The CTFs that"), err.toString(StandardCharsets.UTF_8));
		done("fsc", "first=" + folder.resolve("r_half1.mrc"), "second=" + folder.resolve("r_half2.mrc"), "diameter=50",
			"output=" + folder.resolve("fsc.tsv"), "local=" + folder.resolve("local.mrc"));
		assertTrue(text().contains("Å at FSC 0.143"), text());
		final List<String> rows = Files.readAllLines(folder.resolve("fsc.tsv"));
		assertEquals("shell\tresolution\tfsc\tunmasked\tmasked\trandomised", rows.get(0));
		assertTrue(rows.get(3).startsWith("2\t36.000000\t0.9"), rows.get(3));
		assertEquals(1 + 13, rows.size());
		done("fsc", "first=" + folder.resolve("r.mrc"), "second=" + map);
		done("validate", "file=" + folder.resolve("r.mrc"));
		done("validate", "file=" + folder.resolve("local.mrc"));
		assertEquals(Set.of("map.mrc", "set", "r.mrc", "r_half1.mrc", "r_half2.mrc", "fsc.tsv", "fsc.png", "local.mrc"),
			names());
	}

	@Test
	void denoisedParticlesSayThatTheyAreFreeOfTheirCtfs() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=60", "snr=1", "ctf=true", "output=" + folder.resolve("set"));
		done("denoise", "input=" + folder.resolve("set/particles.star"), "method=cwf", "output=" + folder.resolve(
			"denoised.mrcs"));
		final RelionParticles denoised = RelionParticles.read(folder.resolve("denoised.star"));
		assertTrue(denoised.particles().stream().allMatch(particle -> particle.observation()
			.ctfState() == CtfState.CORRECTED));
		assertTrue(denoised.table().has("rlnDefocusU"), "the defoci stay");
		done("reconstruct", "star=" + folder.resolve("denoised.star"), "halves=false", "output=" + folder.resolve(
			"auto.mrc"));
		assertFalse(text().contains("no resolution"), "without half-sets, there is none");
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("are free of their CTFs already"), err.toString(
			StandardCharsets.UTF_8));
		done("reconstruct", "star=" + folder.resolve("denoised.star"), "halves=false", "ctf=false", "output=" + folder
			.resolve("false.mrc"));
		assertArrayEquals(Files.readAllBytes(folder.resolve("false.mrc")), Files.readAllBytes(folder.resolve("auto.mrc")));
		// Methods that leave the CTFs in leave the table as it is.
		done("denoise", "input=" + folder.resolve("set/particles.star"), "method=cwf", "ctf=false", "output=" + folder
			.resolve("kept.mrcs"));
		assertTrue(RelionParticles.read(folder.resolve("kept.star")).particles().stream().allMatch(particle -> particle
			.observation().ctfState() == CtfState.RECORDED));
	}

	@Test
	void halvesOfDenoisedParticlesAreSaidToGiveNoResolution() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=60", "snr=1", "output=" + folder.resolve("set"));
		done("reconstruct", "star=" + folder.resolve("set/particles.star"), "output=" + folder.resolve("noisy.mrc"));
		assertFalse(text().contains("no resolution"), text());
		done("denoise", "input=" + folder.resolve("set/particles.star"), "method=wiener", "output=" + folder.resolve(
			"denoised.mrcs"));
		done("reconstruct", "star=" + folder.resolve("denoised.star"), "output=" + folder.resolve("r.mrc"));
		assertTrue(text().contains("denoised.mrcs holds denoised images: both halves share the errors of one denoiser, so" +
			" this is no resolution."), text());
	}

	@Test
	void measuresWithinMasks() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=60", "snr=1", "output=" + folder.resolve("set"));
		done("reconstruct", "star=" + folder.resolve("set/particles.star"), "mask=auto", "output=" + folder.resolve(
			"r.mrc"));
		assertTrue(text().contains("Within the mask, and corrected for it"), text());
		done("mask", "input=" + folder.resolve("r.mrc"), "lowpass=12", "extend=1", "edge=3", "output=" + folder.resolve(
			"m.mrc"));
		assertTrue(text().contains("voxels inside"), text());
		done("fsc", "first=" + folder.resolve("r_half1.mrc"), "second=" + folder.resolve("r_half2.mrc"), "mask=" + folder
			.resolve("m.mrc"));
		done("fsc", "first=" + folder.resolve("r_half1.mrc"), "second=" + folder.resolve("r_half2.mrc"), "mask=auto");
		assertTrue(text().contains("within the mask and corrected for it"), text());
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("The mask is made of the mean of both maps"));
		refused("makes none", "reconstruct", "star=" + folder.resolve("set/particles.star"), "mask=auto", "halves=false",
			"output=" + folder.resolve("n.mrc"));
		final Path unknown = folder.resolve("unknown.mrc");
		try (MrcFile known = MrcFile.open(map);
				MrcWriter writer = MrcWriter.volume(unknown, 24, 24, Double.NaN, MrcMode.FLOAT32))
		{
			final float[] section = new float[24 * 24];
			for (int z = 0; z < 24; z++) {
				known.readSection(z, section);
				writer.write(section);
			}
			writer.commit();
		}
		refused("does not state its pixel size", "mask", "input=" + unknown, "output=" + folder.resolve("u.mrc"));
		done("mask", "input=" + unknown, "lowpass=0", "output=" + folder.resolve("u.mrc"));
		try (MrcFile mask = MrcFile.open(folder.resolve("u.mrc"))) {
			assertTrue(Double.isNaN(mask.pixelSizeAngstrom()), "unknown stays unknown");
		}
		final Path other = map("other.mrc", 16, 3);
		refused("has a box of 16 voxels", "reconstruct", "star=" + folder.resolve("set/particles.star"), "mask=" + other,
			"output=" + folder.resolve("n.mrc"));
	}

	@Test
	void findsPosesAndDenoisesByTheMap() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=12", "snr=2", "output=" + folder.resolve("set"));
		done("pose", "input=" + folder.resolve("set/particles.star"), "map=" + map, "order=1", "output=" + folder.resolve(
			"poses.star"));
		final RelionParticles poses = RelionParticles.read(folder.resolve("poses.star"));
		assertTrue(poses.table().columns().containsAll(List.of("rlnRandomSubset", "clearIceScore", "clearIceConfidence",
			"clearIceMismatch")), poses.table().columns().toString());
		done("reconstruct", "star=" + folder.resolve("poses.star"), "output=" + folder.resolve("r.mrc"), "halves=false");
		done("pose", "input=" + folder.resolve("set/noisy.mrcs"), "map=" + map, "order=1", "output=" + folder.resolve(
			"fresh.star"));
		done("reconstruct", "star=" + folder.resolve("fresh.star"), "output=" + folder.resolve("r.mrc"), "halves=false",
			"overwrite=true");
		done("denoise", "input=" + folder.resolve("set/particles.star"), "method=posterior", "map=" + map, "order=1",
			"output=" + folder.resolve("d.mrcs"));
		assertTrue(text().contains("Entropy of the poses"), text());
		assertTrue(RelionParticles.read(folder.resolve("d.star")).table().has("clearIcePoseEntropy"));
		refused("map= is missing", "denoise", "input=" + folder.resolve("set/particles.star"), "method=posterior",
			"output=" + folder.resolve("e.mrcs"));
	}

	@Test
	void measuresErrorsOfPoses() throws IOException {
		final Path map = map("map.mrc", 24, 3);
		done("simulate", "source=" + map, "count=6", "snr=5", "output=" + folder.resolve("set"));
		done("simulate", "source=" + map, "count=5", "output=" + folder.resolve("other"));
		final Set<String> before = names();
		final String input = "input=" + folder.resolve("set/clean.mrcs"), given = "map=" + map, truth = "truth=" + folder
			.resolve("set/particles.star");
		refused("lists 5 particles, but there are 6", "pose", input, given, "truth=" + folder.resolve(
			"other/particles.star"), "output=" + folder.resolve("p.star"));
		refused("Give truth= too", "pose", input, given, "compare=" + map, "output=" + folder.resolve("p.star"));
		refused("is not a table of errors", "pose", input, given, truth, "compare=" + folder.resolve("set/particles.star"),
			"output=" + folder.resolve("p.star"));
		refused("is one of the inputs", "pose", input, given, truth, "output=" + folder.resolve("set/particles.star"),
			"overwrite=true");
		assertEquals(before, names());
		done("pose", input, given, truth, "order=1", "shift=0", "output=" + folder.resolve("clean.star"));
		assertTrue(text().matches(
			"(?s).*median error [0-9.]+ degrees, 90 % below .* median error of shifts 0\\.\\d\\d Å.*"), text());
		done("pose", "input=" + folder.resolve("set/noisy.mrcs"), given, truth, "order=1", "shift=0", "compare=" + folder
			.resolve("clean-errors.tsv"), "output=" + folder.resolve("noisy.star"));
		final List<String> rows = Files.readAllLines(folder.resolve("noisy-errors.tsv"));
		assertEquals("particle\tangle\tshift\tscore\tconfidence\tmismatch\twrong", rows.get(0));
		assertEquals(1 + 6, rows.size());
		assertTrue(Files.readAllLines(folder.resolve("noisy-histogram.tsv")).get(28).startsWith("169.7056\t180.0000\t"));
		assertTrue(names().containsAll(Set.of("clean-histogram.png", "noisy-histogram.png")), names().toString());
	}

	@Test
	void mapsOfPartsAboutTheCentreOfTheWholeAddUpToIt() throws IOException {
		final Path structure = folder.resolve("helix.pdb");
		Files.writeString(structure, HelixStructure.pdb());
		final float[][] maps = new float[3][];
		final String[] chosen = { "chains=", "chains=A:1-15", "exclude=chain:A:1-15" };
		for (int m = 0; m < maps.length; m++) {
			final Path map = folder.resolve("part" + m + ".mrc");
			done("map", "structure=" + structure, chosen[m], "centre=whole", "box=24", "pixel=2", "resolution=6", "output=" +
				map);
			try (MrcFile file = MrcFile.open(map)) {
				maps[m] = file.readVolume().voxels();
			}
		}
		for (int i = 0; i < maps[0].length; i++)
			assertEquals(maps[0][i], maps[1][i] + maps[2][i], 1e-4);
	}

	@Test
	void refinesPosesAndMap() throws IOException {
		final Path map = map("map.mrc", 16, 3), coarse = map("coarse.mrc", 16, 4), refined = folder.resolve("refined");
		done("simulate", "source=" + map, "count=16", "snr=2", "output=" + folder.resolve("set"));
		final String input = "input=" + folder.resolve("set/particles.star"), output = "output=" + refined;
		refused("voxels of 4", "refine", input, "map=" + coarse, output);
		refused("must be positive", "refine", input, "map=" + map, "start=-1", output);
		done("refine", input, "map=" + map, "start=16", "order=1", "shift=0", "iterations=2", "truth=" + map, output);
		assertTrue(text().contains("halves agree to "), text());
		final List<String> rows = Files.readAllLines(refined.resolve("iterations.tsv"));
		assertEquals("iteration\torder\tband\thalves0143\thalves05\tscore\tturned\ttruth05\tmedianerror\twrong", rows.get(
			0));
		assertEquals(3, rows.size());
		assertEquals(10, rows.get(2).split("\t").length);
		for (final String file : List.of("map_half1.mrc", "fsc.tsv", "iterations.png", "maps.png"))
			assertTrue(Files.exists(refined.resolve(file)), file);
		done("reconstruct", "star=" + refined.resolve("particles.star"), "output=" + folder.resolve("r.mrc"));
		done("refine", "input=" + folder.resolve("set/clean.mrcs"), "raw=" + folder.resolve("set/particles.star"), "map=" +
			map, "start=16", "order=1", "shift=0", "iterations=1", "truth=" + map, "output=" + folder.resolve("honest"));
		assertTrue(RelionParticles.read(folder.resolve("honest/particles.star")).particles().get(0).stack().endsWith(
			"noisy.mrcs"));
		// Without a STAR file, and so without angles that could be compared.
		done("refine", "input=" + folder.resolve("set/noisy.mrcs"), "map=" + map, "start=16", "order=1", "shift=0",
			"iterations=1", "truth=" + map, "output=" + folder.resolve("bare"));
		assertTrue(Files.readAllLines(folder.resolve("bare/iterations.tsv")).get(1).endsWith("\tNaN\tNaN"));
	}

	/** {@code m.header.cella = 0} of mrcfile: many programs leave it so. */
	@Test
	void anUnknownPixelSizeStaysUnknown() throws IOException {
		final Path known = map("known.mrc", 16, 3), first = withoutCell(map("first.mrc", 16, 1)), second = withoutCell(map(
			"second.mrc", 16, 1));
		done("fsc", "first=" + first, "second=" + known);
		assertTrue(text().contains("6.00 Å at FSC 0.143"), text());
		done("fsc", "first=" + first, "second=" + second, "output=" + folder.resolve("shells.tsv"));
		assertTrue(text().contains("shell 8.0 of 8 at FSC 0.143"), text());
		assertTrue(Files.readAllLines(folder.resolve("shells.tsv")).get(3).matches("2\tNaN\t[\\d.]+"), Files.readString(
			folder.resolve("shells.tsv")));
		done("fsc", "first=" + first, "second=" + second, "pixel=2.5", "diameter=30");
		assertTrue(text().contains("5.00 Å at FSC 0.143"), text());
		refused("diameter= is in Å, but neither volume states its pixel size. Give pixel=.", "fsc", "first=" + first,
			"second=" + second, "diameter=30");
		refused("has voxels of 3.0 Å, not 2.0", "fsc", "first=" + first, "second=" + known, "pixel=2");
	}

	private static Path withoutCell(final Path map) throws IOException {
		final byte[] file = Files.readAllBytes(map);
		Arrays.fill(file, 40, 52, (byte) 0);
		return Files.write(map, file);
	}

	@Test
	void refusalsLeaveNothing() throws IOException {
		final Path map = map("map.mrc", 16, 3), other = map("other.mrc", 12, 3), coarse = map("coarse.mrc", 16, 4);
		final Path zeros = folder.resolve("zeros.mrc");
		MrcWriter.writeVolume(zeros, Volume.zeros(16, 3), MrcMode.FLOAT32);
		done("simulate", "source=" + map, "count=4", "output=" + folder.resolve("set"));
		final Set<String> before = names();
		final String star = "star=" + folder.resolve("set/particles.star"), output = "output=" + folder.resolve("o.mrc");
		refused("There is no point group D0", "reconstruct", star, "symmetry=D0", output);
		refused("has no defocus", "reconstruct", star, "ctf=true", output);
		refused("has no angles", "reconstruct", "star=" + folder.resolve("set/noisy.mrcs"), output);
		refused("is one of the inputs", "reconstruct", star, "output=" + folder.resolve("set/noisy.mrcs"),
			"overwrite=true");
		final String table = "output=" + folder.resolve("o.tsv");
		refused("has a box of 12", "fsc", "first=" + map, "second=" + other, table);
		refused("has voxels of 4", "fsc", "first=" + map, "second=" + coarse, table);
		refused("is zero everywhere", "fsc", "first=" + map, "second=" + map, "mask=" + zeros, table);
		refused("is an empty map: all its voxels are 0.0", "fsc", "first=" + map, "second=" + zeros, table);
		refused("Both mask= and diameter=", "fsc", "first=" + map, "second=" + map, "mask=" + zeros, "diameter=9", table);
		assertEquals(before, names());
	}

	private Path map(final String name, final int box, final double pixelSizeAngstrom) {
		final Volume volume = Volume.zeros(box, pixelSizeAngstrom);
		for (int z = 0, i = 0; z < box; z++)
			for (int y = 0; y < box; y++)
				for (int x = 0; x < box; x++, i++) {
					final double dx = x - 0.6 * box, dy = y - 0.4 * box, dz = z - 0.5 * box;
					volume.voxels()[i] = (float) Math.exp(-(dx * dx + dy * dy + 0.3 * dz * dz) / 4);
				}
		final Path path = folder.resolve(name);
		MrcWriter.writeVolume(path, volume, MrcMode.FLOAT32);
		return path;
	}

	private void done(final String... words) {
		out.reset();
		assertEquals(Launcher.DONE, run(words), () -> err.toString(StandardCharsets.UTF_8));
	}

	private void refused(final String what, final String... words) {
		err.reset();
		assertEquals(Launcher.FAILED, run(words));
		final String line = err.toString(StandardCharsets.UTF_8);
		assertTrue(line.contains(what), line);
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}

	private String text() {
		return out.toString(StandardCharsets.UTF_8);
	}

	/** Without the file beside each output that says what made it. */
	private Set<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".json")).collect(
				Collectors.toSet());
		}
	}
}
