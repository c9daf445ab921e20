package io.github.clearice.command;

import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.CtfSource;
import io.github.clearice.simulate.DefocusRange;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.NoiseSpectrum;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.simulate.ValueRange;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What shall be simulated, by the names of the parameters of {@link SimulateCommand}. */
final class SimulationParameters {

	static final String STACK = "stack";
	static final String IMAGE = "image";

	/** Begins a noise spectrum that is not in a file: powers from frequency 0 to Nyquist, joined by commas. */
	static final String MEASURED = "measured:";

	private static final double DEFAULT_SNR = 0.1;

	static final String RECORDED = "recorded", PHASE_FLIPPED = "phase_flipped", PREMULTIPLIED = "premultiplied";

	/** The parameters of a simulation that say where from and where to, not what. */
	private static final Set<String> PLACES = Set.of("source", "star", "seed", "output", "overwrite");

	private final Map<String, String> terms;

	/** @param terms values by name; those of a {@link SimulateCommand} are all that is needed */
	SimulationParameters(final Map<String, String> terms) {
		this.terms = new LinkedHashMap<>(terms);
		this.terms.keySet().removeAll(PLACES);
	}

	/** The terms of a simulation that nobody changed, with some replaced; other names are passed over. */
	static SimulationParameters replacing(final Map<String, String> given) {
		final Map<String, String> terms = CommandParameter.values(new SimulateCommand());
		for (final CommandParameter parameter : CommandParameter.of(SimulateCommand.class)) {
			if (given.containsKey(parameter.name())) terms.put(parameter.name(), given.get(parameter.name()));
		}
		return new SimulationParameters(terms);
	}

	/** The terms that simulate particles like those that were measured, by name. */
	static Map<String, String> like(final ParticleProfile profile) {
		final Map<String, String> terms = new LinkedHashMap<>();
		terms.put("snr", new ValueRange(rounded(profile.snrLow()), rounded(profile.snrHigh())).toString());
		terms.put("ice", Double.toString(rounded(profile.ice().value())));
		terms.put("spectrum", MEASURED + joined(profile.noiseSpectrum()));
		terms.put("shift", Double.toString(rounded(profile.shiftAngstrom().value())));
		// The root of the mean square of numbers that are uniform from 0 on is their limit over the root of 3.
		final double background = rounded(Math.sqrt(3) * profile.background().value());
		terms.put("background", new ValueRange(0, background).toString());
		terms.put("dark", Boolean.toString(profile.dark()));
		final ParticleProfile.Optics optics = profile.optics();
		terms.put("ctf", Boolean.toString(optics != null));
		if (optics == null) return terms;
		terms.put("mindefocus", Double.toString(optics.leastDefocusAngstrom()));
		terms.put("maxdefocus", Double.toString(optics.largestDefocusAngstrom()));
		terms.put("astigmatism", Double.toString(optics.largestAstigmatismAngstrom()));
		terms.put("voltage", Double.toString(optics.voltageKilovolt()));
		terms.put("cs", Double.toString(optics.sphericalAberrationMillimetre()));
		terms.put("contrast", Double.toString(optics.amplitudeContrast()));
		terms.put("phase", Double.toString(optics.phaseShiftDegree()));
		terms.put("bfactor", Double.toString(optics.bFactorSquareAngstrom()));
		terms.put("beamtilt", joined(optics.beamTiltMilliradian()));
		terms.put("oddzernike", joined(optics.oddZernike()));
		terms.put("evenzernike", joined(optics.evenZernike()));
		terms.put("magnification", joined(optics.magnification()));
		terms.put("treatment", optics.treatment());
		return terms;
	}

	/** Three digits: more are not known. */
	private static double rounded(final double value) {
		return Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
	}

