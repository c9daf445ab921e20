package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.command.SampleData;
import io.github.clearice.fiji.desktop.FijiImage;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Opens the sample map. */
@Plugin(type = Command.class, name = "samplemap", label = "Map of Beta-Galactosidase", headless = true, menu = {
	@Menu(label = MenuConstants.FILE_LABEL, weight = MenuConstants.FILE_WEIGHT),
	@Menu(label = "Open Samples"),
	@Menu(label = "ClearIce"),
	@Menu(label = "Map of Beta-Galactosidase", weight = 24) },
	description = "Opens the density map that comes with ClearIce: PDB 5A1A, 64 voxels of 4 Å.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class SampleMapCommand extends ClearIceCommand {

	@Override
	protected void execute(final TaskListener listener) {
		try (TemporaryFolder folder = new TemporaryFolder("images")) {
			final Path file = folder.resolve("beta-galactosidase.mrc");
			SampleData.copyMap(file);
			final ImagePlus map = MrcImage.read(file);
			map.setSlice(map.getStackSize() / 2 + 1);
			result(new FijiImage(map));
		}
	}
}
