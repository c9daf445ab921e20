package io.github.clearice.simulate;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes pairs of clean and noisy particle images, any one at any time.
 * <p>
 * A pair depends on the options, the maps and its index alone, so that training
 * can draw fresh pairs for ever (the count of the options sets how many a
 * {@link Simulation} writes, and how many the noise level is measured on).
 * Thread-safe.
 */
public final class PairSimulator {

	/**
	 * The ground truth of a simulated particle.
	 *
	 * @param index number in the stack, from 0
	 * @param state which map it shows, from 1 as RELION counts classes
	 * @param pose orientation and origin
	 * @param ctf contrast transfer function, or null where it has none
	 */
	public record Particle(long index, int state, Pose pose, CtfParameters ctf) {}

	/** Enough for the mean variance of the signal to half a percent. */
	private static final int LARGEST_PILOT = 1024;

	private static final double LARGEST_CONTRAST_RATIO = 2;

	/** The smallest box of binned images in pixels. */
	private static final int LEAST_BINNED = 4;

	private static final int STATE = 0, VIEW = 1, TRANSFER = 2;

	private final SimulationOptions options;
	private final List<FourierProjector> projectors;
	private final double[] cumulativeWeights;
	/** Edge length in pixels at which particles are projected and noise is added. */
	private final int fullBox;
	private final double fullPixelSizeAngstrom;
	private final float[] colour;
	/** Radius of the largest state. */
	private final double radiusPixels;
	/** Mean variance of the signal; NaN where it does not count. */
	private final double signalVariance;
	private final List<String> warnings;
	private final Queue<PairWorker> idle = new ConcurrentLinkedQueue<>();

	/**
	 * Prepares the maps and measures the noise level.
	 *
	 * @param maps the states of the sample, of one box and pixel size
	 * @throws ParameterException if the maps cannot be simulated as asked
	 */
	public PairSimulator(final List<WeightedMap> maps, final SimulationOptions options) {
		checkMaps(maps, options);
		this.options = options;
		this.fullBox = maps.get(0).map().box();
		this.fullPixelSizeAngstrom = maps.get(0).map().pixelSizeAngstrom();
		this.projectors = new ArrayList<>();
		this.cumulativeWeights = new double[maps.size()];
		double sum = 0;
		for (int i = 0; i < maps.size(); i++) {
			projectors.add(projector(maps.get(i), options.padding()));
			sum += maps.get(i).weight();
			cumulativeWeights[i] = sum;
		}
		final NoiseSpectrum spectrum = options.noise().spectrum();
		this.colour = spectrum == null ? null : spectrum.filter(fullBox);
		this.radiusPixels = maps.stream().mapToDouble(WeightedMap::radiusPixels).max().orElseThrow();
		this.signalVariance = measureSignal();
		this.warnings = scaleWarnings(maps);
	}

	/** Edge length of the images in pixels. */
	public int box() {
		return fullBox / options.bin();
	}

	public double pixelSizeAngstrom() {
		return fullPixelSizeAngstrom * options.bin();
	}

	public SimulationOptions options() {
		return options;
	}

	/** Standard deviation of the noise a pixel, before images are binned; NaN where each image has its own ({@link
	 *          NoiseModel#hasLevels}). */
	public double noiseSigma() {
		final NoiseModel noise = options.noise();
		if (noise.snr() == null) return noise.sigma();
		return noise.hasLevels() ? Double.NaN : Math.sqrt(signalVariance / noise.snr().low());
	}

	/** Warnings about the maps, one line each, such as states on different scales of density. */
	public List<String> warnings() {
		return warnings;
	}

	/** The ground truth of a particle, without its pixels. */
	public Particle particle(final long index) {
		final SplittableRandom view = random(VIEW, index);
		final Pose drawn = options.orientations().draw(index, view);
		final double shift = options.maximumShiftAngstrom().draw(view);
		final Pose pose = shift == 0 ? drawn : new Pose(drawn.orientation(), drawn.originXAngstrom() + shift * (2 * view
			.nextDouble() - 1), drawn.originYAngstrom() + shift * (2 * view.nextDouble() - 1));
		final double largest = fullBox * fullPixelSizeAngstrom;
		if (Math.abs(pose.originXAngstrom()) > largest || Math.abs(pose.originYAngstrom()) > largest)
			throw new ParameterException("The origin of particle " + (index + 1) + ", (" + pose.originXAngstrom() + ", " +
				pose.originYAngstrom() + ") Å, is outside its box of " + largest +
				" Å. Correct the STAR file or use a larger box.");
		final CtfParameters ctf = options.ctf() == null ? null : options.ctf().draw(index, random(TRANSFER, index));
		return new Particle(index, state(index), pose, ctf);
	}

