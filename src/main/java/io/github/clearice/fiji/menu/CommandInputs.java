package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.fiji.ui.FailureNotice;

import java.awt.GraphicsEnvironment;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.Macro;

/**
 * Gives ClearIce's commands their parameters in Fiji.
 * <p> From the menu, the command's own dialog asks for them. If a macro, a script or the command line has given at
 * least one, or there is no display, no dialog appears: other parameters keep their defaults. Without this, Fiji would
 * ask for each parameter that a macro leaves out, and turn numbers that are left out into zeros.
 * <p> It runs after Fiji's readers of macro options, after the start of a recording (so that the dialog's values are
 * recorded), and before everything that opens dialogs.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_HIGH + 0.5)
public final class CommandInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof ClearIceCommand command)) return;
		boolean scripted = GraphicsEnvironment.isHeadless();
		boolean any = false;
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			any = true;
			scripted |= module.isInputResolved(parameter.name());
		}
		if (scripted) requireAll(module, command);
		else if (any) ask(command);
		if (!scripted) command.interactive();
		for (final ModuleItem<?> input : module.getInfo().inputs()) module.resolveInput(input.getName());
	}

	private void ask(final ClearIceCommand command) {
		try {
			if (CommandDialog.show(command)) return;
			cancel("");
			Macro.abort();
		}
		catch (final RuntimeException | Error e) {
			// Fiji would show no dialog and say nothing.
			command.fail(e);
			cancel(command.getCancelReason());
			FailureNotice.show(command.label(), command.getCancelReason());
		}
	}

	/** Fiji would drop a command without a word where a required parameter is missing, and continue with the macro. */
	private void requireAll(final Module module, final ClearIceCommand command) {
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			if (!parameter.mustBeGiven() || module.getInput(parameter.name()) != null || isCanceled()) continue;
			cancel("The parameter " + parameter.name() + "= is missing. Give it a value.");
			FailureNotice.show(command.label(), super.getCancelReason());
		}
	}

	/**
	 * Null if there are windows: the user has seen the message or has cancelled, and Fiji would show one more, even
	 * empty.
	 */
	@Override
	public String getCancelReason() {
		return GraphicsEnvironment.isHeadless() ? super.getCancelReason() : null;
	}
}
