package io.github.clearice.network;

import io.github.clearice.network.Convolution.Padding;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Adds layers to a graph, in NHWC layout, for training or for inference.
 * <p>
 * Batch normalisation uses the batch's statistics in training, and notes how the
 * moving averages follow them; in inference it uses the averages alone, so the
 * result for an image does not depend on its neighbours in the batch.
 */
public final class Layers {

	/** The statistics that batch normalisation uses. */
	public enum Mode {
		TRAINING, INFERENCE
	}

	/** Added to variances, as in Ioffe and Szegedy 2015. */
	private static final float EPSILON = 1e-3f;

	private final Ops tf;
	private final VariableSet variables;
	private final Mode mode;
	private final Operand<TFloat32> averageDecay;
	private final Operand<TInt64> randomSeed;
	private final Operand<TFloat32> fade;
	/** {@code [N, width]}, or null if all images are treated the same. */
	private final Operand<TFloat32> modulation;
	private final int modulationWidth;
	private final List<Op> updates;
	/** Null where nothing is dropped in inference. */
	private final List<DropoutMask> masks;

	/**
	 * Layers without randomness.
	 *
	 * @param averageDecay how much of a moving average a training step keeps, a scalar; unused in inference
	 */
	public Layers(final Ops tf, final VariableSet variables, final Mode mode, final Operand<TFloat32> averageDecay) {
		this(tf, variables, mode, averageDecay, null);
	}

	/**
	 * @param averageDecay how much of a moving average a training step keeps, a scalar; unused in inference
	 * @param randomSeed two numbers, others at each step, for {@link #dropout}; unused in inference
	 */
	public Layers(final Ops tf, final VariableSet variables, final Mode mode, final Operand<TFloat32> averageDecay,
		final Operand<TInt64> randomSeed)
	{
		this.tf = tf;
		this.variables = variables;
		this.mode = mode;
		this.averageDecay = averageDecay;
		this.randomSeed = randomSeed;
		this.fade = null;
		this.modulation = null;
		this.modulationWidth = 0;
		this.updates = new ArrayList<>();
		this.masks = null;
	}

	private Layers(final Layers like, final Operand<TFloat32> fade, final Operand<TFloat32> modulation,
		final int modulationWidth, final List<DropoutMask> masks)
	{
		this.tf = like.tf;
		this.variables = like.variables;
		this.mode = like.mode;
		this.averageDecay = like.averageDecay;
		this.randomSeed = like.randomSeed;
		this.fade = fade;
		this.modulation = modulation;
		this.modulationWidth = modulationWidth;
		this.updates = like.updates;
		this.masks = masks;
	}

	/**
	 * The same layers with a share for the newest level of a growing network.
	 *
	 * @param share a scalar, 0 to 1
	 */
	public Layers fading(final Operand<TFloat32> share) {
		return new Layers(this, share, modulation, modulationWidth, masks);
	}

	/**
	 * The same layers, whose batch normalisations give each image scales and offsets of its own: a learned linear
	 * function of some numbers, which at first does nothing.
	 *
	 * @param numbers {@code [N, width]}
	 */
	public Layers modulated(final Operand<TFloat32> numbers, final int width) {
		return new Layers(this, fade, numbers, width, masks);
	}

	/** The share of a growing network's newest level, or null if it is not given. */
	public Operand<TFloat32> fade() {
		return fade;
	}

	/** Adds operations to this graph. */
	public Ops ops() {
		return tf;
	}

	/** The learned values of the layers. */
	public VariableSet variables() {
		return variables;
	}

	/** The operations of a training step that update the moving averages. */
	public List<Op> updates() {
		return List.copyOf(updates);
	}

	/**
	 * The same layers, whose {@link #dropout} drops numbers in inference too.
	 *
	 * @param newMasks receives the masks to feed with each batch; none for a network without dropout
	 */
	Layers dropping(final List<DropoutMask> newMasks) {
		return new Layers(this, fade, modulation, modulationWidth, newMasks);
	}

	/** Convolution without bias, zero-padded to {@code size / stride}; He-normal start. */
	public FeatureMap convolution(final String name, final FeatureMap in, final int kernel, final int stride,
		final int channels)
	{
		return convolution(name, in, new Convolution(kernel, stride, channels));
	}

	/** Convolution without bias. */
	public FeatureMap convolution(final String name, final FeatureMap in, final Convolution plan) {
		return convolved(in, plan, kernel(name, in, plan, plan.start().deviation(products(in, plan))));
	}

	/** Convolution with a bias. */
	public FeatureMap biasedConvolution(final String name, final FeatureMap in, final Convolution plan) {
		return bias(name, convolution(name, in, plan));
	}

