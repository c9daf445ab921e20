package io.github.clearice.reconstruct;

import io.github.clearice.fourier.FourierSynthesis;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;

/**
 * Makes maps of accumulated slices: divides numerators by weights plus a regularisation, transforms back, and divides
 * by the transform of the trilinear kernel, sinc^2 along each axis. The region outside the sphere that touches the box,
 * which not all views cover, is replaced by its mean.
 */
final class Inversion {

	/** A share of the mean weight of a shell that keeps points with next to no weight from being all noise. */
	private static final double LEAST_SHARE = 0.001;

	/** Correlations are clamped between this and 1 minus this; beyond, they do not determine the ratio. */
	private static final double CORRELATION_LIMIT = 1e-3;

	/** Shells to either side that a correlation is averaged over. */
	private static final int SMOOTHING = 2;

	private final int box;
	private final double pixelSizeAngstrom;
	private final FourierAccumulator[] sums;
	/** The plane kx = 0 of each of the sums. */
	private final float[][][] mirrorPlanes;
	private final int radius;

	/** @param sums of slices, which are added up */
	Inversion(final int box, final double pixelSizeAngstrom, final FourierAccumulator... sums) {
		this.box = box;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.sums = sums;
		this.mirrorPlanes = Arrays.stream(sums).map(FourierAccumulator::mirrorPlane).toArray(float[][][]::new);
		this.radius = sums[0].radius();
	}

	/** The map with a regularisation that only keeps empty points empty. */
	Volume plain() {
		final double[] added = meanWeights();
		for (int shell = 0; shell < added.length; shell++) added[shell] *= LEAST_SHARE;
		return solve(added);
	}

	/**
	 * The map by the Wiener filter whose noise-to-signal ratio the correlation of two
	 * halves of these sums gives: {@code (1 - FSC) / FSC} times the weight of a half
	 * (Rosenthal and Henderson 2003; Scheres 2012, equation 10).
	 */
	Volume wiener(final ShellCorrelation halves) {
		final double[] smooth = smooth(halves.values());
		final double[] added = meanWeights();
		for (int shell = 0; shell < added.length; shell++) {
			final double at = Math.min((double) shell / Reconstruction.PADDING, smooth.length - 1);
			final int below = (int) at;
			final double next = smooth[Math.min(below + 1, smooth.length - 1)];
			final double fsc = smooth[below] + (at - below) * (next - smooth[below]);
			final double limited = Math.max(CORRELATION_LIMIT, Math.min(1 - CORRELATION_LIMIT, fsc));
			added[shell] *= 0.5 * (1 - limited) / limited;
		}
		return solve(added);
	}

	/**
	 * Means over five shells: the ratio of noise to signal is smooth, and steps within
	 * a shell would spoil it. The last shell, which reaches over the rim of the images'
	 * spectra, is left out.
	 */
	private static double[] smooth(final double[] values) {
		final int count = Math.max(1, values.length - 1);
		final double[] smooth = new double[count];
		for (int shell = 0; shell < count; shell++) {
			final int reach = Math.min(SMOOTHING, Math.min(shell, count - 1 - shell));
			smooth[shell] = Arrays.stream(values, shell - reach, shell + reach + 1).average().orElseThrow();
		}
		return smooth;
	}

	/** Mean weight in the shells of the padded grid, which are {@code round(|k|)}. */
	private double[] meanWeights() {
		final double[][] sum = new double[2 * radius + 1][radius + 2];
		final double[][] count = new double[2 * radius + 1][radius + 2];
		ParallelLoop.run(2L * radius + 1, 1, thread -> plane -> {
			final int kz = (int) plane - radius;
			for (int ky = -radius; ky <= radius; ky++) for (int kx = 0; kx <= radius; kx++) {
				final int shell = (int) Math.rint(distance(kx, ky, kz));
				if (shell > radius + 1) break;
				count[(int) plane][shell]++;
				for (int part = 0; part < sums.length; part++) sum[(int) plane][shell] += row(part, kx, kz)[index(kx, ky) + 2];
			}
		});
		final double[] means = new double[radius + 2];
		for (int shell = 0; shell < means.length; shell++) {
			final int k = shell;
			means[shell] = Arrays.stream(sum).mapToDouble(plane -> plane[k]).sum() / Arrays.stream(count).mapToDouble(
				plane -> plane[k]).sum();
		}
		return means;
	}

	private Volume solve(final double[] added) {
		final Volume map = FourierSynthesis.volume(box, pixelSizeAngstrom, Reconstruction.PADDING,
			thread -> (kz, samples) -> divide(added, kz, samples));
		final double[] gain = new double[box];
		for (int x = 0; x < box; x++) {
			final double angle = Math.PI * (x - box / 2) / ((double) box * Reconstruction.PADDING);
			final double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
			gain[x] = 1 / (sinc * sinc);
		}
		final float[] voxels = map.voxels();
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			voxels[i] *= (float) (gain[x] * gain[y] * gain[z]);
		}
		SoftSphere.inscribed(box).flattenOutside(map);
		return map;
	}

	private void divide(final double[] added, final int kz, final float[] samples) {
		Arrays.fill(samples, 0);
		for (int ky = -radius, at = 0; ky <= radius; ky++) for (int kx = 0; kx <= radius; kx++, at += 2) {
			final double distance = distance(kx, ky, kz);
			// Interpolation carries the rim of the slices up to one step further.
			if (distance >= radius + 1) continue;
			double weight = 0, re = 0, im = 0;
			final int index = index(kx, ky);
			for (int part = 0; part < sums.length; part++) {
				final float[] row = row(part, kx, kz);
				re += row[index];
				im += row[index + 1];
				weight += row[index + 2];
			}
			if (!(weight > 0)) continue;
			weight += added[Math.min(radius, (int) Math.rint(distance))];
			samples[at] = (float) (re / weight);
			samples[at + 1] = (float) (im / weight);
		}
	}

	/** The values around a grid point, which is at its {@link #index}. */
	private float[] row(final int part, final int kx, final int kz) {
		return kx == 0 ? mirrorPlanes[part][kz + radius + 1] : sums[part].plane(kz);
	}

	private int index(final int kx, final int ky) {
		return kx == 0 ? FourierAccumulator.POINT * (ky + radius + 1) : sums[0].index(kx, ky);
	}

	private static double distance(final int kx, final int ky, final int kz) {
		return Math.sqrt((double) kx * kx + (double) ky * ky + (double) kz * kz);
	}
}
