package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.command.HelpText;
import io.github.clearice.task.TaskListener;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.text.TextWindow;

/** Lists the commands and their parameters. */
@Plugin(type = Command.class, name = "help", label = "ClearIce Help", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "ClearIce Help", weight = 27) },
	description = "Lists the commands, their parameters for macros, units and defaults.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class HelpCommand extends ClearIceCommand {

	private static final int WIDTH = 760;
	private static final int HEIGHT = 560;

	@Override
	protected void execute(final TaskListener listener) {
		final StringBuilder text = new StringBuilder("ClearIce: learned denoising of cryo-EM particles.\n\n" +
			"Every command works from its dialog, in macros as run(\"Denoise...\", \"input=... method=...\") with the names" +
			" below,\nand in a terminal as clearice VERB name=value. The macro recorder (Plugins > Macros > Record...)" +
			" writes the line for you.\n");
		for (final String verb : Commands.verbs().keySet()) text.append("\n\n").append(HelpText.ofVerb(verb));
		report(text.toString());
	}

	/** Shows the help in a window, because it is long. */
	@Override
	public void tell(final String text) {
		if (IJ.getInstance() == null || IJ.isMacro()) super.tell(text);
		else new TextWindow(label(), text, WIDTH, HEIGHT);
	}
}
