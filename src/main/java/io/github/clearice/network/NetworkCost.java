package io.github.clearice.network;

import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.Iterator;

import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a network costs: the products of all its convolutions, which take nearly all of its time. */
public final class NetworkCost {

	private NetworkCost() {}

	/**
	 * Products for one image, counted in a graph of the network.
	 *
	 * @param box edge length of the image in pixels
	 * @throws NetworkException if the network does not take it
	 */
	public static long products(final Architecture architecture, final int box) {
		architecture.checkBox(box);
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final Layers layers = new Layers(tf, new VariableSet(tf, "weights", 1), Layers.Mode.INFERENCE, tf.constant(1f), tf
				.placeholder(TInt64.class));
			architecture.build(layers, new FeatureMap(tf.zeros(tf.constant(new int[] { 1, box, box, 1 }), TFloat32.class),
				box, 1));
			return products(graph);
		}
	}

	/** Products of all convolutions of a graph, plain and transposed, for one image. */
	static long products(final Graph graph) {
		long products = 0;
		for (final Iterator<GraphOperation> all = graph.operations(); all.hasNext();) {
			final GraphOperation operation = all.next();
			final boolean plain = operation.type().equals("Conv2D");
			if (!plain && !operation.type().equals("Conv2DBackpropInput")) continue;
			// A kernel's values count once for each pixel on its coarser side.
			final Shape pixels = plain ? operation.output(0).shape() : operation.input(2).shape();
			products += operation.input(1).shape().size() * pixels.get(1) * pixels.get(2);
		}
		return products;
	}
}
