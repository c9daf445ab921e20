package io.github.clearice.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What made the outputs of this process: the version, the verb and the models that it used. */
public final class Provenance {

	/** Characters of a checksum in a line; all 64 are in {@link #models}. */
	private static final int SHOWN = 16;

	private static List<String> words = List.of();
	private static final Map<String, String> MODELS = new LinkedHashMap<>();

	private Provenance() {}

	/** A verb begins; an empty list where it has ended. */
	public static synchronized void begin(final List<String> verbAndParameters) {
		words = List.copyOf(verbAndParameters);
		MODELS.clear();
	}

	/**
	 * The work uses a model.
	 *
	 * @param file its name
	 * @param checksum SHA-256 of the file, in hexadecimal digits
	 */
	public static synchronized void uses(final String file, final String checksum) {
		MODELS.put(file, checksum);
	}

	/** Whether a line of {@link #lines}, as a file has it, is that of a verb. */
	public static boolean isOf(final String verb, final String line) {
		return line.strip().matches("ClearIce \\S+ " + verb);
	}

	/** The verb and its parameters; empty where no launcher has begun one. */
	public static synchronized List<String> words() {
		return words;
	}

	/** The models used, with their checksums. */
	public static synchronized Map<String, String> models() {
		return new LinkedHashMap<>(MODELS);
	}

	/**
	 * Lines for the head of a file: the same for the same work, whatever its outputs are called. Empty where no launcher
	 * has begun a verb.
	 */
	public static synchronized List<String> lines() {
		final List<String> lines = new ArrayList<>();
		if (words.isEmpty()) return lines;
		lines.add("ClearIce " + Version.current() + " " + words.get(0));
		MODELS.forEach((file, checksum) -> lines.add(file + " sha256 " + checksum.substring(0, SHOWN)));
		return lines;
	}
}
