package io.github.clearice.reconstruct;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.RealFourierTransform3D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;

import java.util.function.DoubleUnaryOperator;

/** Filters volumes by a factor for each shell of frequency. */
public final class ShellFilter {

	/** Shells over which a low-pass filter falls, so that it does not ring. */
	private static final double EDGE_SHELLS = 2;

	private ShellFilter() {}

	/**
	 * Takes away detail finer than a resolution.
	 *
	 * @param resolutionAngstrom where half the amplitude passes
	 */
	public static Volume lowPass(final Volume volume, final double resolutionAngstrom) {
		final double cutoff = volume.box() * volume.pixelSizeAngstrom() / resolutionAngstrom;
		return apply(volume, shell -> {
			final double beyond = (shell - cutoff) / EDGE_SHELLS;
			return beyond <= -.5 ? 1 : beyond >= .5 ? 0 : .5 - .5 * Math.sin(Math.PI * beyond);
		});
	}

	/**
	 * The Wiener filter of a map of one half-set, whose signal is the part that the halves have in common: the
	 * correlation itself, up to where it falls below 0.143 (Rosenthal and Henderson 2003, of a half instead of the
	 * whole).
	 */
	public static Volume weightedByCorrelation(final Volume half, final ShellCorrelation halves) {
		final double[] values = halves.values();
		int end = 1;
		while (end < values.length && values[end] >= ShellCorrelation.ONE_SEVENTH) end++;
		final int last = end;
		return apply(half, shell -> shell < 1 ? 1 : shell < last ? values[(int) shell] : 0);
	}

	/**
	 * A map with the coarse part of another, so that the maps of half-sets neither turn nor move against each other.
	 *
	 * @param coarse gives the shells up to the resolution
	 */
	public static Volume joined(final Volume fine, final Volume coarse, final double resolutionAngstrom) {
		final Volume joined = lowPass(coarse, resolutionAngstrom);
		final float[] voxels = joined.voxels(), own = lowPass(fine, resolutionAngstrom).voxels(), all = fine.voxels();
		for (int i = 0; i < voxels.length; i++) voxels[i] += all[i] - own[i];
		return joined.withPixelSize(fine.pixelSizeAngstrom());
	}

	private static Volume apply(final Volume volume, final DoubleUnaryOperator factors) {
		final RealFourierTransform3D transform = new RealFourierTransform3D(volume.box());
		final FourierShells shells = FourierShells.ofVolumes(volume.box());
		final double[] ofShells = new double[shells.count()];
		for (int shell = 0; shell < ofShells.length; shell++) ofShells[shell] = factors.applyAsDouble(shell);
		final float[] spectrum = transform.forward(volume.voxels());
		FourierFilter.multiply(spectrum, shells.spread(ofShells));
		return Volume.of(volume.box(), volume.pixelSizeAngstrom(), transform.inverse(spectrum));
	}
}
