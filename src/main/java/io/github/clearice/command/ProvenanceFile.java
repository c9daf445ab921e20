package io.github.clearice.command;

import io.github.clearice.task.Machines;
import io.github.clearice.task.Provenance;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.Version;

import com.google.gson.GsonBuilder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file beside outputs that says what made them: {@code NAME.mrcs.json} beside {@code NAME.mrcs}. */
final class ProvenanceFile {

	private ProvenanceFile() {}

	/**
	 * Writes the file, if a launcher has begun the verb and there are outputs.
	 *
	 * @param command whose work is done
	 */
	static void write(final ClearIceCommand command) {
		final List<Path> outputs = command.outputs().stream().filter(Files::isRegularFile).distinct().toList();
		if (outputs.isEmpty() || Provenance.words().isEmpty() || !Machines.current().writes()) return;
		final Map<String, Object> content = new LinkedHashMap<>();
		content.put("clearice", Version.current());
		content.put("verb", command.plugin().name());
		content.put("command", Provenance.words());
		content.put("parameters", CommandParameter.values(command));
		content.put("models", Provenance.models());
		content.put("outputs", outputs.stream().map(Path::toString).toList());
		content.put("java", System.getProperty("java.version"));
		content.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		final Path first = outputs.get(0);
		TextFile.write(first.resolveSibling(first.getFileName() + ".json"), new GsonBuilder().setPrettyPrinting()
			.disableHtmlEscaping().create().toJson(content) + "\n");
	}
}
