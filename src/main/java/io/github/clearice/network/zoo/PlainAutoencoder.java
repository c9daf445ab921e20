package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.KernelInitialiser;
import io.github.clearice.network.Layers;

import java.util.List;
import java.util.Map;

/**
 * The "ConvNet" generator of Gu et al. 2021, supplement: an autoencoder in the
 * style of DCGAN (Radford et al. 2016), without skips and residual units.
 * <p>
 * Convolutions 4 x 4 with stride 2, then as many transposed ones, each with batch
 * normalisation and ReLU but the last, which has a bias and tanh.
 *
 * @param channels of the encoder levels, finest first
 */
public record PlainAutoencoder(List<Integer> channels) implements Architecture {

	static final String NAME = "plain-autoencoder";

	public PlainAutoencoder {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
	}

	static PlainAutoencoder gu2021() {
		return new PlainAutoencoder(List.of(64, 128, 256, 512));
	}

	/** Rebuilds the network from {@link #options()}. */
	static PlainAutoencoder of(final NetworkOptions options) {
		return new PlainAutoencoder(options.integers("channels"));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, String> options() {
		return Map.of("channels", NetworkOptions.joined(channels));
	}

	@Override
	public void checkBox(final int box) {
		final int step = 1 << channels.size();
		new BoxRange("network", 2 * step, step).check(box);
	}

	@Override
	public boolean bounded() {
		return true;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final int levels = channels.size();
		FeatureMap feature = image;
		for (int level = 0; level < levels; level++) {
			final String name = "encoder" + (level + 1);
			final FeatureMap sum = layers.convolution(name, feature, plan(channels.get(level)));
			feature = layers.relu(layers.batchNormalisation(name, sum));
		}
		for (int level = levels - 2; level >= 0; level--) {
			final String name = "decoder" + (levels - 1 - level);
			final FeatureMap sum = layers.transposedConvolution(name, feature, plan(channels.get(level)));
			feature = layers.relu(layers.batchNormalisation(name, sum));
		}
		return layers.tanh(layers.bias("output", layers.transposedConvolution("output", feature, plan(1))));
	}

	private static Convolution plan(final int channels) {
		return new Convolution(4, 2, channels).starting(KernelInitialiser.DCGAN);
	}
}
