package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.input.FileSummary;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Prints the type and metadata of a file. */
@Plugin(type = Command.class, name = "info", label = "File Information...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "File Information...", weight = 19.5) },
	description = "Prints the header of an MRC file, the tables of a STAR file, or the card of a model.")
public final class InfoCommand extends ClearIceCommand {

	@Parameter(label = "File",
		description = "An MRC file (.mrc, .mrcs, .map, also .gz and .bz2), a STAR file (.star), a model" +
		" (.clearice), or the name of a shared model or general. In Fiji, the title of an open image works too; if empty, the active image is used.",
		required = false,
		persist = false, attrs = @Attr(name = CommandParameter.IMAGE, value = CommandParameter.ACTIVE))
	private File file;

	@Override
	protected void execute(final TaskListener listener) {
		if (file != null && !file.exists() && ModelNames.isKnown(file.getPath())) {
			report(FileSummary.ofModel(file.toPath(), ModelNames.read(file.getPath())));
			return;
		}
		final Path path = existingOrActive(file, "file");
		final String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
		if (name.endsWith(".star")) report(FileSummary.ofStar(path));
		else if (name.endsWith(ModelFile.EXTENSION)) report(FileSummary.ofModel(path, ModelFile.read(path)));
		else report(FileSummary.ofMrc(path));
	}
}
