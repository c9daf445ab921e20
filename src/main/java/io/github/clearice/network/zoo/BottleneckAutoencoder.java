package io.github.clearice.network.zoo;

import io.github.clearice.network.Activation;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.LayerStyle;
import io.github.clearice.network.Layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The generator of Su et al. 2018, and that of Gu et al. 2021 for 256 pixels,
 * which is the same with ReLU and units of full width.
 * <p>
 * Encoder: each level is a convolution 4 x 4 with stride 2 and batch
 * normalisation, followed by {@link Bottleneck} units. Decoder: for all levels
 * but the last, a transposed convolution with batch normalisation, to which the
 * encoder level of the same size is added before its activation, followed by
 * units. Last, a transposed convolution to one channel, a bias and tanh. The
 * widths of the units are those that give 27.0 million parameters with a quarter
 * of the channels inside, and 78.8 million with all of them.
 *
 * @param channels of the encoder levels, finest first
 * @param units of the encoder levels; the decoder has as many at equal size
 * @param division how many times fewer channels a unit has inside
 * @param activation throughout
 */
public record BottleneckAutoencoder(List<Integer> channels, List<Integer> units, int division, Activation activation)
	implements Architecture
{

	static final String NAME = "bottleneck-autoencoder";

	public BottleneckAutoencoder {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
		units = NetworkOptions.checked("units", units, levels, 0, 32);
		NetworkOptions.checked("division", division, 1, 16);
	}

	/** 27.0 million parameters, 6.4 billion multiplications at 256 pixels. */
	static BottleneckAutoencoder su2018() {
		return new BottleneckAutoencoder(List.of(64, 128, 256, 512, 512, 512), List.of(3, 3, 3, 3, 2, 0), 4,
			Activation.ELU);
	}

	/** 78.8 million parameters. */
	static BottleneckAutoencoder gu2021() {
		return new BottleneckAutoencoder(List.of(64, 128, 256, 512, 512, 512), List.of(3, 3, 3, 3, 2, 0), 1,
			Activation.RELU);
	}

	/** Rebuilds the network from {@link #options()}. */
	static BottleneckAutoencoder of(final NetworkOptions options) {
		return new BottleneckAutoencoder(options.integers("channels"), options.integers("units"), options.integer(
			"division"), Activation.of(options.text("activation")));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, String> options() {
		final Map<String, String> options = new LinkedHashMap<>();
		options.put("channels", NetworkOptions.joined(channels));
		options.put("units", NetworkOptions.joined(units));
		options.put("division", Integer.toString(division));
		options.put("activation", activation.label());
		return options;
	}

	@Override
	public void checkBox(final int box) {
		// The narrowest level keeps 2 x 2 pixels, so that it has a variance even in a batch of one.
		final int step = 1 << channels.size();
		new BoxRange("network", 2 * step, step).check(box);
	}

	@Override
	public boolean bounded() {
		return true;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final LayerStyle style = new LayerStyle(activation, true);
		final Bottleneck bottleneck = new Bottleneck(division, 2 * units.stream().mapToInt(Integer::intValue).sum(), style);
		final int levels = channels.size();
		final List<FeatureMap> encoded = new ArrayList<>();
		FeatureMap feature = image;
		for (int level = 0; level < levels; level++) {
			final String name = "encoder" + (level + 1);
			FeatureMap sum = layers.convolution(name + "/down", feature, 4, 2, channels.get(level));
			sum = bottleneck.build(layers, name, style.normalise(layers, name + "/down", sum), units.get(level));
			encoded.add(sum);
			feature = style.activate(layers, sum);
		}
		for (int level = levels - 2; level >= 0; level--) {
			final String name = "decoder" + (levels - 1 - level);
			FeatureMap sum = layers.transposedConvolution(name + "/up", feature, 4, 2, channels.get(level));
			sum = layers.sum(style.normalise(layers, name + "/up", sum), encoded.get(level));
			feature = style.activate(layers, bottleneck.build(layers, name, sum, units.get(level)));
		}
		return layers.tanh(layers.bias("output", layers.transposedConvolution("output", feature, 4, 2, 1)));
	}
}
