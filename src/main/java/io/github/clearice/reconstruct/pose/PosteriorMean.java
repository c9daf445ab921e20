package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The mean of all projections of maps, weighted by the probability of map, pose, shift and contrast given the noisy
 * particle: what no denoiser can beat on average if the particles are projections of those maps in Gaussian noise (the
 * estimator of least mean square error, by Bayes' theorem with a uniform prior over orientations).
 * <p>
 * This is a template method: it puts the map into pure noise too. The entropy
 * of the probabilities shows where it knew little. The spectrum of the noise and the spread of the contrast are
 * estimated from a sample of the stack by expectation maximisation; the offset of each particle counts for nothing.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2012.09.006">Scheres 2012</a>, equations 1 to 7
 */
public final class PosteriorMean extends ArrayDenoiser {

	/** Particles from which noise and contrast are estimated, and those that are enough for the first steps. */
	private static final int SAMPLE = 96, FIRST_SAMPLE = 32;

	private static final int ITERATIONS = 6, LAST_ITERATIONS = 2;

	/** Part of the Nyquist frequency that is compared: images have little beyond, and rings no room. */
	private static final double BAND = 0.95;

	private static final String TASK = "Denoising";

	private final List<WeightedMap> maps;
	private final PosteriorOptions options;
	private final double reach;
	private final Queue<PosteriorWorker> idle = new ConcurrentLinkedQueue<>();
	private PosteriorGrid grid;
	private List<CtfParameters> optics;
	private NoiseAndContrast model;
	private Certainty[] certainties;
	private Companion companion;
	private int samples;

	/**
	 * How certain a particle is.
	 *
	 * @param entropyBits of the probabilities of its poses, in cells of the grid: 0 where the pose is certain
	 * @param contrast mean factor of the map's projections in the image
	 * @param classes probabilities of the maps
	 */
	public record Certainty(double entropyBits, double contrast, List<Double> classes) implements Serializable {}

	/** Takes what there is beside the mean of each particle, one after the other. */
	public interface Companion {

		/**
		 * @param particle of the stack, counted from 0
		 * @param deviation standard deviation of each pixel
		 * @param samples projections at random, as often as each is probable
		 */
		void accept(int particle, float[] deviation, float[][] samples);
	}

	/**
	 * @param maps of which the particles are projections, with their shares among the particles, on one scale of density
	 * @param options what else is known
	 */
	public PosteriorMean(final List<WeightedMap> maps, final PosteriorOptions options) {
		this(maps, options, PosteriorSearch.REACH);
	}

	/** @param reach as a logarithm, how much less likely than the best a pose may be to count */
	PosteriorMean(final List<WeightedMap> maps, final PosteriorOptions options, final double reach) {
		this.maps = List.copyOf(maps);
		this.options = options;
		this.reach = reach;
	}

	/**
	 * Asks for standard deviations and samples of the particles that will be denoised.
	 *
	 * @param count samples of each particle
	 */
	public void accompany(final int count, final Companion taker) {
		samples = count;
		companion = taker;
	}

	@Override
	public String name() {
		return "posterior (knows the map)";
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		optics = PoseMatching.optics(noisy, options.correctsCtf() && PoseMatching.listsCtfs(noisy));
		certainties = new Certainty[noisy.size()];
		for (final WeightedMap map : maps) PoseMatching.requireAlike(noisy, map.map());
		idle.clear();
		grid = new PosteriorGrid(maps, options, (int) (BAND * noisy.box() / 2));
		model = Machines.current().once(() -> estimate(noisy, listener));
	}

	/** The mean is one of projections without CTF. */
	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.of(optics.stream().anyMatch(Objects::nonNull));
	}

	@Override
	public Serializable findings(final int first, final int end) {
		return Arrays.copyOfRange(certainties, first, end);
	}

	@Override
	public void take(final int first, final Serializable findings) {
		final Certainty[] found = (Certainty[]) findings;
		System.arraycopy(found, 0, certainties, first, found.length);
	}

	/** How certain each particle is; null for those not denoised yet. */
	public List<Certainty> certainties() {
		return Arrays.asList(certainties.clone());
	}

	/** The entropy of uniformly distributed poses. */
	public double greatestEntropyBits() {
		return grid.greatestEntropyBits();
	}

	/** The mean factor of the map's projections in the images of the stack. */
	public double contrast() {
		return model.contrast();
	}

	/** The variance of the noise of a pixel by ring, at frequencies that the CTF passes whole; element 0 is unused. */
	public double[] noiseSpectrum() {
		final double[] powers = new double[grid.rings() + 1];
		for (int r = 1; r < powers.length; r++) powers[r] = model.noise(r, 1);
		return powers;
	}

	private NoiseAndContrast estimate(final ParticleStack noisy, final TaskListener listener) {
		final int count = Math.min(SAMPLE, noisy.size());
		final float[][] images = new float[count][noisy.box() * noisy.box()];
		final int[] rows = new int[count];
		for (int i = 0; i < count; i++) {
			// The first of them are from all parts of the stack, too.
			final int place = count <= FIRST_SAMPLE ? i : i % FIRST_SAMPLE * (count / FIRST_SAMPLE) + i / FIRST_SAMPLE;
			rows[i] = (int) ((long) (place < count ? place : i) * noisy.size() / count);
			noisy.read(rows[i], images[i]);
			PoseMatching.requireNumbers(noisy, rows[i], images[i]);
		}
		double power = 0;
		for (final float[] image : images) power += powerAboutMean(image) / count / image.length;
		// Projections that stand out of the noise by one standard deviation: if they are clearer, the first step finds it;
		// if they are not, a contrast that is too high would find a pose for any noise.
		model = NoiseAndContrast.ofPower(spectrum(images), power / grid.statistics().meanPower()).atLeast(power);
		listener.begin("Estimating noise and contrast", ITERATIONS);
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			listener.checkCancelled(TASK);
			final int used = iteration < ITERATIONS - LAST_ITERATIONS ? Math.min(FIRST_SAMPLE, count) : count;
			final NoiseAndContrast.Observation[] observations = new NoiseAndContrast.Observation[used];
			ParallelLoop.run(used, 1, thread -> i -> observations[(int) i] = with(worker -> worker.observe(worker.find(
				images[(int) i], optics.get(rows[(int) i]), model))));
			model = NoiseAndContrast.of(List.of(observations), options.noise() == PosteriorOptions.Noise.WHITE).atLeast(
				power);
			if (!(model.contrast() > 0)) throw new ParameterException(
				"No particle looks like the map. Choose the map of these particles (map=), and particles that are bright.");
			if (iteration == ITERATIONS - 1) model = model.shrunk(List.of(observations));
			listener.progress(iteration + 1);
		}
		listener.end();
		return model;
	}

	/** The mean power of images by ring: the noise at the start, when nothing else is known. */
	private double[] spectrum(final float[][] images) {
		final double[] sums = new double[grid.rings() + 1], counts = new double[grid.rings() + 1];
		final RealFourierTransform2D fourier = new RealFourierTransform2D(grid.box());
		final float[] spectrum = new float[fourier.spectrumLength()];
		final HalfPlane plane = new HalfPlane(grid.box());
		for (final float[] image : images) {
			fourier.forward(image, spectrum);
			for (int k = 0; k < plane.length(); k++) {
				final int ring = (int) Math.rint(plane.radius(k));
				if (ring > grid.rings()) continue;
				sums[ring] += plane.weight(k) * ((double) spectrum[2 * k] * spectrum[2 * k] + (double) spectrum[2 * k + 1] *
					spectrum[2 * k + 1]) / image.length;
				counts[ring] += plane.weight(k);
			}
		}
		for (int ring = 0; ring < sums.length; ring++) sums[ring] /= counts[ring];
		return sums;
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		requireParticles(first, noisy.length, certainties.length);
		final float[][] deviations = new float[noisy.length][];
		final float[][][] drawn = new float[noisy.length][samples][];
		ParallelLoop.run(noisy.length, 1, thread -> step -> with(worker -> {
			final int i = (int) step, row = first + i;
			final CtfParameters parameters = optics.get(row);
			final PosePosterior posterior = worker.find(noisy[i], parameters, model);
			certainties[row] = new Certainty(posterior.entropyBits(), posterior.contrast(), Arrays.stream(posterior
				.classes()).boxed().toList());
			worker.mean(posterior, parameters, denoised[i]);
			if (companion == null) return null;
			deviations[i] = new float[denoised[i].length];
			worker.deviation(posterior, parameters, denoised[i], deviations[i]);
			for (int sample = 0; sample < samples; sample++) {
				drawn[i][sample] = new float[denoised[i].length];
				worker.sample(posterior, parameters, Seeds.random(row, sample), drawn[i][sample]);
			}
			return null;
		}));
		if (companion != null) for (int i = 0; i < noisy.length; i++) companion.accept(first + i, deviations[i], drawn[i]);
	}

	private <T> T with(final Function<PosteriorWorker, T> step) {
		final PosteriorWorker waiting = idle.poll();
		final PosteriorWorker worker = waiting == null ? new PosteriorWorker(grid, reach) : waiting;
		try {
			return step.apply(worker);
		}
		finally {
			idle.add(worker);
		}
	}

	private static double powerAboutMean(final float[] image) {
		double sum = 0, square = 0;
		for (final float pixel : image) {
			sum += pixel;
			square += (double) pixel * pixel;
		}
		return square - sum * sum / image.length;
	}
}