	/**
	 * Convolution without bias, whose kernel starts with normal numbers of variance 1
	 * and is multiplied by the deviation of its start in the graph, so that one
	 * learning rate suits layers of all sizes (Karras et al. 2018, section 4.1).
	 */
	public FeatureMap equalisedConvolution(final String name, final FeatureMap in, final Convolution plan) {
		final float deviation = (float) plan.start().deviation(products(in, plan));
		return convolved(in, plan, tf.math.mul(kernel(name, in, plan, 1), tf.constant(deviation)));
	}

	private static double products(final FeatureMap in, final Convolution plan) {
		return (double) plan.kernel() * plan.kernel() * in.channels();
	}

	private Operand<TFloat32> kernel(final String name, final FeatureMap in, final Convolution plan,
		final double deviation)
	{
		return variables.normal(name + "/kernel", deviation, plan.kernel(), plan.kernel(), in.channels(), plan.channels());
	}

	private FeatureMap convolved(final FeatureMap in, final Convolution plan, final Operand<TFloat32> weights) {
		final long step = plan.stride();
		final Operand<TFloat32> source = plan.padding() == Padding.ONE ? ringed(in.value()) : in.value();
		final boolean odd = in.channels() > 1 && in.channels() % 2 == 1, single = plan.channels() == 1;
		final Operand<TFloat32> images = odd ? padded(source, 0, 1) : source;
		final Operand<TFloat32> kernels = odd || single ? padded(weights, odd ? 1 : 0, single ? 1 : 0) : weights;
		final Conv2d<TFloat32> out = tf.nn.conv2d(images, kernels, List.of(1L, step, step, 1L), plan
			.padding() == Padding.SAME ? "SAME" : "VALID");
		final int size = plan.padding().size(in.size(), plan.kernel(), plan.stride());
		return new FeatureMap(single ? first(out, size) : out, size, plan.channels());
	}

	/**
	 * Adds empty channels along the last two axes. In bfloat16, processors multiply numbers in pairs. Where a convolution
	 * sums over an odd number of channels beyond 1, or its slopes over 1, oneDNN 3.5 takes the other number of the last
	 * pair from memory that nobody wrote: results become NaN, on some machines most of the time.
	 */
	private Operand<TFloat32> padded(final Operand<TFloat32> values, final int before, final int last) {
		return tf.pad(values, tf.constant(new int[][] { { 0, 0 }, { 0, 0 }, { 0, before }, { 0, last } }), tf.constant(0f));
	}

	private Operand<TFloat32> first(final Operand<TFloat32> pairs, final int size) {
		return tf.slice(pairs, tf.constant(new int[4]), tf.constant(new int[] { -1, size, size, 1 }));
	}

	private Operand<TFloat32> ringed(final Operand<TFloat32> images) {
		return tf.pad(images, tf.constant(new int[][] { { 0, 0 }, { 1, 1 }, { 1, 1 }, { 0, 0 } }), tf.constant(0f));
	}

	/** Transposed convolution without bias to {@code size * stride}; He-normal start. */
	public FeatureMap transposedConvolution(final String name, final FeatureMap in, final int kernel, final int stride,
		final int channels)
	{
		return transposedConvolution(name, in, new Convolution(kernel, stride, channels));
	}

	/** Transposed convolution without bias to {@code size * stride}. */
	public FeatureMap transposedConvolution(final String name, final FeatureMap in, final Convolution plan) {
		final int kernel = plan.kernel(), stride = plan.stride(), channels = plan.channels();
		// Each result takes (kernel / stride)^2 products of every incoming channel.
		final double products = (double) kernel * kernel * in.channels() / (stride * stride);
		final Operand<TFloat32> weights = variables.normal(name + "/kernel", plan.start().deviation(products), kernel,
			kernel, channels, in.channels());
		final int size = in.size() * stride;
		final Operand<TInt32> batch = tf.slice(tf.shape(in.value()), tf.constant(new int[] { 0 }), tf.constant(
			new int[] { 1 }));
		final Operand<TInt32> shape = tf.concat(List.of(batch, tf.constant(new int[] { size, size, channels })), tf
			.constant(0));
		final long step = stride;
		return new FeatureMap(tf.nn.conv2dBackpropInput(shape, weights, in.value(), List.of(1L, step, step, 1L), "SAME"),
			size, channels);
	}

	/** Batch normalisation over images and pixels, with a learned scale and offset a channel. */
	public FeatureMap batchNormalisation(final String name, final FeatureMap in) {
		return batchNormalisation(name, in, 1);
	}

