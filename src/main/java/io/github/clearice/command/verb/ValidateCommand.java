package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.mrc.MrcValidator;
import io.github.clearice.mrc.MrcValidator.MrcFinding;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Checks an MRC file rule by rule. */
@Plugin(type = Command.class, name = "validate", label = "Validate MRC...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Validate MRC...", weight = 19) },
	description = "Checks an MRC file against the format, rule by rule. The exit code is 1 if a" +
	" rule is broken.")
public final class ValidateCommand extends ClearIceCommand {

	@Parameter(label = "File",
		description = "The MRC file to check. In Fiji, the title of an open image works too; if empty, the active" +
		" image is used.",
		required = false, persist = false, attrs = @Attr(name = CommandParameter.IMAGE, value = CommandParameter.ACTIVE))
	private File file;

	private boolean clean;

	@Override
	protected void execute(final TaskListener listener) {
		final Path path = existingOrActive(file, "file");
		final List<MrcFinding> findings = MrcValidator.validate(path);
		clean = findings.isEmpty();
		report(clean ? path + ": no findings." : findings.stream().map(String::valueOf).collect(Collectors.joining("\n")));
	}

	@Override
	public int exitCode() {
		return clean ? 0 : 1;
	}
}
