package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.ParameterException;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MontageTest {

	@TempDir
	Path folder;

	@Test
	void showsARowAStackAndAColumnAParticle() throws IOException {
		final float[] image = TestPair.of(64).reference();
		final float[] brighter = new float[image.length];
		for (int i = 0; i < image.length; i++) brighter[i] = 100 * image[i] + 7;
		final ArrayParticleStack stack = new ArrayParticleStack("x", 64, 4, new float[][] { new float[64 * 64], image,
			brighter });
		final Path file = folder.resolve("montage.png");
		new Montage(1, 2).add("noisy", stack).add("truth", stack).write(file);
		final BufferedImage picture = ImageIO.read(file.toFile());
		assertEquals(2 * (128 + 4) + 4, picture.getWidth());
		assertEquals(2 * (22 + 128) + 4 + 22, picture.getHeight());
		final Raster raster = picture.getRaster();
		// The brightest spot of the formula, and the empty corner, of each image whatever its scale.
		for (final int left : new int[] { 4, 136 }) for (final int top : new int[] { 22, 172 }) {
			assertEquals(255, raster.getSample(left + 2 * 35, top + 2 * 29, 0));
			assertEquals(0, raster.getSample(left + 2 * 63, top + 2 * 63, 0));
		}
	}

	@Test
	void faintImagesLookFaintWithTheContrastOfOthers() {
		final float[] image = TestPair.of(64).reference(), faint = image.clone();
		for (int i = 0; i < faint.length; i++) faint[i] *= .1f;
		final ArrayParticleStack bright = new ArrayParticleStack("x", 64, 4, new float[][] { image });
		final ArrayParticleStack dim = new ArrayParticleStack("y", 64, 4, new float[][] { faint });
		final Montage montage = new Montage(0).add("bright", bright).add("own", dim).add("shared", dim).withContrastOf(
			"bright");
		final Raster raster = montage.draw().getRaster();
		final int[] greatest = new int[3];
		for (int row = 0; row < 3; row++)
			for (int y = 0; y < 128; y++)
				for (int x = 0; x < 128; x++)
					greatest[row] = Math.max(greatest[row], raster.getSample(4 + x, row * 150 + 22 + y, 0));
		assertEquals(255, greatest[0]);
		assertEquals(255, greatest[1]);
		assertEquals(26, greatest[2], 2);
		assertThrows(ParameterException.class, () -> montage.withContrastOf("none"));
	}

	/** Half of 64 pixels of 4 Å has room for 100 Å: 25 pixels, drawn twice as large. */
	@Test
	void scaleBarHasARoundLength() {
		final Raster raster = new Montage(0).add("x", new ArrayParticleStack("x", 64, 4, new float[1][64 * 64])).draw()
			.getRaster();
		final int middle = 22 + 128 + 4 + 11;
		assertEquals(255, raster.getSample(3, middle, 0));
		assertEquals(0, raster.getSample(4, middle, 0));
		assertEquals(0, raster.getSample(4 + 49, middle, 0));
		assertEquals(255, raster.getSample(4 + 50, middle, 0));
	}

	@Test
	void unknownPixelSizeHasNoScaleBar() {
		assertEquals(22 + 128 + 4, new Montage(0).add("x", new ArrayParticleStack("x", 64, Double.NaN,
			new float[1][64 * 64])).draw().getHeight());
	}

	@Test
	void constantImageIsBlack() {
		final BufferedImage picture = Montage.ofFirst(5, 1).add("empty", new ArrayParticleStack("x", 64, 4,
			new float[1][64 * 64])).draw();
		assertEquals(0, picture.getRaster().getSample(60, 60, 0));
	}

	/** Fonts differ by platform, so only the region with ink is tested. */
	@Test
	void labelsAreDrawnAboveTheirRows() {
		final ArrayParticleStack stack = new ArrayParticleStack("x", 64, 4, new float[1][64 * 64]);
		final BufferedImage picture = new Montage(0).add("l", stack).add("ll", stack).add(" ", stack).draw();
		final int one = ink(picture, 0, 22);
		assertTrue(one > 0);
		assertEquals(2 * one, ink(picture, 150, 172), .2 * one);
		assertEquals(0, ink(picture, 300, 322));
		assertTrue(ink(new Montage(0).add("L", stack).draw(), 0, 22) > one, "a capital has more ink");
	}

	@Test
	void longLabelsMakeTheMontageWide() {
		final ArrayParticleStack stack = new ArrayParticleStack("x", 64, 4, new float[1][64 * 64]);
		final BufferedImage picture = new Montage(0).add("m".repeat(60), stack).draw();
		assertTrue(picture.getWidth() > 300, () -> picture.getWidth() + " pixels");
		int last = 0;
		for (int x = 0; x < picture.getWidth(); x++) for (int y = 0; y < 22; y++) {
			if (picture.getRaster().getSample(x, y, 0) < 255) last = x;
		}
		assertTrue(last > picture.getWidth() - 8 && last < picture.getWidth() - 2, "ends at " + last + " of " + picture
			.getWidth());
	}

	/** By a configuration that knows none: Linux reads it, and Java throws an InternalError when asked for a font. */
	@Test
	void montagesAreDrawnWithoutFonts() throws Exception {
		final Path picture = folder.resolve("plain.png");
		final Path configuration = Files.writeString(folder.resolve("fonts.conf"),
			"<?xml version=\"1.0\"?><fontconfig></fontconfig>");
		final ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Djava.awt.headless=true", "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"),
			WithoutFonts.class.getName(), picture.toString());
		command.environment().put("FONTCONFIG_FILE", configuration.toString());
		final Process java = command.redirectErrorStream(true).start();
		final String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, java.waitFor(), said);
		assertEquals(136, ImageIO.read(picture.toFile()).getWidth());
	}

	/** Draws a montage of one black image. */
	public static final class WithoutFonts {

		private WithoutFonts() {}

		public static void main(final String[] arguments) {
			new Montage(0).add("label", new ArrayParticleStack("x", 64, 4, new float[1][64 * 64])).write(Path.of(
				arguments[0]));
		}
	}

	private static int ink(final BufferedImage picture, final int from, final int to) {
		int ink = 0;
		for (int y = from; y < to; y++) for (int x = 0; x < picture.getWidth(); x++) ink += 255 - picture.getRaster()
			.getSample(x, y, 0);
		return ink;
	}

	@Test
	void refusesParticlesThatAreNotThere() {
		final ArrayParticleStack stack = new ArrayParticleStack("x.mrcs", 8, 4, new float[2][64]);
		final String message = assertThrows(ParameterException.class, () -> new Montage(0, 2).add("x", stack))
			.getMessage();
		assertTrue(message.contains("no particle 3 in x.mrcs"), message);
		assertThrows(ParameterException.class, () -> new Montage(0).add("x", stack).add("y", new ArrayParticleStack("y", 9,
			4, new float[1][81])));
		assertThrows(ParameterException.class, () -> new Montage());
		assertThrows(ParameterException.class, () -> new Montage(0).draw());
	}
}