	/**
	 * Batch normalisation over images and pixels.
	 *
	 * @param planes of channels that share scales, offsets and moving averages; in training, each channel uses its own
	 * mean and variance
	 */
	public FeatureMap batchNormalisation(final String name, final FeatureMap in, final int planes) {
		final int channels = in.channels() / planes;
		final Operand<TFloat32> scale = variables.constant(name + "/scale", true, 1, channels);
		final Operand<TFloat32> offset = variables.constant(name + "/offset", true, 0, channels);
		final Operand<TFloat32> mean = variables.constant(name + "/mean", false, 0, channels);
		final Operand<TFloat32> variance = variables.constant(name + "/variance", false, 1, channels);
		final Operand<TFloat32> scales = repeated(scale, planes), offsets = repeated(offset, planes);
		if (mode == Mode.INFERENCE) return modulated(name, planes, with(in, tf.nn.fusedBatchNorm(in.value(), scales,
			offsets, repeated(mean, planes), repeated(variance, planes), FusedBatchNorm.epsilon(EPSILON), FusedBatchNorm
				.isTraining(false)).y()));
		final Operand<TFloat32> none = tf.constant(new float[0]);
		final FusedBatchNorm<TFloat32, TFloat32> normalised = tf.nn.fusedBatchNorm(in.value(), scales, offsets, none, none,
			FusedBatchNorm.epsilon(EPSILON), FusedBatchNorm.isTraining(true));
		follow(name + "/mean", mean, meanOver(normalised.batchMean(), planes, channels));
		follow(name + "/variance", variance, meanOver(normalised.batchVariance(), planes, channels));
		return modulated(name, planes, with(in, normalised.y()));
	}

	/** Multiplies each channel of an image by 1 plus a number, and adds another. */
	private FeatureMap modulated(final String name, final int planes, final FeatureMap in) {
		if (modulation == null) return in;
		return with(in, tf.math.add(tf.math.mul(in.value(), tf.math.add(modulator(name + "/factor", in, planes),
			tf.constant(
			1f))), modulator(name + "/summand", in, planes)));
	}

	/** One number for each image and channel, {@code [N, 1, 1, channels]}; the planes share them. */
	private Operand<TFloat32> modulator(final String name, final FeatureMap in, final int planes) {
		final int channels = in.channels() / planes;
		final Operand<TFloat32> weights = variables.normal(name, 0, modulationWidth, channels);
		final Operand<TFloat32> numbers = tf.linalg.matMul(modulation, weights);
		final Operand<TFloat32> all = planes == 1 ? numbers : tf.concat(Collections.nCopies(planes, numbers),
			tf.constant(1));
		return tf.reshape(all, tf.constant(new int[] { -1, 1, 1, in.channels() }));
	}

	private Operand<TFloat32> repeated(final Operand<TFloat32> vector, final int times) {
		return times == 1 ? vector : tf.concat(Collections.nCopies(times, vector), tf.constant(0));
	}

	private Operand<TFloat32> meanOver(final Operand<TFloat32> vectors, final int count, final int length) {
		return count == 1 ? vectors : tf.math.mean(tf.reshape(vectors, tf.constant(new int[] { count, length })), tf
			.constant(new int[] { 0 }));
	}

	/** The last layer: adds a learned number. */
	public FeatureMap output(final FeatureMap in) {
		return bias("output", in);
	}

	/** Adds a learned number to each channel. */
	public FeatureMap bias(final String name, final FeatureMap in) {
		return with(in, tf.nn.biasAdd(in.value(), variables.constant(name + "/bias", true, 0, in.channels())));
	}

	public FeatureMap relu(final FeatureMap in) {
		return with(in, tf.nn.relu(in.value()));
	}

	/**
	 * As it is above zero, times the slope below.
	 * <p>
	 * For training it is a product with a mask that is itself left out of the gradient: the gradient is then a product
	 * too, three times as fast on a processor as TensorFlow's own {@code LeakyReluGrad}. At exactly zero the gradient is
	 * the mean of the two slopes.
	 * </p>
	 */
	public FeatureMap leakyRelu(final FeatureMap in, final float slope) {
		if (mode == Mode.INFERENCE) return with(in, tf.nn.leakyRelu(in.value(), LeakyRelu.alpha(slope)));
		final Operand<TFloat32> mask = tf.math.add(tf.math.mul(tf.math.sign(in.value()), tf.constant((1 - slope) / 2)), tf
			.constant((1 + slope) / 2));
		return with(in, tf.math.mul(in.value(), tf.stopGradient(mask)));
	}

	/** Values above zero, {@code exp(x) - 1} below (Clevert et al. 2016). */
	public FeatureMap elu(final FeatureMap in) {
		return with(in, tf.nn.elu(in.value()));
	}

