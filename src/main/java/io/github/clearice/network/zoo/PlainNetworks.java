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

import java.util.List;
import java.util.Map;

/** Networks of convolutions 4 x 4 alone, in the style of DCGAN (Radford et al. 2016). */
public final class PlainNetworks {

	private PlainNetworks() {}

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
			return NetworkOptions.written("channels", channels);
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
			return layers.tanh(layers.output(layers.transposedConvolution("output", feature, plan(1))));
		}

		private static Convolution plan(final int channels) {
			return new Convolution(4, 2, channels).starting(KernelInitialiser.DCGAN);
		}
	}

	/**
	 * A discriminator of convolutions 4 x 4 alone: that of pix2pix (Isola et al. 2017,
	 * section 6.1.2), each of whose scores sees 70 x 70 pixels, and that of the
	 * "ConvNet" of Gu et al. 2021, supplement.
	 * <p>
	 * Each level is a convolution with batch normalisation, which the first lacks as
	 * in DCGAN. Last, a convolution of stride 1 to the scores: 30 x 30 of them for
	 * pix2pix at 256 pixels, 5 x 5 for the ConvNet at 128.
	 *
	 * @param channels of the levels, finest first
	 * @param strides of the levels: 1 or 2
	 * @param ringed whether convolutions of stride 1 have one row of zeros around, or none
	 * @param activation of the levels
	 * @param conditional whether it sees the noisy image too
	 * @param critic whether it is for a gradient penalty
	 */
	public record PlainDiscriminator(List<Integer> channels, List<Integer> strides, boolean ringed, Activation activation,
		boolean conditional, boolean critic) implements Discriminator
	{

		static final String NAME = "plain-discriminator";

		public PlainDiscriminator {
			final int levels = NetworkOptions.checked("levels", channels.size(), 1, 8);
			channels = NetworkOptions.checked("channels", channels, levels, 1, 1024);
			strides = NetworkOptions.checked("strides", strides, levels, 1, 2);
		}

		static PlainDiscriminator pix2pix(final boolean critic) {
			return new PlainDiscriminator(List.of(64, 128, 256, 512), List.of(2, 2, 2, 1), true, Activation.LEAKY, true,
				critic);
		}

		static PlainDiscriminator convnet(final boolean critic) {
			return new PlainDiscriminator(List.of(64, 128, 256, 512), List.of(2, 2, 2, 2), false, Activation.FAINT, false,
				critic);
		}

		/** Rebuilds the network from {@link #options()}. */
		static PlainDiscriminator of(final NetworkOptions options) {
			return new PlainDiscriminator(options.integers("channels"), options.integers("strides"), options.flag("ringed"),
				Activation.of(options.text("activation")), options.flag("conditional"), options.flag("critic"));
		}

		@Override
		public String name() {
			return NAME;
		}

		@Override
		public Map<String, String> options() {
			return NetworkOptions.written("channels", channels, "strides", strides, "ringed", ringed, "activation",
				activation,
				"conditional", conditional, "critic", critic);
		}

		@Override
		public void checkBox(final int box) {
			final int step = NetworkOptions.product(strides);
			final int unitStrides = 1 + (int) strides.stream().filter(stride -> stride == 1).count();
			// Each convolution of stride 1 takes the border off: 1 pixel with zeros around, else 3.
			new BoxRange("discriminator", step * (1 + (ringed ? 1 : 3) * unitStrides), step).check(box);
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap images) {
			final LayerStyle style = new LayerStyle(activation, !critic);
			final LayerStyle first = new LayerStyle(activation, false);
			FeatureMap feature = images;
			for (int level = 0; level < channels.size(); level++) {
				final String name = "level" + (level + 1);
				final LayerStyle here = level == 0 ? first : style;
				final Convolution plan = plan(strides.get(level), channels.get(level));
				feature = here.activate(layers, here.convolution(layers, name, feature, plan));
			}
			return layers.biasedConvolution("score", feature, plan(1, 1));
		}

		private Convolution plan(final int stride, final int count) {
			final Padding padding = stride > 1 ? Padding.SAME : ringed ? Padding.ONE : Padding.NONE;
			return new Convolution(4, stride, count, padding, KernelInitialiser.DCGAN);
		}
	}
}
