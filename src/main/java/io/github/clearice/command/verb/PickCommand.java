package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.OpenImage;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.command.input.MicrographInput;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.micrograph.Candidates;
import io.github.clearice.micrograph.Micrograph;
import io.github.clearice.micrograph.Micrographs;
import io.github.clearice.micrograph.ParticleExtraction;
import io.github.clearice.micrograph.ParticleFinders;
import io.github.clearice.micrograph.Pick;
import io.github.clearice.micrograph.PickOptions;
import io.github.clearice.micrograph.PickTables;
import io.github.clearice.micrograph.PickTruth;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Finds particles in micrographs. */
@Plugin(type = Command.class, name = "pick", label = "Pick Particles...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Pick Particles...", weight = 7) },
	description = "Finds particles in micrographs by correlation with views of a map or with a disc.")
public final class PickCommand extends WritingCommand {

	private static final double DEFAULT_ERRORS = 0.05;
	private static final String AUTO = "auto";

	@Parameter(label = "Micrographs",
		description = "An MRC file with one micrograph or a stack of them, or a STAR or .cs file that lists them," +
		" noisy or denoised. In Fiji, the title of an open image works too; if empty, the active image is used." +
		" Boxes are shown on it.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.ACTIVE),
			@Attr(name = CommandParameter.SECTION, value = "Micrographs") })
	private File input;

	@Parameter(label = "Map",
		description = "A map (.mrc, .map) or structure (.pdb, .cif) of the particle. Default: search for a disc.",
			required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Micrographs") })
	private File map;

	@Parameter(label = "Diameter (Å)", description = "Diameter of the particle. Default: that of the map.",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double diameter;

	@Parameter(label = "Least distance (Å)", description = "Least distance between two particles.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Double distance;

	@Parameter(label = "Resolution (Å)",
		description = "The finest detail that is compared.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Double resolution = 20.0;

	@Parameter(label = "Order of the grid", description = "Order of the HEALPix grid: 0 has 12 views of the map," +
		" 1 has 48, 2 has 192.",
		min = "0", max = "4", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Integer order = 1;

	@Parameter(label = "In-plane step (degrees)", description = "Step between in-plane rotations of a view.", min = "1",
		max = "360", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Double angle = 15.0;

	@Parameter(label = "Defocus (Å)",
		description = "Approximate defocus of the micrographs. The CTF is applied to the views. Default: the" +
		" defocus that a STAR file lists for each micrograph, if any.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Double defocus;

	@Parameter(label = "CTF",
		description = "Apply the CTFs that a STAR file lists to the views. auto does so if it lists defoci. Use" +
		" false for micrographs whose CTF a network has corrected.", choices = {
				AUTO, "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private String ctf = AUTO;

	@Parameter(label = "Voltage (kV)", description = "With defocus=: acceleration voltage.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private Double voltage = 300.0;

	@Parameter(label = "Dark particles",
		description = "The particles are dark on a bright background, as the microscope records them. They are" +
		" extracted with inverted contrast, bright on dark.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Boolean dark = false;

	@Parameter(label = "Threshold", description = "Least correlation coefficient of a pick. By default, it is" +
		" chosen so that the fraction of false picks is errors=.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double threshold;

	@Parameter(label = "Expected",
		description = "Number of particles on each micrograph. The best ones are picked, instead of using a" +
		" threshold.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer expected;

	@Parameter(label = "False picks",
		description = "Without threshold= and expected=: the accepted fraction of false picks, which is estimated" +
		" from the peaks of the inverted micrograph.", min = "0", max = "1", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double errors = DEFAULT_ERRORS;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the micrographs, if the file does not" +
		" state it.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double pixel;

	@Parameter(label = "Extract (pixels)", description = "Box in which particles are extracted to particles.mrcs" +
		" and particles.star. By default, none are extracted.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer extract;

	@Parameter(label = "Original micrographs",
		description = "If the input is denoised: an MRC or STAR file of the original micrographs, in the same" +
		" order. Particles are extracted from these, and the tables list them.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private File original;

	@Parameter(label = "Truth",
		description = "A STAR file with the true coordinates of all particles, such as from simulated micrographs." +
		" Precision and recall are written to scores.tsv and curve.tsv.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Truth"))
	private File truth;

	@Parameter(label = "Reach (Å)",
		description = "With truth=: largest distance between a pick and the centre of a particle.", required = false,
			persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Truth"))
	private Double reach;

	@Parameter(label = "Output folder",
		description = "Folder for RELION coordinates (NAME_pick.star) and EMAN boxes (NAME_pick.box) of each" +
		" micrograph, and the table picks.tsv. For a STAR file of micrographs, also autopick.star, which RELION" +
		" 4 imports.", style = FileWidget.DIRECTORY_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private File output;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Search"))
	private File project;

	private final List<List<Pick>> found = new ArrayList<>();
	private int boxPixels;

	@Override
	public Map<String, String> defaults() {
		return Map.of("distance", "0.75 diameters", "reach", "0.25 diameters");
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, "picks.tsv", "scores.tsv", "curve.tsv", "autopick.star", "particles.mrcs",
			"particles.star");
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existingOrActive(input, "input"), folder = required(output, "output");
		final PickTruth known = truth == null ? null : PickTruth.read(existing(truth, "truth"));
		if (threshold != null && expected != null) throw new ParameterException(
			"Both threshold= and expected= are given. Give one of them.");
		try (Micrographs searched = MicrographInput.openAny(source, pixel, project, listener);
				Micrographs named = original == null ? searched : originals(searched, listener))
		{
			final ParticleFinders finders = new ParticleFinders(options(searched, listener), searched, listed(searched));
			final double across = finders.options().diameterAngstrom() / searched.pixelSizeAngstrom();
			boxPixels = extract != null ? extract : 2 * (int) Math.round(0.75 * across);
			final Path stack = folder.resolve("particles.mrcs");
			requireApart(stack, "output", named.files());
			AtomicOutput.requireWritable(folder.resolve("picks.tsv"));
			try (ParticleExtraction extraction = extract == null ? null : new ParticleExtraction(stack, extract, across, named
				.pixelSizeAngstrom(), dark, named.rows().orElse(null))) {
				run(searched, named, finders, known, extraction, folder, listener);
			}
		}
	}

	/** The micrographs that those to be searched were made from. */
	private Micrographs originals(final Micrographs searched, final TaskListener listener) {
		final Micrographs named = MicrographInput.openAny(existing(original, "original"), pixel, project, listener);
		if (named.size() == searched.size() && Math.abs(named.pixelSizeAngstrom() / searched.pixelSizeAngstrom() -
			1) < 1e-3) return named;
		named.close();
		throw new ParameterException(String.format(Locale.ROOT,
			"%s (original=) has %d micrograph%s of %s Å, but %d of %s Å are to be searched. Give those that they were made" +
				" from.", original, named.size(), named.size() == 1 ? "" : "s", named.pixelSizeAngstrom(), searched.size(),
			searched.pixelSizeAngstrom()));
	}

	/** Whether views get the CTFs that are listed. */
	private boolean listed(final Micrographs searched) {
		final boolean has = searched.ctf(0) != null;
		if ("true".equals(ctf) && !has) throw new ParameterException(input +
			" lists no defoci (ctf=true). Give a STAR file that does, or defocus=.");
		final boolean wanted = has && !"false".equals(ctf);
		if (wanted && defocus != null) throw new ParameterException("defocus= is given, but " + input +
			" lists the defocus of each micrograph. Leave it out, or give ctf=false too.");
		return wanted;
	}

	private PickOptions options(final Micrographs file, final TaskListener listener) {
		final Path path = map == null ? null : existing(map, "map");
		final Double voxel = path != null && MapSource.isStructure(path) ? Double.valueOf(Math.max(resolution / 4, file
			.pixelSizeAngstrom())) : null;
		return new PickOptions(path == null ? null : new MapSource(null, voxel, null, AtomSelection.ALL, false).read(
			path, listener), or(diameter), or(distance), resolution, new HealpixGrid(order), angle, defocus == null ? null
				: new CtfParameters(defocus, defocus, 0, voltage, 2.7, 0.1, 0, 0, 1), dark);
	}

	private static double or(final Double given) {
		return given == null ? Double.NaN : given;
	}

	private void run(final Micrographs searched, final Micrographs named, final ParticleFinders finders,
		final PickTruth known, final ParticleExtraction extraction, final Path folder, final TaskListener listener)
	{
		final double across = finders.options().diameterAngstrom() / searched.pixelSizeAngstrom();
		final double near = reach == null ? across / 4 : reach / searched.pixelSizeAngstrom();
		final StringBuilder table = new StringBuilder(PickTables.head()), scores = new StringBuilder(PickTables
			.scoreHead());
		final List<PickTruth.Score> all = new ArrayList<>();
		Machines.current().run(Steps.units("Picking", searched.size()), (first, end, done) -> {
			final Picked[] picked = new Picked[end - first];
			for (int i = first; i < end; i++) {
				final Micrograph micrograph = searched.read(i);
				final Candidates candidates = finders.find(i, micrograph, listener);
				final PickTruth.Score score = known == null ? null : known.score(i, micrograph, candidates.picks(), near,
					across / 2);
				picked[i - first] = new Picked(List.copyOf(chosen(candidates)), score);
			}
			return picked;
		}, range -> {
			for (final Picked picked : range) {
				final int i = found.size();
				found.add(picked.picks);
				table.append(PickTables.rows(named.name(i), picked.picks));
				if (known != null) {
					all.add(picked.score);
					scores.append(PickTables.score(named.name(i), picked.score, picked.picks.size()));
				}
				if (extraction != null) extraction.cut(i, named.read(i), picked.picks);
			}
		}, listener);
		write(named, folder, table.toString());
		if (extraction != null) extraction.commit();
		if (known != null) {
			TextFile.write(folder.resolve("scores.tsv"), scores.toString());
			TextFile.write(folder.resolve("curve.tsv"), PickTables.curve(PickTruth.Score.of(all)));
		}
		report(report(searched.size(), all, extraction, folder));
	}

	/** The particles of a micrograph, and how right they are where that is known. */
	private record Picked(List<Pick> picks, PickTruth.Score score) implements Serializable {}

	private List<Pick> chosen(final Candidates candidates) {
		if (threshold != null) return candidates.above(threshold);
		return expected != null ? candidates.best(expected) : candidates.withErrors(errors);
	}

	private int picked() {
		return found.stream().mapToInt(List::size).sum();
	}

	private void write(final Micrographs named, final Path folder, final String table) {
		final List<Path> coordinates = new ArrayList<>();
		for (int i = 0; i < named.size(); i++) {
			coordinates.add(folder.resolve(named.title(i) + "_pick.star"));
			PickTables.writeStar(coordinates.get(i), found.get(i));
			PickTables.writeBoxes(folder.resolve(named.title(i) + "_pick.box"), found.get(i), boxPixels);
		}
		named.rows().ifPresent(rows -> PickTables.writeList(folder.resolve("autopick.star"), rows, coordinates));
		TextFile.write(folder.resolve("picks.tsv"), table);
	}

	private String report(final int micrographs, final List<PickTruth.Score> all, final ParticleExtraction extraction,
		final Path folder)
	{
		final StringBuilder text = new StringBuilder(picked() + " particles picked on " + micrographs + (micrographs == 1
			? " micrograph" : " micrographs") + ": " + folder.resolve("picks.tsv") + ".");
		if (extraction != null) text.append(" ").append(extraction.count()).append(" cut out into ").append(folder.resolve(
			"particles.star")).append(", ").append(extraction.leftOut()).append(" too near to the rim for it.");
		if (!all.isEmpty()) text.append(score(all));
		return text.toString();
	}

	/** Each micrograph has its own threshold, so the picks are counted one by one. */
	private String score(final List<PickTruth.Score> all) {
		int right = 0, particles = 0;
		for (int i = 0; i < all.size(); i++) {
			right += all.get(i).found(found.get(i).size());
			particles += all.get(i).particles();
		}
		return String.format(Locale.ROOT, " Precision %.3f, recall %.3f; average precision %.3f.", right / Math.max(1.0,
			picked()), right / Math.max(1.0, particles), PickTruth.Score.of(all).averagePrecision());
	}

	@Override
	protected void present() {
		imageOf(input).or(this::activeOfInput).ifPresent(image -> image.mark(found, boxPixels));
	}

	/** The active image, if it was opened from the file that was given by its name. */
	private Optional<OpenImage> activeOfInput() {
		return caller().active().filter(image -> image.file().filter(file -> AtomicOutput.isSame(file, input
			.toPath())).isPresent());
	}
}
