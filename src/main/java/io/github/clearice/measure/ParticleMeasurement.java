package io.github.clearice.measure;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.stack.ParticleProfile.Measured;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;

/**
 * Measures how a stack of particles differs from projections of a map, so that particles like them can be simulated.
 * <p> Noise is measured outside the particle, the strength of the signal by its radial power, the contrast by a matched
 * filter. Quantities that images do not show directly, such as a shift or the share of the ice, are found by simulated
 * moments: particles with known values are simulated and measured in the same way, and the value is taken at which they
 * match the real ones (McFadden 1989). That cancels the bias of the measurement itself.
 */
public final class ParticleMeasurement {

	private static final String TASK = "Measuring the particles";

	/** Enough for a few percent, and measured in seconds. */
	private static final int MOST_IMAGES = 400;
	/** Simulated images are not scarce: their error should not count. */
	private static final int SIMULATED = 800;
	/** Images are kept in memory: 64 MB. */
	private static final int MOST_PIXELS = 1 << 24;
	/** A value of more standard errors is not chance. */
	private static final double CHANCE = 2;
	/** SNRs are simulated over at least this factor either way, because that of single images is never known better. */
	private static final double LEAST_FACTOR = 1.2;
	private static final double LEAST_SNR = 1e-4;
	/** Largest shifts that are tried, as parts of the box. */
	private static final double[] SHIFTS = { 0, 1 / 32.0, 1 / 16.0, 1 / 10.0, 1 / 7.0, 1 / 5.0 };
	/** Squared distances grow with squared shifts at least by this, in pixels. */
	private static final double LEAST_GAIN = 0.01;
	/** The share of a plane in the variance of a simulated uneven background. */
	private static final double PLANE_SHARE = 0.85;

	private final ParticleStack stack;
	private final TaskListener listener;
	private final int box;
	private final FourierShells rings;
	private final double radiusPixels;
	private final int[] indices;
	/** Optics of the images that are measured; null if they have no CTF. */
	private final List<CtfParameters> optics;
	private ComparisonSimulation simulation;

	private ParticleMeasurement(final ParticleStack stack, final List<WeightedMap> states, final long seed,
		final TaskListener listener)
	{
		this.stack = stack;
		this.listener = listener;
		box = stack.box();
		rings = FourierShells.ofImages(box);
		radiusPixels = radiusPixels(states, box);
		final int most = Math.max(2, MOST_PIXELS / (box * box));
		indices = stack.spread(Math.min(most, MOST_IMAGES));
		optics = optics(stack, indices);
		simulation = new ComparisonSimulation(stack, states, optics, radiusPixels, Math.min(most, SIMULATED), seed);
	}

	/**
	 * Measures a stack.
	 *
	 * @param stack particles of the box and pixel size of the maps
	 * @param states their maps
	 * @param seed of the simulated particles for the comparison
	 * @throws ParameterException if they are not of one size, or there is nothing to see
	 * @throws io.github.clearice.task.TaskCancelledException if the listener says so
	 */
	public static ParticleProfile of(final ParticleStack stack, final List<WeightedMap> states, final long seed,
		final TaskListener listener)
	{
		final int mapBox = states.get(0).map().box();
		if (mapBox != stack.box()) throw new ParameterException("The particles of " + stack.name() + " have boxes of " +
			stack.box() + " pixels, but the map " + mapBox + ". Give box= and pixel= of the map.");
		listener.begin(TASK, 0);
		try {
			return new ParticleMeasurement(stack, states, seed, listener).measure();
		}
		finally {
			listener.end();
		}
	}

	/** Radius in pixels of the circle outside which images are taken for background. */
	static double radiusPixels(final List<WeightedMap> states, final int box) {
		final double radius = states.stream().mapToDouble(WeightedMap::radiusPixels).max().orElseThrow();
		return Math.max(0.25 * box, Math.min(0.475 * box, 1.1 * radius + 1));
	}

	/** The optics of some particles; null if there are none, or images were corrected for them. */
	private static List<CtfParameters> optics(final ParticleStack stack, final int[] indices) {
		final RelionParticles rows = stack.rows().orElse(null);
		if (rows == null || rows.particles().stream().anyMatch(particle -> particle.ctf() == null)) return null;
		final List<CtfParameters> listed = CtfParameters.listed(rows, true);
		if (listed.get(0).observation().ctfState() == CtfState.CORRECTED) return null;
		return Arrays.stream(indices).mapToObj(listed::get).toList();
	}

