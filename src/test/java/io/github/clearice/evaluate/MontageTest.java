package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestPair;
import io.github.clearice.metrics.EvaluationException;
import io.github.clearice.stack.ArrayParticleStack;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
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
		assertEquals(2 * (22 + 128) + 4, picture.getHeight());
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
		for (int row = 0; row < 3; row++) for (int y = 0; y < 128; y++) for (int x = 0; x < 128; x++) greatest[row] = Math.max(
			greatest[row], raster.getSample(4 + x, row * 150 + 22 + y, 0));
		assertEquals(255, greatest[0]);
		assertEquals(255, greatest[1]);
		assertEquals(26, greatest[2], 2);
		assertThrows(EvaluationException.class, () -> montage.withContrastOf("none"));
	}

	@Test
	void constantImageIsBlack() {
		final BufferedImage picture = Montage.ofFirst(5, 1).add("empty", new ArrayParticleStack("x", 64, 4,
			new float[1][64 * 64])).draw();
		assertEquals(0, picture.getRaster().getSample(60, 60, 0));
	}

	@Test
	void labelsAreDrawn() {
		final BufferedImage picture = new Montage(0).add("L", new ArrayParticleStack("x", 64, 4, new float[1][64 * 64]))
			.draw();
		final StringBuilder drawn = new StringBuilder();
		for (int y = 0; y < 7; y++) for (int x = 0; x < 5; x++) drawn.append(picture.getRaster().getSample(4 + 2 * x, 4 + 2 *
			y, 0) == 0 ? '#' : '.');
		assertEquals("#....".repeat(6) + "#####", drawn.toString());
	}

	@Test
	void refusesParticlesThatAreNotThere() {
		final ArrayParticleStack stack = new ArrayParticleStack("x.mrcs", 8, 4, new float[2][64]);
		final String message = assertThrows(EvaluationException.class, () -> new Montage(0, 2).add("x", stack)).getMessage();
		assertTrue(message.contains("no particle 3 in x.mrcs"), message);
		assertThrows(EvaluationException.class, () -> new Montage(0).add("x", stack).add("y", new ArrayParticleStack("y", 9, 4,
			new float[1][81])));
		assertThrows(EvaluationException.class, () -> new Montage());
		assertThrows(EvaluationException.class, () -> new Montage(0).draw());
	}
}
