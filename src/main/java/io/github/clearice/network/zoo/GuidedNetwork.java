package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network that improves on a guide: an estimate of each particle that another method made from the whole stack. It
 * sees the noisy image, the guide with its contrast brought to variance 1, the logarithm of that contrast, which tells
 * how noisy the image is, and the noisy image without the guide. What it makes of them is brought back to the scale of
 * the guide and added to it. A guide of zeros is none: the result then comes from the noisy image alone.
 *
 * @param network one with unbounded results, which turns all its images in the same way if it turns any
 */
public record GuidedNetwork(Architecture network) implements Architecture {

	/** Key among the options. */
	public static final String OPTION = "guide";
	/** Its value. */
	static final String ADDED = "added";

	/** Of a guide, in units of the noisy image's; less is none. */
	private static final float LEAST_VARIANCE = 1e-7f;
	/** What is assumed of the clean image where there is no guide: its share at a signal-to-noise ratio of 0.1. */
	private static final float USUAL_VARIANCE = 0.09f;
	/** Images that the network inside sees: an even number, as oneDNN's convolutions of three give NaN in bfloat16. */
	private static final int SEEN = 4;
	/** Brings the logarithm of the usual contrast to about 0. */
	private static final float MIDDLE = 1.2f;

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
		final Operand<TFloat32> guide = guide(tf, image.value());
		final Operand<TInt32> pixels = tf.constant(new int[] { 1, 2 });
		final Operand<TFloat32> contrast = tf.math.sub(guide, tf.math.mean(guide, pixels, Mean.keepDims(true)));
		final Operand<TFloat32> variance = tf.math.mean(tf.math.square(contrast), pixels, Mean.keepDims(true));
		final Operand<TBool> there = tf.math.greater(variance, tf.constant(LEAST_VARIANCE));
		final Operand<TFloat32> scale = tf.math.sqrt(tf.select(there, variance, tf.fill(tf.shape(variance), tf.constant(
			USUAL_VARIANCE))));
		final Operand<TFloat32> level = tf.math.mul(tf.onesLike(guide), tf.math.add(tf.math.log(scale), tf.constant(
			MIDDLE)));
		final Operand<TFloat32> noisy = plane(tf, image.value(), 0);
		final Operand<TFloat32> seen = tf.concat(List.of(noisy, tf.math.div(contrast, scale), level, tf.math.sub(noisy,
			contrast)), tf.constant(3));
		final FeatureMap change = network.build(layers, new FeatureMap(seen, image.size(), SEEN));
		return new FeatureMap(tf.math.add(guide, tf.math.mul(scale, change.value())), image.size(), 1);
	}

	/** The second plane of images with guides, {@code [N, box, box, 1]}. */
	public static Operand<TFloat32> guide(final Ops tf, final Operand<TFloat32> images) {
		return plane(tf, images, 1);
	}

	private static Operand<TFloat32> plane(final Ops tf, final Operand<TFloat32> images, final int number) {
		return tf.slice(images, tf.constant(new int[] { 0, 0, 0, number }), tf.constant(new int[] { -1, -1, -1, 1 }));
	}
}
