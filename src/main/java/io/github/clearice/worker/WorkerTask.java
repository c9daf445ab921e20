package io.github.clearice.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The task of a worker.
 *
 * @param verb of the launcher
 * @param parameters of the verb, by name, as text
 * @param outputs files it may be writing when it dies: unfinished parts of them are deleted
 * @param discarded files that stay for a resume when it dies, but not when the user cancels and it must be killed
 */
public record WorkerTask(String verb, Map<String, String> parameters, List<Path> outputs, List<Path> discarded) {

	public WorkerTask {
		parameters = new LinkedHashMap<>(parameters);
		outputs = List.copyOf(outputs);
		discarded = List.copyOf(discarded);
	}

	/** Work whose outputs are not known beforehand. */
	public WorkerTask(final String verb, final Map<String, String> parameters) {
		this(verb, parameters, List.of(), List.of());
	}

	/** The words of the launcher. */
	List<String> words() {
		final List<String> words = new ArrayList<>();
		words.add(verb);
		parameters.forEach((name, value) -> words.add(name + "=" + value));
		return words;
	}
}
