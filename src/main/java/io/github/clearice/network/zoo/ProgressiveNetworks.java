package io.github.clearice.network.zoo;

import io.github.clearice.network.Convolution;
import io.github.clearice.network.Convolution.KernelInitialiser;
import io.github.clearice.network.Convolution.Padding;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.GrowingNetwork.GrowingArchitecture;
import io.github.clearice.network.GrowingNetwork.GrowingDiscriminator;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The growing networks of Karras et al. 2018, which the "PGGAN" of Gu et al. 2021 takes. */
public final class ProgressiveNetworks {

	private ProgressiveNetworks() {}

	/**
	 * The "PGGAN" generator of Gu et al. 2021, supplement: an autoencoder that grows at
	 * both ends. The paper names Karras et al. 2018 and gives no layers; the decoder
	 * is the generator of that work from its second layer on, and the encoder its
	 * mirror image.
	 * <p>
	 * Each level has two 3 x 3 convolutions a way, with equalised learning rate,
	 * LeakyReLU and pixel normalisation; images are read and written by 1 x 1
	 * convolutions; sizes are halved by means and doubled by repetition. A network
	 * that is not yet grown takes the mean of pixels first, and repeats those of its
	 * result.
	 *
	 * @param channels of the four widest levels; each finer level has half as many as the one before
	 * @param missing levels it has yet to grow
	 * @param share of its finest level in the result, 1 when it stands alone
	 */
	public record ProgressiveAutoencoder(int channels, int missing, float share) implements
		GrowingArchitecture
	{

		static final String NAME = "progressive-autoencoder";
		/** From 512 pixels to 4. */
		private static final int MOST_MISSING = 7;

		public ProgressiveAutoencoder {
			NetworkOptions.checked("channels", channels, 1, 1024);
			NetworkOptions.checked("missing", missing, 0, MOST_MISSING);
			ProgressiveBlocks.checkShare(share);
		}

		/** With the widths of Karras et al., grown. */
		static ProgressiveAutoencoder gu2021() {
			return new ProgressiveAutoencoder(512, 0, 1);
		}

		/** Rebuilds the network from {@link #options()}. */
		static ProgressiveAutoencoder of(final NetworkOptions options) {
			return new ProgressiveAutoencoder(options.integer("channels"), options.integer("missing"), options.real("share"));
		}

		@Override
		public String name() {
			return NAME;
		}

		@Override
		public Map<String, String> options() {
			return NetworkOptions.written("channels", channels, "missing", missing, "share", share);
		}

		@Override
		public void checkBox(final int box) {
			final int levels = GrowingNetwork.levels(box);
			if (levels < missing) throw new NetworkException("A box of " + box + " pixels grows by " + levels +
				" levels, but the network has yet to grow " + missing + ". The model file is damaged; get a fresh copy.");
		}

		@Override
		public boolean bounded() {
			return false;
		}

		@Override
		public GrowingArchitecture blended(final float other) {
			return new ProgressiveAutoencoder(channels, missing, other);
		}

		@Override
		public GrowingArchitecture withoutLevels(final int levels) {
			return new ProgressiveAutoencoder(channels, levels, share);
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap image) {
			final boolean fading = share < 1;
			final ProgressiveBlocks blocks = ProgressiveBlocks.of(layers, channels, share, true);
			FeatureMap small = image;
			for (int i = 0; i < missing; i++) small = layers.halved(small);
			FeatureMap coarsest = blocks.encoded(small, fading);
			coarsest = blocks.convolution("encoder0", coarsest, blocks.width(0));
			coarsest = blocks.convolution("decoder0", coarsest, blocks.width(0));
			FeatureMap result = blocks.decoded(coarsest, small.size(), fading);
			for (int i = 0; i < missing; i++) result = layers.doubled(result);
			return result;
		}
	}

