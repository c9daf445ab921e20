package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;

import java.util.Map;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.plugin.frame.Recorder;

/**
 * Makes Fiji's recorder write only parameters that differ from their defaults: it records, in the end, all inputs that
 * a dialog has given and that are not empty.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.LOW)
public final class RecordedInputs extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof ClearIceCommand command) || !command.isInteractive() ||
			!Recorder.record) return;
		final Map<String, String> recorded = MacroOptions.of(command);
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			if (!recorded.containsKey(parameter.name())) module.setInput(parameter.name(), null);
		}
	}
}
