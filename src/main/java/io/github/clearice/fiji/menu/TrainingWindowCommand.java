package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.fiji.ui.TrainingWindow;
import io.github.clearice.task.TaskListener;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Opens the windows of trainings that run and were closed. */
@Plugin(type = Command.class, name = "window", label = "Training Window", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Training Window", weight = 26) },
	description = "Opens again the windows of trainings that run.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class TrainingWindowCommand extends ClearIceCommand {

	@Override
	protected void execute(final TaskListener listener) {
		if (TrainingWindow.isPossible() && TrainingWindow.showAll() > 0) return;
		report("There is no training to show. Begin one with Plugins > ClearIce > Train Denoiser...");
	}
}
