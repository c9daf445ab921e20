package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * Keeps Fiji from showing the outputs of ClearIce's commands, which are for scripts: it would open a window for each
 * text, and show images once more and in the wrong thread. The commands have already shown their results.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.VERY_HIGH)
public final class CommandOutputs extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof ClearIceCommand)) return;
		for (final ModuleItem<?> output : module.getInfo().outputs()) module.resolveOutput(output.getName());
	}
}
