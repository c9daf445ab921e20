package io.github.clearice.simulate;

import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters of a simulation as commands and model cards state them. Immutable; {@link #options(int,
 * RelionParticles, long)} makes the options of the simulation from it.
 *
 * @param count number of particles; in a training on a map, pairs of an epoch
 * @param maps how the maps are made and weighted
 * @param viewAxis the axis of a preferred view, three numbers; empty where views are uniform
 * @param spreadDegree standard deviation of the tilt away from the preferred view
 * @param maximumShiftAngstrom particles are off the centre by up to this along x and y
 * @param neighbours mean number of other particles that reach into a box
 * @param noise kind and level of noise
 * @param ctf whether noisy particles have a contrast transfer function
 * @param cleanWithCtf whether clean particles, or references, have it too
 * @param defocus from which CTFs are drawn where no table lists them
 * @param observation aberrations, magnification and treatment of the images
 * @param bin by how much images are made smaller after the noise, by cropping their Fourier transforms
 */
public record SimulationTerms(int count, MapTerms maps, List<Double> viewAxis, double spreadDegree,
	ValueRange maximumShiftAngstrom, ValueRange neighbours, NoiseModel noise, boolean ctf, boolean cleanWithCtf,
	DefocusRange defocus, ObservationModel observation, int bin)
{

	/** The defaults of a simulation: 2000 centred particles at SNR 0.1, without CTF. */
	public static final SimulationTerms DEFAULTS = new SimulationTerms(2000, new MapTerms(null, null, null,
		AtomSelection.ALL, List.of(), false), List.of(), 20, ValueRange.ZERO, ValueRange.ZERO, NoiseModel.ofSnr(0.1), false,
		false, DefocusRange.typical(), ObservationModel.IDEAL, 1);

	/** Begins a noise spectrum in a model card that lists the powers, joined by commas. */
	private static final String MEASURED = "measured:";

	/**
	 * How the maps are made from which particles are simulated.
	 *
	 * @param box edge length in pixels, or null for that of the map or one that suits the structure
	 * @param pixelSizeAngstrom or null for that of the map, or 2 Å for a structure
	 * @param resolutionAngstrom of one Gaussian an atom, or null for scattering factors
	 * @param atoms of a structure that are taken
	 * @param weights shares of the states, in the order of the maps; empty for equal shares
	 * @param dark whether particles are dark where the map is dense
	 */
	public record MapTerms(Integer box, Double pixelSizeAngstrom, Double resolutionAngstrom, AtomSelection atoms,
		List<Double> weights, boolean dark)
	{

		public MapTerms {
			weights = List.copyOf(weights);
		}

		/** The same with another box and pixel size. */
		public MapTerms sized(final Integer newBox, final Double newPixelSizeAngstrom) {
			return new MapTerms(newBox, newPixelSizeAngstrom, resolutionAngstrom, atoms, weights, dark);
		}

		/** The same with particles that are dark, or not, where the map is dense. */
		public MapTerms dark(final boolean newDark) {
			return new MapTerms(box, pixelSizeAngstrom, resolutionAngstrom, atoms, weights, newDark);
		}

		/**
		 * The relative weight of each map.
		 *
		 * @throws ParameterException if there are weights, but not as many as maps
		 */
		public double[] shares(final int states) {
			final double[] shares = new double[states];
			Arrays.fill(shares, 1);
			if (weights.isEmpty()) return shares;
			requireCount("weights", weights, states);
			return weights.stream().mapToDouble(Double::doubleValue).toArray();
		}
	}

	public SimulationTerms {
		viewAxis = List.copyOf(viewAxis);
		if (!viewAxis.isEmpty()) requireCount("view", viewAxis, 3);
	}

	/** The same with another number of particles. */
	public SimulationTerms withCount(final int newCount) {
		return new SimulationTerms(newCount, maps, viewAxis, spreadDegree, maximumShiftAngstrom, neighbours, noise, ctf,
			cleanWithCtf, defocus, observation, bin);
	}

	/** The same with maps that are made in another way. */
	public SimulationTerms withMaps(final MapTerms newMaps) {
		return new SimulationTerms(count, newMaps, viewAxis, spreadDegree, maximumShiftAngstrom, neighbours, noise, ctf,
			cleanWithCtf, defocus, observation, bin);
	}

	/** The same with the noise, shifts, contrast and optics that were measured on real particles. */
	public SimulationTerms like(final ParticleProfile profile) {
		// The root mean square of numbers uniform between 0 and a limit is the limit over the root of 3.
		final double background = rounded(Math.sqrt(3) * profile.background().value());
		final NoiseModel measured = new NoiseModel(new ValueRange(rounded(profile.snrLow()), rounded(profile.snrHigh())),
			Double.NaN, noise.definition(), ValueRange.of(rounded(profile.ice().value())), NoiseSpectrum.of(profile
				.noiseSpectrum().stream().mapToDouble(Double::doubleValue).toArray()), new ValueRange(0, background));
		final ParticleProfile.Optics optics = profile.optics();
		return new SimulationTerms(count, maps.dark(profile.dark()), viewAxis, spreadDegree, ValueRange.of(rounded(profile
			.shiftAngstrom().value())), neighbours, measured, optics != null, cleanWithCtf, optics == null ? defocus
				: new DefocusRange(optics.leastDefocusAngstrom(), optics.largestDefocusAngstrom(), optics
					.largestAstigmatismAngstrom(), optics.voltageKilovolt(), optics.sphericalAberrationMillimetre(), optics
						.amplitudeContrast(), optics.phaseShiftDegree(), optics.bFactorSquareAngstrom()), optics == null
							? observation : new ObservationModel(optics.beamTiltMilliradian().get(0), optics.beamTiltMilliradian()
								.get(1), optics.oddZernike(), optics.evenZernike(), magnification(optics.magnification()), state(optics
									.treatment())), bin);
	}

	/** Three digits: more are not known. */
	private static double rounded(final double value) {
		return Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
	}

	/**
	 * The options of a simulation.
	 *
	 * @param particles how many
	 * @param listed particles whose orientations, and CTFs where they have some, are used; or null
	 * @throws ParameterException if terms contradict each other
	 */
	public SimulationOptions options(final int particles, final RelionParticles listed, final long seed) {
		return new SimulationOptions(particles, orientations(listed), maximumShiftAngstrom, neighbours, ctfs(listed), noise,
			cleanWithCtf ? SimulationOptions.CleanImage.WITH_CTF : SimulationOptions.CleanImage.WITHOUT_CTF,
			bin, FourierProjector.DEFAULT_PADDING, seed);
	}

	private Orientations orientations(final RelionParticles listed) {
		if (listed != null && !viewAxis.isEmpty()) throw new ParameterException(
			"Both star= and view= say where views come from. Give one of them.");
		if (listed != null) return Orientations.of(listed);
		return viewAxis.isEmpty() ? Orientations.uniform() : Orientations.preferred(viewAxis.stream().mapToDouble(
			Double::doubleValue).toArray(), spreadDegree);
	}

	/** The effects of the optics on images, or null for none. */
	private CtfSource ctfs(final RelionParticles listed) {
		if (ctf) {
			final boolean hasDefoci = listed != null && listed.particles().stream().allMatch(particle -> particle
				.ctf() != null);
			final CtfSource source = hasDefoci ? CtfSource.of(listed, true) : defocus;
			return observation.equals(ObservationModel.IDEAL) ? source : source.with(observation);
		}
		if (!observation.equals(new ObservationModel(0, 0, List.of(), List.of(), observation.magnification(),
			CtfState.RECORDED))) throw new ParameterException(
				"Aberrations and the treatment of CTFs (beamtilt=, oddzernike=, evenzernike=, treatment=)" +
					" are of images with CTFs. Give ctf=true, or leave them out.");
		if (!observation.magnification().isNone()) return CtfSource.geometry(observation.magnification());
		return listed == null ? null : CtfSource.of(listed, false);
	}

	/** All terms by the names of the parameters of commands, as text, without those that are empty. */
	public Map<String, String> toMap() {
		final Map<String, String> map = new LinkedHashMap<>();
		map.put("count", Integer.toString(count));
		map.put("box", text(maps.box));
		map.put("pixel", text(maps.pixelSizeAngstrom));
		map.put("bin", Integer.toString(bin));
		map.put("resolution", text(maps.resolutionAngstrom));
		map.put("chains", maps.atoms.chains());
		map.put("exclude", maps.atoms.exclude());
		map.put("weights", joined(maps.weights));
		map.put("dark", Boolean.toString(maps.dark));
		map.put("view", joined(viewAxis));
		map.put("spread", Double.toString(spreadDegree));
		map.put("shift", maximumShiftAngstrom.toString());
		map.put("neighbours", neighbours.toString());
		map.put("snr", text(noise.snr()));
		map.put("sigma", Double.isNaN(noise.sigma()) ? "" : Double.toString(noise.sigma()));
		map.put("level", noise.definition().name().toLowerCase(Locale.ROOT));
		map.put("ice", noise.iceShare().toString());
		map.put("spectrum", noise.spectrum() == null ? "" : MEASURED + joined(noise.spectrum().powers()));
		map.put("background", noise.background().toString());
		map.put("ctf", Boolean.toString(ctf));
		map.put("keepctf", Boolean.toString(cleanWithCtf));
		map.put("mindefocus", Double.toString(defocus.minimumDefocusAngstrom()));
		map.put("maxdefocus", Double.toString(defocus.maximumDefocusAngstrom()));
		map.put("astigmatism", Double.toString(defocus.maximumAstigmatismAngstrom()));
		map.put("voltage", Double.toString(defocus.voltageKilovolt()));
		map.put("cs", Double.toString(defocus.sphericalAberrationMillimetre()));
		map.put("contrast", Double.toString(defocus.amplitudeContrast()));
		map.put("phase", Double.toString(defocus.phaseShiftDegree()));
		map.put("bfactor", Double.toString(defocus.bFactorSquareAngstrom()));
		final double tiltX = observation.beamTiltXMilliradian(), tiltY = observation.beamTiltYMilliradian();
		map.put("beamtilt", tiltX == 0 && tiltY == 0 ? "" : tiltX + "," + tiltY);
		map.put("oddzernike", joined(observation.oddZernike()));
		map.put("evenzernike", joined(observation.evenZernike()));
		final Magnification matrix = observation.magnification();
		map.put("magnification", matrix.isNone() ? "" : joined(List.of(matrix.xx(), matrix.xy(), matrix.yx(), matrix
			.yy())));
		map.put("treatment", observation.ctfState().name().toLowerCase(Locale.ROOT));
		map.values().removeIf(String::isEmpty);
		return map;
	}

	/**
	 * Reads the map that {@link #toMap()} made. Terms that are not there are as in {@link #DEFAULTS}; other names are
	 * passed over.
	 *
	 * @throws ParameterException if a value is not one of its kind
	 */
	public static SimulationTerms of(final Map<String, String> map) {
		final CardReader read = new CardReader(map);
		final boolean hasSigma = map.containsKey("sigma");
		final String spectrum = map.get("spectrum");
		final MapTerms maps = new MapTerms(read.value("box", Integer::valueOf, null), read.value("pixel", Double::valueOf,
			null), read.value("resolution", Double::valueOf, null), new AtomSelection(map.get("chains"), map.get("exclude")),
			read.value("weights", text -> numbers("weights", text), List.of()), read.flag("dark"));
		final NoiseModel before = DEFAULTS.noise;
		final NoiseModel noise = new NoiseModel(read.range("snr", hasSigma ? null : before.snr()), hasSigma ? read.value(
			"sigma", Double::valueOf, Double.NaN) : Double.NaN, read.value("level", SimulationTerms::level, before
				.definition()), read.range("ice", before.iceShare()), spectrum == null ? null : spectrum.startsWith(MEASURED)
					? NoiseSpectrum.of(numbers("spectrum", spectrum.substring(MEASURED.length())).stream().mapToDouble(
						Double::doubleValue).toArray()) : NoiseSpectrum.read(Path.of(spectrum)), read.range("background", before
							.background()));
		final DefocusRange typical = DEFAULTS.defocus;
		final DefocusRange defocus = new DefocusRange(read.number("mindefocus", typical.minimumDefocusAngstrom()), read
			.number("maxdefocus", typical.maximumDefocusAngstrom()), read.number("astigmatism", typical
				.maximumAstigmatismAngstrom()), read.number("voltage", typical.voltageKilovolt()), read.number("cs", typical
					.sphericalAberrationMillimetre()), read.number("contrast", typical.amplitudeContrast()), read.number("phase",
						typical.phaseShiftDegree()), read.number("bfactor", typical.bFactorSquareAngstrom()));
		final List<Double> tilt = read.value("beamtilt", text -> numbers("beamtilt", text, 2), List.of(0., 0.));
		final ObservationModel observation = new ObservationModel(tilt.get(0), tilt.get(1), read.value("oddzernike",
			text -> numbers("oddzernike", text), List.of()), read.value("evenzernike", text -> numbers("evenzernike", text),
				List.of()), read.value("magnification", text -> magnification(numbers("magnification", text, 4)),
					Magnification.NONE), read.value("treatment", SimulationTerms::state, CtfState.RECORDED));
		return new SimulationTerms(read.value("count", Integer::valueOf, DEFAULTS.count), maps, read.value("view",
			text -> numbers("view", text, 3), List.of()), read.number("spread", DEFAULTS.spreadDegree), read.range("shift",
				DEFAULTS.maximumShiftAngstrom), read.range("neighbours", DEFAULTS.neighbours), noise, read.flag("ctf"), read
					.flag("keepctf"), defocus, observation, read.value("bin", Integer::valueOf, DEFAULTS.bin));
	}

	/**
	 * Reads numbers that are joined by commas.
	 *
	 * @param name of the parameter, for messages
	 * @throws ParameterException if one of them is no number
	 */
	public static List<Double> numbers(final String name, final String joined) {
		return Arrays.stream(joined.split(",")).map(part -> {
			try {
				return Double.valueOf(part.trim());
			}
			catch (final NumberFormatException e) {
				throw new ParameterException(name + "=" + joined + ": '" + part + "' is not a number. Correct it.", e);
			}
		}).toList();
	}

	/**
	 * Reads so many numbers that are joined by commas.
	 *
	 * @throws ParameterException if there are more or fewer, or one of them is no number
	 */
	public static List<Double> numbers(final String name, final String joined, final int count) {
		return requireCount(name, numbers(name, joined), count);
	}

	private static List<Double> requireCount(final String name, final List<Double> numbers, final int count) {
		if (numbers.size() != count) throw new ParameterException(name + "=" + joined(numbers) + " has " + numbers.size() +
			" numbers, but " + count + " are needed. Join them by commas.");
		return numbers;
	}

	/**
	 * A magnification of four numbers, row by row; of none, no distortion.
	 *
	 * @throws ParameterException if no microscope distorts so much
	 */
	public static Magnification magnification(final List<Double> matrix) {
		if (matrix.isEmpty()) return Magnification.NONE;
		try {
			return new Magnification(matrix.get(0), matrix.get(1), matrix.get(2), matrix.get(3));
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException("magnification=" + joined(matrix) + ": " + e.getMessage() +
				". Correct it, or leave it out.", e);
		}
	}

	/** The definition of the ratio by its name in commands. */
	public static NoiseModel.SnrDefinition level(final String label) {
		return NoiseModel.SnrDefinition.valueOf(label.toUpperCase(Locale.ROOT));
	}

	/** The treatment of CTFs by its name in commands. */
	public static CtfState state(final String label) {
		return CtfState.valueOf(label.toUpperCase(Locale.ROOT));
	}

	private static String text(final Object value) {
		return value == null ? "" : value.toString();
	}

	private static String joined(final List<Double> numbers) {
		return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	/** Reads values out of a model card. */
	private record CardReader(Map<String, String> card) {

		<T> T value(final String name, final Function<String, T> parser, final T otherwise) {
			if (!card.containsKey(name)) return otherwise;
			try {
				return parser.apply(card.get(name));
			}
			catch (final IllegalArgumentException e) {
				throw new ParameterException("The model's card has " + name + "=" + card.get(name) +
					", which is not a value of its kind. Train the model again.", e);
			}
		}

		double number(final String name, final double otherwise) {
			return value(name, Double::valueOf, otherwise);
		}

		ValueRange range(final String name, final ValueRange otherwise) {
			return value(name, text -> ValueRange.parse(name, text), otherwise);
		}

		boolean flag(final String name) {
			return value(name, Boolean::valueOf, false);
		}
	}
}
