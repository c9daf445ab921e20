package io.github.clearice.command;

import java.io.File;
import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** The parameters of a training that say what it is trained on. */
abstract class TrainingDataCommand extends WritingCommand {

	private static final String OF_MAP = "With map= alone: ";

	@Parameter(label = "Noisy particles", description = "An MRC stack, or a STAR or .cs file. Not with map=.", required =
		false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File noisy;

	@Parameter(label = "Clean particles", description = "The truth: as many images of the same size, in the same order." +
		" With supervision=noise2void, for the validation alone.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File clean;

	@Parameter(label = "Second noisy particles",
		description = "Other noisy images of the same particles, of independent" +
			" noise, such as those of even and odd frames. They take the place of clean images (Noise2Noise); clean= is" +
			" then" +
			" for the validation alone.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Other data") })
	private File second;

	@Parameter(label = "Refined particles",
		description = "A STAR or .cs file with images, angles and origins. With map=," +
			" the references to learn from are projections of the map at each particle's angles and origin.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private File star;

	@Parameter(label = "Map", description = "Alone, particles of it are simulated while the training runs, never the" +
		" same twice: a structure (.pdb, .cif) or a map (.mrc, .map), or several joined by commas.", required = false,
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

	@Parameter(label = "Pairs of an epoch", description = OF_MAP + "how many are simulated for each epoch.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Integer count;

	@Parameter(label = "SNR", description = OF_MAP + "variance of the signal over variance of the noise, over the whole" +
		" box; or a range, such as 0.03,0.3, for one model of many noise levels. 0.1 unless sigma is given.", required =
		false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String snr;

	@Parameter(label = "Sigma", description = OF_MAP + "standard deviation of the noise a pixel, instead of a ratio.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double sigma;

	@Parameter(label = "SNR of each", description = OF_MAP +
		"one noise level for all particles (stack), or one for each from its own signal (image).", choices = { "",
			SimulationParameters.STACK, SimulationParameters.IMAGE }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String level;

	@Parameter(label = "Ice share", description = OF_MAP + "part of the noise variance that comes from the ice, before" +
		" the CTF, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private String ice;

	@Parameter(label = "Noise spectrum", description = OF_MAP + "a RELION _model.star file whose rlnSigma2Noise colours" +
		" the noise.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Noise and background"))
	private File spectrum;

	@Parameter(label = "Largest shift (Å)", description = OF_MAP + "particles are off the centre by up to this along x" +
		" and y, or a range of such limits.", required = false, persist = false,
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

	@Parameter(label = "Preferred view", description = OF_MAP +
		"an axis of the map along which most particles are seen, such as 0,0,1.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String view;

	@Parameter(label = "Spread (degrees)", description = OF_MAP +
		"standard deviation of the tilt away from the preferred view.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double spread;

	@Parameter(label = "CTF", description = OF_MAP + "whether the noisy particles have a contrast transfer function.",
		choices = { "", "true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String ctf;

	@Parameter(label = "Clean with CTF", description = "With map=: whether the clean images, or the references," +
		" have the CTF of the noisy ones, so that the network learns to undo the noise alone.", choices = { "", "true",
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

	@Parameter(label = "Largest astigmatism (Å)", description = OF_MAP + "difference of the defocus along its two axes.",
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

	@Parameter(label = "Amplitude contrast", description = OF_MAP + "its share, 0 to 1.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String contrast;

	@Parameter(label = "Phase shift (degrees)", description = OF_MAP + "of a phase plate.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double phase;

	@Parameter(label = "B factor (Å²)", description = OF_MAP + "of the envelope exp(-B u² / 4).", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double bfactor;

	@Parameter(label = "Beam tilt (mrad)", description = OF_MAP + "along x and y, such as 1.5,-0.5.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String beamtilt;

	@Parameter(label = "Odd Zernike", description = OF_MAP +
		"coefficients of antisymmetric aberrations as in rlnOddZernike, joined by commas.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String oddzernike;

	@Parameter(label = "Even Zernike", description = OF_MAP +
		"coefficients of symmetric aberrations as in rlnEvenZernike, joined by commas.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String evenzernike;

	@Parameter(label = "Magnification", description = OF_MAP + "anisotropic, as in rlnMagMat00 to rlnMagMat11, such as" +
		" 1.02,0.01,0.01,0.98.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String magnification;

	@Parameter(label = "Treatment of CTFs", description = OF_MAP + "recorded images are as the microscope gives them;" +
		" phase_flipped ones are multiplied by the sign of their CTF, premultiplied ones by their CTF.", choices = { "",
			SimulationParameters.RECORDED, SimulationParameters.PHASE_FLIPPED, SimulationParameters.PREMULTIPLIED },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String treatment;

	@Parameter(label = "Weights", description = OF_MAP + "shares of the states in a mixed sample, joined by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String weights;

	@Parameter(label = "Box (pixels)", description = OF_MAP +
		"edge length of the images; without it, that of the map, or one that suits the structure.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = OF_MAP + "that of the map, or 2 Å for a structure, unless" +
		" given.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double pixel;

	@Parameter(label = "Resolution (Å)", description = OF_MAP + "one Gaussian an atom of a structure; without it," +
		" electron scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double resolution;

	@Parameter(label = "Chains", description = OF_MAP + "of a structure, such as A,B,E-G.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String chains;

	@Parameter(label = "Exclude", description = OF_MAP + "classes of a structure's atoms to leave out.", required = false,
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
