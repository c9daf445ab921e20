package io.github.clearice.filter;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sums over a part of a stack, spread evenly over all of it, on all cores. The
 * sums do not depend on the number of threads: each run of neighbours is summed
 * alone, and the runs are added in order. In a cluster, one process looks at the sample.
 */
public final class StackSample {

	/** Enough for spectra to a percent, few enough to take seconds on any stack. */
	static final int LARGEST = 2000;

	private static final int BLOCK = 16;

	/** What one thread adds to the sums for each image. */
	public interface Summand {

		void add(int index, float[] pixels, double[] sums);
	}

	private StackSample() {}

	/** Number of particles looked at in a stack. */
	public static int size(final ParticleStack stack) {
		return Math.min(stack.size(), LARGEST);
	}

	/** The index in the stack of a particle of the sample. */
	public static int index(final ParticleStack stack, final int sample) {
		return (int) ((long) sample * stack.size() / size(stack));
	}

	/**
	 * Sums over the sample.
	 *
	 * @param length number of sums
	 * @param workers makes the summand of a thread
	 * @throws ParameterException if the stack is empty or a pixel is NaN or infinite
	 */
	public static double[] sum(final String task, final ParticleStack stack, final int length,
		final Supplier<Summand> workers, final TaskListener listener)
	{
		if (stack.size() == 0) throw new ParameterException(stack.name() + " holds no particles; name another stack.");
		return Machines.current().once(() -> sumHere(task, stack, length, workers, listener));
	}

	private static double[] sumHere(final String task, final ParticleStack stack, final int length,
		final Supplier<Summand> workers, final TaskListener listener)
	{
		final int size = size(stack);
		final double[][] blocks = new double[(size + BLOCK - 1) / BLOCK][length];
		final AtomicLong done = new AtomicLong();
		listener.begin(task, size);
		try {
			ParallelLoop.run(blocks.length, 1, thread -> {
				final Summand summand = workers.get();
				final float[] pixels = new float[stack.box() * stack.box()];
				return block -> {
					final int end = Math.min(size, ((int) block + 1) * BLOCK);
					for (int i = (int) block * BLOCK; i < end; i++) {
						listener.checkCancelled(task);
						final int index = index(stack, i);
						read(stack, index, pixels);
						summand.add(index, pixels, blocks[(int) block]);
						listener.progress(done.incrementAndGet());
					}
				};
			});
		}
		finally {
			listener.end();
		}
		final double[] sums = new double[length];
		for (final double[] block : blocks) for (int i = 0; i < length; i++) sums[i] += block[i];
		return sums;
	}

	/** Reads a particle whose pixels must all be numbers. */
	public static void read(final ParticleStack stack, final int index, final float[] pixels) {
		stack.read(index, pixels);
		PixelCheck.fault(stack, index, pixels).ifPresent(fault -> {
			throw new ParameterException("Particle " + fault + "; leave this particle out.");
		});
	}
}
