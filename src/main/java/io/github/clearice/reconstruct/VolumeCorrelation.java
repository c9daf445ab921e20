package io.github.clearice.reconstruct;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.RealFourierTransform3D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;

/**
 * The Fourier shell correlation of two volumes; see {@link ShellCorrelation} for
 * its formula and resolution. Equals {@code relion_image_handler --fsc}.
 */
public final class VolumeCorrelation {

	private VolumeCorrelation() {}

	/** Correlates two volumes of one box. */
	public static ShellCorrelation between(final Volume first, final Volume second) {
		final RealFourierTransform3D transform = new RealFourierTransform3D(first.box());
		return ShellCorrelation.between(FourierShells.ofHalfSpectra(first.box()), first.pixelSizeAngstrom(), transform
			.forward(first.data()), transform.forward(second.data()));
	}
}
