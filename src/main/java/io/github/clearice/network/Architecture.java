package io.github.clearice.network;

import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.Map;

/**
 * A network that maps square images to square images of the same size. It is
 * named and described by plain options, so that a model file rebuilds it from
 * its card; see {@code Architectures}.
 */
public interface Architecture {

	/** The name of this family in {@code Architectures} and the model card. */
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

	/** Whether the result passes through tanh and so lies between -1 and 1. */
	boolean bounded();

	/**
	 * How many images of a particle the network sees: the noisy one, and after it those that other methods made of it.
	 */
	default int planes() {
		return 1;
	}

	/**
	 * Adds the network to a graph.
	 *
	 * @param image one channel for each of its {@link #planes()}
	 * @return one channel of the same size
	 */
	FeatureMap build(Layers layers, FeatureMap image);
}
