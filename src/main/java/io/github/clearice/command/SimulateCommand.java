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
		description = "A structure (.pdb, .cif) or a map (.mrc, .map); several, joined" +
			" by commas, make a mixed sample, numbered in this order as rlnClassNumber. In Fiji also titles of open maps.",
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Particles") })
	private String source;

	@Parameter(label = "Weights", description = "Shares of the states in a mixed sample, joined by commas. Without it," +
		" equal shares.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String weights = "";

	@Parameter(label = "Box (pixels)",
		description = "Edge length of the images. Without it, that of the map, or one that suits the structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = "Without it, that of the map, or 2 Å for a structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Double pixel;

	@Parameter(label = "Resolution (Å)",
		description = "Of a map computed from a structure: one Gaussian an atom. Without" +
			" it, electron scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private Double resolution;

	@Parameter(label = "Chains", description = "Of a structure, such as A,B,E-G. Without it, all.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String chains = "";

	@Parameter(label = "Exclude", description = "Classes of a structure's atoms to leave out, joined by commas: water," +
		" hydrogen, ligand, protein, nucleic, chain:NAME.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String exclude = "";

	@Parameter(label = "Particles", description = "How many pairs; with a STAR file of orientations, at most" +
		" as many as it lists.", min = "1", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Integer count = DEFAULT_COUNT;

	@Parameter(label = "SNR",
		description = "Signal-to-noise ratio: variance of the signal over variance of the noise, over" +
			" the whole box; or a range, such as 0.03,0.3, in which each particle has its own. 0.1 unless sigma is given.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private String snr = "";

	@Parameter(label = "Sigma", description = "Standard deviation of the noise a pixel, instead of a ratio.", min = "0",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Double sigma;

	@Parameter(label = "SNR of each",
		description = "stack: one noise level for all particles, from the mean signal, as a" +
			" camera has; image: a level for each particle from its own signal.", choices = { SimulationParameters.STACK,
				SimulationParameters.IMAGE }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String level = SimulationParameters.STACK;

	@Parameter(label = "Ice share", description = "Part of the noise variance that comes from the ice, before the CTF:" +
		" 0 to 1, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String ice = "0";

	@Parameter(label = "Noise spectrum",
		description = "A RELION _model.star file whose rlnSigma2Noise colours the noise." +
			" Without it, the noise is white.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private File spectrum;

	@Parameter(label = "Orientations",
		description = "A STAR file whose angles, and origins where it lists them, are used, row by row." +
			" Without it, orientations are uniform, or about a preferred view.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private File star;

	@Parameter(label = "Preferred view", description = "An axis of the map along which most particles are seen, such as" +
		" 0,0,1.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private String view = "";

	@Parameter(label = "Spread (degrees)", description = "Standard deviation of the tilt away from the preferred view.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Orientations"))
	private Double spread = 20.0;

	@Parameter(label = "Largest shift (Å)", description = "Particles are off the centre by up to this along x and y;" +
		" of a range, each particle draws its own limit.", required = false, persist = false,
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

	@Parameter(label = "CTF", description = "Whether the noisy particles have a contrast transfer function: that of the" +
		" STAR file where it has defoci, otherwise drawn from the ranges below.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean ctf = false;

	@Parameter(label = "Clean with CTF",
		description = "Whether the clean images keep the CTF, so that a network learns to undo the noise alone.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Boolean keepctf = false;

	@Parameter(label = "Least defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double mindefocus = 10_000.0;

	@Parameter(label = "Largest defocus (Å)", description = "Underfocus is positive.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double maxdefocus = 25_000.0;

	@Parameter(label = "Largest astigmatism (Å)", description = "Difference of the defocus along its two axes.",
		min = "0", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double astigmatism = 500.0;

	@Parameter(label = "Voltage (kV)", description = "Acceleration voltage.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double voltage = 300.0;

	@Parameter(label = "Cs (mm)", description = "Spherical aberration.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double cs = 2.7;

	@Parameter(label = "Amplitude contrast", description = "Its share, 0 to 1.", min = "0", max = "1", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double contrast = 0.1;

	@Parameter(label = "Phase shift (degrees)", description = "Of a phase plate.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double phase = 0.0;

	@Parameter(label = "B factor (Å²)", description = "Of the envelope exp(-B u² / 4).", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double bfactor = 0.0;

	@Parameter(label = "Beam tilt (mrad)", description = "Along x and y, such as 1.5,-0.5.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String beamtilt = "";

	@Parameter(label = "Odd Zernike",
		description = "Coefficients of antisymmetric aberrations as in rlnOddZernike, joined by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String oddzernike = "";

	@Parameter(label = "Even Zernike",
		description = "Coefficients of symmetric aberrations as in rlnEvenZernike, joined by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String evenzernike = "";

	@Parameter(label = "Magnification",
		description = "Anisotropic magnification as in rlnMagMat00 to rlnMagMat11, such as 1.02,0.01,0.01,0.98.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String magnification = "";

	@Parameter(label = "Treatment of CTFs",
		description = "recorded: images as the microscope gives them; phase_flipped:" +
			" multiplied by the sign of their CTF; premultiplied: multiplied by their CTF.", choices = {
				SimulationParameters.RECORDED, SimulationParameters.PHASE_FLIPPED, SimulationParameters.PREMULTIPLIED },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String treatment = SimulationParameters.RECORDED;

	@Parameter(label = "Seed", description = "The same seed gives the same bytes.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Particles"))
	private Long seed = 1L;

	@Parameter(label = "Output folder", description = "Receives clean.mrcs, noisy.mrcs and particles.star.",
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
