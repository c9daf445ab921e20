package io.github.clearice.network.zoo;

import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.KernelInitialiser;
import io.github.clearice.network.Layers;
import io.github.clearice.network.VariableSet;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Layers that do the same to an image however it is turned by quarters or
 * mirrored: the group convolutions of Cohen and Welling 2016 for p4m.
 * <p>
 * Channels come as eight planes of as many channels each, one plane an element of
 * {@link SquareGroup}: turning the image turns each plane and exchanges the
 * planes. One stored kernel makes all eight, so that a layer has an eighth of the
 * weights of a plain one at the same cost. All kernels are odd and centred on
 * multiples of the stride, so that turns are about pixel {@code size / 2}, where
 * particles are centred; the first row and column, which have no counterpart on
 * the other side, are the one exception to the symmetry.
 */
final class SymmetricLayers {

	private final Layers layers;
	private final Ops tf;
	private final VariableSet variables;

	SymmetricLayers(final Layers layers) {
		this.layers = layers;
		tf = layers.ops();
		variables = layers.variables();
	}

	/**
	 * Convolution without bias to {@code size / stride}; He-normal start.
	 *
	 * @param in an image of one channel, or channels in eight planes
	 * @param kernel edge length, odd
	 * @param channels of the result, a multiple of 8
	 */
	FeatureMap convolution(final String name, final FeatureMap in, final int kernel, final int stride,
		final int channels)
	{
		final double products = (double) kernel * kernel * in.channels();
		final Operand<TFloat32> weights = kernel(name, kernel, in.channels(), channels, KernelInitialiser.HE.deviation(
			products));
		final int half = kernel / 2;
		final Operand<TFloat32> padded = tf.pad(in.value(), tf.constant(new int[][] { { 0, 0 }, { half, half }, { half,
			half }, { 0, 0 } }), tf.constant(0f));
		return new FeatureMap(tf.nn.conv2d(padded, weights, strides(stride), "VALID"), in.size() / stride, channels);
	}

	/**
	 * Transposed convolution without bias to {@code size * stride}; He-normal start.
	 *
	 * @param in channels in eight planes
	 * @param kernel edge length, odd, at least {@code 2 * stride - 1}
	 * @param channels of the result: a multiple of 8, or 1 for an image
	 */
	FeatureMap transposedConvolution(final String name, final FeatureMap in, final int kernel, final int stride,
		final int channels)
	{
		final double products = (double) kernel * kernel * in.channels() / (stride * stride);
		final double deviation = KernelInitialiser.HE.deviation(products);
		final Operand<TFloat32> weights = channels == 1 ? imageKernel(name, kernel, in.channels(), deviation) : kernel(name,
			kernel, channels, in.channels(), deviation);
		final int size = in.size() * stride, whole = (in.size() - 1) * stride + kernel, half = kernel / 2;
		final Operand<TInt32> batch = tf.slice(tf.shape(in.value()), tf.constant(new int[] { 0 }), tf.constant(
			new int[] { 1 }));
		final Operand<TInt32> shape = tf.concat(List.of(batch, tf.constant(new int[] { whole, whole, channels })), tf
			.constant(0));
		final Operand<TFloat32> full = tf.nn.conv2dBackpropInput(shape, weights, in.value(), strides(stride), "VALID");
		return new FeatureMap(tf.slice(full, tf.constant(new int[] { 0, half, half, 0 }), tf.constant(new int[] { -1, size,
			size, channels })), size, channels);
	}

	/** Batch normalisation over images and pixels; the planes share scale, offset and moving averages. */
	FeatureMap batchNormalisation(final String name, final FeatureMap in) {
		return layers.batchNormalisation(name, in, SquareGroup.ORDER);
	}

	/** The kernel {@code [edge, edge, in, out]} whose eight planes are the stored one turned and mirrored. */
	private Operand<TFloat32> kernel(final String name, final int edge, final int in, final int out,
		final double deviation)
	{
		final int planes = in == 1 ? 1 : SquareGroup.ORDER;
		final int rows = edge * edge * planes, outgoing = out / SquareGroup.ORDER;
		final Operand<TFloat32> stored = variables.normal(name + "/kernel", deviation, edge, edge, in, outgoing);
		final Operand<TFloat32> turned = tf.linalg.matMul(actions(edge, planes, rows), tf.reshape(stored, tf.constant(
			new int[] { rows, in / planes * outgoing })));
		final Operand<TFloat32> byPlane = tf.reshape(turned, tf.constant(new int[] { SquareGroup.ORDER, edge * edge * in,
			outgoing }));
		return tf.reshape(tf.linalg.transpose(byPlane, tf.constant(new int[] { 1, 0, 2 })), tf.constant(new int[] { edge,
			edge, in, out }));
	}

	/** The kernel {@code [edge, edge, 1, in]} that adds all planes, each turned its way, to an image. */
	private Operand<TFloat32> imageKernel(final String name, final int edge, final int in, final double deviation) {
		final int rows = edge * edge, incoming = in / SquareGroup.ORDER;
		final Operand<TFloat32> stored = variables.normal(name + "/kernel", deviation, edge, edge, incoming);
		final Operand<TFloat32> turned = tf.linalg.matMul(actions(edge, 1, rows), tf.reshape(stored, tf.constant(new int[] {
			rows, incoming })));
		final Operand<TFloat32> byPlane = tf.reshape(turned, tf.constant(new int[] { SquareGroup.ORDER, rows, incoming }));
		return tf.reshape(tf.linalg.transpose(byPlane, tf.constant(new int[] { 1, 0, 2 })), tf.constant(new int[] { edge,
			edge, 1, in }));
	}

	private Operand<TFloat32> actions(final int edge, final int planes, final int rows) {
		return tf.reshape(tf.constant(SquareGroup.actions(edge, planes)), tf.constant(new int[] { SquareGroup.ORDER * rows,
			rows }));
	}

	private static List<Long> strides(final int stride) {
		return List.of(1L, (long) stride, (long) stride, 1L);
	}
}
