package io.github.clearice.denoise;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.GuidedMethod;

import java.util.Optional;

/**
 * Denoises tiles of a micrograph with the network of the general model, each by itself: there is no stack of centred
 * particles that could guide it. Tiles of any size are brought to the network's box by cropping their Fourier
 * transforms, and the results back. The network shows a particle that is in the middle of its tile and leaves out the
 * parts of others; CTFs stay as they are in the tiles, and the results look as if there were none.
 */
public final class GeneralTiles extends ArrayDenoiser {

	private final ResampledMethod network;

	/**
	 * @param network of the general model, which stays its owner's to close
	 * @param box edge length of the tiles in pixels
	 */
	public GeneralTiles(final GuidedMethod network, final int box) {
		this.network = new ResampledMethod(network, box);
	}

	@Override
	public String name() {
		return network.name();
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.empty();
	}

	@Override
	public int batchSize() {
		return network.batchSize();
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		network.denoise(-noisy.length, noisy, null, denoised);
	}
}
