package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.FourierResampler;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.SimulationOptions.CleanImage;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes pairs of clean and noisy images with buffers of its own: one instance a thread. */
final class PairWorker {

	/** Streams of a particle's randomness; the first three belong to {@link PairSimulator}. */
	private static final int CAMERA_NOISE = 3, ICE_NOISE = 4, LEVEL = 5, SURROUNDINGS = 6;

	private final SimulationOptions options;
	private final RealFourierTransform2D fourier;
	private final FourierSlice slice;
	private final Ctf ctf;
	private final HalfPlane plane;
	private final float[] colour;
	private final float[] spectrum;
	private final float[] scratch;
	private final float[] ctfValues;
	private final BackgroundFeatures background;
	/** Null where images stay at full size, as do the two buffers. */
	private final FourierResampler binning;
	private final float[] fullClean;
	private final float[] fullNoisy;

	/** @param radiusPixels of the particle, beyond which its neighbours lie */
	PairWorker(final int box, final double pixelSizeAngstrom, final SimulationOptions options, final float[] colour,
		final double radiusPixels)
	{
		this.options = options;
		this.colour = colour;
		fourier = new RealFourierTransform2D(box);
		slice = new FourierSlice(box, pixelSizeAngstrom);
		ctf = new Ctf(box, pixelSizeAngstrom);
		plane = new HalfPlane(box);
		spectrum = new float[fourier.spectrumLength()];
		scratch = new float[fourier.spectrumLength()];
		ctfValues = new float[ctf.length()];
		background = new BackgroundFeatures(box, pixelSizeAngstrom, radiusPixels);
		final boolean binned = options.bin() > 1;
		binning = binned ? new FourierResampler(box, box / options.bin()) : null;
		fullClean = binned ? new float[box * box] : null;
		fullNoisy = binned ? new float[box * box] : null;
	}

	/** Variance of the picture that noise is to be added to. */
	double signalVariance(final FourierProjector projector, final PairSimulator.Particle particle) {
		slice.cut(projector, particle.pose(), CtfParameters.magnification(particle.ctf()), spectrum);
		if (particle.ctf() != null) ctf.apply(recorded(particle.ctf()), spectrum, ctfValues);
		return plane.variance(spectrum);
	}

	/** @param signalVariance that a signal-to-noise ratio refers to, or NaN where it is the image's own */
	void simulate(final FourierProjector projector, final PairSimulator.Particle particle, final double signalVariance,
		final float[] clean, final float[] noisy)
	{
		if (binning == null) {
			simulateFull(projector, particle, signalVariance, clean, noisy);
			return;
		}
		simulateFull(projector, particle, signalVariance, fullClean, fullNoisy);
		binning.apply(fullClean, clean);
		binning.apply(fullNoisy, noisy);
	}

	private void simulateFull(final FourierProjector projector, final PairSimulator.Particle particle,
		final double signalVariance, final float[] clean, final float[] noisy)
	{
		slice.cut(projector, particle.pose(), CtfParameters.magnification(particle.ctf()), spectrum);
		final boolean transferred = particle.ctf() != null;
		final boolean cleanDiffers = transferred && options.clean() == CleanImage.WITHOUT_CTF;
		if (cleanDiffers) fourier.inverse(spectrum, clean);
		if (transferred) ctf.apply(recorded(particle.ctf()), spectrum, ctfValues);
		if (!cleanDiffers) fourier.inverse(spectrum, clean);
		final NoiseModel noise = options.noise();
		final SplittableRandom drawn = random(particle, LEVEL);
		final double level = noise.snr() == null ? noise.sigma() : Math.sqrt((Double.isNaN(signalVariance) ? plane.variance(
			spectrum) : signalVariance) / noise.snr().drawFactor(drawn));
		final double iceShare = noise.iceShare().draw(drawn);
		final double iceLevel = level * Math.sqrt(iceShare);
		final double cameraLevel = level * Math.sqrt(1 - iceShare);
		final boolean ice = iceLevel > 0, coloured = colour != null && cameraLevel > 0;
		if (ice) addIce(particle, iceLevel, noisy);
		if (coloured) addFiltered(random(particle, CAMERA_NOISE), cameraLevel, colour, noisy);
		if (cleanDiffers || ice || coloured) fourier.inverse(spectrum, noisy);
		else System.arraycopy(clean, 0, noisy, 0, clean.length);
		if (!coloured && cameraLevel > 0) addWhite(random(particle, CAMERA_NOISE), cameraLevel, noisy);
		final SplittableRandom around = random(particle, SURROUNDINGS);
		background.addSlope(around, level * noise.background().draw(around), noisy);
		background.addNeighbours(around, options.neighbours().draw(around), projector, particle.ctf(), noisy);
		if (!transferred) return;
		if (!cleanDiffers) treat(particle.ctf(), clean);
		treat(particle.ctf(), noisy);
	}

	/** The optics of an image before anything was done about its CTF. */
	static CtfParameters recorded(final CtfParameters parameters) {
		final ObservationModel model = parameters.observation();
		return model.ctfState() == CtfState.CORRECTED ? parameters : parameters.with(model.with(CtfState.RECORDED));
	}

	/** Applies the stated CTF correction to a recorded image, including its noise. */
	private void treat(final CtfParameters parameters, final float[] image) {
		final CtfState state = parameters.observation().ctfState();
		if (state == CtfState.RECORDED || state == CtfState.CORRECTED) return;
		fourier.forward(image, spectrum);
		ctf.treat(parameters, spectrum, ctfValues);
		fourier.inverse(spectrum, image);
	}

	/** Ice passes through the CTF, which is scaled so that the ice's variance in the image is as asked. */
	private void addIce(final PairSimulator.Particle particle, final double level, final float[] field) {
		if (particle.ctf() == null) {
			Arrays.fill(ctfValues, 1);
			addFiltered(random(particle, ICE_NOISE), level, ctfValues, field);
			return;
		}
		final double passed = Math.sqrt(plane.meanSquare(ctfValues));
		addFiltered(random(particle, ICE_NOISE), level / passed, ctfValues, field);
	}

	/** Adds filtered white noise to the spectrum; the field is overwritten. */
	private void addFiltered(final SplittableRandom random, final double level, final float[] filter,
		final float[] field)
	{
		for (int i = 0; i < field.length; i++) field[i] = (float) (level * random.nextGaussian());
		fourier.forward(field, scratch);
		FourierFilter.multiply(scratch, filter);
		for (int i = 0; i < spectrum.length; i++) spectrum[i] += scratch[i];
	}

	private static void addWhite(final SplittableRandom random, final double level, final float[] image) {
		for (int i = 0; i < image.length; i++) image[i] += (float) (level * random.nextGaussian());
	}

	private SplittableRandom random(final PairSimulator.Particle particle, final int purpose) {
		return Seeds.random(options.seed(), purpose, particle.index());
	}
}
