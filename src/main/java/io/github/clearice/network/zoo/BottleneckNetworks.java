package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.Convolution.Padding;
import io.github.clearice.network.Discriminator;
import io.github.clearice.network.LayerStyle;
import io.github.clearice.network.LayerStyle.Activation;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.zoo.NetworkOptions.BoxRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The networks of Su et al. 2018, and those of Gu et al. 2021 for 256 pixels. */
public final class BottleneckNetworks {

	private BottleneckNetworks() {}

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
			return NetworkOptions.written("channels", channels, "units", units, "division", division, "activation",
				activation);
		}

		@Override
		public void checkBox(final int box) {
			BoxRange.halved(channels.size()).check(box);
		}

		@Override
		public boolean bounded() {
			return true;
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap image) {
			final LayerStyle style = new LayerStyle(activation, true);
			final Bottleneck bottleneck = new Bottleneck(division, 2 * NetworkOptions.sum(units),
				style);
			final int levels = channels.size();
			final List<FeatureMap> encoded = new ArrayList<>();
			FeatureMap feature = image;
			for (int level = 0; level < levels; level++) {
				final String name = "encoder" + (level + 1);
				final FeatureMap down = style.convolution(layers, name + "/down", feature, new Convolution(4, 2, channels.get(
					level)));
				final FeatureMap sum = bottleneck.build(layers, name, down, units.get(level));
				encoded.add(sum);
				feature = style.activate(layers, sum);
			}
			for (int level = levels - 2; level >= 0; level--) {
				final String name = "decoder" + (levels - 1 - level);
				FeatureMap sum = layers.transposedConvolution(name + "/up", feature, 4, 2, channels.get(level));
				sum = layers.sum(style.normalise(layers, name + "/up", sum), encoded.get(level));
				feature = style.activate(layers, bottleneck.build(layers, name, sum, units.get(level)));
			}
			return layers.tanh(layers.output(layers.transposedConvolution("output", feature, 4, 2, 1)));
		}
	}

	/**
	 * The discriminator of Su et al. 2018, and that of Gu et al. 2021 for 256 pixels,
	 * which is the same with ReLU, units of full width and no sight of the noisy
	 * image.
	 * <p> Each level is a convolution 4 x 4 with batch normalisation, of stride 2 (the last of stride 1), followed by
	 * {@link Bottleneck} units. Then a convolution 4 x 4 without padding, to as many channels, and one to the scores: a
	 * map of 26 x 26 at 256 pixels.
	 *
	 * @param channels of the levels, finest first
	 * @param units of the levels
	 * @param division how many times fewer channels a unit has inside
	 * @param activation throughout, if it is no critic
	 * @param conditional whether it sees the noisy image too
	 * @param critic whether it is for a gradient penalty
	 */
	public record BottleneckDiscriminator(List<Integer> channels, List<Integer> units, int division,
		Activation activation,
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
			return NetworkOptions.written("channels", channels, "units", units, "division", division, "activation",
				activation,
				"conditional", conditional, "critic", critic);
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
			final Bottleneck bottleneck = new Bottleneck(division, NetworkOptions.sum(units), style);
			final int levels = channels.size();
			FeatureMap feature = images;
			for (int level = 0; level < levels; level++) {
				final String name = "level" + (level + 1);
				final int stride = level < levels - 1 ? 2 : 1;
				final FeatureMap down = style.convolution(layers, name + "/down", feature, new Convolution(4, stride,
					channels.get(
					level)));
				final FeatureMap sum = bottleneck.build(layers, name, down, units.get(level));
				feature = style.activate(layers, sum);
			}
			final Convolution last = new Convolution(4, 1, feature.channels()).padded(Padding.NONE);
			feature = style.activate(layers, style.convolution(layers, "last", feature, last));
			final Convolution score = new Convolution(4, 1, 1).padded(Padding.NONE);
			return layers.biasedConvolution("score", feature, score);
		}
	}

	/**
	 * The residual unit of Su et al. 2018: a convolution 1 x 1 to fewer channels, one
	 * 4 x 4, and one 1 x 1 back, each normalised (He et al. 2016a, figure 5).
	 *
	 * @param division how many times fewer channels it has inside; 1 for the full width of Gu et al. 2021 at 256 pixels
	 * @param units that follow one another in the network
	 */
	record Bottleneck(int division, int units, LayerStyle style) {

		/** Several units. Returns the last sum before its activation; none leaves the incoming sum as it is. */
		FeatureMap build(final Layers layers, final String level, final FeatureMap first, final int count) {
			FeatureMap sum = first;
			for (int unit = 1; unit <= count; unit++) {
				sum = unit(layers, level + "/unit" + unit, style.activate(layers, sum));
			}
			return sum;
		}

		private FeatureMap unit(final Layers layers, final String name, final FeatureMap in) {
			final int inside = Math.max(1, in.channels() / division);
			final FeatureMap narrow = active(layers, name + "/narrow", in, new Convolution(1, 1, inside));
			final FeatureMap middle = active(layers, name + "/middle", narrow, new Convolution(4, 1, inside));
			final Convolution back = new Convolution(1, 1, in.channels()).starting(style.residual(units));
			return layers.sum(in, style.convolution(layers, name + "/back", middle, back));
		}

		private FeatureMap active(final Layers layers, final String name, final FeatureMap in, final Convolution plan) {
			return style.activate(layers, style.convolution(layers, name, in, plan));
		}
	}
}
