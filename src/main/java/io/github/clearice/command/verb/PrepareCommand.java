package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.prepare.PreparationOptions;
import io.github.clearice.prepare.StackPreparation;
import io.github.clearice.prepare.StackPreparation.Prepared;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.RowCondition;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Crops, resamples, normalises and selects particles before they are denoised. */
@Plugin(type = Command.class, name = "prepare", label = "Prepare Particles...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Prepare Particles...", weight = 4) },
	description = "Crops, pads, bins, inverts, normalises, centres and selects particles, and flips their" +
		" phases.")
public final class PrepareCommand extends WritingCommand {

	@Parameter(label = "Particles", description = "An MRC stack, or a STAR or .cs file, of any length. In Fiji," +
		" the title of an open image works too; if empty, the active image is used.", required = false, persist = false,
		attrs = @Attr(
			name = CommandParameter.IMAGE, value = CommandParameter.ACTIVE))
	private File input;

	@Parameter(label = "Box (pixels)",
		description = "Crop the images around their centre to this box, or pad them with the mean of their" +
		" background. This is done after resampling. Default: the whole image.", required = false, persist = false)
	private Integer box;

	@Parameter(label = "Scale to (pixels)",
		description = "Resample the whole images to this number of pixels per edge, by cropping or padding their" +
		" Fourier transform. Images are cropped to box= afterwards.", required = false, persist = false)
	private Integer scale;

	@Parameter(label = "New pixel size (Å)",
		description = "Resample the images to this pixel size, instead of giving a number of pixels.", required = false,
		persist = false)
	private Double pixel;

	@Parameter(label = "Old pixel size (Å)",
		description = "Pixel size of the input, if the file does not state it or is wrong.", required = false,
		persist = false)
	private Double original;

	@Parameter(label = "Invert contrast",
		description = "Turn dark particles bright, as models and classical methods expect them.", required = false,
		persist = false)
	private Boolean invert = false;

	@Parameter(label = "Normalise",
		description = "Scale each image so that its background has mean 0 and standard deviation 1, as RELION does.",
		required = false, persist = false)
	private Boolean normalise = false;

	@Parameter(label = "Remove ramp",
		description = "With normalise=: first subtract the plane that fits the background of each image best, as" +
		" RELION does.", required = false, persist = false)
	private Boolean ramp = true;

	@Parameter(label = "Particle diameter (boxes)",
		description = "With normalise=: diameter of the circle around the particle, as a fraction of the box" +
		" before padding. The background is measured outside it.", required = false,
		persist = false)
	private Double diameter = ParticleBackground.DEFAULT_DIAMETER_FRACTION;

	@Parameter(label = "Flip phases",
		description = "Multiply the Fourier transform by the sign of the CTF listed in the STAR file, and record" +
		" this in the STAR file.", required = false, persist = false)
	private Boolean flip = false;

	@Parameter(label = "Centre",
		description = "Apply the shifts listed in the STAR file to the images, and set them to 0 there.",
		required = false, persist = false)
	private Boolean centre = false;

	@Parameter(label = "Select",
		description = "Keep only the rows of the STAR file that meet a condition, such as rlnClassNumber=1,3 and" +
		" rlnDefocusU<25000. The comparisons are = != < <= > >=.", required = false, persist = false)
	private String select = "";

	@Parameter(label = "Prepared stack", description = "The stack to write. If the input is a STAR file, a STAR" +
		" file with all its columns is written beside it. Default: the name of the input with -prepared, in the" +
		" same folder; for an open image, a new image.", style = FileWidget.SAVE_STYLE, required = false,
		persist = false, attrs = @Attr(
			name = CommandParameter.RESULT, value = "prepared"))
	private File output;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	protected List<Path> outputs() {
		if (input == null) return output == null ? List.of() : List.of(output.toPath());
		final Path target = output != null ? output.toPath() : beside(input.toPath());
		return RelionParticles.isTable(input.toPath()) ? List.of(target, ParticleOutput.tableBeside(target, input
			.toPath())) : List.of(target);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existingOrActive(input, "input");
		final Path target = output == null ? beside(source) : output.toPath();
		final PreparationOptions options = new PreparationOptions(box == null ? 0 : box, scale == null ? 0 : scale,
			pixel == null ? Double.NaN : pixel, centre, flip, normalise, ramp, diameter, invert);
		try (ParticleStack stack = Stacks.open(source, original, project, listener)) {
			final ParticleStack chosen = select.isBlank() ? stack : selected(stack);
			final Prepared prepared = StackPreparation.run(chosen, options, original, target, listener);
			if (prepared.box() % 2 != 0) listener.message("RELION refines particles of even boxes only, and " + target +
				" has boxes of " + prepared.box() + " pixels.");
			report(chosen.size() + (chosen.size() == stack.size() ? "" : " of " + stack.size()) + " particles prepared: " +
				target + (stack.rows().isPresent() ? ", " + ParticleOutput.tableBeside(target, stack) : "") + ". " + done(stack,
					prepared, options));
		}
	}

	private ParticleStack selected(final ParticleStack stack) {
		final int[] rows = RowCondition.of(select).rows(stack.rows().orElseThrow(() -> new ParameterException(input +
			" has no table to select from (select=). Give the STAR file that lists the particles.")).table());
		if (rows.length == 0) throw new ParameterException("Of the " + stack.size() + " particles of " + input +
			" none meets select=" + select + ". Check the condition.");
		return stack.particles(rows);
	}

	/** Describes what was done with the images, in this order. */
	private static String done(final ParticleStack stack, final Prepared prepared, final PreparationOptions options) {
		final List<String> steps = new ArrayList<>();
		if (options.centre()) steps.add("shifted to the centre");
		if (options.flip()) steps.add("phases flipped");
		if (options.scaledBox() > 0 && options.scaledBox() != stack.box() || !Double.isNaN(options.pixelSizeAngstrom()))
			steps.add("resampled");
		if (options.box() > 0) steps.add("cropped or padded to " + options.box() + " pixels");
		if (options.normalise()) steps.add("background normalised" + (options.ramp() ? " without its ramp" : ""));
		if (options.invert()) steps.add("contrast inverted");
		return size(stack.box(), stack.pixelSizeAngstrom()) + " became " + size(prepared.box(), prepared
			.pixelSizeAngstrom()) + (steps.isEmpty() ? ", unchanged." : ": " + String.join(", ", steps) + ".");
	}

	private static String size(final int pixels, final double pixelSizeAngstrom) {
		return pixels + " x " + pixels + " pixels" + (Double.isNaN(pixelSizeAngstrom) ? "" : String.format(Locale.ROOT,
			" of %.6g Å", pixelSizeAngstrom));
	}

	private static Path beside(final Path source) {
		return source.resolveSibling(source.getFileName().toString().replaceFirst(
			"(?i)\\.(mrcs?|st|star|cs)(\\.gz|\\.bz2)?$", "") + "-prepared.mrcs");
	}
}