	private static String joined(final List<Double> numbers) {
		return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	/** Whether a parameter is one of the terms. */
	static boolean isTerm(final String name) {
		return !PLACES.contains(name) && CommandParameter.of(SimulateCommand.class).stream().anyMatch(parameter -> parameter
			.name().equals(name));
	}

	/** All terms by name. */
	Map<String, String> all() {
		return new LinkedHashMap<>(terms);
	}

	int count() {
		return number("count", Integer::valueOf);
	}

	/** Edge length of the images in pixels, or null where that of the map is taken. */
	Integer box() {
		return optional("box", Integer::valueOf);
	}

	/** Pixel size of the images in Å, or null where that of the map is taken. */
	Double pixelSizeAngstrom() {
		return optional("pixel", Double::valueOf);
	}

	/** Reads or computes the maps. */
	List<WeightedMap> states(final List<Path> sources, final TaskListener listener) {
		final double[] shares = has("weights") ? numbers("weights", sources.size()) : null;
		final MapSource maps = new MapSource(box(), pixelSizeAngstrom(),
			optional("resolution", Double::valueOf), atoms(), false);
		final List<WeightedMap> states = new ArrayList<>();
		for (final Path path : sources) {
			final WeightedMap state = new WeightedMap(path.getFileName().toString(), maps.read(path, listener), shares == null
				? 1 : shares[states.size()]);
			states.add(flag("dark") ? state.inverted() : state);
		}
		return states;
	}

	/** The map that references are projected from; that of a structure gets the box and pixel size of the particles. */
	Volume reference(final Path path, final ParticleStack particles, final TaskListener listener) {
		final boolean structure = MapSource.isStructure(path);
		final Double pixelSize = structure && !Double.isNaN(particles.pixelSizeAngstrom()) ? particles.pixelSizeAngstrom()
			: null;
		return new MapSource(structure ? particles.box() : null, pixelSize, optional("resolution", Double::valueOf),
			atoms(), false).read(path, listener);
	}

	private AtomSelection atoms() {
		return new AtomSelection(terms.getOrDefault("chains", ""), terms.getOrDefault("exclude", ""));
	}

	/** @param listed particles whose orientations, and CTFs where they have some, are used; or null */
	SimulationOptions options(final int count, final RelionParticles listed, final long seed) {
		return new SimulationOptions(count, orientations(listed), range("shift"), range("neighbours"), optics(listed),
			noise(),
			flag("keepctf") ? CleanImage.WITH_CTF : CleanImage.WITHOUT_CTF, FourierProjector.DEFAULT_PADDING, seed);
	}

	private NoiseModel noise() {
		final Double sigma = optional("sigma", Double::valueOf);
		final ValueRange snr = has("snr") ? range("snr") : sigma == null ? ValueRange.of(DEFAULT_SNR) : null;
		return new NoiseModel(snr, sigma == null ? Double.NaN : sigma, IMAGE.equals(terms.get("level"))
			? NoiseModel.SnrDefinition.IMAGE : NoiseModel.SnrDefinition.STACK, range("ice"), spectrum(), range("background"));
	}

	private NoiseSpectrum spectrum() {
		if (!has("spectrum")) return null;
		final String given = terms.get("spectrum");
		// A measured spectrum has no file.
		return given.startsWith(MEASURED) ? NoiseSpectrum.of(numbers("spectrum", given.substring(MEASURED.length())))
			: NoiseSpectrum.read(ClearIceCommand.existing(new File(given), "spectrum"));
	}

	private Orientations orientations(final RelionParticles listed) {
		if (listed != null && has("view")) throw new ParameterException(
			"Both star= and view= say where views come from. Give one of them.");
		if (listed != null) return Orientations.of(listed);
		return has("view") ? Orientations.preferred(numbers("view", 3), number("spread", Double::valueOf)) : Orientations
			.uniform();
	}

	/** What the optics do to images, or null for nothing. */
	private CtfSource optics(final RelionParticles listed) {
		final ObservationModel given = observation();
		if (flag("ctf")) {
			final CtfSource source = ctfs(listed);
			return given.equals(ObservationModel.IDEAL) ? source : source.with(given);
		}
		if (!given.equals(new ObservationModel(0, 0, List.of(), List.of(), given.magnification(), CtfState.RECORDED)))
			throw new ParameterException(
				"Aberrations and the treatment of CTFs (beamtilt=, oddzernike=, evenzernike=, treatment=)" +
					" are of images with CTFs. Give ctf=true, or leave them out.");
		if (!given.magnification().isNone()) return CtfSource.geometry(given.magnification());
		return listed == null ? null : CtfSource.of(listed, false);
	}

	private ObservationModel observation() {
		final double[] tilt = has("beamtilt") ? numbers("beamtilt", 2) : new double[2];
		return new ObservationModel(tilt[0], tilt[1], coefficients("oddzernike"), coefficients("evenzernike"),
			magnification(), CtfState.valueOf(terms.getOrDefault("treatment", RECORDED).toUpperCase(Locale.ROOT)));
	}

	private Magnification magnification() {
		if (!has("magnification")) return Magnification.NONE;
		final double[] matrix = numbers("magnification", 4);
		try {
			return new Magnification(matrix[0], matrix[1], matrix[2], matrix[3]);
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException("magnification=" + terms.get("magnification") + ": " + e.getMessage() + ".", e);
		}
	}

	private List<Double> coefficients(final String name) {
		return has(name) ? DoubleStream.of(numbers(name, terms.get(name))).boxed().toList() : List.of();
	}

	private CtfSource ctfs(final RelionParticles listed) {
		final boolean hasDefoci = listed != null && listed.particles().stream().allMatch(particle -> particle
			.ctf() != null);
		return hasDefoci ? CtfSource.of(listed, true) : new DefocusRange(number("mindefocus", Double::valueOf), number(
			"maxdefocus", Double::valueOf), number("astigmatism", Double::valueOf), number("voltage", Double::valueOf),
			number("cs", Double::valueOf), number("contrast", Double::valueOf), number("phase", Double::valueOf), number(
				"bfactor", Double::valueOf));
	}

	private boolean has(final String name) {
		return !terms.getOrDefault(name, "").isBlank();
	}

	private boolean flag(final String name) {
		return Boolean.parseBoolean(terms.get(name));
	}

	private <N> N optional(final String name, final Function<String, N> parser) {
		return has(name) ? number(name, parser) : null;
	}

	private <N> N number(final String name, final Function<String, N> parser) {
		return parsed(name, terms.get(name), parser);
	}

	private static <N> N parsed(final String name, final String text, final Function<String, N> parser) {
		try {
			return parser.apply(text.trim());
		}
		catch (final NumberFormatException e) {
			throw new ParameterException(name + "=" + text + " is not a number of its kind. Correct it.", e);
		}
	}

	private ValueRange range(final String name) {
		return ValueRange.parse(name, terms.get(name));
	}

	private double[] numbers(final String name, final int count) {
		final String joined = terms.get(name);
		final double[] numbers = numbers(name, joined);
		if (numbers.length != count) throw new ParameterException(name + "=" + joined + " has " + numbers.length +
			" numbers, but " + count + " are needed. Join them by commas.");
		return numbers;
	}

	private static double[] numbers(final String name, final String joined) {
		final String[] parts = joined.split(",");
		final double[] numbers = new double[parts.length];
		for (int i = 0; i < parts.length; i++) {
			try {
				numbers[i] = Double.parseDouble(parts[i].trim());
			}
			catch (final NumberFormatException e) {
				throw new ParameterException(name + "=" + joined + ": '" + parts[i] + "' is not a number. Correct it.", e);
			}
		}
		return numbers;
	}
}
