package io.github.clearice.command.verb;

import io.github.clearice.command.ClusterLine;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.DenoisedParticles;
import io.github.clearice.command.input.MaskChoice;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Reconstruction;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.CtfState;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Reconstructs a map from particles with known angles. */
@Plugin(type = Command.class, name = "reconstruct", label = "Reconstruct...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Reconstruct...", weight = 12) },
	description = "Reconstructs a map from particles with known angles, shifts and CTFs.")
public final class ReconstructCommand extends WritingCommand {

	private static final String AUTO = "auto";

	@Parameter(label = "Particles", description = "A STAR or .cs file with angles. Its stacks may have any" +
		" length.",
		persist = false)
	private File star;

	@Parameter(label = "Symmetry",
		description = "Point group of the particle, with axes as in RELION: Cn, Dn, T, O, I, I1, I2, I3 or I4.",
		required = false, persist = false)
	private String symmetry = "C1";

	@Parameter(label = "CTF",
		description = "The images have the CTFs of the STAR file, which are corrected. auto: true if it lists" +
		" defoci. Use false for images whose CTF is already corrected, for example by a network.", choices = { AUTO,
		"true", "false" }, required = false, persist = false)
	private String ctf = AUTO;

	@Parameter(label = "Half-sets", description = "Also reconstruct the two half-sets (rlnRandomSubset, or every" +
		" other particle), written as _half1 and _half2 beside the map. Their correlation gives the resolution" +
		" and the Wiener filter of the map. Without half-sets, the map is not filtered, and half the memory is" +
		" needed.",
		required = false, persist = false)
	private Boolean halves = true;

	@Parameter(label = "Mask",
		description = "With half-sets: a volume from 0 (outside) to 1 (inside) with a soft edge, or auto to make" +
		" one from the mean of both. Also reports their correlation within the mask, corrected for the effect of" +
		" the mask itself. The map does not change.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File mask;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the particles, if the files do not state" +
		" it.", required = false,
		persist = false)
	private Double pixel;

	@Parameter(label = "Map", description = "The MRC volume to write.", style = FileWidget.SAVE_STYLE, persist = false)
	private File output;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Parameter(label = "Line for the cluster", description = ClusterLine.DESCRIPTION, required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.REMEMBERED), @Attr(name = CommandParameter.SECTION, value = "Cluster") })
	private String spark = "";

	@Override
	protected String cluster() {
		return spark.strip();
	}

	@Override
	protected void present() {
		open(output.toPath());
	}

	@Override
	protected List<Path> outputs() {
		if (output == null) return List.of();
		final Path target = output.toPath();
		return halves ? List.of(target, Reconstruction.Maps.halfFile(target, 1), Reconstruction.Maps.halfFile(target,
			2)) : List
			.of(target);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existing(star, "star");
		final Path target = required(output, "output");
		final PointGroup group = PointGroup.of(symmetry);
		try (ParticleStack stack = Stacks.open(source, pixel, project, listener)) {
			for (final Path file : List.of(target, Reconstruction.Maps.halfFile(target, 1),
				Reconstruction.Maps.halfFile(target,
				2)))
			{
				requireApart(file, "output", stack.files());
			}
			if (mask != null && !halves) throw new ParameterException(
				"mask= is for the correlation of half-sets, and halves=false makes none. Leave one of them out.");
			MaskChoice.requireBox(mask, stack.box(), listener);
			AtomicOutput.requireWritable(target);
			OutputException.requireSpace(target, (halves ? 3L : 1) * Float.BYTES * stack.box() * stack.box() * stack.box());
			final boolean corrected = corrected(stack, listener);
			final Reconstruction.Maps maps = Reconstruction.run(stack, new Reconstruction.Options(group, corrected, halves),
				listener);
			maps.write(target);
			report(report(target, stack.size(), maps) + masked(target, maps, listener) + (halves ? DenoisedParticles
				.noteOnHalves(stack) : ""));
		}
	}

	private boolean corrected(final ParticleStack stack, final TaskListener listener) {
		if (!AUTO.equals(ctf)) return Boolean.parseBoolean(ctf);
		final boolean listed = stack.rows().orElseThrow(() -> new ParameterException(star +
			" is not a STAR file and has no angles. Give a STAR file (star=).")).table().has("rlnDefocusU");
		if (listed && stack.rows().get().particles().stream().allMatch(particle -> particle.observation()
			.ctfState() == CtfState.CORRECTED)) listener.message("The images of " + star +
				" are free of their CTFs already, as it says (" + CtfState.CORRECTED.column() + ").");
		else if (listed) listener.message("The CTFs that " + star +
			" lists are corrected; give ctf=false if the images have none.");
		return listed;
	}

	/** The correlation of the halves within the mask, for the report. */
	private String masked(final Path target, final Reconstruction.Maps maps, final TaskListener listener) {
		if (mask == null) return "";
		final ResolutionCurves curves = ResolutionCurves.of(maps.first(), maps.second(), MaskChoice.weights(mask, target
			.toString(), maps.first(), maps.second(), listener), 1);
		return String.format(Locale.ROOT,
			" Within the mask, and corrected for it by random phases from shell %d on: %.2f Å and %.2f Å.", curves
				.randomFrom(), curves.corrected().resolutionAngstrom(ShellCorrelation.ONE_SEVENTH), curves.corrected()
					.resolutionAngstrom(ShellCorrelation.HALF));
	}

	private static String report(final Path target, final int particles, final Reconstruction.Maps maps) {
		final Volume map = maps.whole();
		final String written = String.format(Locale.ROOT, "%d particles: %s, %d x %d x %d voxels of %s Å", particles,
			target, map.box(), map.box(), map.box(), map.pixelSizeAngstrom());
		if (maps.first() == null) return written + ".";
		return String.format(Locale.ROOT, "%s, %s, %s. The halves correlate to %.2f Å (FSC 0.143) and %.2f Å (FSC 0.5)," +
			" without a mask.", written, Reconstruction.Maps.halfFile(target, 1), Reconstruction.Maps.halfFile(target,
				2), maps.correlation().resolutionAngstrom(ShellCorrelation.ONE_SEVENTH), maps.correlation()
					.resolutionAngstrom(ShellCorrelation.HALF));
	}
}
