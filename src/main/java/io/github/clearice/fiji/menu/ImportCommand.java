package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.fiji.desktop.FijiImage;
import io.github.clearice.fiji.image.ImageFiles;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.StarImage;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Opens an MRC file with the user's corrections to its header. */
@Plugin(type = Command.class, name = "import", label = "MRC Stack (virtual)...", headless = true, menu = {
	@Menu(label = MenuConstants.FILE_LABEL, weight = MenuConstants.FILE_WEIGHT),
	@Menu(label = "Import"),
	@Menu(label = "MRC Stack (virtual)...", weight = 22) },
	description = "Opens an MRC file or a STAR file of particles, reading images when they are looked at.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class ImportCommand extends ClearIceCommand {

	private static final String AUTO = "auto";

	@Parameter(label = "File",
		description = "An MRC file, plain or packed (.gz, .bz2), or a STAR or .cs file of particles.", persist = false)
	private File input;

	@Parameter(label = "Holds", description = "What the sections are. auto decides by the name and the header.",
		choices = {
		AUTO, "stack", "volume" }, required = false, persist = false)
	private String kind = AUTO;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size, if the file does not state it or is wrong.",
		required = false, persist = false)
	private Double pixel;

	@Parameter(label = "Flip rows",
		description = "Whether the last row of the file is on top, as some programs draw it." +
			" Coordinates of RELION and cryoSPARC fit images that are not flipped.", required = false, persist = false)
	private Boolean flip = false;

	private StarImage star;

	@Override
	protected void execute(final TaskListener listener) {
		final Path path = existing(input, "input");
		if (pixel != null && pixel <= 0) throw new ParameterException("pixel=" + pixel +
			" is not a pixel size. Give a positive number of Å.");
		if (ImageFiles.isStar(path)) {
			star = StarImage.open(path);
			result(new FijiImage(star.image()));
			return;
		}
		final MrcKind as = AUTO.equals(kind) ? null : MrcKind.valueOf(kind.toUpperCase(Locale.ROOT));
		result(new FijiImage(MrcImage.open(path, as, pixel == null ? Double.NaN : pixel, Boolean.TRUE.equals(flip))));
	}

	@Override
	protected void present() {
		if (star != null) star.showTable();
	}
}
