package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.SoftMask;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Makes a soft mask from a map. */
@Plugin(type = Command.class, name = "mask", label = "Make Mask...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Make Mask...", weight = 13) },
	description = "Makes a mask with a soft edge from a map, for the comparison of maps.")
public final class MaskCommand extends WritingCommand {

	@Parameter(label = "Map",
		description = "An MRC volume, such as the mean of two half-maps. In Fiji, the title of an open image works" +
		" too.",
		persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File input;

	@Parameter(label = "Threshold",
		description = "Density above which voxels are inside the mask. By default, it is chosen to separate the" +
		" molecule from the noise, and isolated islands of noise are left out.", required = false, persist = false)
	private Double threshold;

	@Parameter(label = "Low-pass (Å)", description = "Resolution to which the map is filtered first. 0 does not" +
		" filter.",
		required = false, persist = false)
	private Double lowpass = SoftMask.Options.DEFAULT_LOW_PASS_ANGSTROM;

	@Parameter(label = "Extend (voxels)", description = "Number of voxels by which the inside is extended." +
		" Negative numbers shrink it.",
		required = false, persist = false)
	private Double extend = SoftMask.Options.DEFAULT_EXTEND_VOXELS;

	@Parameter(label = "Soft edge (voxels)", description = "Width of the edge, a raised cosine.", required = false,
		persist = false)
	private Double edge = SoftMask.Options.DEFAULT_EDGE_VOXELS;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the map, if the file does not state it.",
		required = false,
		persist = false)
	private Double pixel;

	@Parameter(label = "Mask", description = "The MRC volume to write, 0 outside to 1 inside.",
		style = FileWidget.SAVE_STYLE, persist = false)
	private File output;

	@Override
	protected void present() {
		open(output.toPath());
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existing(input, "input"), target = required(output, "output");
		requireApart(target, "output", List.of(source));
		AtomicOutput.requireWritable(target);
		final double size = pixel == null ? MapSource.statedPixelSize(source) : pixel;
		if (size <= 0) throw new ParameterException("The pixel size must be positive, not " + size +
			" Å. Correct pixel=.");
		if (Double.isNaN(size) && lowpass > 0 && !MapSource.isStructure(source)) throw new ParameterException(
			"lowpass= is in Å, but " + source + " does not state its pixel size. Give pixel=, or lowpass=0.");
		final Volume map = new MapSource(null, pixel, null, AtomSelection.ALL, false).read(source, listener);
		final SoftMask mask = SoftMask.of(map, new SoftMask.Options(threshold == null ? Double.NaN : threshold, lowpass,
			extend,
			edge));
		write(target, mask.mask(), MapSource.isStructure(source) ? map.pixelSizeAngstrom() : size);
		report(target + ": " + mask.describe() + (threshold == null ? " (chosen)." : "."));
	}

	/** @param pixelSizeAngstrom NaN where it is unknown, which it stays */
	private static void write(final Path target, final Volume mask, final double pixelSizeAngstrom) {
		final int box = mask.box();
		try (MrcWriter writer = MrcWriter.volume(target, box, box, pixelSizeAngstrom, MrcMode.FLOAT32)) {
			for (int z = 0; z < box; z++) writer.write(Arrays.copyOfRange(mask.voxels(), z * box * box, (z + 1) * box * box));
			writer.commit();
		}
	}
}