	private ParticleProfile measure() {
		final ImageSample real = new ImageSample(box, stack.pixelSizeAngstrom(), indices.length, radiusPixels, optics, (i,
			image) -> readReal(i, image));
		double[] noise = real.meanBackgroundPower();
		if (!(noise[rings.nyquist() / 2] > 0)) throw new ParameterException("The background of " + stack.name() +
			" holds no noise, so there is none to simulate. Give snr= by hand, without like=.");
		final Signal signal = new Signal();
		final double[] middles = real.match(signal.template, noise).middle();
		final double contrast = mean(middles) / Math.max(standardError(middles), 1 / Math.sqrt(middles.length));
		if (contrast < 0) simulation = simulation.inverted();
		final float[] template = contrast < 0 ? negative(signal.template) : signal.template;

		// The first guess is that of white noise and centred particles; each simulation corrects it.
		double snr = Math.max(LEAST_SNR, mean(signal.ratios(real, noise, signal.ratio(real, noise))));
		ImageSample like = simulated(snr, noise, 0, 0);
		double[] colour = corrected(noise, real, like);
		final Measured ice = ice(real, snr, noise, colour);
		colour = withoutIce(real, colour, ice.value());
		final Measured shift = shift(real, template, snr, noise, colour, ice.value());
		double[] spread = null;
		double realRatio = 0, likeRatio = 0;
		for (int round = 0; round < 2; round++) {
			like = simulated(snr, colour, ice.value(), shift.value());
			colour = corrected(colour, real, like);
			final double about = signal.ratio(real, noise);
			final double[] realRatios = signal.ratios(real, noise, about), likeRatios = signal.ratios(like, like
				.meanBackgroundPower(), about);
			realRatio = mean(realRatios);
			likeRatio = mean(likeRatios);
			spread = new double[] { variance(realRatios) / square(realRatio), variance(likeRatios) / square(likeRatio),
				Math.sqrt(Math.max(variance(realRatios), variance(likeRatios)) / realRatios.length),
					standardError(likeRatios) };
			if (realRatio > 0 && likeRatio > 0) snr *= realRatio / likeRatio;
		}
		final Measured measured = new Measured(snr, Math.hypot(spread[2] / Math.max(realRatio, LEAST_SNR), spread[3] / Math
			.max(likeRatio, LEAST_SNR)) * snr);
		final double[] limits = limits(measured, spread[0] - spread[1]);
		return new ParticleProfile(stack.name(), indices.length, box, stack.pixelSizeAngstrom(), measured, limits[0],
			limits[1], contrast < 0, contrast, normalised(colour), ice, shift, hasOrigins(), background(real, like),
			optics == null ? null : OpticsSummary.of(optics), null);
	}

	private void readReal(final int i, final float[] image) {
		listener.checkCancelled(TASK);
		stack.read(indices[i], image);
		if (ImageStatistics.firstNotFinite(image) >= 0) throw new ParameterException("Particle " + (indices[i] + 1) +
			" of " + stack.name() + " has a pixel that is not a number (NaN or infinite). Remove or repair the particle.");
	}

	/** The properties of the map's projections, with the optics of the particles. */
	private final class Signal {

		private static final int COUNT = 200;

		/** The mean projection, round, less its mean outside the particle. */
		private final float[] template;
		/** Mean power in rings of projections with CTF, whose variance over the box is 1. */
		private final double[] power;

		Signal() {
			final PairSimulator simulator = simulation.projections(COUNT);
			final float[][] clean = new float[COUNT][box * box], noisy = new float[COUNT][box * box];
			for (int i = 0; i < COUNT; i++) simulator.simulate(i, clean[i], noisy[i]);
			template = round(clean);
			power = new double[rings.count()];
			final RealFourierTransform2D fourier = new RealFourierTransform2D(box);
			final float[] spectrum = new float[fourier.spectrumLength()];
			double variance = 0;
			for (final float[] image : noisy) {
				fourier.forward(image, spectrum);
				rings.addPower(spectrum, power);
				variance += ImageStatistics.of(image).variance() / COUNT;
			}
			for (int k = 0; k < power.length; k++) power[k] /= rings.size(k) * COUNT * (double) box * box * variance;
		}

		/** An estimate of the signal-to-noise ratio from the mean power. */
		double ratio(final ImageSample sample, final double[] noise) {
			double ratio = 0.1;
			for (int i = 0; i < 5; i++) ratio = mean(sample.signalFactors(noise, power, ratio));
			return ratio;
		}

