package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network that improves on a guide: an estimate of each particle that another method made from the whole stack. It
 * sees the noisy image and the guide, and what it makes of them is added to the guide. A guide of zeros is none: the
 * result then comes from the noisy image alone.
 *
 * @param network one with unbounded results, which turns all its images in the same way if it turns any
 */
public record GuidedNetwork(Architecture network) implements Architecture {

	/** Key among the options, and its value. */
	static final String OPTION = "guide", ADDED = "added";

	/** @throws NetworkException if the network cannot see two images, or its results cannot be added to one */
	public GuidedNetwork {
		if (network.bounded() || network instanceof GrowingNetwork || network.planes() != 1 ||
			network instanceof AdaptiveNetwork)
		{
			throw new NetworkException("The network " + network.name() +
				" as it is set cannot improve on a guide. Use another one (clearice train network=light adaptive=false).");
		}
	}

	@Override
	public String name() {
		return network.name();
	}

	@Override
	public Map<String, String> options() {
		final Map<String, String> options = new LinkedHashMap<>(network.options());
		options.put(OPTION, ADDED);
		return options;
	}

	@Override
	public void checkBox(final int box) {
		network.checkBox(box);
	}

	@Override
	public boolean bounded() {
		return false;
	}

	/** The noisy image and the guide. */
	@Override
	public int planes() {
		return 2;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final Ops tf = layers.ops();
		final Operand<TFloat32> guide = tf.slice(image.value(), tf.constant(new int[] { 0, 0, 0, 1 }), tf.constant(
			new int[] { -1, -1, -1, 1 }));
		return layers.sum(network.build(layers, image), new FeatureMap(guide, image.size(), 1));
	}
}
