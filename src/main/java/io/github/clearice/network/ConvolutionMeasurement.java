package io.github.clearice.network;

import java.util.Arrays;
import java.util.List;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How fast a device convolves, measured: 3 x 3 kernels, 64 to 64 channels, on 20
 * images of 64 x 64 pixels.
 *
 * @param milliseconds median of one convolution
 * @param gigaflopsPerSecond multiplications and additions a second, in 1e9
 */
public record ConvolutionMeasurement(double milliseconds, double gigaflopsPerSecond) {

	private static final int BATCH = 20;
	private static final int SIZE = 64;
	private static final int CHANNELS = 64;
	private static final int KERNEL = 3;
	/** Convolutions of one run, so that its own cost does not count. */
	private static final int CHAIN = 4;
	private static final int RUNS = 9;

	/** Measures for about a second. */
	public static ConvolutionMeasurement on(final Device device) {
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			// Variables, because constants would be convolved once and for all when the graph is simplified.
			final VariableSet variables = new VariableSet(tf, "measurement", 1);
			Operand<TFloat32> images = variables.normal("images", 1, BATCH, SIZE, SIZE, CHANNELS);
			for (int i = 0; i < CHAIN; i++) images = tf.nn.conv2d(images, variables.normal("kernel" + i, 0.04, KERNEL, KERNEL,
				CHANNELS, CHANNELS), List.of(1L, 1L, 1L, 1L), "SAME");
			final Operand<TFloat32> sum = tf.reduceSum(images, tf.constant(new int[] { 0, 1, 2, 3 }));
			try (Session session = new Session(graph, device.configuration())) {
				variables.fill(session, variables.initialValues());
				final double[] milliseconds = new double[RUNS];
				for (int run = -2; run < RUNS; run++) {
					final long start = System.nanoTime();
					session.runner().fetch(sum).run().close();
					if (run >= 0) milliseconds[run] = (System.nanoTime() - start) / 1e6 / CHAIN;
				}
				Arrays.sort(milliseconds);
				final double median = milliseconds[RUNS / 2];
				final double flops = 2.0 * BATCH * SIZE * SIZE * CHANNELS * CHANNELS * KERNEL * KERNEL;
				return new ConvolutionMeasurement(median, flops / median / 1e6);
			}
		}
	}
}
