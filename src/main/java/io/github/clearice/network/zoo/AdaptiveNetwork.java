package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.tensorflow.NetworkException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * A network that goes by the noise level of each image, so that one model serves many.
 * <p>
 * The level is estimated from the image itself: the logarithms of its mean power in a few rings of spatial frequency
 * and of its mean square in a few rings about the middle. On the scale of a network, mean 0 and variance 1, white noise
 * has the same power in all rings, and a particle adds to the low ones and to the middle. A layer of {@value #WIDTH}
 * numbers turns them into a factor and an offset for each channel of each batch normalisation (feature-wise linear
 * modulation; Perez et al. 2018, equation 2). The result, before its last offset, is multiplied by the root of
 * the share of the variance that is signal, so that the network makes images of one amplitude at any level.
 * None of this depends on how the image is turned by quarters or mirrored.
 *
 * @param network one with batch normalisation
 */
public record AdaptiveNetwork(Architecture network) implements Architecture {

	/** Key among the options, and its value. */
	static final String OPTION = "adaptive", POWERS = "ring-powers";

	/** Fewer than the eight rows or columns that {@code Muon} takes: it would learn chance as fast as what matters. */
	private static final int WIDTH = 7;
	/** Edges of the rings of frequency grow by this factor, so that each holds enough samples for a stable mean. */
	private static final double GROWTH = 1.5;
	/** Rings about the middle of the image. */
	private static final int ANNULI = 4;
	/** Keeps logarithms finite: far below the power of any noise. */
	private static final float LEAST_POWER = 1e-4f;
	/** Most of the signal lies below this part of the box. */
	private static final int SIGNAL_RINGS = 6;
	private static final float LEAST_SHARE = 0.0025f;
	private static final String NAME = "adaptation/";

	/** @throws NetworkException if the network has no batch normalisation to go by */
	public AdaptiveNetwork {
		if (network instanceof GrowingNetwork || network instanceof AdaptiveNetwork) throw new NetworkException("Network " +
			network.name() + " has no batch normalisation, which adaptive=true needs. Use adaptive=false, or network=light.");
	}

	@Override
	public String name() {
		return network.name();
	}

	@Override
	public Map<String, String> options() {
		final Map<String, String> options = new LinkedHashMap<>(network.options());
		options.put(OPTION, POWERS);
		return options;
	}

	@Override
	public void checkBox(final int box) {
		network.checkBox(box);
	}

	@Override
	public boolean bounded() {
		return network.bounded();
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final Ops tf = layers.ops();
		final VariableSet variables = layers.variables();
		final Operand<TFloat32> powers = tf.concat(Arrays.asList(frequencyPowers(tf, image), annulusPowers(tf, image)), tf
			.constant(1));
		final Operand<TFloat32> logarithms = tf.math.log(tf.math.add(powers, tf.constant(LEAST_POWER)));
		final int count = edges(image.size()).length - 1 + ANNULI;
		final Operand<TFloat32> weights = variables.normal(NAME + "kernel", Math.sqrt(2.0 / count), count, WIDTH);
		// A sum, not a BiasAdd: TensorFlow 2.18 prints an error of its own when it fuses that with the ReLU.
		final Operand<TFloat32> hidden = tf.nn.relu(tf.math.add(tf.linalg.matMul(logarithms, weights), variables.constant(
			NAME + "bias", true, 0, WIDTH)));
		return network.build(layers.modulated(hidden, WIDTH, amplitude(tf, powers, image.size())), image);
	}

	/**
	 * The root of the signal's share of the variance, {@code [N, 1, 1, 1]}: the power of the low rings beyond that of the
	 * highest ones, which hold the noise alone. The rings between say little of it, and would add their chance.
	 */
	private static Operand<TFloat32> amplitude(final Ops tf, final Operand<TFloat32> powers, final int box) {
		final int[] edges = edges(box), rings = frequencies(box);
		final float[][] coefficients = new float[edges.length - 1 + ANNULI][1];
		for (final int ring : rings) {
			if (ring < 0 || edges[ring + 1] - 1 > Math.max(edges[1], box / SIGNAL_RINGS)) continue;
			coefficients[ring][0] += 1f / (box * box);
			coefficients[edges.length - 2][0] -= 1f / (box * box);
		}
		final Operand<TFloat32> share = tf.math.maximum(tf.linalg.matMul(powers, tf.constant(coefficients)), tf.constant(
			LEAST_SHARE));
		return tf.reshape(tf.math.sqrt(share), tf.constant(new int[] { -1, 1, 1, 1 }));
	}

	/** Mean power in rings of frequency; 1 for white noise of variance 1. */
	private static Operand<TFloat32> frequencyPowers(final Ops tf, final FeatureMap image) {
		final int box = image.size();
		final Operand<TFloat32> plane = tf.reshape(image.value(), tf.constant(new int[] { -1, box, box }));
		// The real and the imaginary part by products with cosines and sines: all devices and exports have them.
		final Operand<TFloat32> cosines = tf.constant(waves(box, 0)), sines = tf.constant(waves(box, -Math.PI / 2));
		final Operand<TFloat32> c = along(tf, plane, cosines, box), s = along(tf, plane, sines, box);
		final Operand<TFloat32> real = tf.math.sub(across(tf, c, cosines, box), across(tf, s, sines, box));
		final Operand<TFloat32> imaginary = tf.math.add(across(tf, c, sines, box), across(tf, s, cosines, box));
		final Operand<TFloat32> power = tf.math.add(tf.math.square(real), tf.math.square(imaginary));
		return means(tf, power, rings(box));
	}

	private static Operand<TFloat32> along(final Ops tf, final Operand<TFloat32> plane, final Operand<TFloat32> waves,
		final int box)
	{
		final Operand<TFloat32> rows = tf.reshape(plane, tf.constant(new int[] { -1, box }));
		return tf.reshape(tf.linalg.matMul(rows, waves), tf.constant(new int[] { -1, box, box }));
	}

	private static Operand<TFloat32> across(final Ops tf, final Operand<TFloat32> plane, final Operand<TFloat32> waves,
		final int box)
	{
		return along(tf, tf.linalg.transpose(plane, tf.constant(new int[] { 0, 2, 1 })), waves, box);
	}

	/** {@code cos(2 pi x k / box + phase) / sqrt(box)} at row x and column k. */
	private static float[][] waves(final int box, final double phase) {
		final float[][] waves = new float[box][box];
		for (int x = 0; x < box; x++) for (int k = 0; k < box; k++) waves[x][k] = (
			float) (Math.cos(2 * Math.PI * ((long) x *
			k % box) / box + phase) / Math.sqrt(box));
		return waves;
	}

	private static Operand<TFloat32> annulusPowers(final Ops tf, final FeatureMap image) {
		final int box = image.size();
		final int[] rings = new int[box * box];
		for (int p = 0; p < rings.length; p++) {
			final double radius = Math.hypot(p % box - box / 2, p / box - box / 2);
			rings[p] = Math.min(ANNULI - 1, (int) (radius / (box / 2.0) * (ANNULI - 1)));
		}
		return means(tf, tf.math.square(image.value()), share(rings, ANNULI));
	}

	private static Operand<TFloat32> means(final Ops tf, final Operand<TFloat32> values, final float[][] shares) {
		return tf.linalg.matMul(tf.reshape(values, tf.constant(new int[] { -1, shares[0].length })), tf.constant(shares),
			MatMul.transposeB(true));
	}

	/** First ring of each group of rings, and the end of the last: 1, 2, 3, 5, 7, .. box / 2 + 1. */
	private static int[] edges(final int box) {
		final int end = box / 2 + 1;
		final int[] edges = new int[end + 1];
		int count = 0;
		for (int edge = 1; edge < end; edge = Math.max(edge + 1, (int) Math.round(edge * GROWTH))) edges[count++] = edge;
		edges[count++] = end;
		return Arrays.copyOf(edges, count);
	}

	private static float[][] rings(final int box) {
		return share(frequencies(box), edges(box).length - 1);
	}

	/** The group of rings of each frequency of a whole plane; -1 for the mean and the corners. */
	private static int[] frequencies(final int box) {
		final int[] edges = edges(box), rings = new int[box * box];
		for (int p = 0; p < rings.length; p++) {
			final int x = p % box, y = p / box;
			final double radius = Math.round(Math.hypot(Math.min(x, box - x), Math.min(y, box - y)));
			rings[p] = -1;
			for (int i = 0; i + 1 < edges.length; i++) if (radius >= edges[i] && radius < edges[i + 1]) rings[p] = i;
		}
		return rings;
	}

	/** For each group, what each of its pixels counts in the mean. */
	private static float[][] share(final int[] groups, final int count) {
		final int[] sizes = new int[count];
		for (final int group : groups) if (group >= 0) sizes[group]++;
		final float[][] shares = new float[count][groups.length];
		for (int p = 0; p < groups.length; p++) if (groups[p] >= 0) shares[groups[p]][p] = 1f / sizes[groups[p]];
		return shares;
	}
}
