package io.github.clearice.network;

import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.List;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** One network in a graph of its own, to count its weights and to run. */
public final class NetworkGraph implements AutoCloseable {

	/** Adds the network to the graph. */
	@FunctionalInterface
	public interface Builder {

		FeatureMap build(Layers layers, FeatureMap image);
	}

	final Graph graph = new Graph();
	final Ops tf;
	public final VariableSet variables;
	final Placeholder<TFloat32> image;
	final Placeholder<TInt64> seed;
	final FeatureMap result;
	private final int box;
	private final int channels;
	private Session session;

	public NetworkGraph(final Layers.Mode mode, final int box, final int channels, final Builder builder) {
		TensorFlowRuntime.get();
		tf = Ops.create(graph);
		this.box = box;
		this.channels = channels;
		variables = new VariableSet(tf, "weights", 1);
		image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, channels)));
		seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
		result = builder.build(new Layers(tf, variables, mode, tf.constant(0.5f), seed), new FeatureMap(image, box,
			channels));
	}

	public static NetworkGraph of(final Architecture architecture, final int box) {
		return new NetworkGraph(Layers.Mode.INFERENCE, box, 1, architecture::build);
	}

	public static NetworkGraph of(final Discriminator discriminator, final int box) {
		return new NetworkGraph(Layers.Mode.TRAINING, box, discriminator.conditional() ? 2 : 1, discriminator::build);
	}

	/** Products that one image takes in all convolutions, plain and transposed. */
	long products() {
		return NetworkCost.products(graph);
	}

	/** Fills the variables with their first values. */
	public void start() {
		session = new Session(graph, new Device(false, Precision.FLOAT32, 0).configuration());
		if (!variables.names().isEmpty()) variables.fill(session, variables.initialValues());
	}

	public void fill(final List<Weight> weights) {
		variables.fill(session, weights);
	}

	public float[] run(final float[] images) {
		return run(result.value(), images, 0);
	}

	/** The values of a feature, after checking their shape against the shape that the layers predict. */
	public float[] run(final Operand<TFloat32> wanted, final float[] images, final long step) {
		final long count = images.length / ((long) box * box * channels);
		try (TFloat32 in = TFloat32.tensorOf(Shape.of(count, box, box, channels), DataBuffers.of(images, true, false));
				TInt64 seeds = TInt64.vectorOf(7, step);
				Result out = session.runner().feed(image, in).feed(seed, seeds).fetch(wanted).run())
		{
			final TFloat32 tensor = (TFloat32) out.get(0);
			if (wanted == result.value() && !tensor.shape().equals(Shape.of(count, result.size(), result.size(), result
				.channels()))) throw new AssertionError("shape " + tensor.shape() + " of a feature " + result);
			final float[] values = new float[(int) tensor.shape().size()];
			tensor.asRawTensor().data().asFloats().read(values);
			return values;
		}
	}

	/** A smooth image without symmetry. */
	public static float[] waves(final int length) {
		final float[] values = new float[length];
		for (int i = 0; i < length; i++) values[i] = (float) Math.sin(i * 0.37 + 0.001 * i * i);
		return values;
	}

	static boolean finite(final float[] values) {
		return new Weight("result", new int[] { values.length }, values).isFinite();
	}

	@Override
	public void close() {
		if (session != null) session.close();
		graph.close();
	}
}
