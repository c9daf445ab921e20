package io.github.clearice.network.zoo;

import io.github.clearice.network.Activation;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.Discriminator;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.KernelInitialiser;
import io.github.clearice.network.LayerStyle;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Padding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ResNet discriminator of Gu et al. 2021 (figure 2a) and its lighter
 * relatives.
 * <p>
 * Each level is a convolution with a stride (kernel twice the stride) and batch
 * normalisation, followed by residual units (3 x 3 convolution, batch
 * normalisation, sum, ReLU). Last, an unpadded convolution to a map of scores.
 * As a critic: a bias in place of batch normalisation, LeakyReLU in place of
 * ReLU, and units that start small, since nothing bounds the sum of their
 * outputs.
 *
 * @param channels of the levels, finest first
 * @param strides of the levels; a box must be a multiple of their product
 * @param units residual units of the levels
 * @param scoreKernel edge length of the last kernel
 * @param conditional whether it sees the noisy image too
 * @param critic whether it is for a gradient penalty
 */
public record ResidualDiscriminator(List<Integer> channels, List<Integer> strides, List<Integer> units, int scoreKernel,
	boolean conditional, boolean critic) implements Discriminator
{

	public static final String NAME = "residual-discriminator";

	public ResidualDiscriminator {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
		channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
		strides = NetworkOptions.checked("strides", strides, levels, 1, 8);
		units = NetworkOptions.checked("units", units, levels, 0, 32);
		NetworkOptions.checked("scorekernel", scoreKernel, 1, 16);
	}

	/** The discriminator of the paper at 128 pixels: 2.8 million parameters, 13 x 13 scores. */
	static ResidualDiscriminator gu2021(final boolean critic) {
		return new ResidualDiscriminator(List.of(64, 128, 256), List.of(2, 2, 2), List.of(2, 2, 3), 4, false, critic);
	}

	/** The discriminator for machines without a GPU: half the work of the light network. */
	static ResidualDiscriminator light(final boolean conditional, final boolean critic) {
		return new ResidualDiscriminator(List.of(64, 128), List.of(4, 2), List.of(0, 2), 2, conditional, critic);
	}

	/** Rebuilds the network from {@link #options()}. */
	static ResidualDiscriminator of(final NetworkOptions options) {
		return new ResidualDiscriminator(options.integers("channels"), options.integers("strides"), options.integers(
			"units"), options.integer("scorekernel"), options.flag("conditional"), options.flag("critic"));
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
		options.put("scorekernel", Integer.toString(scoreKernel));
		options.put("conditional", Boolean.toString(conditional));
		options.put("critic", Boolean.toString(critic));
		return options;
	}

	@Override
	public void checkBox(final int box) {
		final int step = strides.stream().reduce(1, (a, b) -> a * b);
		new BoxRange("discriminator", step * scoreKernel, step).check(box);
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap images) {
		final LayerStyle style = LayerStyle.of(critic, Activation.RELU);
		final KernelInitialiser residual = style.residual(units.stream().mapToInt(Integer::intValue).sum());
		FeatureMap feature = images;
		for (int level = 0; level < channels.size(); level++) {
			final String name = "level" + (level + 1);
			final int stride = strides.get(level);
			FeatureMap sum = layers.convolution(name + "/down", feature, 2 * stride, stride, channels.get(level));
			sum = style.normalise(layers, name + "/down", sum);
			for (int unit = 1; unit <= units.get(level); unit++) {
				final String here = name + "/unit" + unit;
				final FeatureMap in = style.activate(layers, sum);
				final Convolution plan = new Convolution(3, 1, in.channels()).starting(residual);
				sum = layers.sum(in, style.normalise(layers, here, layers.convolution(here, in, plan)));
			}
			feature = style.activate(layers, sum);
		}
		final Convolution score = new Convolution(scoreKernel, 1, 1).padded(Padding.NONE);
		return layers.bias("score", layers.convolution("score", feature, score));
	}
}
