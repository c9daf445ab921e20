package io.github.clearice.cli;

import io.github.clearice.cli.CommandLine.Refusal;
import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParameterException;
import io.github.clearice.worker.LauncherOutput;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A verb for several inputs, one after the other: {@code input=} has several names, joined by commas, or a pattern with
 * asterisks, or {@code output=} is a folder. Inputs whose outputs are there are done already. One that fails does not
 * keep the others from being done.
 */
final class Series {

	private static final String INPUT = "input", OUTPUT = "output";

	/** Where a pattern begins. */
	private static final String PATTERN = ".*[*?\\[{].*";

	private final ClearIceCommand first;
	private final List<Path> inputs;
	private final LauncherOutput output;

	private Series(final ClearIceCommand first, final List<Path> inputs, final LauncherOutput output) {
		this.first = first;
		this.inputs = inputs;
		this.output = output;
	}

	/**
	 * Does the work of a command, or of one for each of its inputs.
	 *
	 * @return the exit code
	 * @throws Refusal if a pattern fits no file, or several inputs have one output
	 */
	static int run(final ClearIceCommand command, final LauncherOutput output) throws Refusal {
		final Map<String, CommandParameter> parameters = CommandParameter.byName(command.getClass());
		final CommandParameter input = parameters.get(INPUT), target = parameters.get(OUTPUT);
		// Open images have titles with any characters.
		if (!(command instanceof WritingCommand) || input == null || target == null || target.isFolder() || !input.hasValue(
			command)) return one(command, output);
		final String names = input.text(command);
		if (isSeveral(names)) return new Series(command, expand(names), output).run();
		final boolean intoFolder = target.hasValue(command) && Files.isDirectory(Path.of(target.text(command)));
		return intoFolder ? new Series(command, List.of(Path.of(names)), output).run() : one(command, output);
	}

	private static int one(final ClearIceCommand command, final LauncherOutput output) {
		command.perform(output);
		if (command.report() != null) output.report(command.report());
		return command.exitCode();
	}

	private static boolean isSeveral(final String names) {
		return (names.contains(",") || names.matches(PATTERN)) && Files.notExists(Path.of(names));
	}

	private static List<Path> expand(final String names) throws Refusal {
		final List<Path> files = new ArrayList<>();
		for (final String name : names.split(",")) {
			if (name.isBlank()) continue;
			if (name.matches(PATTERN)) files.addAll(matches(name.trim()));
			else files.add(Path.of(name.trim()));
		}
		return files;
	}

	private static List<Path> matches(final String pattern) throws Refusal {
		final int slash = pattern.lastIndexOf('/');
		final Path folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
		final List<Path> files = new ArrayList<>();
		if (Files.isDirectory(folder)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern.substring(slash + 1))) {
				found.forEach(files::add);
			}
			catch (final IOException | DirectoryIteratorException e) {
				throw InputException.of(folder, "cannot be read (" + e.getMessage() + "). Check its permissions.", e);
			}
		}
		if (files.isEmpty()) throw new Refusal(Launcher.FAILED, "No file has a name like " + pattern +
			" (input=). Asterisks stand in the last part of a name; check the folder.");
		files.sort(null);
		return slash < 0 ? files.stream().map(Path::getFileName).toList() : files;
	}

	private int run() throws Refusal {
		final List<WritingCommand> commands = commands();
		int failed = 0, done = 0, code = Launcher.DONE;
		for (int i = 0; i < commands.size(); i++) {
			final WritingCommand command = commands.get(i);
			final Path input = inputs.get(i);
			// What was denoised before is not to be denoised again.
			if (commands.stream().anyMatch(other -> other.makes(input))) continue;
			if (Machines.current().once(command::isDone)) {
				output.message(input + " is done already.");
				done++;
				continue;
			}
			try {
				code = Math.max(code, one(command, output));
				done++;
			}
			catch (final InputException | ParameterException e) {
				// Other machines of a cluster would wait for the end of this one.
				if (Machines.current().replays()) throw e;
				output.message("Warning: " + input + " failed: " + e.getMessage());
				failed++;
			}
		}
		if (failed > 0) throw new InputException(failed + " of " + inputs.size() +
			" inputs failed, with the lines above. Put them right and give the same command again: it skips what is done.");
		output.report(done == 1 ? "1 input is done." : done + " inputs are done.");
		return code;
	}

	private List<WritingCommand> commands() throws Refusal {
		final Path folder = folder();
		final List<WritingCommand> commands = new ArrayList<>();
		for (final Path input : inputs) {
			final Map<String, String> values = CommandParameter.values(first);
			values.put(INPUT, input.toString());
			if (folder != null) values.put(OUTPUT, folder.resolve(input.getFileName().toString().replaceFirst(
				"\\.(gz|bz2)$", "")).toString());
			final WritingCommand command = (WritingCommand) first.fresh();
			command.set(values);
			commands.add(command);
		}
		return commands;
	}

	/** Null where outputs lie beside the inputs. */
	private Path folder() throws Refusal {
		final CommandParameter target = CommandParameter.byName(first.getClass()).get(OUTPUT);
		if (!target.hasValue(first)) return null;
		final Path folder = Path.of(target.text(first));
		if (Files.exists(folder) ? !Files.isDirectory(folder) : !String.valueOf(folder.getFileName()).matches("[^.]+"))
			throw new Refusal(Launcher.FAILED, "With several inputs, output= is a folder, not " + folder +
				". Name a folder.");
		return folder;
	}
}
