package io.github.clearice.fiji.menu;

import io.github.clearice.command.Commands;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.fiji.desktop.FijiImage;
import io.github.clearice.fiji.image.MrcExport;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.mrc.MrcMode;
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
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

/** Saves the active image as an MRC file. */
@Plugin(type = Command.class, name = "save", label = "MRC...", headless = true, menu = {
	@Menu(label = MenuConstants.FILE_LABEL, weight = MenuConstants.FILE_WEIGHT),
	@Menu(label = "Save As"),
	@Menu(label = "MRC...", weight = 23) },
	description = "Saves the active image as an MRC file with its pixel size in Å.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class SaveCommand extends WritingCommand {

	private static final String AUTO = "auto";

	@Parameter(label = "MRC file", description = "The file to write, usually .mrcs for a stack and .mrc for a volume.",
		style = FileWidget.SAVE_STYLE, persist = false)
	private File output;

	@Parameter(label = "Holds",
		description = "What the slices are: auto takes slices along Z as a volume, and frames as a stack of images.",
		choices = { AUTO, "stack", "volume" }, required = false, persist = false)
	private String kind = AUTO;

	@Parameter(label = "Pixel type",
		description = "Number format of the pixels. auto keeps that of the image. Values that do not fit are refused.",
		choices = { AUTO, "float32", "float16", "uint16", "int16", "int8" }, required = false, persist = false)
	private String type = AUTO;

	@Override
	protected void execute(final TaskListener listener) {
		final Path target = required(output, "output");
		final ImagePlus image = caller().active().map(FijiImage::of).orElseThrow(() -> new ParameterException(
			"There is no image to save. Open one, or click on the window of one."));
		final MrcExport export = new MrcExport(image, AUTO.equals(type) ? null : MrcMode.valueOf(upper(type)), AUTO.equals(
			kind) ? null : MrcKind.valueOf(upper(kind)));
		export.write(target, listener);
		report(target + ": " + image.getTitle() + " as a " + export.kind().name().toLowerCase(Locale.ROOT) + " of " + export
			.mode().name().toLowerCase(Locale.ROOT) + ".");
	}

	private static String upper(final String choice) {
		return choice.toUpperCase(Locale.ROOT);
	}
}
