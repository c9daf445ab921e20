package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network that goes by the noise level of each image, so that one model serves many.
 * <p>
 * The level is estimated from the image itself, as the signal's share of its variance: the power of low spatial
 * frequencies beyond that of the highest ones, which hold the noise alone. A layer of {@value #WIDTH} numbers turns its
 * logarithm into a factor and an offset for each channel of each batch normalisation (feature-wise linear modulation;
 * Perez et al. 2018, equation 2). They do not depend on how the image is turned by quarters or mirrored.
 *
 * @param network one with batch normalisation
 */
public record AdaptiveNetwork(Architecture network) implements Architecture {

	/** Key among the options, and its value. */
	static final String OPTION = "adaptive", SHARE = "signal-share";

	/** Fewer than the eight rows or columns that {@code Muon} takes: it would learn chance as fast as what matters. */
	private static final int WIDTH = 7;
	/** Most of the signal lies below this part of the box. */
	private static final int SIGNAL_RINGS = 6;
	/** Above this part of the radius of the largest ring lies the noise alone. */
	private static final double NOISE_RINGS = 0.75;
	/** Keeps logarithms finite: an SNR far below 0.01 cannot be told from one image. */
	private static final float LEAST_SHARE = 0.0025f;
	/** Brings the logarithm of the amplitude to about 0 at an SNR of 0.1. */
	private static final float MIDDLE = 1.2f;
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
		options.put(OPTION, SHARE);
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
		final Operand<TFloat32> level = tf.math.add(tf.math.log(tf.math.sqrt(share(tf, image))), tf.constant(MIDDLE));
		final Operand<TFloat32> weights = variables.normal(NAME + "kernel", Math.sqrt(2), 1, WIDTH);
		// A sum, not a BiasAdd: TensorFlow 2.18 prints an error of its own when it fuses that with the ReLU.
		final Operand<TFloat32> hidden = tf.nn.relu(tf.math.add(tf.linalg.matMul(level, weights), variables.constant(
			NAME + "bias", true, 0, WIDTH)));
		return network.build(layers.modulated(hidden, WIDTH), image);
	}

	/** The signal's share of the variance, {@code [N, 1]}. */
	private static Operand<TFloat32> share(final Ops tf, final FeatureMap image) {
		final int box = image.size();
		final Operand<TFloat32> plane = tf.reshape(image.value(), tf.constant(new int[] { -1, box, box }));
		// The real and the imaginary part by products with cosines and sines: all devices and exports have them.
		final Operand<TFloat32> cosines = tf.constant(waves(box, 0)), sines = tf.constant(waves(box, -Math.PI / 2));
		final Operand<TFloat32> c = along(tf, plane, cosines, box), s = along(tf, plane, sines, box);
		final Operand<TFloat32> real = tf.math.sub(across(tf, c, cosines, box), across(tf, s, sines, box));
		final Operand<TFloat32> imaginary = tf.math.add(across(tf, c, sines, box), across(tf, s, cosines, box));
		final Operand<TFloat32> power = tf.math.add(tf.math.square(real), tf.math.square(imaginary));
		return tf.math.maximum(tf.linalg.matMul(tf.reshape(power, tf.constant(new int[] { -1, box * box })), tf.constant(
			shares(box))), tf.constant(LEAST_SHARE));
	}

	/** What the power of each frequency adds to the share: {@code [box * box, 1]}. */
	private static float[][] shares(final int box) {
		final int lastSignal = Math.max(2, box / SIGNAL_RINGS - 1);
		final int firstNoise = Math.max(lastSignal + 1, (int) (NOISE_RINGS * box / 2));
		final double[] radii = new double[box * box];
		int signals = 0, noises = 0;
		for (int p = 0; p < radii.length; p++) {
			final int x = p % box, y = p / box;
			radii[p] = Math.round(Math.hypot(Math.min(x, box - x), Math.min(y, box - y)));
			if (isSignal(radii[p], lastSignal)) signals++;
			if (isNoise(radii[p], firstNoise, box)) noises++;
		}
		final float[][] shares = new float[box * box][1];
		for (int p = 0; p < radii.length; p++) {
			if (isSignal(radii[p], lastSignal)) shares[p][0] = 1f / (box * box);
			if (isNoise(radii[p], firstNoise, box)) shares[p][0] = -(float) signals / noises / (box * box);
		}
		return shares;
	}

	/** The mean of the image is neither. */
	private static boolean isSignal(final double radius, final int last) {
		return radius >= 1 && radius <= last;
	}

	/** The corners are neither. */
	private static boolean isNoise(final double radius, final int first, final int box) {
		return radius >= first && radius <= box / 2;
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
}
