package io.github.clearice.filter;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.function.Supplier;

/**
 * Sums over a part of a stack, spread evenly over all of it, on all cores. The
 * sums do not depend on the number of threads or machines: each run of neighbours is summed
 * alone, and the runs are added in order.
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
		final double[] sums = new double[length];
		Machines.current().run(Steps.of(task, size(stack), BLOCK), (first, end, done) -> {
			final double[][] blocks = new double[(end - first + BLOCK - 1) / BLOCK][length];
			ParallelLoop.run(blocks.length, 1, thread -> {
				final Summand summand = workers.get();
				final float[] pixels = new float[stack.box() * stack.box()];
				return block -> {
					final int begin = first + (int) block * BLOCK, stop = Math.min(end, begin + BLOCK);
					for (int i = begin; i < stop; i++) {
						listener.checkCancelled(task);
						final int index = index(stack, i);
						read(stack, index, pixels);
						summand.add(index, pixels, blocks[(int) block]);
						done.accept(1);
					}
				};
			});
			return blocks;
		}, blocks -> {
			for (final double[] block : blocks) for (int i = 0; i < length; i++) sums[i] += block[i];
		}, listener);
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
