package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Commands;
import io.github.clearice.fiji.ui.FailureNotice;
import io.github.clearice.fiji.ui.ProgressBarListener;
import io.github.clearice.task.FailureMessage;

import java.awt.GraphicsEnvironment;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;

/**
 * Runs ClearIce's commands in an ImageJ without SciJava, from the menu entries
 * in {@code plugins.config}, which {@link MenuFile} writes: by the same dialogs as in Fiji, recorded as the same
 * lines of macro.
 */
public final class MenuPlugin implements PlugIn {

	/** @param name of a command, as {@link Commands} has it */
	@Override
	public void run(final String name) {
		final ClearIceCommand command = Commands.all().get(name).create();
		if (!fill(command)) return;
		command.run(new ProgressBarListener());
		command.notifyOfFailure();
		if (!command.isCanceled() && command.report() != null) command.tell(command.report());
	}

	/** Sets the parameters; false if the user cancelled, or a macro option is invalid. */
	private static boolean fill(final ClearIceCommand command) {
		final String options = Macro.getOptions();
		try {
			if (options != null) {
				MacroOptions.parse(options, command);
				return true;
			}
			if (GraphicsEnvironment.isHeadless() || CommandParameter.of(command.getClass()).isEmpty()) return true;
			if (!CommandDialog.show(command)) {
				Macro.abort();
				return false;
			}
			command.interactive();
			if (IJ.recording()) record(command);
			return true;
		}
		catch (final RuntimeException | Error e) {
			FailureNotice.show(command.label(), FailureMessage.of(e));
			return false;
		}
	}

	/** Records the parameters that differ from their defaults, as a line that needs no dialog. */
	private static void record(final ClearIceCommand command) {
		MacroOptions.of(command).forEach((name, value) -> Recorder.recordOption(name, Recorder.fixPath(value)));
	}
}
