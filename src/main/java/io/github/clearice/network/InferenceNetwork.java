package io.github.clearice.network;

import io.github.clearice.network.Layers.DropoutMask;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	/** The properties that determine the speed of a network. */
	record Kind(String network, Map<String, String> options, int box, Device device) {}

	private final Kind kind;
	private final int box;
	private final int planes;
	private final Graph graph;
	private final Placeholder<TFloat32> images;
	private final Operand<TFloat32> result;
	private final List<DropoutMask> masks = new ArrayList<>();
	private final Session session;

	/** Builds the network without its dropout and fills it. */
	public InferenceNetwork(final Architecture architecture, final int box, final List<Weight> weights,
		final Device device)
	{
		this(architecture, box, weights, device, false);
	}

	/**
	 * Builds the network and fills it.
	 *
	 * @param weights all variables of the network, as training returns them
	 * @param dropout whether layers drop numbers as in training; see {@link #drops}
	 * @throws NetworkException if the box or the weights do not fit the network
	 */
	public InferenceNetwork(final Architecture architecture, final int box, final List<Weight> weights,
		final Device device, final boolean dropout)
	{
		architecture.checkBox(box);
		kind = new Kind(architecture.name(), architecture.options(), box, device);
		this.box = box;
		planes = architecture.planes();
		graph = new Graph();
		try {
			final Ops tf = Ops.create(graph);
			images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, planes)));
			final VariableSet constants = VariableSet.ofConstants(tf, weights);
			final Layers plain = new Layers(tf, constants, Layers.Mode.INFERENCE, null);
			final Layers layers = dropout ? plain.dropping(masks) : plain;
			result = architecture.build(layers, new FeatureMap(images, box, planes)).value();
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

	/** The hardware it runs on. */
	public Device device() {
		return kind.device();
	}

	/** Edge length of the images in pixels. */
	public int box() {
		return box;
	}

	/** How many images of a particle it sees, see {@link Architecture#planes}. */
	public int planes() {
		return planes;
	}

	/** Whether results depend on the seeds of {@link #run(float[], long[])}. */
	public boolean drops() {
		return !masks.isEmpty();
	}

	/** Runs the network on a batch; where it {@link #drops}, with the seed 0 for all images. */
	public float[] run(final float[] batch) {
		return run(batch, new long[batch.length / (box * box * planes)]);
	}

	/**
	 * Runs the network on a batch. Batches of another size may be rounded otherwise, by
	 * some 1e-6 of the result's range.
	 *
	 * @param batch normalised images one after the other, {@code [N][box][box][planes]}
	 * @param seeds of the dropped numbers, one for each image: the result of an image does not depend on those of others
	 * @return as many results, {@code [N][box][box]}
	 * @throws NetworkException if TensorFlow fails, as where the memory of a GPU does not suffice
	 */
	public float[] run(final float[] batch, final long[] seeds) {
		final List<TFloat32> factors = new ArrayList<>();
		final Shape shape = Shape.of(seeds.length, box, box, planes);
		try (TFloat32 in = TFloat32.tensorOf(shape, DataBuffers.of(batch, true, false))) {
			final Session.Runner runner = session.runner().feed(images, in).fetch(result);
			for (final DropoutMask mask : masks) {
				factors.add(mask.tensor(seeds));
				runner.feed(mask.value(), factors.get(factors.size() - 1));
			}
			try (Result out = runner.run()) {
				final float[] values = new float[seeds.length * box * box];
				((TFloat32) out.get(0)).asRawTensor().data().asFloats().read(values);
				return values;
			}
		}
		catch (final RuntimeException e) {
			throw translated(e);
		}
		finally {
			factors.forEach(TFloat32::close);
		}
	}

	private static RuntimeException translated(final RuntimeException e) {
		if (!TensorFlowRuntime.isFailure(e)) return e;
		return new NetworkException("TensorFlow failed (" + TensorFlowRuntime.firstLine(e) +
			"). Close other programs that need memory, or run the model on the CPU (clearice denoise device=cpu).", e);
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}

	/**
	 * How many images a network takes at once on a device for the most images a
	 * second, found by trying. Small batches leave cores idle, large ones leave the
	 * caches; where the best lies depends on both.
	 */
	public static final class BatchSize {

		private static final int[] PROCESSOR_CANDIDATES = { 4, 16, 64 };
		private static final int[] GPU_CANDIDATES = { 16, 64, 256 };
		private static final int LARGEST_PIXELS = 64 * 128 * 128;
		private static final int LARGEST_GPU_PIXELS = 256 * 128 * 128;
		/** A larger batch must be this much faster: it takes more memory. */
		private static final double WORTHWHILE = 1.05;
		private static final double LONGEST_SECONDS = 1;

		private static final Map<InferenceNetwork.Kind, Integer> MEASURED = new ConcurrentHashMap<>();

		private BatchSize() {}

		/** A size that suits most networks, without any measuring. */
		public static int usual(final int box, final boolean gpu) {
			return Math.max(1, Math.min(gpu ? 64 : 16, largest(box, gpu)));
		}

		/**
		 * The fastest of a few sizes, measured for about a second the first time and remembered
		 * for networks of its kind as long as this process lives.
		 *
		 * @throws NetworkException if TensorFlow fails even on the smallest
		 */
		public static int measured(final InferenceNetwork network) {
			final Integer known = MEASURED.get(network.kind());
			if (known != null) return known;
			final int found = measure(network);
			MEASURED.put(network.kind(), found);
			return found;
		}

		private static int largest(final int box, final boolean gpu) {
			return (int) ((gpu ? LARGEST_GPU_PIXELS : LARGEST_PIXELS) / ((long) box * box));
		}

		private static int measure(final InferenceNetwork network) {
			final boolean gpu = network.kind().device().gpu();
			final int box = network.box();
			final long begin = System.nanoTime();
			int best = usual(box, gpu);
			double bestRate = 0;
			for (final int candidate : gpu ? GPU_CANDIDATES : PROCESSOR_CANDIDATES) {
				final double seconds = (System.nanoTime() - begin) / 1e9;
				// Each is run twice: TensorFlow prepares itself for a new size in the first.
				if (candidate > largest(box, gpu) || bestRate > 0 && seconds +
					2 * candidate / bestRate > LONGEST_SECONDS) break;
				final double rate;
				try {
					rate = imagesPerSecond(network, new float[candidate * box * box * network.planes()], candidate);
				}
				catch (final NetworkException e) {
					if (bestRate == 0) throw e;
					// Too large for the memory of the device: the best size that fits is kept.
					break;
				}
				if (rate > WORTHWHILE * bestRate) {
					best = candidate;
					bestRate = rate;
				}
			}
			return best;
		}

		private static double imagesPerSecond(final InferenceNetwork network, final float[] images, final int count) {
			network.run(images);
			final long start = System.nanoTime();
			network.run(images);
			return count / ((System.nanoTime() - start) / 1e9);
		}
	}
}
