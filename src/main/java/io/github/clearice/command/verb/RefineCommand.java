package io.github.clearice.command.verb;

import io.github.clearice.command.Desktop;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.DenoisedParticles;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.evaluate.MapPicture;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Refinement;
import io.github.clearice.reconstruct.RefinementHistory;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reconstruct.ShellFilter;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseTable;
import io.github.clearice.reproduce.LinePlot;
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
import java.util.function.ToDoubleFunction;

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
	description = "Refines the poses of particles and their map alternately from a coarse map," +
	" with independent half-sets.")
public final class RefineCommand extends WritingCommand {

	private static final String AUTO = "auto";
	private static final String STAR = "particles.star";

	/** Diameter of the particle in boxes, as in RELION. */
	private static final double DEFAULT_DIAMETER = 0.75;

	@Parameter(label = "Particles", description = "An MRC stack, or a STAR or .cs file, noisy or denoised," +
		" bright on dark. Listed angles are not used.", persist = false)
	private File input;

	@Parameter(label = "Starting map",
		description = "An MRC volume with the box and pixel size of the particles. Only its coarse detail is used.",
			persist = false)
	private File map;

	@Parameter(label = "Output folder",
		description = "Folder for particles.star, map.mrc, the half-maps, fsc.tsv, iterations.tsv, iterations.png" +
		" and maps.png.", style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Parameter(label = "Detail of the start (Å)",
		description = "The starting map is low-pass filtered to this resolution. The half-sets are independent" +
		" only beyond it.",
		required = false, persist = false)
	private Double start = 60.0;

	@Parameter(label = "Order of the finest grid",
		description = "Order of the HEALPix grid, as in Match Poses. Coarser grids are used while the map is" +
		" coarse.", min = "1",
		max = "6", required = false, persist = false)
	private Integer order = 3;

	@Parameter(label = "Largest shift (Å)", description = "Largest shift of particles from the centre of their" +
		" image, along x and y. The time grows with its square.", min = "0", required = false, persist = false)
	private Double shift = 6.0;

	@Parameter(label = "Particle diameter (Å)",
		description = "Density outside this sphere is removed from the map that particles are compared with, and" +
		" from the correlation.", required = false,
		persist = false)
	private Double diameter;

	@Parameter(label = "Iterations",
		description = "Largest number of iterations. The refinement ends when two of them improve neither the" +
		" resolution nor, at the same resolution, the correlation of the half-sets.", min = "1", required = false,
		persist = false)
	private Integer iterations = 12;

	@Parameter(label = "Symmetry", description = "Point group of the particle: Cn, Dn, T, O, I, I1, I2, I3 or I4.",
		required = false, persist = false)
	private String symmetry = "C1";

	@Parameter(label = "CTF",
		description = "The images have the CTFs of the STAR file. auto: true if it lists defoci. Use false for" +
		" images whose CTF is corrected.", choices = { AUTO, "true", "false" }, required = false,
		persist = false)
	private String ctf = AUTO;

	@Parameter(label = "Before denoising",
		description = "If the input is denoised: the noisy particles in the same order (a stack or STAR file)." +
		" Poses are found on the denoised particles. Maps, half-sets and particles.star are made from the noisy" +
		" ones, with the CTFs that they list.", required = false, persist = false)
	private File raw;

	@Parameter(label = "True map",
		description = "The true map of a simulation. iterations.tsv then lists the resolution against it and, if" +
		" the STAR file lists angles, the errors of the orientations.", required = false, persist = false)
	private File truth;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the particles, if the files do not state" +
		" it.", required = false,
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
				history.write(folder.resolve("iterations.tsv"));
				draw(history, folder.resolve("iterations.png"));
			}, listener);
			write(folder, kept, begun, known, best, options);
			report(String.format(Locale.ROOT, "%d particles: %s, %s. The best of %d iterations, within %.0f Å: %s", stack
				.size(), folder.resolve(STAR), folder.resolve("map.mrc"), history.rows().size(), options.diameterAngstrom(),
				history.describe(best.number())) + DenoisedParticles.noteOnHalves(kept));
		}
	}

	private static void draw(final RefinementHistory history, final Path target) {
		final List<LinePlot.Series> curves = new ArrayList<>(List.of(series(history, "half-sets, FSC 0.143", row -> row
			.step().resolutionAngstrom())));
		if (history.truth() != null) curves.add(series(history, "true map, FSC 0.5", RefinementHistory.Row::truth05));
		Desktop.get().plots().write(target, "iteration", "resolution (Å)", curves);
	}

	private static LinePlot.Series series(final RefinementHistory history, final String name,
		final ToDoubleFunction<RefinementHistory.Row> value)
	{
		return new LinePlot.Series(name, history.rows().stream().mapToDouble(row -> row.step().number()).toArray(), history
			.rows().stream().mapToDouble(value).toArray(), null);
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
