package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folder, structure files and tools that the steps of an experiment use.
 *
 * @param folder that receives all files of the run
 * @param structures folder with files of the Protein Data Bank, named by their codes; null if there is none
 * @param verbs that do the work
 * @param plots that draw curves
 */
public record RunContext(Path folder, Path structures, VerbRunner verbs, LinePlot plots) {

	private static final String EXAMPLE = "1wcm";

	/** A file of the run. */
	Path file(final String name) {
		return folder.resolve(name);
	}

	/** The error for a table of a step that lacks a line. */
	static InputException lacks(final String file, final String row) {
		return new InputException(file + ": the table has no line of " + row + ". Run the command that wrote it again.");
	}

	/** Runs a verb on files of the run's folder and of the folder of structures. */
	void run(final String verb, final Parameters parameters, final TaskListener listener) {
		verbs.run(new VerbRunner.Call(verb, parameters.texts(value -> value instanceof RunFile own ? file(own.name())
			.toString() : value instanceof StructureFile given ? structure(given.code()).toString() : value.toString())),
			listener);
	}

	/** Parameters as a reader would type them in the run's folder. */
	String shown(final Parameters parameters) {
		return parameters.line(value -> value instanceof RunFile own ? own.name() : value instanceof StructureFile given
			? structure(given.code()).getFileName().toString() : value.toString());
	}

	/**
	 * Holds that the structures among the parameters of steps are there.
	 *
	 * @throws ParameterException that names all those which are missing
	 */
	void requireStructures(final List<Parameters> all) {
		final List<String> missing = all.stream().flatMap(Parameters::structures).map(StructureFile::code).distinct()
			.filter(code -> found(code).isEmpty()).toList();
		if (missing.size() == 1) throw missing(missing.get(0));
		if (!missing.isEmpty()) throw new ParameterException("There are no files of " + missing.size() +
			" structures in " + (structures == null ? "a folder structures=" : structures + " (structures=)") + ": " + String
				.join(", ", missing) + ". Download each there, as https://files.rcsb.org/download/" + missing.get(0) +
			".cif.gz.");
	}

	/** The file of a structure. */
	Path structure(final String code) {
		return found(code).orElseThrow(() -> missing(code));
	}

	private ParameterException missing(final String code) {
		final String address = "https://files.rcsb.org/download/" + code + ".cif.gz", name = code.toUpperCase(Locale.ROOT);
		return new ParameterException(structures == null ? "This experiment needs the structure " + name +
			". Download it as " + address + " and name its folder as structures=." : "There is no file of the structure " +
				name + " in " + structures + " (structures=), such as " + code + ".cif.gz. Download it there from " + address +
				".");
	}

	private Optional<Path> found(final String code) {
		if (structures == null) return Optional.empty();
		try (Stream<Path> files = Files.list(structures)) {
			return files.filter(file -> isStructure(file.getFileName().toString().toLowerCase(Locale.ROOT), code)).sorted()
				.findFirst();
		}
		catch (final IOException e) {
			throw new ParameterException("Cannot read the folder " + structures +
				" (structures=). Name a folder with files such as " + EXAMPLE + ".cif.gz.");
		}
	}

	private static boolean isStructure(final String name, final String code) {
		return name.startsWith(code) && name.matches(".*\\.(cif|pdb|ent)(\\.gz)?");
	}

	/** Runs verbs of the launcher. */
	@FunctionalInterface
	public interface VerbRunner {

		/**
		 * A verb with its parameters.
		 *
		 * @param parameters as text, by name, in the order in which a reader sees them
		 */
		record Call(String verb, Map<String, String> parameters) {}

		/**
		 * Runs a verb to its end.
		 *
		 * @throws io.github.clearice.task.ClearIceException with one line for the user
		 */
		void run(Call call, TaskListener listener);
	}
}
