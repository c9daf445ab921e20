package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.Convolution.KernelInitialiser;
import io.github.clearice.network.LayerStyle.Activation;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.zoo.NetworkOptions.BoxRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The generator of pix2pix (Isola et al. 2017, section 6.1.1): a U-Net that halves
 * the image eight times.
 * <p> Encoder: convolutions 4 x 4 with stride 2 and LeakyReLU, with batch normalisation except in the first and the
 * narrowest. Decoder: transposed convolutions with batch normalisation and ReLU, each followed by the encoder level of
 * the same size, side by side; the first of the widest levels drop half of their numbers at random in training (and, as
 * in the paper, in inference too where that is wanted). Last, a transposed convolution to one channel, a bias and tanh.
 * <p>
 * A box that cannot be halved as often as there are levels leaves the narrowest
 * out, as the published pix2pix does at 128 pixels.
 *
 * @param channels of the encoder levels, finest first
 * @param dropouts most decoder levels that drop numbers
 */
public record UNet(List<Integer> channels, int dropouts) implements Architecture {

	static final String NAME = "u-net";
	private static final int LEAST_LEVELS = 4;
	private static final float DROPPED = 0.5f;

	public UNet {
		final int levels = NetworkOptions.checked("levels", channels.size(), LEAST_LEVELS, 9);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
		NetworkOptions.checked("dropouts", dropouts, 0, levels - 1);
	}

	/** 54.4 million parameters. */
	static UNet pix2pix() {
		return new UNet(List.of(64, 128, 256, 512, 512, 512, 512, 512), 3);
	}

	/** Rebuilds the network from {@link #options()}. */
	static UNet of(final NetworkOptions options) {
		return new UNet(options.integers("channels"), options.integer("dropouts"));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, String> options() {
		return NetworkOptions.written("channels", channels, "dropouts", dropouts);
	}

	@Override
	public void checkBox(final int box) {
		final int step = 1 << LEAST_LEVELS;
		new BoxRange("network", step, step).check(box);
	}

	@Override
	public boolean bounded() {
		return true;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final int levels = Math.min(channels.size(), Integer.numberOfTrailingZeros(image.size()));
		final List<FeatureMap> encoded = new ArrayList<>();
		for (int level = 0; level < levels; level++) {
			final FeatureMap in = level == 0 ? image : Activation.LEAKY.of(layers, encoded.get(level - 1));
			encoded.add(down(layers, "encoder" + (level + 1), in, level, level > 0 && level < levels - 1));
		}
		FeatureMap feature = layers.relu(encoded.get(levels - 1));
		for (int level = levels - 2; level >= 0; level--) {
			final int step = levels - 1 - level;
			final String name = "decoder" + step;
			FeatureMap sum = layers.transposedConvolution(name, feature, plan(channels.get(level)));
			sum = layers.batchNormalisation(name, sum);
			final boolean widest = channels.get(level).equals(channels.get(levels - 1));
			if (step <= dropouts && widest) sum = layers.dropout(name, sum, DROPPED);
			feature = layers.relu(layers.concatenated(sum, encoded.get(level)));
		}
		return layers.tanh(layers.output(layers.transposedConvolution("output", feature, plan(1))));
	}

	private FeatureMap down(final Layers layers, final String name, final FeatureMap in, final int level,
		final boolean normalised)
	{
		final FeatureMap sum = layers.convolution(name, in, plan(channels.get(level)));
		return normalised ? layers.batchNormalisation(name, sum) : layers.bias(name, sum);
	}

	private static Convolution plan(final int channels) {
		return new Convolution(4, 2, channels).starting(KernelInitialiser.DCGAN);
	}
}
