package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The noise of a stack whose clean images are known, so that they can be given
 * new noise of the same kind.
 * <p>
 * The residuals, noisy minus clean, are taken for Gaussian noise with their mean
 * radial spectrum (white is a special case), of one level for the stack, or of
 * each image's own where levels differ. That is so where the clean images hold
 * all of the signal; where the noisy ones have a contrast transfer function that
 * the clean ones lack, it is applied to the clean ones first, from the defoci in
 * the noisy particles' STAR file. Thread-safe.
 */
public final class ResidualNoise {

	private static final String TASK = "Measuring the noise";

	/** Enough for a spectrum to a percent. */
	private static final int LARGEST_SAMPLE = 500;

	/** Residuals may hold so much of the signal: a slip of a few percent in its scale. */
	private static final double LARGEST_SIGNAL_SHARE = 0.02;

	/** Levels that differ by more are each image's own. */
	private static final double LEVEL_SPREAD = 0.05;

	private final ParticlePairs pairs;
	private final RelionParticles transfers;
	private final ResidualSpectrum spectrum;
	private final boolean levelsDiffer;
	private final float[] colour;
	private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

	private ResidualNoise(final ParticlePairs pairs, final RelionParticles transfers, final ResidualSpectrum spectrum) {
		this.pairs = pairs;
		this.transfers = transfers;
		this.spectrum = spectrum;
		this.levelsDiffer = spectrum.levelSpread() > LEVEL_SPREAD + 2 * Math.sqrt(0.5 / (pairs.box() * pairs.box()));
		this.colour = spectrum.isWhite() ? null : spectrum.filter();
	}

	/**
	 * Measures the noise of a stack.
	 *
	 * @throws ParameterException if the residuals hold signal, so that they are not noise alone
	 * @throws io.github.clearice.task.TaskCancelledException if the listener says so
	 */
	public static ResidualNoise of(final ParticlePairs pairs, final TaskListener listener) {
		listener.begin(TASK, 0);
		try {
			final ResidualNoise plain = measured(pairs, null, listener);
			if (plain.spectrum.signalShare() <= LARGEST_SIGNAL_SHARE) return plain;
			final RelionParticles rows = pairs.noisy().rows().orElse(null);
			if (rows != null && rows.particles().stream().map(RelionParticle::ctf).noneMatch(ctf -> ctf == null)) {
				final ResidualNoise transferred = measured(pairs, rows, listener);
				if (transferred.spectrum.signalShare() <= LARGEST_SIGNAL_SHARE) return transferred;
			}
			throw new ParameterException(String.format(Locale.ROOT,
				"%s is not %s plus noise: their difference contains %.0f %% of the clean signal. Give clean images on the" +
				" scale of the noisy ones. They need the CTF of the noisy images, or a STAR file of the noisy images that" +
				" lists it.", pairs
						.noisy().name(), pairs.clean().name(), 100 * Math.min(1, plain.spectrum.signalShare())));
		}
		finally {
			listener.end();
		}
	}

	private static ResidualNoise measured(final ParticlePairs pairs, final RelionParticles transfers,
		final TaskListener listener)
	{
		final ResidualSpectrum.Sums sums = new ResidualSpectrum.Sums(pairs.box());
		final Transfer transfer = new Transfer(pairs, transfers);
		final float[] noisy = new float[pairs.box() * pairs.box()];
		final float[] clean = new float[noisy.length];
		for (final int index : pairs.noisy().spread(LARGEST_SAMPLE)) {
			listener.checkCancelled(TASK);
			pairs.noisy().read(index, noisy);
			pairs.clean().read(index, clean);
			transfer.apply(index, clean);
			sums.add(noisy, clean);
		}
		return new ResidualNoise(pairs, transfers, sums.spectrum());
	}

	/** Standard deviation of the noise a pixel, over the stack. */
	public double sigma() {
		return spectrum.sigma();
	}

	/** Whether the noise has no colour. */
	public boolean isWhite() {
		return colour == null;
	}

	/** Whether the clean images lack a contrast transfer function that the noisy ones have. */
	public boolean hasTransfer() {
		return transfers != null;
	}

	/** Whether each image has a noise level of its own. */
	public boolean hasLevels() {
		return levelsDiffer;
	}

	/**
	 * Makes a noisy image of a clean one.
	 *
	 * @param index of the particle, whose contrast transfer function and noise level are taken
	 * @param clean {@code box * box} pixels of the particle, or of its contaminant; not changed
	 * @param random of the noise
	 * @param noisy receives as many pixels
	 */
	public void draw(final int index, final float[] clean, final SplittableRandom random, final float[] noisy) {
		with(worker -> {
			System.arraycopy(clean, 0, noisy, 0, clean.length);
			worker.transfer.apply(index, noisy);
			worker.add(levelsDiffer ? worker.level(index) : spectrum.sigma(), random, noisy);
		});
	}

	/**
	 * Gives an image the contrast transfer function of a particle that clean images lack, in place; where they do not, it
	 * stays as it is.
	 *
	 * @param index of the particle
	 */
	public void transfer(final int index, final float[] image) {
		with(worker -> worker.transfer.apply(index, image));
	}

	private void with(final Consumer<Worker> work) {
		final Worker waiting = idle.poll();
		final Worker worker = waiting == null ? new Worker() : waiting;
		try {
			work.accept(worker);
		}
		finally {
			idle.add(worker);
		}
	}

	/** Buffers of one thread. */
	private final class Worker {

		private final Transfer transfer = new Transfer(pairs, transfers);
		private final FourierFilter filter = colour == null ? null : new FourierFilter(pairs.box(), colour);
		private final float[] noise = new float[pairs.box() * pairs.box()];
		private final float[] clean = new float[noise.length];

		private double level(final int index) {
			pairs.noisy().read(index, noise);
			pairs.clean().read(index, clean);
			transfer.apply(index, clean);
			double squares = 0;
			for (int i = 0; i < noise.length; i++) {
				final double residual = noise[i] - clean[i] - spectrum.offset();
				squares += residual * residual;
			}
			return Math.sqrt(squares / noise.length);
		}

		private void add(final double level, final SplittableRandom random, final float[] image) {
			for (int i = 0; i < noise.length; i++) noise[i] = (float) (level * random.nextGaussian());
			if (filter != null) filter.apply(noise, noise);
			for (int i = 0; i < noise.length; i++) image[i] += (float) (noise[i] + spectrum.offset());
		}
	}

	/** Applies the contrast transfer functions of particles, or nothing. */
	private static final class Transfer {

		private final RelionParticles particles;
		private final Ctf ctf;
		private final RealFourierTransform2D fourier;
		private final float[] spectrum;
		private final float[] values;

		Transfer(final ParticlePairs pairs, final RelionParticles particles) {
			this.particles = particles;
			if (particles != null && Double.isNaN(pairs.pixelSizeAngstrom())) throw new ParameterException(
				"The pixel size of " + pairs.noisy().name() +
					" is not known, so its CTF cannot be computed. Add it to the STAR file.");
			ctf = particles == null ? null : new Ctf(pairs.box(), pairs.pixelSizeAngstrom());
			fourier = new RealFourierTransform2D(pairs.box());
			spectrum = new float[fourier.spectrumLength()];
			values = new float[new HalfPlane(pairs.box()).length()];
		}

		void apply(final int index, final float[] image) {
			if (ctf == null) return;
			fourier.forward(image, spectrum);
			ctf.apply(CtfParameters.of(particles.particles().get(index)), spectrum, values);
			fourier.inverse(spectrum, image);
		}
	}
}
