package io.github.clearice.network.zoo;

import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.GrowingArchitecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The "PGGAN" generator of Gu et al. 2021, supplement: an autoencoder that grows at
 * both ends. The paper names Karras et al. 2018 and tells no layers; the decoder
 * is the generator of that work from its second layer on, and the encoder its
 * mirror image.
 * <p>
 * Each level has two 3 x 3 convolutions a way, with equalised learning rate,
 * LeakyReLU and pixel normalisation; images are read and written by 1 x 1
 * convolutions; sizes are halved by means and doubled by repetition. A network
 * that is not yet grown takes the mean of pixels first, and repeats those of its
 * result.
 *
 * @param channels of the widest levels, of which there are four; each finer one has half of the level before
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
		final Map<String, String> options = new LinkedHashMap<>();
		options.put("channels", Integer.toString(channels));
		options.put("missing", Integer.toString(missing));
		options.put("share", Float.toString(share));
		return options;
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
