package io.github.clearice.network.zoo;

import io.github.clearice.network.Activation;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.Discriminator;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.LayerStyle;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Padding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The discriminator of Su et al. 2018, and that of Gu et al. 2021 for 256 pixels,
 * which is the same with ReLU, units of full width and no sight of the noisy
 * image.
 * <p>
 * Each level is a convolution 4 x 4 with batch normalisation, of stride 2 but for
 * the last, which has stride 1, followed by {@link Bottleneck} units. Then a
 * convolution 4 x 4 without padding, to as many channels, and one to the scores:
 * a map of 26 x 26 at 256 pixels.
 *
 * @param channels of the levels, finest first
 * @param units of the levels
 * @param division how many times fewer channels a unit has inside
 * @param activation throughout, if it is no critic
 * @param conditional whether it sees the noisy image too
 * @param critic whether it is for a gradient penalty
 */
public record BottleneckDiscriminator(List<Integer> channels, List<Integer> units, int division, Activation activation,
	boolean conditional, boolean critic) implements Discriminator
{

	static final String NAME = "bottleneck-discriminator";

	public BottleneckDiscriminator {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
		units = NetworkOptions.checked("units", units, levels, 0, 32);
		NetworkOptions.checked("division", division, 1, 16);
	}

	/** 8.1 million parameters. */
	static BottleneckDiscriminator su2018(final boolean critic) {
		return new BottleneckDiscriminator(List.of(64, 128, 256, 512), List.of(2, 2, 3, 2), 4, Activation.ELU, true,
			critic);
	}

	/** 20.7 million parameters. */
	static BottleneckDiscriminator gu2021(final boolean critic) {
		return new BottleneckDiscriminator(List.of(64, 128, 256, 512), List.of(2, 2, 3, 2), 1, Activation.RELU, false,
			critic);
	}

	/** Rebuilds the network from {@link #options()}. */
	static BottleneckDiscriminator of(final NetworkOptions options) {
		return new BottleneckDiscriminator(options.integers("channels"), options.integers("units"), options.integer(
			"division"), Activation.of(options.text("activation")), options.flag("conditional"), options.flag("critic"));
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
		options.put("conditional", Boolean.toString(conditional));
		options.put("critic", Boolean.toString(critic));
		return options;
	}

	@Override
	public void checkBox(final int box) {
		final int step = 1 << channels.size() - 1;
		// Two kernels of 4 without padding leave one pixel of seven.
		new BoxRange("discriminator", 7 * step, step).check(box);
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap images) {
		final LayerStyle style = LayerStyle.of(critic, activation);
		final Bottleneck bottleneck = new Bottleneck(division, units.stream().mapToInt(Integer::intValue).sum(), style);
		final int levels = channels.size();
		FeatureMap feature = images;
		for (int level = 0; level < levels; level++) {
			final String name = "level" + (level + 1);
			final int stride = level < levels - 1 ? 2 : 1;
			FeatureMap sum = layers.convolution(name + "/down", feature, 4, stride, channels.get(level));
			sum = bottleneck.build(layers, name, style.normalise(layers, name + "/down", sum), units.get(level));
			feature = style.activate(layers, sum);
		}
		final Convolution last = new Convolution(4, 1, feature.channels()).padded(Padding.NONE);
		feature = style.activate(layers, style.normalise(layers, "last", layers.convolution("last", feature, last)));
		final Convolution score = new Convolution(4, 1, 1).padded(Padding.NONE);
		return layers.bias("score", layers.convolution("score", feature, score));
	}
}
