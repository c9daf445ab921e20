package io.github.clearice.reproduce;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

	/** A file of the run's folder, after = or a comma. */
	private static final Pattern FILE = Pattern.compile("(?<=[=,])@");
	private static final Pattern STRUCTURE = Pattern.compile("(?<=[=,])#(\\w{4})");
	private static final String EXAMPLE = "1wcm";

	/** A file of the run. */
	Path file(final String name) {
		return folder.resolve(name);
	}

	/** Runs a line in which {@code @} stands for the run's folder and {@code #1wcm} for the file of a structure. */
	void run(final String line, final TaskListener listener) {
		final String place = Matcher.quoteReplacement(folder.toString() + "/");
		final Map<String, String> parameters = new LinkedHashMap<>();
		// Folders may have spaces in their names: words first, then files.
		final String[] words = line.split(" ");
		for (final String word : List.of(words).subList(1, words.length)) {
			final String[] parameter = FILE.matcher(named(word, true)).replaceAll(place).split("=", 2);
			parameters.put(parameter[0], parameter[1]);
		}
		verbs.run(new VerbRunner.Call(words[0], parameters), listener);
	}

	/** A line as a reader would type it in the run's folder. */
	String shown(final String line) {
		return FILE.matcher(named(line, false)).replaceAll("");
	}

	/** Checks that the structures of a line are there. */
	void requireStructures(final String line) {
		named(line, true);
	}

	private String named(final String line, final boolean whole) {
		final Matcher matcher = STRUCTURE.matcher(line);
		return matcher.replaceAll(match -> {
			final Path file = structure(match.group(1));
			return Matcher.quoteReplacement(whole ? file.toString() : file.getFileName().toString());
		});
	}

	private Path structure(final String code) {
		if (structures == null) throw new ParameterException("This experiment needs the structure " + code.toUpperCase(
			Locale.ROOT) + ". Download it as https://files.rcsb.org/download/" + code +
			".cif.gz and name its folder as structures=.");
		try (Stream<Path> files = Files.list(structures)) {
			return files.filter(file -> isStructure(file.getFileName().toString().toLowerCase(Locale.ROOT), code)).sorted()
				.findFirst().orElseThrow(() -> new ParameterException("There is no file of the structure " + code.toUpperCase(
					Locale.ROOT) + " in " + structures + " (structures=), such as " + code +
					".cif.gz. Download it there from https://files.rcsb.org/download/" + code + ".cif.gz."));
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
