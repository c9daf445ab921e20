package io.github.clearice.command;

import io.github.clearice.task.TaskListener;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** Shows what commands there are and what they take. */
@Plugin(type = Command.class, label = "ClearIce Help", menuPath = "Plugins>ClearIce>ClearIce Help", headless = true,
	description = "Lists the commands, their parameters for macros, units and defaults.")
public final class HelpCommand extends ClearIceCommand {

	@Override
	protected void execute(final TaskListener listener) {
		final StringBuilder text = new StringBuilder("ClearIce: learned denoising of cryo-EM particles.\n\n" +
			"Every command works from its dialog, in macros as run(\"Denoise...\", \"input=... method=...\") with the names" +
			" below,\nand in a terminal as clearice VERB name=value. The macro recorder (Plugins > Macros > Record...) writes" +
			" the line for you.\n");
		for (final String verb : Verbs.all().keySet()) text.append("\n\n").append(HelpText.ofVerb(verb));
		report(text.toString());
	}
}
