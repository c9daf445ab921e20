package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Undistortion;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The mean of all projections of a map, weighted by the probability of their poses given the noisy particle: no
 * denoiser can be better on average if the particles are centred projections of that map in white noise (the estimator
 * of least mean square error, by Bayes' theorem with a uniform prior over orientations).
 * <p>
 * This is a template method: it puts the map into pure noise too. The entropy
 * of the probabilities shows where it knew little. Noise level and contrast are
 * estimated from a sample of the stack by expectation maximisation.
 */
public final class PosteriorMean extends ArrayDenoiser {

	private static final int SAMPLE = 128;
	private static final int ITERATIONS = 3;

	/** Part of the Nyquist frequency that is compared: images have little beyond, and rings no room. */
	private static final double BAND = 0.95;

	private final Volume map;
	private final HealpixGrid grid;
	private final boolean correctCtf;
	private ReferenceViews views;
	private List<CtfParameters> optics;
	private double[] entropies;
	private double variance;
	private double contrast;

	/**
	 * @param map the map whose projections the particles are
	 * @param grid of directions
	 * @param correctCtf whether the CTFs that the particles' table lists, where it does, are those of the images
	 */
	public PosteriorMean(final Volume map, final HealpixGrid grid, final boolean correctCtf) {
		this.map = map;
		this.grid = grid;
		this.correctCtf = correctCtf;
	}

	@Override
	public String name() {
		return "posterior (knows the map)";
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		optics = PoseMatching.optics(noisy, correctCtf && PoseMatching.listsCtfs(noisy));
		entropies = new double[noisy.size()];
		views = new ReferenceViews(PoseMatching.requireAlike(noisy, map), grid, (int) (BAND * map.box() / 2));
		estimateNoise(noisy, listener);
	}

	/** The mean is one of projections without CTF. */
	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.of(optics.stream().anyMatch(Objects::nonNull));
	}

	/** Of the probabilities of the poses of each particle, in bits; NaN for those not denoised yet. */
	public double[] entropiesBits() {
		return entropies.clone();
	}

	/** The entropy of uniformly distributed poses. */
	public double greatestEntropyBits() {
		return Math.log((double) grid.size() * new ViewScorer(views).angles()) / Math.log(2);
	}

	private void estimateNoise(final ParticleStack noisy, final TaskListener listener) {
		final int count = Math.min(SAMPLE, noisy.size());
		final double[] powers = new double[count];
		final float[][] images = new float[count][map.box() * map.box()];
		final int[] rows = new int[count];
		final Undistortion undistortion = new Undistortion(map.box(), map.pixelSizeAngstrom());
		for (int i = 0; i < count; i++) {
			rows[i] = (int) ((long) i * noisy.size() / count);
			noisy.read(rows[i], images[i]);
			PoseMatching.requireNumbers(noisy, rows[i], images[i]);
			undistortion.apply(optics.get(rows[i]), images[i]);
			powers[i] = powerAboutMean(images[i]);
		}
		// At first, neither noise level nor contrast is known.
		final PoseLikelihood unknown = PoseLikelihood.ofRings(views.rings());
		PosePosterior.Likelihood likelihood = (cross, imageNorm, viewNorm) -> imageNorm * viewNorm > 0 ? unknown.log(cross /
			(imageNorm * viewNorm)) : 0;
		listener.begin("Estimating noise and contrast", ITERATIONS);
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			listener.checkCancelled("Denoising");
			final double[][] sums = new double[count][];
			final PosePosterior.Likelihood current = likelihood;
			ParallelLoop.run(count, 1, thread -> {
				final ViewScorer scorer = new ViewScorer(views);
				final Ctf ctf = new Ctf(map.box(), map.pixelSizeAngstrom());
				return i -> {
					setImage(scorer, ctf, images[(int) i], rows[(int) i]);
					final PosePosterior posterior = PosePosterior.of(scorer, views, current);
					sums[(int) i] = new double[] { posterior.cross(), posterior.square() };
				};
			});
			update(sums, Arrays.stream(powers).sum());
			likelihood = this::log;
			listener.progress(iteration + 1);
		}
		listener.end();
	}

	private void update(final double[][] sums, final double power) {
		final double cross = Arrays.stream(sums).mapToDouble(sum -> sum[0]).sum();
		final double square = Arrays.stream(sums).mapToDouble(sum -> sum[1]).sum();
		if (!(cross > 0)) throw new ParameterException(
			"No particle looks like the map. Choose the map of these particles (map=), and particles that are bright.");
		contrast = cross / square;
		variance = (power - 2 * contrast * cross + contrast * contrast * square) / ((double) sums.length * map.box() * map
			.box());
		// Images without noise are compared as if they had a little.
		variance = Math.max(variance, 1e-4 * power / ((double) sums.length * map.box() * map.box()));
	}

	private double log(final double cross, final double imageNorm, final double viewNorm) {
		return (contrast * cross - 0.5 * contrast * contrast * viewNorm * viewNorm) / variance;
	}

	private void setImage(final ViewScorer scorer, final Ctf ctf, final float[] image, final int row) {
		final CtfParameters remaining = Undistortion.remaining(optics.get(row));
		if (remaining == null) {
			scorer.setImage(image, 0, 0, null);
			return;
		}
		final float[] values = new float[ctf.length()];
		ctf.sample(remaining, values);
		scorer.setImage(image, 0, 0, PoseSearch.ringMeans(values, map.box(), views.rings()));
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		requireParticles(first, noisy.length, entropies.length);
		ParallelLoop.run(noisy.length, 1, thread -> {
			final ViewScorer scorer = new ViewScorer(views);
			final Ctf ctf = new Ctf(map.box(), map.pixelSizeAngstrom());
			final Undistortion undistortion = new Undistortion(map.box(), map.pixelSizeAngstrom());
			final float[] image = new float[map.box() * map.box()];
			final FourierSlice slice = new FourierSlice(views.projector());
			final RealFourierTransform2D fourier = new RealFourierTransform2D(map.box());
			final float[] cut = new float[fourier.spectrumLength()], mean = new float[fourier.spectrumLength()];
			return i -> {
				final int row = first + (int) i;
				System.arraycopy(noisy[(int) i], 0, image, 0, image.length);
				undistortion.apply(optics.get(row), image);
				setImage(scorer, ctf, image, row);
				final PosePosterior posterior = PosePosterior.of(scorer, views, this::log);
				entropies[row] = posterior.entropyBits();
				Arrays.fill(mean, 0);
				for (int pose = 0; pose < posterior.poses().size(); pose++) {
					slice.cut(views.projector(), posterior.poses().get(pose), CtfParameters.magnification(optics.get(row)), cut);
					final float weight = (float) (contrast * posterior.weights()[pose]);
					for (int k = 0; k < mean.length; k++) mean[k] += weight * cut[k];
				}
				fourier.inverse(mean, denoised[(int) i]);
			};
		});
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
