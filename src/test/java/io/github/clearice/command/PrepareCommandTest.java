package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.cli.Launcher;
import io.github.clearice.model.TinyModel;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	/** Seven images of EMPIAR-10076 as they were deposited, on the way to RELION 3.1.3. */
	@Test
	void realParticlesArePreparedDenoisedAndReconstructedByRelion() throws Exception {
		final Path input = TestData.file("real/empiar_10076_7.star");
		assertEquals(0, run("prepare", "input=" + input, "box=256", "scale=160", "invert=true", "normalise=true",
			"output=" + folder.resolve("prepared.mrcs")), () -> err.toString(StandardCharsets.UTF_8));
		assertTrue(out.toString(StandardCharsets.UTF_8).contains(
			"320 x 320 pixels of 1.31000 Å became 256 x 256 pixels of 2.62000 Å"), () -> out.toString(
				StandardCharsets.UTF_8));
		assertEquals(0, run("prepare", "input=" + folder.resolve("prepared.star"), "box=96", "select=rlnDefocusU>15170",
			"output=" + folder.resolve("some.mrcs")), () -> err.toString(StandardCharsets.UTF_8));
		assertEquals(0, run("denoise", "input=" + folder.resolve("some.star"), "method=wiener", "output=" + folder.resolve(
			"denoised.mrcs")), () -> err.toString(StandardCharsets.UTF_8));
		try (ParticleStack denoised = MrcParticleStack.open(folder.resolve("denoised.star"))) {
			assertEquals(6, denoised.size());
			assertEquals(2.62, denoised.pixelSizeAngstrom(), 1e-4);
			assertEquals("19084.0", denoised.rows().orElseThrow().table().get(0, "rlnMagnification"));
		}
		Relion.assumeInstalled("relion_reconstruct");
		Relion.run(folder, "relion_reconstruct", "--i", "denoised.star", "--o", "map.mrc", "--ctf");
		try (MrcFile map = MrcFile.open(folder.resolve("map.mrc"))) {
			assertEquals(96, map.sections());
			assertEquals(2.62, map.pixelSizeAngstrom(), 1e-3, "as RELION reads it from the magnification");
		}
	}

	/** The model is for 16 pixels of 4 Å. */
	@Test
	void aModelTakesParticlesOfAnotherBoxAndPixelSize() {
		TinyModel.model().write(folder.resolve("tiny.clearice"));
		assertEquals(0, run("simulate", "source=sample-data/betagal_5a1a_64_4A.mrc", "count=3", "snr=1", "output=" + folder
			.resolve("set")), () -> err.toString(StandardCharsets.UTF_8));
		assertEquals(0, run("prepare", "input=" + folder.resolve("set/particles.star"), "pixel=3.1", "output=" + folder
			.resolve("other.mrcs")), () -> err.toString(StandardCharsets.UTF_8));
		assertEquals(0, run("denoise", "input=" + folder.resolve("other.star"), "method=" + folder.resolve("tiny.clearice"),
			"output=" + folder.resolve("denoised.mrcs")), () -> err.toString(StandardCharsets.UTF_8));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains(
			"boxes of 82 pixels of 3.100 Å, and the model tiny.clearice takes 16 of 4.000 Å"), () -> err.toString(
				StandardCharsets.UTF_8));
		try (ParticleStack denoised = MrcParticleStack.open(folder.resolve("denoised.star"))) {
			assertEquals(82, denoised.box());
			assertEquals(3.1, denoised.pixelSizeAngstrom(), 1e-6);
		}
	}

	@Test
	void saysWhatIsMissing() {
		assertEquals(0, run("simulate", "source=" + Path.of("sample-data/betagal_5a1a_64_4A.mrc"), "count=2", "output=" +
			folder.resolve("set")), () -> err.toString(StandardCharsets.UTF_8));
		final Path stack = folder.resolve("set/noisy.mrcs");
		assertEquals(1, run("prepare", "input=" + stack, "select=rlnClassNumber=1"));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("no table to select from (select=)"));
		assertEquals(1, run("prepare", "input=" + folder.resolve("set/particles.star"), "select=rlnClassNumber=9"));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("none meets select=rlnClassNumber=9"));
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}
}