	/**
	 * Makes a pair. This is the inner loop of simulation and training, so it fills arrays that the caller uses again;
	 * {@link Simulation} makes whole stacks.
	 *
	 * @param index which, from 0; beyond the options' count too
	 * @param clean receives {@code box * box} pixels: plain sums along the line of sight, and their means over a bin
	 * @param noisy receives {@code box * box} pixels on the same scale
	 * @return the ground truth of the pair
	 */
	public Particle simulate(final long index, final float[] clean, final float[] noisy) {
		final Particle particle = particle(index);
		final PairWorker waiting = idle.poll();
		final PairWorker worker = waiting == null ? worker() : waiting;
		try {
			worker.simulate(projectors.get(particle.state() - 1), particle, signalVariance, clean, noisy);
		}
		finally {
			idle.add(worker);
		}
		return particle;
	}

	private PairWorker worker() {
		return new PairWorker(fullBox, fullPixelSizeAngstrom, options, colour, radiusPixels);
	}

	private int state(final long index) {
		if (projectors.size() == 1) return 1;
		final double drawn = random(STATE, index).nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
		int state = 0;
		while (state < cumulativeWeights.length - 1 && drawn >= cumulativeWeights[state]) state++;
		return state + 1;
	}

	private double measureSignal() {
		final NoiseModel noise = options.noise();
		if (noise.snr() == null || noise.definition() == NoiseModel.SnrDefinition.IMAGE) return Double.NaN;
		final int pilot = Math.min(options.count(), LARGEST_PILOT);
		final double[] variances = new double[pilot];
		ParallelLoop.run(pilot, 16, thread -> {
			final PairWorker worker = worker();
			return step -> {
				final Particle particle = particle(step * options.count() / pilot);
				variances[(int) step] = worker.signalVariance(projectors.get(particle.state() - 1), particle);
			};
		});
		double mean = 0;
		for (final double variance : variances) mean += variance / pilot;
		if (!(mean > 0)) throw new ParameterException(
			"The projections have no contrast, so a signal-to-noise ratio cannot be set. Check the map, or give sigma.");
		return mean;
	}

	private SplittableRandom random(final int purpose, final long index) {
		return Seeds.random(options.seed(), purpose, index);
	}

	private static FourierProjector projector(final WeightedMap state, final int padding) {
		try {
			return new FourierProjector(state.map(), padding);
		}
		catch (final ParameterException | IllegalArgumentException e) {
			throw new ParameterException(state.name() + ": " + e.getMessage(), e);
		}
		catch (final OutOfMemoryError e) {
			throw new ParameterException(state.name() + ": there is too little memory to transform a box of " + state.map()
				.box() + " padded " + padding + " times. Give Java more (-Xmx), use padding 1, or bin the map.", e);
		}
	}

	/** Maps from different programs differ in scale, and the weaker state would drown in the noise of the other. */
	private static List<String> scaleWarnings(final List<WeightedMap> maps) {
		final double first = ImageStatistics.of(maps.get(0).map().voxels()).standardDeviation();
		final List<String> warnings = new ArrayList<>();
		for (final WeightedMap other : maps) {
			final double ratio = ImageStatistics.of(other.map().voxels()).standardDeviation() / first;
			if (ratio < 1 / LARGEST_CONTRAST_RATIO || ratio > LARGEST_CONTRAST_RATIO) warnings.add(String.format(Locale.ROOT,
				"%s has %.3g times the contrast of %s: bring the maps to one scale of density, or one state has another " +
					"signal-to-noise ratio.", other.name(), ratio, maps.get(0).name()));
		}
		return List.copyOf(warnings);
	}

	private static void checkMaps(final List<WeightedMap> maps, final SimulationOptions options) {
		if (maps.isEmpty()) throw new ParameterException("There is no map to simulate from. Give at least one.");
		final WeightedMap first = maps.get(0);
		final Volume map = first.map();
		for (final WeightedMap other : maps) {
			if (other.map().box() != map.box()) throw new ParameterException(other.name() + " has a box of " + other.map()
				.box() + " voxels, " + first.name() + " one of " + map.box() + ". Use maps of one box.");
			final double difference = other.map().pixelSizeAngstrom() / map.pixelSizeAngstrom() - 1;
			if (Math.abs(difference) > 1e-3) throw new ParameterException(other.name() + " has a pixel size of " + other
				.map().pixelSizeAngstrom() + " Å, " + first.name() + " one of " + map.pixelSizeAngstrom() +
				" Å. Use maps of one pixel size.");
		}
		if (map.box() % options.bin() != 0 || map.box() / options.bin() < LEAST_BINNED) throw new ParameterException(
			"A bin of " + options.bin() + " does not divide a box of " + map.box() + " pixels into one of " + LEAST_BINNED +
				" or more. Use another bin, or a box that is a multiple of it.");
		final double half = map.box() * map.pixelSizeAngstrom() / 2;
		if (options.maximumShiftAngstrom().high() > half) throw new ParameterException("The largest shift is " + options
			.maximumShiftAngstrom().high() + " Å, more than half the box (" + half +
			" Å): particles would leave their images. Use a smaller shift.");
	}
}
