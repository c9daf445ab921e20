package io.github.clearice.network;

import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.List;
import java.util.Map;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A trained network, ready to run by several threads at once: one graph and one session, for any batch size. */
public final class InferenceNetwork implements AutoCloseable {

	/** What the speed of a network depends on. */
	record Kind(String network, Map<String, String> options, int box, Device device) {}

	private final Kind kind;
	private final int box;
	private final Graph graph;
	private final Placeholder<TFloat32> images;
	private final Operand<TFloat32> result;
	private final Session session;

	/**
	 * Builds the network and fills it.
	 *
	 * @param weights all variables of the network, as training returns them
	 * @throws NetworkException if the box or the weights do not fit the network
	 */
	public InferenceNetwork(final Architecture architecture, final int box, final List<Weight> weights,
		final Device device)
	{
		architecture.checkBox(box);
		kind = new Kind(architecture.name(), architecture.options(), box, device);
		this.box = box;
		graph = new Graph();
		try {
			final Ops tf = Ops.create(graph);
			images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, 1)));
			final VariableSet constants = VariableSet.ofConstants(tf, weights);
			final Layers layers = new Layers(tf, constants, Layers.Mode.INFERENCE, null);
			result = architecture.build(layers, new FeatureMap(images, box, 1)).value();
			constants.requireAllUsed();
			session = new Session(graph, device.configuration());
		}
		catch (final RuntimeException e) {
			graph.close();
			throw translated(e);
		}
		catch (final Error e) {
			graph.close();
			throw e;
		}
	}

	Kind kind() {
		return kind;
	}

	/** What it runs on. */
	public Device device() {
		return kind.device();
	}

	/** Edge length of the images in pixels. */
	public int box() {
		return box;
	}

	/**
	 * Runs the network on a batch. Batches of another size may be rounded otherwise, by
	 * some 1e-6 of the result's range.
	 *
	 * @param batch normalised images one after the other, {@code [N][box][box]}
	 * @return as many results, in the same layout
	 * @throws NetworkException if TensorFlow fails, as where the memory of a GPU does not suffice
	 */
	public float[] run(final float[] batch) {
		final long count = batch.length / ((long) box * box);
		try (TFloat32 in = TFloat32.tensorOf(Shape.of(count, box, box, 1), DataBuffers.of(batch, true, false));
				Result out = session.runner().feed(images, in).fetch(result).run())
		{
			final float[] values = new float[batch.length];
			((TFloat32) out.get(0)).asRawTensor().data().asFloats().read(values);
			return values;
		}
		catch (final RuntimeException e) {
			throw translated(e);
		}
	}

	private static RuntimeException translated(final RuntimeException e) {
		if (!TensorFlowRuntime.isFailure(e)) return e;
		return new NetworkException("TensorFlow failed (" + TensorFlowRuntime.firstLine(e) +
			"). Use device=cpu, or close other programs that need memory.", e);
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
