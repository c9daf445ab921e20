package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Convolution.KernelInitialiser;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.zoo.NetworkOptions.BoxRange;
import io.github.clearice.tensorflow.NetworkException;

import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An autoencoder that gives the same result for a particle rotated by multiples of 90 degrees or
 * mirrored (Cohen and Welling 2016), as particles come at any turn and seen from
 * either side.
 * <p>
 * Encoder: each level is a convolution with a stride and batch normalisation,
 * followed by residual units (ReLU, 3 x 3 convolution, batch normalisation, sum).
 * Decoder: transposed convolutions with batch normalisation and ReLU; the last
 * gives one channel and has a bias. There are no skips, which carry noise past the
 * narrow levels.
 *
 * @param channels of the encoder levels, finest first: multiples of 8
 * @param strides of the encoder levels; a box must be a multiple of their product
 * @param units residual units of the encoder levels
 */
public record SymmetricAutoencoder(List<Integer> channels, List<Integer> strides, List<Integer> units)
	implements Architecture
{

	static final String NAME = "symmetric-autoencoder";
	private static final int SMALLEST_BOX = 16;
	private static final int MOST_LEVELS = 8;

	public SymmetricAutoencoder {
		final int levels = NetworkOptions.checked("levels", channels.size(), 1, MOST_LEVELS);
		channels = NetworkOptions.checked("channels", channels, levels, SquareGroup.ORDER, 1024);
		for (final int number : channels) if (number % SquareGroup.ORDER != 0) throw new NetworkException(
			"Network option channels must be multiples of " + SquareGroup.ORDER + ", not " + number + ".");
		strides = NetworkOptions.checked("strides", strides, levels, 1, 8);
		units = NetworkOptions.checked("units", units, levels, 0, 32);
	}

	/** The network for machines without a GPU. */
	static SymmetricAutoencoder light() {
		return new SymmetricAutoencoder(List.of(64, 128), List.of(4, 2), List.of(0, 4));
	}

	/** Twice the residual units, for longer trainings. */
	static SymmetricAutoencoder deep() {
		return new SymmetricAutoencoder(List.of(64, 128), List.of(4, 2), List.of(0, 8));
	}

	/** Rebuilds the network from {@link #options()}. */
	static SymmetricAutoencoder of(final NetworkOptions options) {
		return new SymmetricAutoencoder(options.integers("channels"), options.integers("strides"), options.integers(
			"units"));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, String> options() {
		return NetworkOptions.written("channels", channels, "strides", strides, "units", units);
	}

	@Override
	public void checkBox(final int box) {
		final int step = NetworkOptions.product(strides);
		new BoxRange("network", Math.max(SMALLEST_BOX, step), step).check(box);
	}

	@Override
	public boolean bounded() {
		return false;
	}

	@Override
	public FeatureMap build(final Layers layers, final FeatureMap image) {
		final SymmetricLayers symmetric = new SymmetricLayers(layers);
		final int levels = channels.size();
		FeatureMap feature = image;
		for (int level = 0; level < levels; level++) {
			final String name = "encoder" + (level + 1);
			FeatureMap sum = symmetric.convolution(name + "/down", feature, kernel(level), strides.get(level), channels.get(
				level));
			sum = symmetric.batchNormalisation(name + "/down", sum);
			feature = layers.relu(residualUnits(layers, symmetric, name, sum, units.get(level)));
		}
		for (int level = levels - 1; level > 0; level--) {
			final String name = "decoder" + (levels - level);
			feature = symmetric.transposedConvolution(name + "/up", feature, kernel(level), strides.get(level), channels.get(
				level - 1));
			feature = layers.relu(symmetric.batchNormalisation(name + "/up", feature));
		}
		return layers.output(symmetric.transposedConvolution("output", feature, kernel(0), strides.get(0), 1));
	}

	/** The kernel of the image sees all of it twice; between narrow levels, less does at half the cost. */
	private int kernel(final int level) {
		return 2 * strides.get(level) + (level == 0 ? 1 : -1);
	}

	/** Returns the last sum before its ReLU. */
	private static FeatureMap residualUnits(final Layers layers, final SymmetricLayers symmetric, final String level,
		final FeatureMap first, final int count)
	{
		FeatureMap sum = first;
		for (int unit = 1; unit <= count; unit++) {
			final String name = level + "/unit" + unit;
			final FeatureMap change = symmetric.convolution(name, layers.relu(sum), 3, 1, first.channels());
			sum = layers.sum(sum, symmetric.batchNormalisation(name, change));
		}
		return sum;
	}

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
	static final class SymmetricLayers {

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
		 * @param in images, fewer than eight channels, or channels in eight planes
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
			final Operand<TFloat32> weights = channels == 1 ? imageKernel(name, kernel, in.channels(),
				deviation) : kernel(name,
				kernel, channels, in.channels(), deviation);
			final int size = in.size() * stride, whole = (in.size() - 1) * stride + kernel, half = kernel / 2;
			final Operand<TInt32> batch = tf.slice(tf.shape(in.value()), tf.constant(new int[] { 0 }), tf.constant(
				new int[] { 1 }));
			final Operand<TInt32> shape = tf.concat(List.of(batch, tf.constant(new int[] { whole, whole, channels })), tf
				.constant(0));
			final Operand<TFloat32> full = tf.nn.conv2dBackpropInput(shape, weights, in.value(), strides(stride), "VALID");
			return new FeatureMap(tf.slice(full, tf.constant(new int[] { 0, half, half, 0 }), tf.constant(new int[] { -1,
				size,
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
			final int planes = in < SquareGroup.ORDER ? 1 : SquareGroup.ORDER;
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
			final Operand<TFloat32> turned = tf.linalg.matMul(actions(edge, 1, rows), tf.reshape(stored,
				tf.constant(new int[] {
				rows, incoming })));
			final Operand<TFloat32> byPlane = tf.reshape(turned, tf.constant(new int[] { SquareGroup.ORDER, rows,
				incoming }));
			return tf.reshape(tf.linalg.transpose(byPlane, tf.constant(new int[] { 1, 0, 2 })), tf.constant(new int[] { edge,
				edge, 1, in }));
		}

		private Operand<TFloat32> actions(final int edge, final int planes, final int rows) {
			return tf.reshape(tf.constant(SquareGroup.actions(edge, planes)),
				tf.constant(new int[] { SquareGroup.ORDER * rows,
				rows }));
		}

		private static List<Long> strides(final int stride) {
			return List.of(1L, (long) stride, (long) stride, 1L);
		}
	}

	/**
	 * The eight rotations and mirrors that leave a square unchanged (the group p4m about a point): elements 0 to 3 are
	 * quarter rotations, 4 to 7 a mirror of the columns followed by quarter rotations.
	 */
	static final class SquareGroup {

		/** Number of elements. */
		static final int ORDER = 8;
		/** Enough to tell all elements apart. */
		private static final int PROBE = 3;

		private SquareGroup() {}

		/** The composition of two elements: the second, then the first. */
		static int product(final int first, final int second) {
			for (int element = 0; element < ORDER; element++) {
				boolean equal = true;
				for (int pixel = 0; pixel < PROBE * PROBE; pixel++) {
					equal &= moved(element, PROBE, pixel) == moved(first, PROBE, moved(second, PROBE, pixel));
				}
				if (equal) return element;
			}
			throw new AssertionError("the elements are no group");
		}

		/** Where an element moves a pixel of a square, both counted row by row. */
		static int moved(final int element, final int edge, final int pixel) {
			int y = pixel / edge, x = pixel % edge;
			if (element >= 4) x = edge - 1 - x;
			for (int turn = 0; turn < element % 4; turn++) {
				final int turned = edge - 1 - y;
				y = x;
				x = turned;
			}
			return y * edge + x;
		}

		/**
		 * How all elements act on a kernel: a matrix of zeros and ones, row by row, with
		 * {@code 8 * pixels * planes} rows and {@code pixels * planes} columns.
		 *
		 * @param edge length of the kernel in pixels
		 * @param planes 8 where incoming channels are turned along with the pixels, 1 where they are an image
		 */
		static float[] actions(final int edge, final int planes) {
			final int pixels = edge * edge;
			final int columns = pixels * planes;
			final float[] matrix = new float[ORDER * columns * columns];
			for (int element = 0; element < ORDER; element++) for (int plane = 0; plane < planes; plane++) {
				final int newPlane = planes == 1 ? 0 : product(element, plane);
				for (int pixel = 0; pixel < pixels; pixel++) {
					final int row = element * columns + moved(element, edge, pixel) * planes + newPlane;
					matrix[row * columns + pixel * planes + plane] = 1;
				}
			}
			return matrix;
		}
	}
}
