package io.github.clearice.network.zoo;

import io.github.clearice.network.Convolution;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.GrowingDiscriminator;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Padding;

import java.util.LinkedHashMap;
import java.util.Map;

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
		final Map<String, String> options = new LinkedHashMap<>();
		options.put("channels", Integer.toString(channels));
		options.put("share", Float.toString(share));
		return options;
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
