package io.github.clearice.model.export;

import io.github.clearice.model.ModelFile;
import io.github.clearice.model.Normalisation;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A model as one graph, from particles as they are to denoised ones on the same scale: the {@link Normalisation} is a
 * part of it. Weights are constants.
 * <p>
 * Inputs are {@value #NOISY} and, for a model that improves on estimates by another method, {@value #GUIDE}; the result
 * is {@value #DENOISED}. All have the shape {@code [N, box, box, 1]}, float32. A constant guide counts as none, as in
 * {@link Normalisation}. Dropout is left out.
 */
final class ModelGraph implements AutoCloseable {

	static final String NOISY = "noisy", GUIDE = "guide", DENOISED = "denoised";

	/** A smaller deviation is that of a constant image. */
	private static final float LEAST_DEVIATION = 1e-30f;
	/** At this many standard errors between level and mean, both count equally: that of {@link Normalisation}. */
	private static final float DOUBTFUL_DISTANCE = 4;

	private final ModelFile model;
	private final int box;
	private final Graph graph = new Graph();
	private final Ops tf = Ops.create(graph);
	private final Map<String, Operand<TFloat32>> inputs = new LinkedHashMap<>();
	private final Operand<TFloat32> result;

	/** @throws io.github.clearice.tensorflow.NetworkException if the weights do not fit the network */
	ModelGraph(final ModelFile model) {
		this.model = model;
		box = model.card().box();
		TensorFlowRuntime.get();
		try {
			result = build(model.card().network(), model.card().normalisation());
		}
		catch (final RuntimeException | Error e) {
			graph.close();
			throw e;
		}
	}

	private Operand<TFloat32> build(final Architecture network, final Normalisation normalisation) {
		network.checkBox(box);
		final Operand<TFloat32> noisy = input(NOISY);
		final Operand<TFloat32> first = mean(noisy), about = tf.math.sub(noisy, first), rest = mean(about);
		// Twice, since a mean in single precision is rounded by what a large offset takes.
		final Operand<TFloat32> average = tf.math.add(first, rest), centred = tf.math.sub(about, rest);
		final Operand<TFloat32> deviation = tf.math.sqrt(mean(tf.math.square(centred)));
		final Operand<TFloat32> divisor = tf.math.maximum(deviation, tf.constant(LEAST_DEVIATION));
		final Operand<TFloat32> level = level(average, divisor, normalisation);
		final Operand<TFloat32> gain = tf.constant((float) normalisation.gain()), offset = tf.constant(
			(float) normalisation.offset());
		final List<Operand<TFloat32>> planes = new ArrayList<>(List.of(tf.math.div(centred, divisor)));
		if (network.planes() > 1) planes.add(guide(input(GUIDE), level, divisor, gain, offset));
		final VariableSet weights = VariableSet.ofConstants(tf, model.weights());
		final Layers layers = new Layers(tf, weights, Layers.Mode.INFERENCE, null);
		final Operand<TFloat32> seen = planes.size() == 1 ? planes.get(0) : tf.concat(planes, tf.constant(3));
		final Operand<TFloat32> made = network.build(layers, new FeatureMap(seen, box, planes.size())).value();
		weights.requireAllUsed();
		final Operand<TFloat32> contrast = tf.math.mul(tf.math.sub(made, offset), tf.math.div(deviation, gain));
		return tf.withName(DENOISED).math.add(contrast, level);
	}

	private Operand<TFloat32> input(final String name) {
		final Operand<TFloat32> input = tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box,
			box, 1)));
		inputs.put(name, input);
		return input;
	}

	private Operand<TFloat32> mean(final Operand<TFloat32> images) {
		return tf.math.mean(images, pixels(), Mean.keepDims(true));
	}

	private Operand<TInt32> pixels() {
		return tf.constant(new int[] { 1, 2, 3 });
	}

	/** The mean of each image without its noise, as {@link Normalisation} estimates it. */
	private Operand<TFloat32> level(final Operand<TFloat32> average, final Operand<TFloat32> deviation,
		final Normalisation normalisation)
	{
		if (normalisation.level() == null) return average;
		final Operand<TFloat32> away = tf.math.sub(tf.constant(normalisation.level().floatValue()), average);
		final Operand<TFloat32> distance = tf.math.div(tf.math.mul(away, tf.constant(box / DOUBTFUL_DISTANCE)), deviation);
		final Operand<TFloat32> doubt = tf.math.add(tf.constant(1f), tf.math.square(tf.math.square(distance)));
		return tf.math.add(average, tf.math.div(away, doubt));
	}

	/** A guide on the scale of results; that of a constant image is the offset. */
	private Operand<TFloat32> guide(final Operand<TFloat32> guide, final Operand<TFloat32> level,
		final Operand<TFloat32> deviation, final Operand<TFloat32> gain, final Operand<TFloat32> offset)
	{
		final Operand<TFloat32> range = tf.math.sub(tf.reduceMax(guide, pixels(), ReduceMax.keepDims(true)), tf.reduceMin(
			guide, pixels(), ReduceMin.keepDims(true)));
		final Operand<TFloat32> there = tf.math.mul(above(range, 0), above(deviation, LEAST_DEVIATION));
		final Operand<TFloat32> scaled = tf.math.div(tf.math.mul(tf.math.sub(guide, level), gain), deviation);
		return tf.math.add(tf.math.mul(there, scaled), offset);
	}

	/** 1 above a number, otherwise 0. */
	private Operand<TFloat32> above(final Operand<TFloat32> values, final float least) {
		return tf.dtypes.cast(tf.math.greater(values, tf.constant(least)), TFloat32.class);
	}

	Graph graph() {
		return graph;
	}

	ModelFile model() {
		return model;
	}

	int box() {
		return box;
	}

	/** The names of the inputs, in their order. */
	List<String> inputs() {
		return List.copyOf(inputs.keySet());
	}

	Output<TFloat32> input(final int index) {
		return List.copyOf(inputs.values()).get(index).asOutput();
	}

	Output<TFloat32> result() {
		return result.asOutput();
	}

	/** A session on the processor, in single precision. */
	Session session() {
		return new Session(graph, new Device(false, Precision.FLOAT32, ParallelLoop.limit()).configuration());
	}

	/**
	 * What the graph makes of images.
	 *
	 * @param images of each input, one after the other: {@code [input][N * box * box]}
	 */
	float[] run(final float[]... images) {
		final Shape shape = Shape.of(images[0].length / (box * box), box, box, 1);
		final List<TFloat32> fed = Arrays.stream(images).map(values -> TFloat32.tensorOf(shape, DataBuffers.of(values, true,
			false))).toList();
		try (Session session = session()) {
			final Session.Runner runner = session.runner().fetch(result);
			for (int i = 0; i < fed.size(); i++) runner.feed(input(i), fed.get(i));
			try (Result made = runner.run()) {
				final float[] values = new float[images[0].length];
				((TFloat32) made.get(0)).asRawTensor().data().asFloats().read(values);
				return values;
			}
		}
		finally {
			fed.forEach(TFloat32::close);
		}
	}

	@Override
	public void close() {
		graph.close();
	}
}
