package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.Version;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Shows the publications to cite. */
@Plugin(type = Command.class, name = "cite", label = "Cite ClearIce", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Cite ClearIce", weight = 28) },
	description = "Shows the references to cite: ClearIce and the papers whose methods it implements.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class CiteCommand extends ClearIceCommand {

	@Override
	protected void execute(final TaskListener listener) {
		report("If ClearIce " + Version.current() +
			" helps your work, cite it and the papers whose methods it implements:\n\n" +
			"ClearIce developers. ClearIce: learned denoising of cryo-EM particles inside Fiji. Version " + Version
				.current() + ".\nhttps://github.com/clearice/clearice\n\n" +
			"Su M, Zhang H, Schawinski K, Zhang C, Cianfrocco MA. Generative adversarial networks as a tool to recover\n" +
			"structural information from cryo-electron microscopy data. bioRxiv 256792 (2018). doi:10.1101/256792\n\n" +
			"Gu H, Unarta IC, Huang X, Yao Y. Robust denoising of cryo-EM images via beta-GAN. Research Square rs-139567\n" +
			"(2021). doi:10.21203/rs.3.rs-139567/v1");
	}
}
