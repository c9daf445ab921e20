package io.github.clearice.command;

import io.github.clearice.task.Machines;
import io.github.clearice.task.ParameterException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;

/** A command that writes files. Those that are there already are replaced only where the user has said so. */
public abstract class WritingCommand extends ClearIceCommand {

	/** How many files a message names. */
	private static final int NAMED = 3;

	@Parameter(label = "Replace existing files",
		description = "Overwrite output files that exist. Otherwise the command stops before it begins. Dialogs" +
		" ask.", required = false, persist = false,
		visibility = ItemVisibility.INVISIBLE)
	private Boolean overwrite = false;

	/** The name of the parameter that allows to replace files. */
	public static final String OVERWRITE = "overwrite";

	/** All output files that are given, unless a command knows more. */
	@Override
	protected List<Path> outputs() {
		return CommandParameter.of(getClass()).stream().filter(parameter -> parameter.isOutput() && !parameter.isFolder() &&
			parameter.hasValue(this)).map(parameter -> Path.of(parameter.text(this))).toList();
	}

	/** Files in an output folder; none where it is not given. */
	protected static List<Path> inFolder(final File folder, final String... names) {
		return folder == null ? List.of() : Stream.of(names).map(folder.toPath()::resolve).toList();
	}

	/** Whether this is the continuation of earlier work, whose outputs are its own. */
	protected boolean goesOn() {
		return false;
	}

	/** The outputs that are there already and would be replaced. */
	public final List<Path> replaced() {
		if (goesOn()) return List.of();
		return outputs().stream().filter(Files::isRegularFile).distinct().toList();
	}

	/** Whether all outputs are there: they appear when they are complete. */
	public final boolean isDone() {
		return !overwrite && !outputs().isEmpty() && outputs().stream().allMatch(Files::isRegularFile);
	}

	/** Whether a file is one of the outputs. */
	public final boolean makes(final Path file) {
		return outputs().stream().anyMatch(output -> output.toAbsolutePath().normalize().equals(file.toAbsolutePath()
			.normalize()));
	}

	/** Lets outputs replace existing files: the user has agreed. */
	public final void allowReplacing() {
		overwrite = true;
	}

	@Override
	final void checkOutputs() {
		// Another process of a cluster has checked them before it began with them.
		if (!Machines.current().writes()) return;
		final List<Path> replaced = overwrite ? List.of() : replaced();
		if (replaced.isEmpty()) return;
		final String unfinished = checkpoints().stream().filter(replaced::contains).findFirst().map(
			checkpoint -> "resume=" + checkpoint + " to continue from it, ").orElse("");
		throw new ParameterException(names(replaced) + (replaced.size() == 1 ? " exists" : " exist") + " already. Give " +
			unfinished + "another name, or overwrite=true to replace " + (replaced.size() == 1 ? "it." : "them."));
	}

	/** Names of files for a message. */
	public static String names(final List<Path> files) {
		final List<String> names = files.stream().limit(NAMED).map(Path::toString).toList();
		final int more = files.size() - names.size();
		return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
	}
}
