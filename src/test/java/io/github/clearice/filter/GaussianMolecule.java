package io.github.clearice.filter;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.SplittableRandom;

/**
 * Projections of a molecule of Gaussian balls in uniformly random orientations, with white noise, and how near a method
 * comes.
 */
public final class GaussianMolecule {

	private static final int BALLS = 12;

	private GaussianMolecule() {}

	/**
	 * @param box edge length in pixels; the molecule fills half of it
	 * @param snr variance of the signal over that of the noise, over the whole box; infinite for none
	 */
	public static ParticlePairs pairs(final int box, final int count, final double snr, final long seed) {
		final double[][] balls = new double[BALLS][4];
		final SplittableRandom shape = Seeds.random(seed, -1);
		for (final double[] ball : balls) {
			for (int i = 0; i < 3; i++) ball[i] = box * shape.nextDouble(-0.18, 0.18);
			ball[3] = shape.nextDouble(0.5, 1);
		}
		final float[][] clean = new float[count][], noisy = new float[count][];
		double variance = 0;
		for (int i = 0; i < count; i++) {
			clean[i] = projection(box, balls, rotation(Seeds.random(seed, 2 * i)));
			variance += ImageStatistics.of(clean[i]).variance() / count;
		}
		final double sigma = Math.sqrt(variance / snr);
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(seed, 2 * i + 1);
			noisy[i] = clean[i].clone();
			for (int p = 0; p < noisy[i].length; p++) noisy[i][p] += (float) (sigma * random.nextGaussian());
		}
		return new ParticlePairs(new ArrayParticleStack("noisy.mrcs", box, 4, noisy), new ArrayParticleStack("clean.mrcs",
			box, 4, clean));
	}

	/** The mean PSNR in dB of denoised particles against clean ones, each scaled to [0, 1]. */
	public static double psnr(final Denoiser denoiser, final ParticlePairs pairs) {
		final float[][] noisy = ((ArrayParticleStack) pairs.noisy()).images();
		final float[][] clean = ((ArrayParticleStack) pairs.clean()).images();
		final float[][] denoised = new float[noisy.length][noisy[0].length];
		denoiser.prepare(pairs.noisy(), TaskListener.SILENT);
		denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		double sum = 0;
		for (int i = 0; i < noisy.length; i++) {
			double error = 0;
			for (int p = 0; p < noisy[i].length; p++) error += Math.pow(denoised[i][p] - clean[i][p], 2) / noisy[i].length;
			sum += 20 * Math.log10(ImageStatistics.of(clean[i]).range()) - 10 * Math.log10(error);
		}
		return sum / noisy.length;
	}

	private static float[] projection(final int box, final double[][] balls, final double[] rotation) {
		final double width = box / 16.0;
		final float[] image = new float[box * box];
		for (final double[] ball : balls) {
			final double x = box / 2 + rotation[0] * ball[0] + rotation[1] * ball[1] + rotation[2] * ball[2];
			final double y = box / 2 + rotation[3] * ball[0] + rotation[4] * ball[1] + rotation[5] * ball[2];
			for (int p = 0; p < image.length; p++) {
				final double dx = p % box - x, dy = p / box - y;
				image[p] += (float) (ball[3] * Math.exp(-(dx * dx + dy * dy) / (2 * width * width)));
			}
		}
		return image;
	}

	/** The first two rows of a uniformly random rotation, from a unit quaternion (Shoemake 1992). */
	private static double[] rotation(final SplittableRandom random) {
		final double[] q = new double[4];
		double norm = 0;
		for (int i = 0; i < 4; i++) {
			q[i] = random.nextGaussian();
			norm += q[i] * q[i];
		}
		for (int i = 0; i < 4; i++) q[i] /= Math.sqrt(norm);
		return new double[] { 1 - 2 * (q[2] * q[2] + q[3] * q[3]), 2 * (q[1] * q[2] - q[3] * q[0]), 2 * (q[1] * q[3] +
			q[2] * q[0]), 2 * (q[1] * q[2] + q[3] * q[0]), 1 - 2 * (q[1] * q[1] + q[3] * q[3]), 2 * (q[2] * q[3] - q[1] *
				q[0]) };
	}
}
