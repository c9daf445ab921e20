package io.github.clearice.command;

import io.github.clearice.fiji.plot.MapPicture;
import io.github.clearice.fiji.plot.RefinementHistory;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Refinement;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reconstruct.ShellFilter;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseTable;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Refines poses and map from a coarse start. */
@Plugin(type = Command.class, name = "refine", label = "Refine...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Refine...", weight = 16) },
	description = "Finds poses and map by turns from a coarse start, with independent half-sets.")
public final class RefineCommand extends WritingCommand {

	private static final String AUTO = "auto";
	private static final String STAR = "particles.star";

	/** Of the box, as in RELION. */
	private static final double DEFAULT_DIAMETER = 0.75;

	@Parameter(label = "Particles", description = "An MRC stack, or a STAR or .cs file, noisy or denoised, bright on" +
		" dark. Angles that it lists are not used.", persist = false)
	private File input;

	@Parameter(label = "Starting map",
		description = "An MRC volume of the box and pixel size of the particles, of which" +
			" only coarse detail is taken.", persist = false)
	private File map;

	@Parameter(label = "Output folder",
		description = "Receives particles.star, map.mrc and those of the half-sets, fsc.tsv," +
			" iterations.tsv, iterations.png and maps.png.", style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Parameter(label = "Detail of the start (Å)",
		description = "The starting map is low-passed to this; up to it half-sets share what they are compared with.",
		required = false, persist = false)
	private Double start = 60.0;

	@Parameter(label = "Order of the finest grid",
		description = "Of HEALPix, as in Match Poses; coarser ones are taken while the map is coarse.", min = "1",
		max = "6", required = false, persist = false)
	private Integer order = 3;

	@Parameter(label = "Largest shift (Å)", description = "Of particles off the centre of their image, along x and y." +
		" Time grows with its square.", min = "0", required = false, persist = false)
	private Double shift = 6.0;

	@Parameter(label = "Particle diameter (Å)",
		description = "What lies outside is left out of the map that particles are" +
			" compared with, and of the correlation. Without it, three quarters of the box.", required = false,
		persist = false)
	private Double diameter;

	@Parameter(label = "Iterations",
		description = "At most; it ends when two have not improved the resolution, or at the same" +
			" resolution the correlation of the half-sets.", min = "1", required = false, persist = false)
	private Integer iterations = 12;

	@Parameter(label = "Symmetry", description = "The point group of the particle: Cn, Dn, T, O, I, I1, I2, I3 or I4.",
		required = false, persist = false)
	private String symmetry = "C1";

	@Parameter(label = "CTF",
		description = "Whether the images have the CTFs of the STAR file: auto if it has defoci. Give" +
			" false for images whose CTF is corrected.", choices = { AUTO, "true", "false" }, required = false,
		persist = false)
	private String ctf = AUTO;

	@Parameter(label = "Before denoising",
		description = "Of denoised particles, the noisy ones in the same order (a stack or" +
			" STAR file). Poses are then found on the denoised ones, but maps, half-sets and particles.star are of these," +
			" with the" +
			" CTFs that they list.", required = false, persist = false)
	private File raw;

	@Parameter(label = "True map",
		description = "Of a simulation: iterations.tsv then tells how far the map is true and, where" +
			" the STAR file lists angles, how far orientations lie from them.", required = false, persist = false)
	private File truth;

	@Parameter(label = "Pixel size (Å)", description = "Of the particles, where the files do not say.", required = false,
		persist = false)
	private Double pixel;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	public Map<String, String> defaults() {
		return Map.of("diameter", "three quarters of the box");
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, STAR, "map.mrc", "fsc.tsv", "maps.png", "iterations.tsv", "iterations.png");
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existing(input, "input"), template = existing(map, "map"), folder = required(output, "output");
		final PointGroup group = PointGroup.of(symmetry);
		try (ParticleStack stack = Stacks.open(source, pixel, project, listener);
				ParticleStack before = raw == null ? null : Stacks.open(existing(raw, "raw"), pixel, project, listener))
		{
			final ParticleStack kept = before == null ? stack : before;
			final List<Path> inputs = new ArrayList<>(stack.files());
			inputs.addAll(kept.files());
			inputs.add(template);
			for (final String name : List.of(STAR, "map.mrc")) requireApart(folder.resolve(name), "output", inputs);
			AtomicOutput.requireWritable(folder.resolve(STAR));
			final Volume begun = Denoisers.map(template, stack.pixelSizeAngstrom(), listener);
			final Volume known = truth == null ? null : Denoisers.map(existing(truth, "truth"), stack.pixelSizeAngstrom(),
				listener);
			if (known != null) begun.requireAlike(template.toString(), known, truth.toString());
			final Refinement.Options options = new Refinement.Options(new HealpixGrid(order), start, shift, diameter == null
				? DEFAULT_DIAMETER * begun.box() * begun.pixelSizeAngstrom() : diameter, AUTO.equals(ctf) ? PoseMatching
					.listsCtfs(stack) : Boolean.parseBoolean(ctf), group, iterations);
			final RefinementHistory history = new RefinementHistory(known, kept.rows().filter(rows -> rows.table().has(
				"rlnAngleRot")).orElse(null), group);
			final Refinement.Step best = Refinement.run(stack, kept, before == null ? options.ctf() : PoseMatching.listsCtfs(
				before), begun, options, step -> {
				history.add(step);
				listener.message(history.describe(step.number()));
				history.write(folder);
			}, listener);
			write(folder, kept, begun, known, best, options);
			report(String.format(Locale.ROOT, "%d particles: %s, %s. The best of %d iterations, within %.0f Å: %s", stack
				.size(), folder.resolve(STAR), folder.resolve("map.mrc"), history.rows().size(), options.diameterAngstrom(),
				history.describe(best.number())));
		}
	}

	private static void write(final Path folder, final ParticleStack stack, final Volume begun, final Volume known,
		final Refinement.Step best, final Refinement.Options options)
	{
		PoseTable.write(folder.resolve(STAR), stack, begun.pixelSizeAngstrom(), best.poses(), 0);
		best.maps().write(folder.resolve("map.mrc"));
		new ResolutionCurves(best.halves(), null, null, best.halves(), 0).write(folder.resolve("fsc.tsv"));
		final Map<String, Volume> maps = new LinkedHashMap<>();
		if (known != null) maps.put("truth", known);
		maps.put("start", ShellFilter.lowPass(begun, options.startAngstrom()));
		maps.put("refined", best.maps().whole());
		MapPicture.write(folder.resolve("maps.png"), maps);
	}
}
