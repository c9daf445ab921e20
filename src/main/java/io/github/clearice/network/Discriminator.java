package io.github.clearice.network;

import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.Map;

/**
 * A network that scores square images, high where they look like clean ones. It
 * is named and described by plain options, so that a checkpoint rebuilds it; see
 * {@code Discriminators}.
 * <p>
 * A discriminator that can be a <i>critic</i>, for a Wasserstein distance with a
 * gradient penalty (Gulrajani et al. 2017, section 4), has no batch
 * normalisation, which would tie the images of a batch together, and only
 * operations whose gradients can be differentiated again.
 */
public interface Discriminator {

	/** The name of this family in {@code Discriminators} and the checkpoint. */
	String name();

	/** The options of this network within its family, in a fixed order. */
	Map<String, String> options();

	/**
	 * Checks that the network takes images of this size.
	 *
	 * @param box edge length in pixels
	 * @throws NetworkException if it does not, naming the boxes it takes
	 */
	void checkBox(int box);

	/** Whether it sees the noisy image beside the one to score. */
	boolean conditional();

	/**
	 * Adds the network to a graph.
	 *
	 * @param images one channel to score; if {@link #conditional}, a second with the noisy image
	 * @return a map of scores, one channel: logits, before any sigmoid
	 */
	FeatureMap build(Layers layers, FeatureMap images);
}
