package io.github.clearice.command;

import java.io.File;
import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** The parameters of a training that say what it is trained on. */
abstract class TrainingDataCommand extends WritingCommand {

	private static final String OF_MAP = "When simulating from map=: ";

	@Parameter(label = "Noisy particles", description = "An MRC stack, or a STAR or .cs file. Not with map=.", required =
		false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File noisy;

	@Parameter(label = "Clean particles", description = "The ground truth: as many images of the same size, in" +
		" the same order. With supervision=noise2void, used only for validation.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File clean;

	@Parameter(label = "Second noisy particles",
		description = "A second set of noisy images of the same particles, with independent noise, such as from" +
		" even and odd frames. They replace clean images as targets (Noise2Noise); clean= is then used only for" +
		" validation.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Other data") })
	private File second;

	@Parameter(label = "Refined particles",
		description = "A STAR or .cs file with images, angles and origins. With map=, the training targets are" +
		" projections of the map at the angles and origins of the particles.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private File star;

	@Parameter(label = "Map", description = "Without star=, particles are simulated from it during the training," +
		" each used once: a structure (.pdb, .cif) or a map (.mrc, .map), or several separated by commas.",
		required = false,
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private String map;

	@Parameter(label = "Like these particles", description = "With map=: your own particles, an MRC stack or a STAR or" +
		" .cs file. Their SNR, noise, optics, shifts, background and contrast are measured and simulated; what is given" +
		" by hand counts more.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File like;

	@Parameter(label = "Pairs of an epoch", description = OF_MAP + "number of pairs simulated per epoch.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Integer count;

	@Parameter(label = "SNR", description = OF_MAP + "variance of the signal divided by variance of the noise," +
		" over the whole box; or a range, such as 0.03,0.3, for one model for many noise levels. Default: 0.1," +
		" unless sigma is given.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String snr;

	@Parameter(label = "Sigma", description = OF_MAP + "standard deviation of the noise per pixel, instead of an" +
		" SNR.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double sigma;

	@Parameter(label = "SNR of each", description = OF_MAP + "one noise level for all particles (stack), or one" +
		" for each particle from its own signal (image).", choices = { "",
			SimulationParameters.STACK, SimulationParameters.IMAGE }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String level;

	@Parameter(label = "Ice share", description = OF_MAP + "fraction of the noise variance that comes from the" +
		" ice and is therefore modulated by the CTF, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String ice;

	@Parameter(label = "Noise spectrum", description = OF_MAP + "a RELION _model.star file whose rlnSigma2Noise" +
		" gives the power spectrum of the noise.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private File spectrum;

	@Parameter(label = "Largest shift (Å)", description = OF_MAP + "particles are shifted from the centre at" +
		" random, by at most this along x and along y, or by a range of such limits.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String shift;

	@Parameter(label = "Neighbours", description = OF_MAP + "mean number of other particles that reach into a box, or a" +
		" range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String neighbours;

	@Parameter(label = "Uneven background", description = OF_MAP +
		"standard deviation of a smooth slope over the box, in" +
		" standard deviations of the noise, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String background;

	@Parameter(label = "Dark particles", description = OF_MAP + "whether particles are dark where the map is dense.",
		choices = { "", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String dark;

	@Parameter(label = "Preferred view", description = OF_MAP + "the axis of the map along which most particles" +
		" are viewed, such as 0,0,1.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String view;

	@Parameter(label = "Spread (degrees)", description = OF_MAP +
		"standard deviation of the tilt away from the preferred view.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double spread;

	@Parameter(label = "CTF", description = OF_MAP + "apply a contrast transfer function to the noisy particles.",
		choices = { "", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String ctf;

	@Parameter(label = "Clean with CTF", description = "With map=: keep the CTF of the noisy particles in the" +
		" training targets, so that the network learns to remove only the noise.", choices = { "", "true",
			"false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String keepctf;

	@Parameter(label = "Least defocus (Å)", description = OF_MAP + "underfocus is positive.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String mindefocus;

	@Parameter(label = "Largest defocus (Å)", description = OF_MAP + "underfocus is positive.", style =
		CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String maxdefocus;

	@Parameter(label = "Largest astigmatism (Å)", description = OF_MAP + "difference between the defocus values" +
		" along the two axes.",
		style = CommandParameter.NUMBER, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String astigmatism;

	@Parameter(label = "Voltage (kV)", description = OF_MAP + "acceleration voltage.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double voltage;

	@Parameter(label = "Cs (mm)", description = OF_MAP + "spherical aberration.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String cs;

	@Parameter(label = "Amplitude contrast", description = OF_MAP + "fraction of amplitude contrast, 0 to 1.",
		style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String contrast;

	@Parameter(label = "Phase shift (degrees)", description = OF_MAP + "phase shift of a phase plate.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double phase;

	@Parameter(label = "B factor (Å²)", description = OF_MAP + "B factor of the envelope exp(-B u² / 4).",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double bfactor;

	@Parameter(label = "Beam tilt (mrad)", description = OF_MAP + "beam tilt along x and y, such as 1.5,-0.5.",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String beamtilt;

	@Parameter(label = "Odd Zernike", description = OF_MAP + "coefficients of antisymmetric aberrations, as in" +
		" rlnOddZernike, separated by commas.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String oddzernike;

	@Parameter(label = "Even Zernike", description = OF_MAP + "coefficients of symmetric aberrations, as in" +
		" rlnEvenZernike, separated by commas.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String evenzernike;

	@Parameter(label = "Magnification", description = OF_MAP + "anisotropic magnification, as in rlnMagMat00 to" +
		" rlnMagMat11, such as 1.02,0.01,0.01,0.98.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String magnification;

	@Parameter(label = "Treatment of CTFs", description = OF_MAP + "recorded: images as the microscope records" +
		" them; phase_flipped: multiplied by the sign of their CTF; premultiplied: multiplied by their CTF.",
		choices = { "",
			SimulationParameters.RECORDED, SimulationParameters.PHASE_FLIPPED, SimulationParameters.PREMULTIPLIED },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String treatment;

	@Parameter(label = "Weights", description = OF_MAP + "relative amounts of the states in a mixed sample," +
		" separated by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String weights;

	@Parameter(label = "Box (pixels)", description = OF_MAP + "edge length of the images. Default: the box of" +
		" the map, or a box that fits the structure.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = OF_MAP + "pixel size of the images. Default: that of the" +
		" map, or 2 Å for a structure.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double pixel;

	@Parameter(label = "Resolution (Å)", description = OF_MAP + "resolution of the map of a structure, with one" +
		" Gaussian per atom. Default: electron scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double resolution;

	@Parameter(label = "Chains", description = OF_MAP + "chains of a structure to include, such as A,B,E-G.",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String chains;

	@Parameter(label = "Exclude", description = OF_MAP + "atoms of a structure to leave out, such as" +
		" water,ligand.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String exclude;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private File project;

	/** What is trained on. */
	final TrainingFiles files() {
		final Map<String, String> terms = CommandParameter.values(this);
		terms.keySet().removeIf(name -> !SimulationParameters.isTerm(name));
		return new TrainingFiles(noisy, clean, second, star, like, project, map, terms);
	}
}
