package io.github.clearice.command.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewWriterTest {

	@TempDir
	Path folder;

	private final List<String> warnings = new ArrayList<>();
	private final TaskListener told = new TaskListener() {

		@Override
		public void message(final String line) {
			warnings.add(line);
		}
	};

	@Test
	void drawsNoisyDenoisedAndTarget() throws IOException {
		final PreviewWriter writer = new PreviewWriter(folder, told);
		writer.startedAt(0);
		writer.validated(entry(90), sample());
		final BufferedImage picture = ImageIO.read(folder.resolve("previews/step-0000090.png").toFile());
		// Three rows of a label of 22 and an image of 128 pixels, a gap, and a scale bar with its label.
		assertEquals(3 * (22 + 128) + 4 + 22, picture.getHeight());
		assertEquals(List.of(), warnings);
	}

	@Test
	void drawsFewerAndFewerButAlwaysTheLast() throws IOException {
		final PreviewWriter writer = new PreviewWriter(folder, told);
		writer.startedAt(0);
		for (int step = 1; step <= 1000; step++) writer.validated(entry(step), sample());
		writer.end();
		final List<String> names = names();
		assertTrue(names.size() < 130, names.toString());
		assertTrue(names.containsAll(List.of("step-0000001.png", "step-0000002.png", "step-0000010.png",
			"step-0001000.png")), names.toString());
	}

	@Test
	void aFileInTheWayCostsOneWarning() throws IOException {
		Files.writeString(folder.resolve("previews"), "");
		final PreviewWriter writer = new PreviewWriter(folder, told);
		writer.validated(entry(90), sample());
		writer.validated(entry(180), sample());
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).startsWith("Warning: no more previews are drawn."), warnings.get(0));
	}

	private static HistoryEntry entry(final long step) {
		return new HistoryEntry(1, step, 2, 0.01, 0.1, 20);
	}

	private static ValidationSample sample() {
		final ArrayParticleStack stack = new ArrayParticleStack("a", 16, 4, new float[2][256]);
		return new ValidationSample(stack, stack, stack);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve("previews"))) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}
}
