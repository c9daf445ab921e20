package io.github.clearice.network;

/**
 * What a network adds to its convolutions.
 *
 * @param activation after the sum
 * @param normalised whether a batch normalisation, or else a bias, precedes it
 */
public record LayerStyle(Activation activation, boolean normalised) {

	/**
	 * For a gradient penalty, or not: a critic has neither batch normalisation nor gradients that are hard to
	 * differentiate.
	 */
	public static LayerStyle of(final boolean critic, final Activation otherwise) {
		return critic ? new LayerStyle(Activation.LEAKY, false) : new LayerStyle(otherwise, true);
	}

	public FeatureMap normalise(final Layers layers, final String name, final FeatureMap in) {
		return normalised ? layers.batchNormalisation(name, in) : layers.bias(name, in);
	}

	public FeatureMap activate(final Layers layers, final FeatureMap in) {
		return activation.of(layers, in);
	}

	/**
	 * How the last kernel of a residual unit starts: smaller where nothing but the
	 * kernels bounds the sum over many units, so that its variance grows by no more
	 * than e.
	 *
	 * @param units that follow one another in the network
	 */
	public KernelInitialiser residual(final int units) {
		return normalised ? KernelInitialiser.HE : KernelInitialiser.HE.times(1 / Math.sqrt(units));
	}
}