		/** The signal-to-noise ratio of each image. */
		double[] ratios(final ImageSample sample, final double[] noise, final double about) {
			return sample.signalFactors(noise, power, about);
		}
	}

	private float[] round(final float[][] images) {
		final double[] sums = new double[box];
		final int[] counts = new int[box];
		for (int p = 0; p < box * box; p++) {
			final int radius = radius(p);
			for (final float[] image : images) sums[radius] += image[p];
			counts[radius] += images.length;
		}
		final int rim = (int) radiusPixels;
		final double outside = sums[rim] / counts[rim];
		final float[] round = new float[box * box];
		for (int p = 0; p < round.length; p++) if (radius(p) < rim) round[p] = (float) (sums[radius(p)] / counts[radius(
			p)] - outside);
		// Correlations are then counted from the first pixel on.
		return round;
	}

	private int radius(final int pixel) {
		return Math.min(box - 1, (int) Math.round(Math.hypot(pixel % box - box / 2, pixel / box - box / 2)));
	}

	private ImageSample simulated(final double snr, final double[] colour, final double ice, final double shiftAngstrom) {
		listener.checkCancelled(TASK);
		return simulation.sample(snr, colour, ice, shiftAngstrom);
	}

	/** A spectrum changed by the factor by which that of simulated images is still off. */
	private static double[] corrected(final double[] colour, final ImageSample real, final ImageSample like) {
		final double[] wanted = real.meanBackgroundPower(), found = like.meanBackgroundPower(), corrected = colour.clone();
		for (int k = 0; k < corrected.length; k++) if (found[k] > 0) corrected[k] *= Math.max(0.2, Math.min(5, wanted[k] /
			found[k]));
		// The first ring lies in what flattening takes away. Where that was done before, there is less in it from the
		// start; where planes are left, they are no noise.
		corrected[1] = Math.min(corrected[1], colour[1] * real.meanRawPower() / like.meanRawPower());
		return corrected;
	}

	/** Compares with simulated images without ice, and with half of the noise from the ice. */
	private Measured ice(final ImageSample real, final double snr, final double[] noise, final double[] colour) {
		if (optics == null || indices.length < 2) return new Measured(0, 0);
		final double[] found = real.iceSlope(noise);
		final double half = 0.5;
		final double[] none = slopeOfSimulated(snr, colour, 0);
		final double[] much = slopeOfSimulated(snr, withoutIce(real, colour, half), half);
		final double gain = (much[0] - none[0]) / half;
		// Particles of one defocus tell nothing about it.
		if (!(gain > 0)) return new Measured(0, 1);
		final double value = (found[0] - none[0]) / gain, error = Math.hypot(found[1], none[1]) / gain;
		return new Measured(value > CHANCE * error && error < half ? Math.min(0.95, value) : 0, Math.min(1, error));
	}

	private double[] slopeOfSimulated(final double snr, final double[] colour, final double ice) {
		final ImageSample simulated = simulated(snr, colour, ice, 0);
		return simulated.iceSlope(simulated.meanBackgroundPower());
	}

	/** The spectrum of the noise that is left without the ice; the least part of it, a hundredth, is never taken away. */
	private double[] withoutIce(final ImageSample real, final double[] colour, final double ice) {
		if (ice == 0) return colour;
		final double[] left = normalisedOver(colour), through = new double[colour.length];
		for (int i = 0; i < real.size(); i++) {
			final double[] squares = real.squaredCtf(i);
			for (int k = 0; k < squares.length; k++) through[k] += squares[k] / real.size();
		}
		for (int k = 0; k < left.length; k++) left[k] = Math.max(0.01 * left[k], left[k] - ice * through[k]);
		return left;
	}

