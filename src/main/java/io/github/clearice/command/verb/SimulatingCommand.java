package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.ParametersLast;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.NoiseSpectrum;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.simulate.SimulationTerms.MapTerms;
import io.github.clearice.simulate.ValueRange;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.ParameterException;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * The parameters that say what particles are simulated, for the command that writes them and for the training that
 * simulates them as it goes. Fields are empty where nothing is given: {@link SimulationTerms} has the defaults.
 */
@ParametersLast
abstract class SimulatingCommand extends WritingCommand {

	@Parameter(label = "Box (pixels)",
		description = "Edge length of the images. Default: the box of the map, or a box that fits the structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)",
		description = "Default: the pixel size of the map, or 2 Å for a structure.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double pixel;

	@Parameter(label = "Bin",
		description = "Makes the images this many times smaller after noise was added at full size, by cropping their" +
			" Fourier transforms; it must divide the box. snr= is the ratio at full size: cropping takes noise away, so" +
			" smaller images have a higher one.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Integer bin;

	@Parameter(label = "SNR",
		description = "Signal-to-noise ratio: variance of the signal divided by variance of the noise, over the whole" +
			" box; or a range, such as 0.03,0.3, from which each particle gets its own. Default: 0.1, unless" +
			" sigma is given.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String snr;

	@Parameter(label = "Sigma",
		description = "Standard deviation of the noise per pixel, instead of an SNR.", min = "0",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double sigma;

	@Parameter(label = "Largest shift (Å)",
		description = "Particles are shifted from the centre at random, by at most this along x and along y. With a" +
			" range, each particle draws its own limit.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String shift;

	@Parameter(label = "Preferred view",
		description = "The axis of the map along which most particles are viewed, such as 0,0,1.", required = false,
			persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private String view;

	@Parameter(label = "Spread (degrees)",
		description = "Standard deviation of the tilt away from the preferred view.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Double spread;

	@Parameter(label = "Weights",
		description = "Relative amounts of the states in a mixed sample, separated by commas. Default: equal.",
			required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String weights;

	@Parameter(label = "Resolution (Å)",
		description = "For a structure: resolution of its map, with one Gaussian per atom. Default: electron" +
			" scattering factors and B factors.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private Double resolution;

	@Parameter(label = "Chains",
		description = "For a structure: chains to include, such as A,B,E-G. Default: all.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String chains;

	@Parameter(label = "Exclude",
		description = "For a structure: atoms to leave out, separated by commas: water, hydrogen, ligand, protein," +
			" nucleic, chain:NAME.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String exclude;

	@Parameter(label = "SNR of each",
		description = "stack uses one noise level for all particles, computed from their mean signal, as a camera" +
			" does. image uses a noise level for each particle, computed from its own signal.",
		choices = { "", "stack", "image" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String level;

	@Parameter(label = "Ice share",
		description = "Fraction of the noise variance that comes from the ice and is therefore modulated by the CTF, 0" +
			" to 1, or a range.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String ice;

	@Parameter(label = "Noise spectrum",
		description = "A RELION _model.star file whose rlnSigma2Noise gives the power spectrum of the noise. Default:" +
			" white noise.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private File spectrum;

	@Parameter(label = "Neighbours",
		description = "Mean number of other particles that reach into a box, or a range. Only noisy images show them.",
			required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String neighbours;

	@Parameter(label = "Uneven background",
		description = "Standard deviation of a smooth slope over the box, in standard deviations of the noise, or a" +
			" range. Only noisy images show it.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String background;

	@Parameter(label = "Dark particles",
		description = "Whether particles are dark where the map is dense, as cameras record them.", choices = { "", "true",
			"false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure and noise"))
	private String dark;

	@Parameter(label = "CTF",
		description = "Apply a contrast transfer function to the noisy particles: drawn at random from the ranges" +
			" below, or, in simulate, from the STAR file if it lists defoci.", choices = { "", "true", "false" },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String ctf;

	@Parameter(label = "Clean with CTF",
		description = "Keep the CTF in the clean images, or in the projections that refined particles are trained on," +
			" so that a network learns to remove only the noise.", choices = { "",
			"true", "false" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String keepctf;

	@Parameter(label = "Least defocus (Å)",
		description = "Underfocus is positive.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String mindefocus;

	@Parameter(label = "Largest defocus (Å)",
		description = "Underfocus is positive.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String maxdefocus;

	@Parameter(label = "Largest astigmatism (Å)",
		description = "Difference between the defocus values along the two axes.", style = CommandParameter.NUMBER,
			required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String astigmatism;

	@Parameter(label = "Voltage (kV)",
		description = "Acceleration voltage.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double voltage;

	@Parameter(label = "Cs (mm)",
		description = "Spherical aberration.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String cs;

	@Parameter(label = "Amplitude contrast",
		description = "Fraction of amplitude contrast, 0 to 1.", style = CommandParameter.NUMBER,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private String contrast;

	@Parameter(label = "Phase shift (degrees)",
		description = "Phase shift of a phase plate.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double phase;

	@Parameter(label = "B factor (Å²)",
		description = "B factor of the envelope exp(-B u² / 4).", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "CTF"))
	private Double bfactor;

	@Parameter(label = "Beam tilt (mrad)",
		description = "Beam tilt along x and y, such as 1.5,-0.5.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String beamtilt;

	@Parameter(label = "Odd Zernike",
		description = "Coefficients of antisymmetric aberrations, as in rlnOddZernike, separated by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String oddzernike;

	@Parameter(label = "Even Zernike",
		description = "Coefficients of symmetric aberrations, as in rlnEvenZernike, separated by commas.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String evenzernike;

	@Parameter(label = "Magnification",
		description = "Anisotropic magnification, as in rlnMagMat00 to rlnMagMat11, such as 1.02,0.01,0.01,0.98.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String magnification;

	@Parameter(label = "Treatment of CTFs",
		description = "recorded: images as the microscope records them. phase_flipped: multiplied by the sign of their" +
			" CTF. premultiplied: multiplied by their CTF.", choices = { "",
			"recorded", "phase_flipped", "premultiplied" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Aberrations"))
	private String treatment;

	/** The names of the terms of a simulation that are given. */
	final Set<String> givenTerms() {
		return CommandParameter.values(this, SimulatingCommand.class).keySet();
	}

	/** Puts the default terms into the fields, where a dialog shows them. The noise may be a ratio or a sigma. */
	final void fillInDefaults() {
		for (final CommandParameter parameter : CommandParameter.declaredIn(SimulatingCommand.class)) {
			parameter.set(this, defaultText(parameter));
		}
	}

	/** Fills the empty fields of another command with those terms of this one that differ from the defaults. */
	final void copyChangedTerms(final SimulatingCommand empty) {
		for (final CommandParameter parameter : CommandParameter.declaredIn(SimulatingCommand.class)) {
			final String text = parameter.text(this);
			parameter.set(empty, text.replaceFirst("\\.0$", "").equals(defaultText(parameter)) ? "" : text);
		}
	}

	private static String defaultText(final CommandParameter parameter) {
		return parameter.name().equals("snr") ? "" : SimulationTerms.DEFAULTS.toMap().getOrDefault(parameter.name(), "")
			.replaceFirst("\\.0$", "");
	}

	/**
	 * The terms that the fields state.
	 *
	 * @param base the terms that hold where a field is empty
	 * @throws ParameterException if a value is not one of its kind, or out of range
	 */
	final SimulationTerms terms(final SimulationTerms base) {
		return new SimulationTerms(base.count(), maps(base.maps()), numbers("view", view, base.viewAxis()), spread == null
			? base.spreadDegree() : spread, range("shift", shift, base.maximumShiftAngstrom()), range("neighbours",
				neighbours, base.neighbours()), noise(base.noise()), flag(ctf, base.ctf()), flag(keepctf, base.cleanWithCtf()),
			defocus(base.defocus()), observation(base.observation()), bin == null ? base.bin() : bin);
	}

	private MapTerms maps(final MapTerms base) {
		return new MapTerms(box == null ? base.box() : box, pixel == null ? base.pixelSizeAngstrom() : pixel,
			resolution == null ? base.resolutionAngstrom() : resolution, new AtomSelection(given(chains) ? chains : base
				.atoms().chains(), given(exclude) ? exclude : base.atoms().exclude()), numbers("weights", weights, base
					.weights()), flag(dark, base.dark()));
	}

	/** A ratio that is given takes the place of a sigma of the base, and a sigma that of a ratio. */
	private NoiseModel noise(final NoiseModel base) {
		final boolean replaced = sigma != null || given(snr);
		final ValueRange ratio = range("snr", snr, replaced ? null : base.snr());
		final double deviation = sigma != null ? sigma : replaced ? Double.NaN : base.sigma();
		return new NoiseModel(ratio, deviation, given(level) ? SimulationTerms.level(level) : base.definition(), range(
			"ice", ice, base.iceShare()), spectrum == null ? base.spectrum() : NoiseSpectrum.read(existing(spectrum,
				"spectrum")), range("background", background, base.background()));
	}

	private DefocusRange defocus(final DefocusRange base) {
		return new DefocusRange(number("mindefocus", mindefocus, base.minimumDefocusAngstrom()), number("maxdefocus",
			maxdefocus, base.maximumDefocusAngstrom()), number("astigmatism", astigmatism, base
				.maximumAstigmatismAngstrom()), voltage == null ? base.voltageKilovolt() : voltage, number("cs", cs, base
					.sphericalAberrationMillimetre()), number("contrast", contrast, base.amplitudeContrast()), phase == null
						? base.phaseShiftDegree() : phase, bfactor == null ? base.bFactorSquareAngstrom() : bfactor);
	}

	private ObservationModel observation(final ObservationModel base) {
		final List<Double> tilt = given(beamtilt) ? SimulationTerms.numbers("beamtilt", beamtilt, 2) : List.of(base
			.beamTiltXMilliradian(), base.beamTiltYMilliradian());
		return new ObservationModel(tilt.get(0), tilt.get(1), numbers("oddzernike", oddzernike, base.oddZernike()), numbers(
			"evenzernike", evenzernike, base.evenZernike()), given(magnification) ? SimulationTerms.magnification(
				SimulationTerms.numbers("magnification", magnification, 4)) : base.magnification(), given(treatment)
					? SimulationTerms.state(treatment) : base.ctfState());
	}

	private static boolean given(final String text) {
		return text != null && !text.isBlank();
	}

	private static boolean flag(final String text, final boolean base) {
		return given(text) ? Boolean.parseBoolean(text) : base;
	}

	private static <T> T parsed(final String text, final Function<String, T> parser, final T base) {
		return given(text) ? parser.apply(text) : base;
	}

	private static ValueRange range(final String name, final String text, final ValueRange base) {
		return parsed(text, words -> ValueRange.parse(name, words), base);
	}

	private static List<Double> numbers(final String name, final String text, final List<Double> base) {
		return parsed(text, words -> SimulationTerms.numbers(name, words), base);
	}

	private static double number(final String name, final String text, final double base) {
		return parsed(text, words -> SimulationTerms.numbers(name, words, 1).get(0), base);
	}
}
