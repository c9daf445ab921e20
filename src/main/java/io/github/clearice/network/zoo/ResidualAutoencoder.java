package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.Layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ResNet generator of Gu et al. 2021 (figure 2b), an autoencoder of residual
 * units with additive skips, and its lighter relatives.
 * <p>
 * Encoder: each level is a convolution with a stride (kernel twice the stride)
 * and batch normalisation, followed by residual units (3 x 3 convolution, batch
 * normalisation, sum, ReLU). Decoder: for all levels but the last, a transposed
 * convolution to which the encoder level of the same size is added before its
 * last ReLU, followed by residual units. Last, a transposed convolution to one
 * channel: with batch normalisation and tanh in the paper's network, with a bias
 * alone in the light one. The light network has no skips, which carry noise
 * past the narrow levels that a short training does not learn to suppress, and
 * units without a ReLU on their way round.
 *
 * @param channels of the encoder levels, finest first
 * @param strides of the encoder levels; a box must be a multiple of their product
 * @param encoderUnits residual units of the encoder levels
 * @param decoderUnits residual units of the decoder levels, coarsest first: one level less
 * @param preactivated whether a residual unit adds to its input as it is (He et al. 2016b); otherwise to that after
 *          the ReLU, as in the paper's network
 * @param skips whether the decoder levels are summed with those of the encoder
 * @param bounded whether the result passes through batch normalisation and tanh
 */
public record ResidualAutoencoder(List<Integer> channels, List<Integer> strides, List<Integer> encoderUnits,
	List<Integer> decoderUnits, boolean preactivated, boolean skips, boolean bounded) implements Architecture
{

	static final String NAME = "residual-autoencoder";
	private static final int SMALLEST_BOX = 16;

	/** The network of the paper: 4.2 million parameters. */
	public static final ResidualAutoencoder GU_2021 = new ResidualAutoencoder(List.of(64, 128, 256), List.of(2, 2, 2),
		List.of(3, 3, 3), List.of(3, 3), false, true, true);

	/** A network for machines without a GPU that takes no symmetry for granted: about a million parameters. */
	public static final ResidualAutoencoder LIGHT = new ResidualAutoencoder(List.of(64, 128), List.of(4, 2), List.of(0,
		4), List.of(0), true, false, false);

	public ResidualAutoencoder {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
		strides = NetworkOptions.checked("strides", strides, levels, 1, 8);
		encoderUnits = NetworkOptions.checked("encoderunits", encoderUnits, levels, 0, 32);
		decoderUnits = NetworkOptions.checked("decoderunits", decoderUnits, levels - 1, 0, 32);
	}

	/** Rebuilds the network from {@link #options()}. */
	static ResidualAutoencoder of(final NetworkOptions options) {
		return new ResidualAutoencoder(options.integers("channels"), options.integers("strides"), options.integers(
			"encoderunits"), options.integers("decoderunits"), options.flag("preactivated"), options.flag("skips"), options
				.flag("bounded"));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, String> options() {
		final Map<String, String> options = new LinkedHashMap<>();
		options.put("channels", NetworkOptions.joined(channels));
		options.put("strides", NetworkOptions.joined(strides));
		options.put("encoderunits", NetworkOptions.joined(encoderUnits));
		options.put("decoderunits", NetworkOptions.joined(decoderUnits));
		options.put("preactivated", Boolean.toString(preactivated));
		options.put("skips", Boolean.toString(skips));
		options.put("bounded", Boolean.toString(bounded));
		return options;
	}

	@Override
	public void checkBox(final int box) {
		new BoxRange("network", SMALLEST_BOX, strides.stream().reduce(1, (a, b) -> a * b)).check(box);
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final List<FeatureMap> encoded = new ArrayList<>();
		FeatureMap feature = image;
		final int levels = channels.size();
		for (int level = 0; level < levels; level++) {
			final String name = "encoder" + (level + 1);
			final int stride = strides.get(level);
			FeatureMap sum = layers.convolution(name + "/down", feature, 2 * stride, stride, channels.get(level));
			sum = layers.batchNormalisation(name + "/down", sum);
			sum = residualUnits(layers, name, sum, encoderUnits.get(level));
			encoded.add(sum);
			feature = layers.relu(sum);
		}
		for (int level = levels - 1; level > 0; level--) {
			final String name = "decoder" + (levels - level);
			final int stride = strides.get(level);
			final FeatureMap skip = encoded.get(level - 1);
			feature = layers.transposedConvolution(name + "/up", feature, 2 * stride, stride, skip.channels());
			feature = layers.batchNormalisation(name + "/up", feature);
			if (skips) feature = layers.sum(feature, skip);
			feature = layers.relu(residualUnits(layers, name, feature, decoderUnits.get(levels - 1 - level)));
		}
		final int stride = strides.get(0);
		feature = layers.transposedConvolution("output", feature, 2 * stride, stride, 1);
		if (!bounded) return layers.bias("output", feature);
		return layers.tanh(layers.batchNormalisation("output", feature));
	}

	/** Returns the last sum before its ReLU. */
	private FeatureMap residualUnits(final Layers layers, final String level, final FeatureMap first, final int units) {
		FeatureMap sum = first;
		for (int unit = 1; unit <= units; unit++) {
			final String name = level + "/unit" + unit;
			final FeatureMap active = layers.relu(sum);
			final FeatureMap change = layers.batchNormalisation(name, layers.convolution(name, active, 3, 1, active
				.channels()));
			sum = layers.sum(preactivated ? sum : active, change);
		}
		return sum;
	}
}
