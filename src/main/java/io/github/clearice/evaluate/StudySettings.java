package io.github.clearice.evaluate;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/** The settings that made all files of a study's folder; a study with other settings must not continue it. */
public final class StudySettings {

	private static final String FILE = "settings.tsv";

	private static final int CHECKED_IMAGES = 16;

	private StudySettings() {}

	/** Identifies a stack: its size, and a checksum of some images. */
	public static String fingerprint(final ParticleStack... stacks) {
		final CRC32 sum = new CRC32();
		final int box = stacks[0].box();
		final float[] image = new float[box * box];
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * image.length);
		for (final ParticleStack stack : stacks) for (int i = 0; i < CHECKED_IMAGES; i++) {
			stack.read((int) ((long) i * stack.size() / CHECKED_IMAGES), image);
			bytes.asFloatBuffer().put(image);
			sum.update(bytes.array());
		}
		return stacks[0].size() + " of " + box + " pixels, " + Long.toHexString(sum.getValue());
	}

	/**
	 * Checks that a folder is new, and becomes that of these settings, or is theirs already.
	 *
	 * @param settings values by name, each a line of text
	 * @throws ParameterException if it holds a study of other settings
	 */
	public static void require(final Path folder, final Map<String, String> settings) {
		final Path file = folder.resolve(FILE);
		if (!Files.exists(file)) {
			TextFile.write(file, lines(settings));
			return;
		}
		final Map<String, String> before = read(file);
		for (final String name : settings.keySet()) {
			if (!Objects.equals(before.get(name), settings.get(name))) throw new ParameterException(folder +
				" holds a study with " + name + " " + before.get(name) + ", not " + settings.get(name) +
				". Give the same to continue it, or another output= for a new one.");
		}
	}

	private static String lines(final Map<String, String> settings) {
		final StringBuilder lines = new StringBuilder();
		settings.forEach((name, value) -> lines.append(TabSeparated.line(name, value)));
		return lines.toString();
	}

	private static Map<String, String> read(final Path file) {
		final Map<String, String> settings = new LinkedHashMap<>();
		try {
			for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
				final String[] cells = TabSeparated.cells(line);
				if (cells.length > 1) settings.put(cells[0], cells[1]);
			}
		}
		catch (final IOException e) {
			throw new ParameterException("Cannot read " + file + " (" + e.getMessage() +
				"). Check its permissions, or give another output=.");
		}
		return settings;
	}
}