	public FeatureMap tanh(final FeatureMap in) {
		return with(in, tf.math.tanh(in.value()));
	}

	public FeatureMap sum(final FeatureMap a, final FeatureMap b) {
		return with(a, tf.math.add(a.value(), b.value()));
	}

	/** Half the size, by the mean of 2 x 2 pixels; its gradient can be differentiated again. */
	public FeatureMap halved(final FeatureMap in) {
		final int size = in.size() / 2;
		final Operand<TFloat32> blocks = tf.reshape(tf.nn.spaceToDepth(in.value(), 2L), tf.constant(new int[] { -1, size,
			size, 4, in.channels() }));
		return new FeatureMap(tf.math.mean(blocks, tf.constant(3)), size, in.channels());
	}

	/** Twice the size, each pixel repeated. */
	public FeatureMap doubled(final FeatureMap in) {
		final int size = 2 * in.size();
		return new FeatureMap(tf.image.resizeNearestNeighbor(in.value(), tf.constant(new int[] { size, size })), size, in
			.channels());
	}

	/** The channels of one after those of the other. */
	public FeatureMap concatenated(final FeatureMap a, final FeatureMap b) {
		return new FeatureMap(tf.concat(List.of(a.value(), b.value()), tf.constant(3)), a.size(), a.channels() + b
			.channels());
	}

	/**
	 * Sets a share of all numbers to zero at random in training, and scales the others up to compensate (Srivastava et
	 * al. 2014); in inference it does nothing, or the same by masks ({@link #dropping}). What is dropped in training
	 * depends on the name and on the random seed fed with the step, so that a resumed training drops the same.
	 *
	 * @param share that is dropped, at least 0 and below 1
	 * @throws NetworkException if these layers train and have no random seed
	 */
	public FeatureMap dropout(final String name, final FeatureMap in, final float share) {
		if (mode == Mode.INFERENCE && masks == null) return in;
		if (mode == Mode.INFERENCE) {
			final Placeholder<TFloat32> mask = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, in.size(), in
				.size(), in.channels())));
			masks.add(new DropoutMask(name, mask, in.size(), in.channels(), share));
			return with(in, tf.math.mul(in.value(), mask));
		}
		if (randomSeed == null) throw new NetworkException("Layer " + name +
			" drops numbers at random, but the training gives no random seed. Give the layers one.");
		final Operand<TInt64> seed = tf.math.add(randomSeed, tf.constant(new long[] { 0, name.hashCode() }));
		final Operand<TFloat32> random = tf.random.statelessRandomUniform(tf.shape(in.value()), seed, TFloat32.class);
		final Operand<TFloat32> kept = tf.math.floor(tf.math.add(random, tf.constant(1 - share)));
		return with(in, tf.math.mul(in.value(), tf.math.mul(kept, tf.constant(1 / (1 - share)))));
	}

	private void follow(final String name, final Operand<TFloat32> average, final Operand<TFloat32> now) {
		final Operand<TFloat32> share = tf.math.sub(tf.constant(1f), averageDecay);
		updates.add(tf.assignSubVariableOp(variables.handle(name), tf.math.mul(share, tf.math.sub(average, now))));
	}

	private static FeatureMap with(final FeatureMap shape, final Operand<TFloat32> value) {
		return new FeatureMap(value, shape.size(), shape.channels());
	}

	/**
	 * Square feature maps in a graph, shape {@code [N, size, size, channels]}; the
	 * batch size N is open.
	 */
	public record FeatureMap(Operand<TFloat32> value, int size, int channels) {}

	/**
	 * The factors of a {@link #dropout} in inference, {@code [N, size, size, channels]}.
	 *
	 * @param name of the layer
	 * @param share of the factors that is 0; the others are {@code 1 / (1 - share)}
	 */
	record DropoutMask(String name, Placeholder<TFloat32> value, int size, int channels, float share) {

		/** Factors for some images, of which each depends on the seed of its image and on nothing else. */
		TFloat32 tensor(final long[] seeds) {
			final int length = size * size * channels;
			final float[] factors = new float[seeds.length * length];
			final float kept = 1 / (1 - share);
			for (int image = 0; image < seeds.length; image++) {
				final SplittableRandom random = Seeds.random(seeds[image], name.hashCode());
				for (int i = image * length; i < (image + 1) * length; i++) factors[i] = random.nextDouble() < share ? 0 : kept;
			}
			return TFloat32.tensorOf(Shape.of(seeds.length, size, size, channels), DataBuffers.of(factors, true, false));
		}
	}
}