	/**
	 * The growing discriminator of Karras et al. 2018, table 2, which the "PGGAN" of Gu
	 * et al. 2021 takes: one score an image.
	 * <p>
	 * Each level has two 3 x 3 convolutions with equalised learning rate and
	 * LeakyReLU, and halves the size by means. To the coarsest features one channel
	 * is added that holds how much the images of the batch differ. It has no batch
	 * normalisation in any form, and so is its own critic.
	 *
	 * @param channels of the widest levels
	 * @param share of its finest level, 1 when it stands alone
	 */
	public record ProgressiveDiscriminator(int channels, float share) implements GrowingDiscriminator
	{

		static final String NAME = "progressive-discriminator";

		public ProgressiveDiscriminator {
			NetworkOptions.checked("channels", channels, 1, 1024);
			ProgressiveBlocks.checkShare(share);
		}

		/** With the widths of Karras et al., grown. */
		static ProgressiveDiscriminator gu2021() {
			return new ProgressiveDiscriminator(512, 1);
		}

		/** Rebuilds the network from {@link #options()}. */
		static ProgressiveDiscriminator of(final NetworkOptions options) {
			return new ProgressiveDiscriminator(options.integer("channels"), options.real("share"));
		}

		@Override
		public String name() {
			return NAME;
		}

		@Override
		public Map<String, String> options() {
			return NetworkOptions.written("channels", channels, "share", share);
		}

		@Override
		public void checkBox(final int box) {
			GrowingNetwork.levels(box);
		}

		@Override
		public boolean conditional() {
			return false;
		}

		@Override
		public GrowingDiscriminator blended(final float other) {
			return new ProgressiveDiscriminator(channels, other);
		}

		@Override
		public FeatureMap build(final Layers layers, final FeatureMap images) {
			final ProgressiveBlocks blocks = ProgressiveBlocks.of(layers, channels, share, false);
			final FeatureMap coarsest = blocks.withBatchDeviation(blocks.encoded(images, share < 1));
			FeatureMap feature = blocks.convolution("last/first", coarsest, blocks.width(0));
			final Convolution whole = new Convolution(feature.size(), 1, blocks.width(0)).padded(Padding.NONE);
			feature = blocks.activated("last/second", feature, whole);
			return blocks.linear("score", feature, new Convolution(1, 1, 1));
		}
	}

	/**
	 * The parts of progressively growing networks (Karras et al. 2018): convolutions with an equalised learning rate, a
	 * bias and LeakyReLU, and the connections between levels of different size. Level 0 is the coarsest.
	 *
	 * @param layers to add to
	 * @param channels of the widest levels
	 * @param normalising whether each convolution of a block is followed by pixel normalisation, as in a generator
	 */
	public record ProgressiveBlocks(Layers layers, int channels, boolean normalising) {

		/** Added to squares, as in Karras et al. */
		private static final float EPSILON = 1e-8f;

		/**
		 * Checks the share of the newest level.
		 *
		 * @throws NetworkException if it is out of range
		 */
		static void checkShare(final float share) {
			if (!(share >= 0 && share <= 1)) throw new NetworkException("Network option share must be 0 to 1, not " + share +
				".");
		}

		/** With the share that the layers are given, or else this one. */
		static ProgressiveBlocks of(final Layers layers, final int channels, final float share, final boolean normalising) {
			final boolean given = share == 1 || layers.fade() != null;
			return new ProgressiveBlocks(given ? layers : layers.fading(layers.ops().constant(share)), channels, normalising);
		}

		/** Channels of a level: the widest up to the fourth, half as many from each level to the next (table 2 there). */
		int width(final int level) {
			return Math.max(1, Math.min(channels, 16 * channels >> level + 1));
		}

		/** An image to the features of its level. */
		FeatureMap fromImage(final int level, final FeatureMap image) {
			return activated("from" + level, image, new Convolution(1, 1, width(level)));
		}

		/** The features of a level to an image, without activation. */
		FeatureMap toImage(final int level, final FeatureMap in) {
			return linear("to" + level, in, new Convolution(1, 1, 1));
		}

		/** A convolution whose result is linear. */
		FeatureMap linear(final String name, final FeatureMap in, final Convolution plan) {
			return layers.bias(name, layers.equalisedConvolution(name, in, plan.starting(KernelInitialiser.EVEN)));
		}

