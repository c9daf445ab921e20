package io.github.clearice.network;

import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The cost of a network: the multiplications of all its convolutions, which take nearly all of its time. */
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
			final int planes = architecture.planes();
			architecture.build(layers, new FeatureMap(tf.zeros(tf.constant(new int[] { 1, box, box, planes }),
				TFloat32.class), box, planes));
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

	/**
	 * How fast a device convolves, measured: 3 x 3 kernels, 64 to 64 channels, on 20
	 * images of 64 x 64 pixels.
	 *
	 * @param milliseconds median of one convolution
	 * @param gigaflopsPerSecond multiplications and additions a second, in 1e9
	 * @param placement the device that ran the convolutions by TensorFlow's own account, such as {@code CPU:0}
	 */
	public record ConvolutionMeasurement(double milliseconds, double gigaflopsPerSecond, String placement) {

		private static final int BATCH = 20;
		private static final int SIZE = 64;
		private static final int CHANNELS = 64;
		private static final int KERNEL = 3;
		/** Convolutions of one run, so that its own cost does not count: more where each takes less. */
		private static final int PROCESSOR_CHAIN = 4;
		private static final int GPU_CHAIN = 64;
		private static final int RUNS = 9;
		private static final String NAME = "measured_convolution";

		/**
		 * Measures for about a second.
		 *
		 * @throws NetworkException if TensorFlow fails
		 */
		public static ConvolutionMeasurement on(final Device device) {
			TensorFlowRuntime.get();
			final int chain = device.gpu() ? GPU_CHAIN : PROCESSOR_CHAIN;
			try (Graph graph = new Graph()) {
				final Ops tf = Ops.create(graph);
				final VariableSet variables = new VariableSet(tf, "measurement", 1);
				final Operand<TFloat32> sum = chain(tf, variables, chain);
				try (Session session = new Session(graph, device.configuration())) {
					variables.fill(session, variables.initialValues());
					final double[] milliseconds = new double[RUNS];
					for (int run = -2; run < RUNS; run++) {
						final long start = System.nanoTime();
						session.runner().fetch(sum).run().close();
						if (run >= 0) milliseconds[run] = (System.nanoTime() - start) / 1e6 / chain;
					}
					Arrays.sort(milliseconds);
					final double median = milliseconds[RUNS / 2];
					final double flops = 2.0 * BATCH * SIZE * SIZE * CHANNELS * CHANNELS * KERNEL * KERNEL;
					return new ConvolutionMeasurement(median, flops / median / 1e6, placement(session, sum));
				}
			}
			catch (final RuntimeException e) {
				if (!TensorFlowRuntime.isFailure(e)) throw e;
				throw new NetworkException("TensorFlow cannot convolve on " + device.label() + " (" +
					TensorFlowRuntime.firstLine(
					e) + "). Close other programs that need the device's memory, or use device=cpu with clearice train and" +
						" denoise.", e);
			}
		}

		private static Operand<TFloat32> chain(final Ops tf, final VariableSet variables, final int length) {
			// Variables, because constants would be convolved once and for all when the graph is simplified.
			Operand<TFloat32> images = variables.normal("images", 1, BATCH, SIZE, SIZE, CHANNELS);
			for (int i = 0; i < length; i++) images = tf.withName(NAME + i).nn.conv2d(images, variables.normal("kernel" + i,
				0.04, KERNEL, KERNEL, CHANNELS, CHANNELS), List.of(1L, 1L, 1L, 1L), "SAME");
			return tf.reduceSum(images, tf.constant(new int[] { 0, 1, 2, 3 }));
		}

		/** Runs once more and asks which device ran the convolutions: a graph may ask for one and be placed on another. */
		private static String placement(final Session session, final Operand<TFloat32> sum) {
			final RunOptions trace = RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE).build();
			try (Result result = session.runner().fetch(sum).setOptions(trace).runAndFetchMetadata()) {
				final RunMetadata metadata = result.getMetadata().orElseThrow();
				final TreeSet<String> devices = new TreeSet<>();
				for (final DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
					if (device.getNodeStatsList().stream().anyMatch(
						node -> node.getNodeName().startsWith(NAME))) devices.add(device
						.getDevice().replaceFirst(".*/device:", ""));
				}
				return String.join(" and ", devices);
			}
		}
	}
}
