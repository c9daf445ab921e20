package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.Layers;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An autoencoder that treats a particle alike however it is turned by quarters or
 * mirrored (Cohen and Welling 2016), as particles come at any turn and seen from
 * either side.
 * <p>
 * Encoder: each level is a convolution with a stride and batch normalisation,
 * followed by residual units (ReLU, 3 x 3 convolution, batch normalisation, sum).
 * Decoder: transposed convolutions with batch normalisation and ReLU; the last
 * gives one channel and has a bias. There are no skips, which carry noise past the
 * narrow levels.
 *
 * @param channels of the encoder levels, finest first: multiples of 8
 * @param strides of the encoder levels; a box must be a multiple of their product
 * @param units residual units of the encoder levels
 */
public record SymmetricAutoencoder(List<Integer> channels, List<Integer> strides, List<Integer> units)
	implements Architecture
{

	static final String NAME = "symmetric-autoencoder";
	private static final int SMALLEST_BOX = 16;
	private static final int MOST_LEVELS = 8;

	public SymmetricAutoencoder {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, MOST_LEVELS);
		channels = NetworkOptions.checked("channels", channels, levels, SquareGroup.ORDER, 1024);
		for (final int number : channels) if (number % SquareGroup.ORDER != 0) throw new NetworkException(
			"Network option channels must be multiples of " + SquareGroup.ORDER + ", not " + number + ".");
		strides = NetworkOptions.checked("strides", strides, levels, 1, 8);
		units = NetworkOptions.checked("units", units, levels, 0, 32);
	}

	/** The network for machines without a GPU. */
	static SymmetricAutoencoder light() {
		return new SymmetricAutoencoder(List.of(64, 128), List.of(4, 2), List.of(0, 4));
	}

	/** Twice the residual units, for longer trainings. */
	static SymmetricAutoencoder deep() {
		return new SymmetricAutoencoder(List.of(64, 128), List.of(4, 2), List.of(0, 8));
	}

	/** Rebuilds the network from {@link #options()}. */
	static SymmetricAutoencoder of(final NetworkOptions options) {
		return new SymmetricAutoencoder(options.integers("channels"), options.integers("strides"), options.integers(
			"units"));
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
		options.put("units", NetworkOptions.joined(units));
		return options;
	}

	@Override
	public void checkBox(final int box) {
		final int step = strides.stream().reduce(1, (a, b) -> a * b);
		new BoxRange("network", Math.max(SMALLEST_BOX, step), step).check(box);
	}

	@Override
	public boolean bounded() {
		return false;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final SymmetricLayers symmetric = new SymmetricLayers(layers);
		final int levels = channels.size();
		FeatureMap feature = image;
		for (int level = 0; level < levels; level++) {
			final String name = "encoder" + (level + 1);
			FeatureMap sum = symmetric.convolution(name + "/down", feature, kernel(level), strides.get(level), channels.get(
				level));
			sum = symmetric.batchNormalisation(name + "/down", sum);
			feature = layers.relu(residualUnits(layers, symmetric, name, sum, units.get(level)));
		}
		for (int level = levels - 1; level > 0; level--) {
			final String name = "decoder" + (levels - level);
			feature = symmetric.transposedConvolution(name + "/up", feature, kernel(level), strides.get(level), channels.get(
				level - 1));
			feature = layers.relu(symmetric.batchNormalisation(name + "/up", feature));
		}
		return layers.bias("output", symmetric.transposedConvolution("output", feature, kernel(0), strides.get(0), 1));
	}

	/** The kernel of the image sees all of it twice; between narrow levels, less does at half the cost. */
	private int kernel(final int level) {
		return 2 * strides.get(level) + (level == 0 ? 1 : -1);
	}

	/** Returns the last sum before its ReLU. */
	private static FeatureMap residualUnits(final Layers layers, final SymmetricLayers symmetric, final String level,
		final FeatureMap first, final int count)
	{
		FeatureMap sum = first;
		for (int unit = 1; unit <= count; unit++) {
			final String name = level + "/unit" + unit;
			final FeatureMap change = symmetric.convolution(name, layers.relu(sum), 3, 1, first.channels());
			sum = layers.sum(sum, symmetric.batchNormalisation(name, change));
		}
		return sum;
	}
}
