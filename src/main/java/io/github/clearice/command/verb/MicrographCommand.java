package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.fourier.Volume;
import io.github.clearice.micrograph.MicrographOptions;
import io.github.clearice.micrograph.MicrographOptions.IceModel;
import io.github.clearice.micrograph.MicrographSimulation;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Simulates whole micrographs with particles at known places. */
@Plugin(type = Command.class, name = "micrograph", label = "Simulate Micrographs...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Simulate Micrographs...", weight = 3) },
	description = "Simulates micrographs with particles at known positions in ice of a given thickness.")
public final class MicrographCommand extends WritingCommand {

	@Parameter(label = "Structure or map",
		description = "A structure (.pdb, .cif) or a map (.mrc, .map). Several, separated by commas, make a mixed" +
		" sample; rlnClassNumber counts them in this order. In Fiji, titles of open maps work too.",
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Micrographs") })
	private String source;

	@Parameter(label = "Box (pixels)", description = "For a structure: edge length of its map. Default: a box" +
		" that fits the structure.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = "Default: the pixel size of the map, or 2 Å for a" +
		" structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double pixel;

	@Parameter(label = "Resolution (Å)",
		description = "For a structure: resolution of its map, with one Gaussian per atom. Default: electron" +
		" scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double resolution;

	@Parameter(label = "Width (pixels)", description = "Width of the micrographs.", min = "64", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer width = 1024;

	@Parameter(label = "Height (pixels)", description = "Height of the micrographs.", min = "64", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer height = 1024;

	@Parameter(label = "Micrographs", description = "Number of micrographs for each ice thickness.", min = "1",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer count = 1;

	@Parameter(label = "Particles", description = "Number of particles on each micrograph. Their centres lie" +
		" inside the micrograph.", min = "0",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Integer particles = 100;

	@Parameter(label = "Least distance (Å)", description = "Least distance between the centres of two particles.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double distance;

	@Parameter(label = "Ice thickness (nm)", description = "Thickness of the ice. Several values, separated by" +
		" commas, give that many micrographs for each.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private String thickness = "50";

	@Parameter(label = "SNR",
		description = "Signal-to-noise ratio without ice: variance of the particles divided by variance of the" +
		" camera's noise, within the box of a particle. Ice lowers it.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Double snr = 0.1;

	@Parameter(label = "Mean free path (nm)",
		description = "Mean free path of electrons in ice for inelastic scattering. 395 nm was measured at 300 kV" +
		" (Rice et al. 2018).",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Double path = IceModel.DEFAULT_MEAN_FREE_PATH_NANOMETRE;

	@Parameter(label = "Energy filter", description = "Use an energy filter, which removes inelastically" +
		" scattered electrons.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Boolean filter = false;

	@Parameter(label = "Noise of the ice",
		description = "Variance of the structural noise of 100 nm of ice, before the CTF, in units of the variance" +
		" of the camera's noise.", min = "0", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Double ice = 0.1;

	@Parameter(label = "Gradient", description = "Difference in background between the right and the left edge," +
		" in standard deviations of the camera's noise.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Double gradient = 0.0;

	@Parameter(label = "Carbon",
		description = "Fraction of the width, at the right, that is covered by a carbon film without particles.",
		min = "0", max = "0.9", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Ice"))
	private Double carbon = 0.0;

	@Parameter(label = "CTF",
		description = "Apply a contrast transfer function to the micrographs, with a random defocus for each.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean ctf = true;

	@Parameter(label = "Clean with CTF",
		description = "Keep the CTF in the clean micrographs, so that a network learns to remove only the noise.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean keepctf = false;

	@Parameter(label = "Least defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double mindefocus = 10_000.0;

	@Parameter(label = "Largest defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double maxdefocus = 25_000.0;

	@Parameter(label = "Voltage (kV)", description = "Acceleration voltage.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double voltage = 300.0;

	@Parameter(label = "Cs (mm)", description = "Spherical aberration.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double cs = 2.7;

	@Parameter(label = "Amplitude contrast", description = "Fraction of amplitude contrast, 0 to 1.", min = "0",
		max = "1", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double contrast = 0.1;

	@Parameter(label = "Tiles", description = "Number of pairs of tiles to cut from each micrograph for training" +
		" a denoiser of micrographs (tiles-noisy.mrcs and tiles-clean.mrcs). 0 cuts none.", min = "0", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer tiles = 0;

	@Parameter(label = "Edge of tiles (pixels)", description = "Edge length of the tiles, which becomes the box" +
		" of the denoiser.", min = "2", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Integer tile = 64;

	@Parameter(label = "Seed", description = "The same seed gives the same bytes.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Training"))
	private Long seed = 1L;

	@Parameter(label = "Output folder", description = "Folder for noisy.mrcs, clean.mrcs, labels.mrcs (the" +
		" number of the particle at each pixel) and coordinates.star.", style = FileWidget.DIRECTORY_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private File output;

	@Override
	public Map<String, String> defaults() {
		return Map.of("distance", "0.75 boxes");
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, MicrographSimulation.NOISY, MicrographSimulation.CLEAN, MicrographSimulation.LABELS,
			MicrographSimulation.STAR, MicrographSimulation.NOISY_TILES, MicrographSimulation.CLEAN_TILES);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path folder = required(output, "output");
		final List<WeightedMap> maps = new ArrayList<>();
		final MapSource source = new MapSource(box, pixel, resolution, AtomSelection.ALL, false);
		for (final Path map : existing(required(this.source, "source"), "source"))
			maps.add(new WeightedMap(map.getFileName().toString(), source.read(map, listener), 1));
		final Volume map = maps.get(0).map();
		final MicrographOptions options = new MicrographOptions(width, height, thicknesses(), count, particles,
			distance == null ? 0.75 * map.box() * map.pixelSizeAngstrom() : distance, snr, new IceModel(path, filter, ice),
			ctf ? new DefocusRange(mindefocus, maxdefocus, 0, voltage, cs, contrast, 0, 0) : null, keepctf, gradient, carbon,
			seed);
		MicrographSimulation.run(maps, options, tiles, tile, folder, listener);
		final int micrographs = count * options.thicknessesNanometre().size();
		report(micrographs + (micrographs == 1 ? " micrograph with " : " micrographs with ") + particles +
			" particles each: " + folder.resolve(MicrographSimulation.NOISY) + ", " + folder.resolve(
				MicrographSimulation.STAR) + ".");
	}

	private List<Double> thicknesses() {
		final List<Double> numbers = new ArrayList<>();
		for (final String part : thickness.split(",")) {
			try {
				numbers.add(Double.valueOf(part.trim()));
			}
			catch (final NumberFormatException e) {
				throw new ParameterException("thickness=" + thickness + ": '" + part + "' is not a number. Join nm by commas.",
					e);
			}
		}
		return numbers;
	}
}
