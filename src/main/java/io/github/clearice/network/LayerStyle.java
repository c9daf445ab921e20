package io.github.clearice.network;

import io.github.clearice.network.Convolution.KernelInitialiser;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.Locale;

/**
 * The layers that a network adds to its convolutions.
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

	/** A convolution and its normalisation. */
	public FeatureMap convolution(final Layers layers, final String name, final FeatureMap in, final Convolution plan) {
		return normalise(layers, name, layers.convolution(name, in, plan));
	}

	public FeatureMap activate(final Layers layers, final FeatureMap in) {
		return activation.of(layers, in);
	}

	/**
	 * The initial scale of a residual unit's last kernel: smaller if only the kernels bound the sum over many units, so
	 * that its variance grows at most by a factor e.
	 *
	 * @param units that follow one another in the network
	 */
	public KernelInitialiser residual(final int units) {
		return normalised ? KernelInitialiser.HE : KernelInitialiser.HE.times(1 / Math.sqrt(units));
	}

	/** The activation of a layer. */
	public enum Activation {
		/** The positive part. */
		RELU {

			@Override
			public FeatureMap of(final Layers layers, final FeatureMap in) {
				return layers.relu(in);
			}
		},
		/** {@code exp(x) - 1} below zero (Clevert et al. 2016). */
		ELU {

			@Override
			public FeatureMap of(final Layers layers, final FeatureMap in) {
				return layers.elu(in);
			}
		},
		/** A fifth of it below zero, as in DCGAN and pix2pix. */
		LEAKY {

			@Override
			public FeatureMap of(final Layers layers, final FeatureMap in) {
				return layers.leakyRelu(in, 0.2f);
			}
		},
		/** A hundredth of it below zero, as in Maas et al. 2013. */
		FAINT {

			@Override
			public FeatureMap of(final Layers layers, final FeatureMap in) {
				return layers.leakyRelu(in, 0.01f);
			}
		};

		public abstract FeatureMap of(Layers layers, FeatureMap in);

		/** The name in options: {@code relu}, {@code elu}, {@code leaky}, {@code faint}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * Finds one by its {@link #label()}.
		 *
		 * @throws NetworkException if there is none
		 */
		public static Activation of(final String label) {
			for (final Activation activation : values()) if (activation.label().equals(label)) return activation;
			throw new NetworkException("Network option activation must be relu, elu, leaky or faint, not " + label + ".");
		}
	}
}
