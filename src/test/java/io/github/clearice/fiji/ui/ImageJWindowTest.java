package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClearIce in the windows of a real ImageJ, on a display without a screen. */
class ImageJWindowTest {

	/** Pictures stay here for inspection. */
	private static final Path SHOTS = Path.of("target/screenshots");

	@TempDir
	Path home;

	@Test
	void macrosShowTheirWindows() throws IOException, InterruptedException {
		try (XvfbDisplay display = XvfbDisplay.open()) {
			final String output = PlainImageJ.run(MacroDriver.class, home, SHOTS, display.name());
			assertTrue(output.endsWith("\nexit code 0"), output);
		}
	}

	/** As Fiji does with {@code --headless -macro}. */
	@Test
	void everyMacroRunsToItsEndWithoutADisplay() throws IOException, InterruptedException {
		final String output = PlainImageJ.run(PatchedMacroDriver.class, home, SHOTS, "");
		assertTrue(output.endsWith("\nexit code 0"), output);
	}

	@Test
	void dialogsWorkAreRecordedAndReplayed() throws IOException, InterruptedException {
		try (XvfbDisplay display = XvfbDisplay.open()) {
			final String output = PlainImageJ.run(ImageJDriver.class, home, SHOTS, display.name());
			assertTrue(output.endsWith("\nexit code 0"), output);
		}
	}
}
