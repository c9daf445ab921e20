package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.Plots;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.command.input.MaskChoice;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.LocalResolution;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reconstruct.SoftMask;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import net.imglib2.loops.LoopBuilder;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Compares volumes in shells of frequency. */
@Plugin(type = Command.class, name = "fsc", label = "Compare Volumes (FSC)...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Compare Volumes (FSC)...", weight = 14) },
	description = "Measures the resolution of maps by their Fourier shell correlation.")
public final class FscCommand extends WritingCommand {

	private static final int EDGE_VOXELS = 6;
	private static final int WINDOW_VOXELS = 12;

	@Parameter(label = "First volume", description = "An MRC volume, such as the map of one half-set. In Fiji," +
		" the title of an open image works too.", persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File first;

	@Parameter(label = "Second volume", description = "A volume of the same box and pixel size, such as the map" +
		" of the other half-set, or the true map.", persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File second;

	@Parameter(label = "Mask",
		description = "A volume from 0 (outside) to 1 (inside) with a soft edge, or auto to make one from the mean" +
		" of both. The effect of the mask on the correlation is measured with randomised phases and removed.",
		required = false, persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File mask;

	@Parameter(label = "Mask diameter (Å)", description = "Diameter of a sphere with a soft edge, instead of a" +
		" mask file.",
		required = false, persist = false)
	private Double diameter;

	@Parameter(label = "Soft edge (Å)", description = "Width of the edge of the sphere. Default: six voxels.",
		required = false, persist = false)
	private Double edge;

	@Parameter(label = "Seed", description = "Seed of the random phases. The same seed gives the same numbers.",
		required = false, persist = false)
	private Long seed = 1L;

	@Parameter(label = "Local resolution",
		description = "The MRC volume to write with the resolution at each voxel in Å, where the correlation in a" +
		" window around the voxel falls below 0.5. Outside the mask it is 0.",
		style = FileWidget.SAVE_STYLE, required = false, persist = false)
	private File local;

	@Parameter(label = "Window (Å)",
		description = "For local resolution: full width at half maximum of the window. Default: twelve voxels.",
		required = false, persist = false)
	private Double window;

	@Parameter(label = "Pixel size (Å)",
		description = "Pixel size of the volumes, if their files do not state it. A volume that states none gets" +
		" that of the other. If neither states one, shells are reported instead of a resolution.",
		required = false, persist = false)
	private Double pixel;

	@Parameter(label = "Table",
		description = "Tab-separated table to write: shell, resolution in Å, FSC, and with a mask the curves that" +
		" it is computed from. A plot is written beside it as .png.", style = FileWidget.SAVE_STYLE,
		required = false, persist = false)
	private File output;

	private ResolutionCurves measured;

	@Override
	protected void present() {
		Desktop.get().table(measured.format().lines().toList());
	}

	@Override
	protected List<Path> outputs() {
		return Stream.concat(super.outputs().stream(), output == null ? Stream.empty() : Stream.of(plotBeside(output
			.toPath()))).toList();
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path one = existing(first, "first"), other = existing(second, "second");
		final List<Path> inputs = new ArrayList<>(List.of(one, other));
		MaskChoice.file(mask).ifPresent(inputs::add);
		for (final File target : new File[] { output, local }) {
			if (target == null) continue;
			requireApart(target.toPath(), target == output ? "output" : "local", inputs);
			AtomicOutput.requireWritable(target.toPath());
		}
		final double size = pixelSize(one, other);
		requirePixelSize(size);
		final Volume a = map(one, size, listener), b = map(other, size, listener);
		a.requireAlike(one.toString(), b, other.toString());
		requireContents(one, a);
		requireContents(other, b);
		final Volume weights = weights(one, a, b, listener);
		final ResolutionCurves found = weights == null ? ResolutionCurves.of(a, b) : ResolutionCurves.of(a, b, weights,
			seed);
		final ResolutionCurves curves = Double.isNaN(size) ? found.withoutPixelSize() : found;
		final Volume resolutions = local == null ? null : LocalResolution.measure(a, b, window == null ? WINDOW_VOXELS * a
			.pixelSizeAngstrom() : window, ShellCorrelation.HALF, listener);
		final Plots.Plot plot = Desktop.get().plots().correlation("FSC of " + one.getFileName() + " and " +
			other.getFileName(), curves);
		if (output != null) {
			curves.write(output.toPath());
			plot.write(plotBeside(output.toPath()));
		}
		measured = curves;
		if (resolutions != null) writeLocal(resolutions, weights);
		result(plot.image());
		report(report(curves));
	}

	/** Two empty maps agree on nothing, at any resolution. */
	private static void requireContents(final Path file, final Volume map) {
		final float[] voxels = map.voxels();
		for (final float voxel : voxels) if (voxel != voxels[0]) return;
		throw new ParameterException(file + " is an empty map: all its voxels are " + voxels[0] + ". Give another.");
	}

	/** The user's value, or that of a volume; NaN if both are missing. */
	private double pixelSize(final Path one, final Path other) {
		if (pixel != null) return pixel;
		final double size = MapSource.statedPixelSize(one);
		return Double.isNaN(size) ? MapSource.statedPixelSize(other) : size;
	}

	/** Refuses lengths in Å for volumes that have none. */
	private void requirePixelSize(final double size) {
		final String needed = local != null ? "local" : diameter != null ? "diameter" : edge != null ? "edge"
			: window != null ? "window" : null;
		if (Double.isNaN(size) && needed != null) throw new ParameterException(needed +
			"= is in Å, but neither volume states its pixel size. Give pixel=.");
		if (size <= 0) throw new ParameterException("The pixel size must be positive, not " + size +
			" Å. Correct pixel=.");
	}

	private Volume map(final Path path, final double size, final TaskListener listener) {
		return new MapSource(null, pixel, null, AtomSelection.ALL, false).read(path, size, listener);
	}

	private Volume weights(final Path one, final Volume volume, final Volume second, final TaskListener listener) {
		if (mask != null && diameter != null) throw new ParameterException(
			"Both mask= and diameter= are given. Give one of them.");
		if (mask != null) return MaskChoice.weights(mask, one.toString(), volume, second, listener);
		if (diameter == null) return null;
		return SoftMask.sphere(volume, diameter, edge == null ? EDGE_VOXELS * volume.pixelSizeAngstrom() : edge);
	}

	private void writeLocal(final Volume resolutions, final Volume weights) {
		if (weights != null) LoopBuilder.setImages(resolutions.image(), weights.image()).forEachPixel((value, weight) -> {
			if (weight.get() < 0.5) value.setZero();
		});
		MrcWriter.writeVolume(local.toPath(), resolutions, MrcMode.FLOAT32);
	}

	private static Path plotBeside(final Path table) {
		return table.resolveSibling(String.valueOf(table.getFileName()).replaceFirst("\\.[^.]*$", "") + ".png");
	}

	private String report(final ResolutionCurves curves) {
		final String resolution = curves.corrected().describeCrossing(ShellCorrelation.ONE_SEVENTH) +
			" at FSC 0.143, " + curves.corrected().describeCrossing(ShellCorrelation.HALF) + " at FSC 0.5";
		final String written = output == null ? "" : " Curve: " + output + ", " + plotBeside(output.toPath()) + ".";
		if (curves.masked() == null) return resolution + ", without a mask." + written;
		return String.format(Locale.ROOT, "%s, within the mask and corrected for it by random phases from shell %d on;" +
			" without the mask %s and %s.%s", resolution, curves.randomFrom(), curves.unmasked().describeCrossing(
				ShellCorrelation.ONE_SEVENTH), curves.unmasked().describeCrossing(ShellCorrelation.HALF), written);
	}
}
