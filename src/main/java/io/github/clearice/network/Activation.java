package io.github.clearice.network;

import io.github.clearice.tensorflow.NetworkException;

import java.util.Locale;

/** What follows a layer's sum. */
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