	/** From the table where it has origins, otherwise from where a matched filter finds the particles. */
	private Measured shift(final ImageSample real, final float[] template, final double snr, final double[] noise,
		final double[] colour, final double ice)
	{
		if (hasOrigins()) {
			double squares = 0;
			final List<RelionParticle> rows = stack.rows().orElseThrow().particles();
			for (final int i : indices) squares += square(rows.get(i).originXAngstrom()) + square(rows.get(i)
				.originYAngstrom());
			// The spread of numbers that are uniform up to a limit is the limit over the root of 3.
			final double limit = Math.sqrt(3 * squares / (2 * indices.length));
			return new Measured(limit, limit / Math.sqrt(4.0 * indices.length));
		}
		final ImageSample.Matches found = real.match(template, noise);
		double before = 0, last = 0;
		for (int i = 0; i < SHIFTS.length; i++) {
			final double tried = SHIFTS[i] * box * stack.pixelSizeAngstrom();
			final ImageSample simulated = simulated(snr, colour, ice, tried);
			final double distance = simulated.match(template, simulated.meanBackgroundPower()).distance();
			if (i > 0 && (distance >= found.distance() || i == SHIFTS.length - 1)) {
				// Squares of independent distances add up.
				final double gain = Math.max((square(distance) - square(last)) / (square(tried) - square(before)), LEAST_GAIN /
					square(stack.pixelSizeAngstrom()));
				final double value = Math.min(square(tried), square(before) + Math.max(0, square(found.distance()) - square(
					last)) / gain);
				final double error = 2 * found.distance() * found.distanceError() / gain;
				if (value < CHANCE * error) return new Measured(0, Math.sqrt(error));
				return new Measured(Math.sqrt(value), error / (2 * Math.sqrt(value)));
			}
			before = tried;
			last = distance;
		}
		throw new AssertionError("the last shift ends the search");
	}

	private boolean hasOrigins() {
		return stack.rows().map(rows -> Arrays.stream(indices).mapToObj(rows.particles()::get).allMatch(particle -> Double
			.isFinite(particle.originXAngstrom() + particle.originYAngstrom())) && Arrays.stream(indices).mapToObj(rows
				.particles()::get).anyMatch(particle -> particle.originXAngstrom() != 0 || particle.originYAngstrom() != 0))
			.orElse(false);
	}

	/** The planes in real images beyond those that their noise makes. */
	private static Measured background(final ImageSample real, final ImageSample like) {
		final double[] squares = Arrays.stream(real.slopes()).map(ParticleMeasurement::square).toArray();
		final double[] chance = Arrays.stream(like.slopes()).map(ParticleMeasurement::square).toArray();
		final double excess = mean(squares) - mean(chance);
		final double error = Math.hypot(standardError(squares), standardError(chance));
		final double value = Math.sqrt(Math.max(0, excess) / PLANE_SHARE);
		return new Measured(excess > CHANCE * error ? value : 0, Math.sqrt((Math.max(0, excess) + error) / PLANE_SHARE) -
			value);
	}

	/** Between which signal-to-noise ratios particles lie, all factors being equally frequent. */
	private static double[] limits(final Measured snr, final double excess) {
		// The variance of the logarithm of a log-normal number, and the limits of a uniform one of this variance.
		final double half = Math.sqrt(3 * Math.log1p(Math.max(0, excess)));
		final double factor = Math.max(LEAST_FACTOR, Math.exp(half)) * (1 + snr.error() / Math.max(snr.value(), LEAST_SNR));
		final double log = Math.log(factor), median = snr.value() * log / Math.sinh(log);
		return new double[] { Math.max(LEAST_SNR, median / factor), Math.max(LEAST_SNR, median * factor) };
	}

	/** The spectrum up to Nyquist, relative to white noise of variance 1. */
	private List<Double> normalised(final double[] colour) {
		final double[] radial = Arrays.copyOf(normalisedOver(colour), rings.nyquist() + 1);
		radial[0] = radial[1];
		return Arrays.stream(radial).map(power -> Math.rint(power * 1e4) / 1e4).boxed().toList();
	}

	private double[] normalisedOver(final double[] colour) {
		double sum = 0, size = 0;
		for (int k = 1; k < colour.length; k++) {
			sum += rings.size(k) * colour[k];
			size += rings.size(k);
		}
		final double[] normalised = new double[colour.length];
		for (int k = 0; k < normalised.length; k++) normalised[k] = colour[k] * size / sum;
		return normalised;
	}

	private static float[] negative(final float[] image) {
		final float[] negative = new float[image.length];
		for (int i = 0; i < negative.length; i++) negative[i] = -image[i];
		return negative;
	}

	private static double square(final double value) {
		return value * value;
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().orElseThrow();
	}

	private static double variance(final double[] values) {
		if (values.length < 2) return 0;
		final double mean = mean(values);
		return Arrays.stream(values).map(value -> square(value - mean)).sum() / (values.length - 1);
	}

	private static double standardError(final double[] values) {
		return Math.sqrt(variance(values) / values.length);
	}
}
