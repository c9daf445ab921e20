package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.worker.WorkerJava;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window of a training, as a user sees it and clicks in it. The pictures stay in {@code target/screenshots}. */
class TrainingWindowTest {

	private static final Path PICTURES = Path.of("target", "screenshots");

	@TempDir
	Path folder;

	@Test
	void canBeClosedReopenedResumedAndStopped() throws IOException, InterruptedException {
		try (XvfbDisplay display = XvfbDisplay.open()) {
			final Process tour = start(display);
			final String said = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertEquals(0, tour.waitFor(), said);
			// The output also contains warnings, the report, and Java's message about preferences in a new home folder.
			final List<String> lines = said.lines().filter(line -> line.matches(
				"(open:|closed,|windows |died,|stopped:|search,).*")).toList();
			assertEquals("open: Train Denoiser: m.clearice", lines.get(0), said);
			assertEquals("closed, training continues: true", lines.get(1), said);
			assertEquals("windows to reopen: 1", lines.get(2), said);
			assertEquals("died, buttons: Resume Close", lines.get(3), said);
			assertTrue(lines.get(4).startsWith("stopped: " + folder.resolve("m.clearice") + ": a network of"), said);
			assertEquals("windows left: 0", lines.get(5), said);
			assertEquals("search, buttons: Stop", lines.get(6), said);
		}
		assertTrue(Files.exists(folder.resolve("m.clearice")));
		final BufferedImage picture = ImageIO.read(PICTURES.resolve("training-done.png").toFile());
		assertTrue(showsCurveAndParticles(picture));
	}

	static boolean showsCurveAndParticles(final BufferedImage picture) {
		return bluePixels(picture) > 200 && greys(picture, picture.getWidth() / 2, picture.getHeight() / 2) > 30;
	}

	private Process start(final XvfbDisplay display) throws IOException {
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-XX:TieredStopAtLevel=1", "-D" + WorkerJava.OPTIONS + "=" + System.getProperty(
				WorkerJava.OPTIONS, ""), "-Duser.home=" + Files.createDirectory(folder.resolve("home")),
			"-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty(
				"org.bytedeco.javacpp.cachedir"), "-cp", System.getProperty("java.class.path"), TrainingWindowTour.class
					.getName(), folder.toString(), PICTURES.toString()).redirectErrorStream(true);
		builder.environment().put("DISPLAY", display.name());
		return builder.start();
	}

	/** Of a clear blue, darker than that of buttons: its lines are smoothed. */
	private static int bluePixels(final BufferedImage picture) {
		int count = 0;
		for (int y = 0; y < picture.getHeight(); y++) for (int x = 0; x < picture.getWidth(); x++) {
			final Color colour = new Color(picture.getRGB(x, y));
			if (colour.getBlue() - colour.getRed() > 100) count++;
		}
		return count;
	}

	/** The number of distinct values in the square of 100 pixels to the right and below. */
	private static long greys(final BufferedImage picture, final int left, final int top) {
		return IntStream.range(0, 10_000).map(i -> picture.getRGB(left + i % 100, top + i / 100)).distinct()
			.count();
	}
}
