package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.OpenImage;
import io.github.clearice.command.Plots;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.PoseTruth;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.reconstruct.pose.PoseMatch;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseOptions;
import io.github.clearice.reconstruct.pose.PoseTable;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Finds the poses of particles by comparing them with projections of a map. */
@Plugin(type = Command.class, name = "pose", label = "Match Poses...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Match Poses...", weight = 15) },
	description = "Finds the angles and shifts of particles by comparing them with projections of a map.")
public final class PoseCommand extends WritingCommand {

	private static final String AUTO = "auto";

	/** Default resolution in pixels: finer details of noisy particles are noise. */
	private static final double DEFAULT_RESOLUTION_PIXELS = 2.67;

	@Parameter(label = "Particles", description = "An MRC stack, or a STAR or .cs file, noisy or denoised," +
		" bright on dark. In Fiji, the title of an open image works too; mismatches are framed in it.", persist = false,
		attrs = {
			@Attr(name = CommandParameter.IMAGE), @Attr(name = CommandParameter.BESIDE, value = "output") })
	private File input;

	@Parameter(label = "Map", description = "An MRC volume with the box and pixel size of the particles.",
		persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE))
	private File map;

	@Parameter(label = "Order of the grid",
		description = "Order of the HEALPix grid. All its directions are tried before the best are refined. 2 has" +
		" 192 directions 15 degrees apart, 3 has 768 at 7 degrees, 4 has 3,072 at 4 degrees.", min = "0",
		max = "6", required = false, persist = false)
	private Integer order = 3;

	@Parameter(label = "Resolution (Å)", description = "The finest detail that is compared.", required = false,
		persist = false)
	private Double resolution;

	@Parameter(label = "Largest shift (Å)", description = "Largest shift of particles from the centre of their" +
		" image, along x and y. The time grows with its square.", min = "0", required = false, persist = false)
	private Double shift = 6.0;

	@Parameter(label = "Symmetry",
		description = "Point group of the map. Equivalent views count as one in the confidence.",
		required = false, persist = false)
	private String symmetry = "C1";

	@Parameter(label = "CTF",
		description = "The images have the CTFs of the STAR file. auto: true if it lists defoci. Use false for" +
		" images whose CTF is corrected.", choices = { AUTO, "true", "false" }, required = false,
		persist = false)
	private String ctf = AUTO;

	@Parameter(label = "Confidence", description = "Views with a lower probability of being right are marked as" +
		" mismatches.", min = "0", max = "1", required = false, persist = false)
	private Double confidence = 0.5;

	@Parameter(label = "True poses",
		description = "A STAR file with the true angles and shifts of the same particles in the same order, such" +
		" as from a simulation. Errors are written to NAME-errors.tsv beside the table, and their histogram to" +
		" NAME-histogram.tsv and .png.", required = false, persist = false)
	private File truth;

	@Parameter(label = "Compare with",
		description = "With true poses: tables of errors (NAME-errors.tsv) of other runs, separated by commas, to" +
		" plot in the same picture.", required = false, persist = false)
	private String compare;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the particles, if the files do not state" +
		" it.", required = false,
		persist = false)
	private Double pixel;

	@Parameter(label = "Table",
		description = "The STAR file to write: all columns of the input, angles, origins, score," +
			" confidence and mismatch.", style = FileWidget.SAVE_STYLE, persist = false)
	private File output;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	public Map<String, String> defaults() {
		return Map.of("resolution", DEFAULT_RESOLUTION_PIXELS + " pixels");
	}

	private List<PoseMatch> found = List.of();
	private PoseErrors.Table errors;
	private Plots.Plot plot;

	@Override
	protected void present() {
		Desktop.get().table(table());
		if (plot != null) show(plot.image());
		final OpenImage particles = imageOf(input).orElseGet(() -> {
			final OpenImage opened = Desktop.get().open(output.toPath());
			show(opened);
			return opened;
		});
		particles.frame("mismatch", particle -> PoseTable.isMismatch(found.get(particle), confidence)
			? String.format(Locale.ROOT, "mismatch, confidence %.2f", found.get(particle).confidence()) : null);
	}

	/** One row a particle: angles in degrees, offsets in Å, and with the truth how far they are from it. */
	private List<String> table() {
		final StringBuilder table = new StringBuilder(TabSeparated.line("rot", "tilt", "psi", "x", "y", "score",
			"confidence", "mismatch", errors == null ? List.of() : List.of("angle error", "shift error")));
		for (int i = 0; i < found.size(); i++) {
			final PoseMatch match = found.get(i);
			final Orientation orientation = match.pose().orientation();
			table.append(TabSeparated.line(orientation.rotDegree(), orientation.tiltDegree(), orientation.psiDegree(), match
				.pose().originXAngstrom(), match.pose().originYAngstrom(), match.score(), match.confidence(), PoseTable
					.isMismatch(match, confidence) ? 1 : 0, errors == null ? List.of() : List.of(errors.degrees()[i], errors
						.shiftsAngstrom()[i])));
		}
		return table.toString().lines().toList();
	}

	@Override
	protected List<Path> outputs() {
		if (output == null) return List.of();
		final List<Path> files = new ArrayList<>(List.of(output.toPath()));
		if (truth != null) files.addAll(new PoseTruth(output.toPath(), List.of()).files());
		return files;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existing(input, "input"), template = existing(map, "map");
		final Path target = required(output, "output");
		final PointGroup group = PointGroup.of(symmetry);
		try (ParticleStack stack = Stacks.open(source, pixel, project, listener)) {
			final List<Path> inputs = new ArrayList<>(stack.files());
			inputs.add(template);
			if (truth != null) inputs.add(existing(truth, "truth"));
			requireApart(target, "output", inputs);
			AtomicOutput.requireWritable(target);
			final RelionParticles known = known(stack.size());
			final PoseTruth comparison = comparison(target, inputs);
			final Volume volume = Denoisers.map(template, stack.pixelSizeAngstrom(), listener);
			final double voxel = volume.pixelSizeAngstrom();
			final PoseOptions options = new PoseOptions(new HealpixGrid(order), resolution == null
				? DEFAULT_RESOLUTION_PIXELS * voxel : resolution, shift, AUTO.equals(ctf) ? PoseMatching
					.listsCtfs(stack) : Boolean.parseBoolean(ctf), group);
			found = PoseMatching.run(stack, volume, options, listener);
			PoseTable.write(target, stack, voxel, found, confidence);
			if (known != null) {
				errors = PoseErrors.Table.of(known, found, group, confidence);
				plot = comparison.write(errors);
			}
			report(report(target));
		}
	}

	/** The true poses, or null; what cannot be compared is refused before the search. */
	private RelionParticles known(final int particles) {
		if (truth == null) {
			if (compare != null) throw new ParameterException(
				"compare= draws errors, which need the true poses. Give truth= too.");
			return null;
		}
		final RelionParticles known = RelionParticles.read(truth.toPath());
		PoseErrors.requireSame(known, particles);
		return known;
	}

	private PoseTruth comparison(final Path target, final List<Path> inputs) {
		final PoseTruth comparison = new PoseTruth(target, compare == null ? List.of() : existing(compare, "compare"));
		if (truth != null) comparison.require(inputs);
		return comparison;
	}

	private String report(final Path target) {
		final double[] scores = found.stream().mapToDouble(PoseMatch::score).sorted().toArray();
		final long wrong = found.stream().filter(match -> PoseTable.isMismatch(match, confidence)).count();
		return String.format(Locale.ROOT,
			"%d particles: %s. Median score %.3f; %d marked as mismatches (confidence below %s).", found.size(), target,
			scores[scores.length / 2], wrong, confidence) + (errors == null ? "" : " " + errors.summary());
	}
}
