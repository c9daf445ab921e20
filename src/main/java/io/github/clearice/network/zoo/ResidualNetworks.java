package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Convolution;
import io.github.clearice.network.Convolution.KernelInitialiser;
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

/** The networks of residual units of Gu et al. 2021, and their lighter relatives. */
public final class ResidualNetworks {

	private static final LayerStyle RELU = new LayerStyle(Activation.RELU, true);

	private ResidualNetworks() {}

	/** The convolution that begins a level: its kernel is twice its stride. */
	private static FeatureMap down(final Layers layers, final LayerStyle style, final String level, final FeatureMap in,
		final int stride, final int channels)
	{
		return style.convolution(layers, level + "/down", in, new Convolution(2 * stride, stride, channels));
	}

	/**
	 * The residual units of a level.
	 *
	 * @param preactivated whether a unit adds to its input as it is (He et al. 2016b); otherwise to that after activation
	 * @return the last sum before its activation
	 */
	private static FeatureMap residualUnits(final Layers layers, final LayerStyle style, final KernelInitialiser start,
		final boolean preactivated, final String level, final FeatureMap first, final int count)
	{
		FeatureMap sum = first;
		for (int unit = 1; unit <= count; unit++) {
			final FeatureMap active = style.activate(layers, sum);
			final Convolution plan = new Convolution(3, 1, active.channels()).starting(start);
			sum = layers.sum(preactivated ? sum : active, style.convolution(layers, level + "/unit" + unit, active, plan));
		}
		return sum;
	}

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
			return NetworkOptions.written("channels", channels, "strides", strides, "encoderunits", encoderUnits,
				"decoderunits",
				decoderUnits, "preactivated", preactivated, "skips", skips, "bounded", bounded);
		}

		@Override
		public void checkBox(final int box) {
			new BoxRange("network", SMALLEST_BOX, NetworkOptions.product(strides)).check(box);
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap image) {
			final List<FeatureMap> encoded = new ArrayList<>();
			FeatureMap feature = image;
			final int levels = channels.size();
			for (int level = 0; level < levels; level++) {
				final String name = "encoder" + (level + 1);
				final FeatureMap down = down(layers, RELU, name, feature, strides.get(level), channels.get(level));
				final FeatureMap sum = residualUnits(layers, RELU, KernelInitialiser.HE, preactivated, name, down,
					encoderUnits.get(
					level));
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
				feature = layers.relu(residualUnits(layers, RELU, KernelInitialiser.HE, preactivated, name, feature,
					decoderUnits.get(
					levels - 1 - level)));
			}
			final int stride = strides.get(0);
			feature = layers.transposedConvolution("output", feature, 2 * stride, stride, 1);
			if (!bounded) return layers.output(feature);
			return layers.tanh(layers.batchNormalisation("output", feature));
		}
	}

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
	public record ResidualDiscriminator(List<Integer> channels, List<Integer> strides, List<Integer> units,
		int scoreKernel,
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
			return NetworkOptions.written("channels", channels, "strides", strides, "units", units, "scorekernel",
				scoreKernel, "conditional", conditional, "critic", critic);
		}

		@Override
		public void checkBox(final int box) {
			final int step = NetworkOptions.product(strides);
			new BoxRange("discriminator", step * scoreKernel, step).check(box);
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap images) {
			final LayerStyle style = LayerStyle.of(critic, Activation.RELU);
			final KernelInitialiser residual = style.residual(NetworkOptions.sum(units));
			FeatureMap feature = images;
			for (int level = 0; level < channels.size(); level++) {
				final String name = "level" + (level + 1);
				final FeatureMap down = down(layers, style, name, feature, strides.get(level), channels.get(level));
				feature = style.activate(layers, residualUnits(layers, style, residual, false, name, down, units.get(level)));
			}
			final Convolution score = new Convolution(scoreKernel, 1, 1).padded(Padding.NONE);
			return layers.biasedConvolution("score", feature, score);
		}
	}
}
