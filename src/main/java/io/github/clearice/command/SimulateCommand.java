package io.github.clearice.command;

import io.github.clearice.simulate.Simulation;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Simulates pairs of clean and noisy particles. */
@Plugin(type = Command.class, name = "simulate", label = "Simulate Particles...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Simulate Particles...", weight = 2) },
	description = "Simulates clean and noisy particles of a structure or of maps, with CTF and noise.")
public final class SimulateCommand extends WritingCommand {

	private static final int DEFAULT_COUNT = 2000;

	@Parameter(label = "Structure or map",
		description = "A structure (.pdb, .cif) or a map (.mrc, .map). Several, separated by commas, make a mixed" +
		" sample; rlnClassNumber counts them in this order. In Fiji, titles of open maps work too.",
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Particles") })
	private String source;

	@Parameter(label = "Weights", description = "Relative amounts of the states in a mixed sample, separated by" +
		" commas. Default: equal.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String weights = "";

	@Parameter(label = "Box (pixels)",
		description = "Edge length of the images. Default: the box of the map, or a box that fits the structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = "Default: the pixel size of the map, or 2 Å for a" +
		" structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Double pixel;

	@Parameter(label = "Resolution (Å)",
		description = "For a structure: resolution of its map, with one Gaussian per atom. Default: electron" +
		" scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private Double resolution;

	@Parameter(label = "Chains", description = "For a structure: chains to include, such as A,B,E-G. Default:" +
		" all.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String chains = "";

	@Parameter(label = "Exclude", description = "For a structure: atoms to leave out, separated by commas:" +
		" water, hydrogen, ligand, protein, nucleic, chain:NAME.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String exclude = "";

	@Parameter(label = "Particles", description = "Number of pairs of clean and noisy images. With a STAR file" +
		" of orientations, at most the number of its rows.", min = "1", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Integer count = DEFAULT_COUNT;

	@Parameter(label = "SNR",
		description = "Signal-to-noise ratio: variance of the signal divided by variance of the noise, over the" +
		" whole box; or a range, such as 0.03,0.3, from which each particle gets its own. Default: 0.1, unless" +
		" sigma is given.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String snr = "";

	@Parameter(label = "Sigma", description = "Standard deviation of the noise per pixel, instead of an SNR.", min = "0",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Double sigma;

	@Parameter(label = "SNR of each",
		description = "stack uses one noise level for all particles, computed from their mean signal, as a camera" +
		" does. image uses a noise level for each particle, computed from its own signal.",
		choices = { SimulationParameters.STACK,
				SimulationParameters.IMAGE }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String level = SimulationParameters.STACK;

	@Parameter(label = "Ice share", description = "Fraction of the noise variance that comes from the ice and is" +
		" therefore modulated by the CTF, 0 to 1, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String ice = "0";

	@Parameter(label = "Noise spectrum",
		description = "A RELION _model.star file whose rlnSigma2Noise gives the power spectrum of the noise." +
		" Default: white noise.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private File spectrum;

	@Parameter(label = "Orientations",
		description = "A STAR file whose angles, and origins if present, are used row by row. Default: uniform" +
		" orientations, or a preferred view.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private File star;

	@Parameter(label = "Preferred view", description = "The axis of the map along which most particles are" +
		" viewed, such as 0,0,1.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private String view = "";

	@Parameter(label = "Spread (degrees)", description = "Standard deviation of the tilt away from the preferred view.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private Double spread = 20.0;

	@Parameter(label = "Largest shift (Å)", description = "Particles are shifted from the centre at random, by" +
		" at most this along x and along y. With a range, each particle draws its own limit.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String shift = "0";

	@Parameter(label = "Neighbours", description = "Mean number of other particles that reach into a box, or a range." +
		" Only noisy images show them.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String neighbours = "0";

	@Parameter(label = "Uneven background", description = "Standard deviation of a smooth slope over the box, in" +
		" standard deviations of the noise, or a range. Only noisy images show it.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String background = "0";

	@Parameter(label = "Dark particles", description = "Whether particles are dark where the map is dense, as cameras" +
		" record them.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private Boolean dark = false;

	@Parameter(label = "CTF", description = "Apply a contrast transfer function to the noisy particles: from the" +
		" STAR file if it lists defoci, otherwise drawn at random from the ranges below.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean ctf = false;

	@Parameter(label = "Clean with CTF",
		description = "Keep the CTF in the clean images, so that a network learns to remove only the noise.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean keepctf = false;

	@Parameter(label = "Least defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double mindefocus = 10_000.0;

	@Parameter(label = "Largest defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double maxdefocus = 25_000.0;

	@Parameter(label = "Largest astigmatism (Å)", description = "Difference between the defocus values along the" +
		" two axes.",
		min = "0", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double astigmatism = 500.0;

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

	@Parameter(label = "Phase shift (degrees)", description = "Phase shift of a phase plate.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double phase = 0.0;

	@Parameter(label = "B factor (Å²)", description = "B factor of the envelope exp(-B u² / 4).", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double bfactor = 0.0;

	@Parameter(label = "Beam tilt (mrad)", description = "Beam tilt along x and y, such as 1.5,-0.5.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String beamtilt = "";

	@Parameter(label = "Odd Zernike",
		description = "Coefficients of antisymmetric aberrations, as in rlnOddZernike, separated by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String oddzernike = "";

	@Parameter(label = "Even Zernike",
		description = "Coefficients of symmetric aberrations, as in rlnEvenZernike, separated by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String evenzernike = "";

	@Parameter(label = "Magnification",
		description = "Anisotropic magnification, as in rlnMagMat00 to rlnMagMat11, such as 1.02,0.01,0.01,0.98.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String magnification = "";

	@Parameter(label = "Treatment of CTFs",
		description = "recorded: images as the microscope records them. phase_flipped: multiplied by the sign of" +
		" their CTF. premultiplied: multiplied by their CTF.", choices = {
				SimulationParameters.RECORDED, SimulationParameters.PHASE_FLIPPED, SimulationParameters.PREMULTIPLIED },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String treatment = SimulationParameters.RECORDED;

	@Parameter(label = "Seed", description = "The same seed gives the same bytes.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Long seed = 1L;

	@Parameter(label = "Output folder", description = "Folder for clean.mrcs, noisy.mrcs and particles.star.",
		style = FileWidget.DIRECTORY_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private File output;

	@Override
	protected void present() {
		open(output.toPath().resolve(Simulation.CLEAN), output.toPath().resolve(Simulation.NOISY));
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, Simulation.CLEAN, Simulation.NOISY, Simulation.STAR);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final List<Path> sources = existing(required(source, "source"), "source");
		final Path folder = required(output, "output");
		if (star != null) requireApart(folder.resolve(Simulation.STAR), "output", List.of(star.toPath()));
		final RelionParticles listed = star == null ? null : RelionParticles.readOrientations(existing(star, "star"));
		final SimulationParameters terms = new SimulationParameters(CommandParameter.values(this));
		final int pairs = listed != null && count == DEFAULT_COUNT ? Math.min(count, listed.size()) : count;
		Simulation.run(terms.states(sources, listener), terms.options(pairs, listed, seed), folder, listener);
		report(pairs + " pairs of particles: " + folder.resolve(Simulation.NOISY) + ", " + folder.resolve(
			Simulation.CLEAN) + ", " + folder.resolve(Simulation.STAR) + ".");
	}
}
