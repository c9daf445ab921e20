package io.github.clearice.network;

import io.github.clearice.tensorflow.NetworkException;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many images a network takes at once on a device for the most images a
 * second, found by trying. Small batches leave cores idle, large ones leave the
 * caches; where the best lies depends on both.
 */
public final class BatchSize {

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
			if (candidate > largest(box, gpu) || bestRate > 0 && seconds + 2 * candidate / bestRate > LONGEST_SECONDS) break;
			final double rate;
			try {
				rate = imagesPerSecond(network, new float[candidate * box * box], candidate);
			}
			catch (final NetworkException e) {
				if (bestRate == 0) throw e;
				// Too large for the memory of the device: what fits stays the best.
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