		/** A 3 x 3 convolution of a block. */
		public FeatureMap convolution(final String name, final FeatureMap in, final int width) {
			final FeatureMap out = activated(name, in, new Convolution(3, 1, width));
			return normalising ? pixelNormalised(out) : out;
		}

		FeatureMap activated(final String name, final FeatureMap in, final Convolution plan) {
			return layers.leakyRelu(layers.bias(name, layers.equalisedConvolution(name, in, plan)), 0.2f);
		}

		/**
		 * From an image down to the features of level 0, at the size of level 0.
		 *
		 * @param fading whether the finest level is blended with the next coarser one by the share
		 */
		FeatureMap encoded(final FeatureMap image, final boolean fading) {
			final int levels = GrowingNetwork.levels(image.size());
			FeatureMap feature = fromImage(levels, image);
			for (int level = levels; level > 0; level--) {
				final String name = "encoder" + level;
				feature = convolution(name + "/first", feature, width(level));
				feature = layers.halved(convolution(name + "/second", feature, width(level - 1)));
				if (fading && level == levels) feature = faded(fromImage(level - 1, layers.halved(image)), feature);
			}
			return feature;
		}

		/**
		 * From the features of level 0 up to an image.
		 *
		 * @param size of the image
		 */
		FeatureMap decoded(final FeatureMap coarsest, final int size, final boolean fading) {
			final int levels = GrowingNetwork.levels(size);
			FeatureMap feature = coarsest;
			FeatureMap earlier = null;
			for (int level = 1; level <= levels; level++) {
				final String name = "decoder" + level;
				if (fading && level == levels) earlier = layers.doubled(toImage(level - 1, feature));
				feature = convolution(name + "/first", layers.doubled(feature), width(level));
				feature = convolution(name + "/second", feature, width(level));
			}
			final FeatureMap image = toImage(levels, feature);
			return earlier == null ? image : faded(earlier, image);
		}

		/** With one more channel: the deviation over the images of the batch, averaged over pixels and channels. */
		public FeatureMap withBatchDeviation(final FeatureMap in) {
			final Ops tf = layers.ops();
			final Operand<TFloat32> apart = tf.math.sub(in.value(), tf.math.mean(in.value(), tf.constant(0), Mean.keepDims(
				true)));
			final Operand<TFloat32> variance = tf.math.mean(tf.math.square(apart), tf.constant(0), Mean.keepDims(true));
			final Operand<TFloat32> deviation = tf.math.mean(root(variance, 0.5f), tf.constant(new int[] { 1, 2, 3 }), Mean
				.keepDims(true));
			final Operand<TInt32> images = tf.slice(tf.shape(in.value()), tf.constant(new int[] { 0 }),
				tf.constant(new int[] {
				1 }));
			final Operand<TInt32> shape = tf.concat(List.of(images, tf.constant(new int[] { in.size(), in.size(), 1 })), tf
				.constant(0));
			final FeatureMap everywhere = new FeatureMap(tf.math.mul(tf.fill(shape, tf.constant(1f)), deviation), in.size(),
				1);
			return layers.concatenated(in, everywhere);
		}

		/** Each pixel's channels divided by their root mean square. */
		private FeatureMap pixelNormalised(final FeatureMap in) {
			final Ops tf = layers.ops();
			final Operand<TFloat32> power = tf.math.mean(tf.math.square(in.value()), tf.constant(3), Mean.keepDims(true));
			return new FeatureMap(tf.math.mul(in.value(), root(power, -0.5f)), in.size(), in.channels());
		}

		/** As a power, since the gradient of a root cannot be differentiated again. */
		private Operand<TFloat32> root(final Operand<TFloat32> squares, final float exponent) {
			final Ops tf = layers.ops();
			return tf.math.pow(tf.math.add(squares, tf.constant(EPSILON)), tf.constant(exponent));
		}

		private FeatureMap faded(final FeatureMap earlier, final FeatureMap newest) {
			final Ops tf = layers.ops();
			final Operand<TFloat32> change = tf.math.mul(layers.fade(), tf.math.sub(newest.value(), earlier.value()));
			return new FeatureMap(tf.math.add(earlier.value(), change), newest.size(), newest.channels());
		}
	}
}
