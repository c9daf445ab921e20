package io.github.clearice.filter;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Locale;

/**
 * A Gaussian low-pass filter in Fourier space.
 * <p>
 * The frequency f passes with the amplitude {@code 2^-(f d)^2}, where d is the
 * cut-off in Å: half the amplitude passes at 1/d. In real space that is a
 * Gaussian of {@code sigma = d sqrt(ln 2 / 2) / pi = 0.187 d}.
 */
public final class LowPass extends ArrayDenoiser {

	private final double cutoffAngstrom;
	private RadialFilter filter;

	/**
	 * @param cutoffAngstrom where half the amplitude passes, in Å
	 * @throws ParameterException if it is not positive
	 */
	public LowPass(final double cutoffAngstrom) {
		if (!(cutoffAngstrom > 0) || Double.isInfinite(cutoffAngstrom)) throw new ParameterException(
			"The cut-off of a low-pass filter must be a positive number of Å, not " + cutoffAngstrom + ".");
		this.cutoffAngstrom = cutoffAngstrom;
	}

	/**
	 * The filter whose cut-off gives the highest mean PSNR against given references,
	 * to be reported on other particles than those it is chosen on.
	 *
	 * @throws ParameterException if the pixel size is unknown or a reference is
	 *           constant
	 */
	public static LowPass best(final ParticlePairs pairs, final TaskListener listener) {
		return new LowPass(new CutoffSearch(pairs, listener).best());
	}

	public double cutoffAngstrom() {
		return cutoffAngstrom;
	}

	@Override
	public String name() {
		return String.format(Locale.ROOT, "low-pass %.1f Å", cutoffAngstrom);
	}

	/** @throws ParameterException if the stack has no pixel size */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		filter = new RadialFilter(noisy.box(), factors(noisy.box(), pixelSize(noisy)));
	}

	@Override
	public int batchSize() {
		return 256;
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (filter == null) throw new IllegalStateException("prepare must be called before denoise.");
		filter.apply(noisy, denoised);
	}

	/** The pixel size in Å, which a cut-off in Å cannot do without. */
	static double pixelSize(final ParticleStack stack) {
		final double pixelSizeAngstrom = stack.pixelSizeAngstrom();
		if (Double.isNaN(pixelSizeAngstrom)) throw new ParameterException(stack.name() +
			" states no pixel size, so a cut-off in Å has no meaning; open its STAR file or give the pixel size.");
		return pixelSizeAngstrom;
	}

	/** The amplitude that passes at a frequency in 1/Å. */
	static double amplitude(final double frequencyPerAngstrom, final double cutoffAngstrom) {
		return Math.pow(2, -Math.pow(frequencyPerAngstrom * cutoffAngstrom, 2));
	}

	private float[] factors(final int box, final double pixelSizeAngstrom) {
		final HalfPlane plane = new HalfPlane(box);
		final float[] factors = new float[plane.length()];
		for (int i = 0; i < factors.length; i++) factors[i] = (float) amplitude(plane.frequencyPerPixel(i) /
			pixelSizeAngstrom, cutoffAngstrom);
		return factors;
	}
}
