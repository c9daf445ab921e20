package io.github.clearice.task;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Who works on the steps of a long loop: this process alone, or all processes of a cluster.
 * <p> The processes of a cluster run the same verb with the same parameters, and so they come to the same loops in the
 * same order. Ranges of a loop's steps are worked on wherever there is room; then every process gets the results of all
 * ranges and continues. What is between the loops each process does by itself, and it must come to the same everywhere:
 * what depends on the moment or on the machine belongs in {@link #once}. Results must not be changed, because a process
 * may get them later. Files come from one process alone, see
 * {@link #writes}, and from within the ranges.
 */
public interface Machines {

	/** The work of one process on a range of steps. In each process one thread at a time calls it; it uses all cores. */
	@FunctionalInterface
	interface Part<R> {

		/**
		 * @param first the first step of the range
		 * @param end the step after its last
		 * @param done hears of the number of steps that were finished since it was called last
		 * @return what is to become of the range, which must not depend on where it began and ended other than by its
		 *         steps; serialisable
		 */
		R run(int first, int end, IntConsumer done);
	}

	/**
	 * The steps {@code 0 .. count-1} of a loop.
	 *
	 * @param task what the work is called, such as "Denoising particles"
	 * @param grain ranges begin at multiples of it, at least 1
	 * @param units whether each step is long, and reports on itself where one process does all of them
	 */
	record Steps(String task, int count, int grain, boolean units) {

		/** Many steps, each of which takes a moment. */
		public static Steps of(final String task, final int count, final int grain) {
			return new Steps(task, count, grain, false);
		}

		/** Some long pieces of work, such as trainings. */
		public static Steps units(final String task, final int count) {
			return new Steps(task, count, 1, true);
		}
	}

	/** Works on all steps and hands over the results of ranges, in their order, in the thread that calls. */
	<R> void run(Steps steps, Part<R> part, Consumer<R> results, TaskListener listener);

	/**
	 * Works on all steps and adds the results of all ranges, in any order. There is at least one step.
	 *
	 * @param add may change and return its first argument
	 */
	<R> R sum(Steps steps, Part<R> part, BinaryOperator<R> add, TaskListener listener);

	/** A value that one process determines for all. */
	<R extends Serializable> R once(Supplier<R> value);

	/** Whether files that are written between the loops appear: in one of the processes they do. */
	boolean writes();

	/** Whether a process that joins later may do the work between the loops again, with the files of the first time. */
	boolean replays();

	/** Those that the calling thread is to use. */
	static Machines current() {
		final Machines own = Current.OF_THREAD.get();
		return own == null ? Current.ofAll : own;
	}

	/** Sets those that all threads of this process use from now on. */
	static void use(final Machines machines) {
		Current.ofAll = machines;
	}

	/** Does work in which this process shares no loop, as within the ranges of one. */
	static <R> R alone(final Supplier<R> work) {
		final Machines before = Current.OF_THREAD.get();
		Current.OF_THREAD.set(Alone.INSTANCE);
		try {
			return work.get();
		}
		finally {
			Current.OF_THREAD.set(before);
		}
	}

	/** Which machines there are. */
	final class Current {

		/** Threads that are begun within a range belong to it. */
		private static final ThreadLocal<Machines> OF_THREAD = new InheritableThreadLocal<>();

		private static volatile Machines ofAll = Alone.INSTANCE;

		private Current() {}
	}

	/** This process alone. */
	final class Alone implements Machines {

		private static final Alone INSTANCE = new Alone();

		/** Steps after which results are handed over, so that they fill no memory. */
		private static final int LONGEST_RANGE = 1 << 16;

		private Alone() {}

		@Override
		public <R> void run(final Steps steps, final Part<R> part, final Consumer<R> results,
			final TaskListener listener)
		{
			final AtomicInteger done = new AtomicInteger();
			final IntConsumer progress = steps.units ? count -> {} : count -> listener.progress(done.addAndGet(count));
			final long length = steps.units ? 1 : (long) LONGEST_RANGE * steps.grain;
			if (!steps.units) listener.begin(steps.task, steps.count);
			try {
				for (long first = 0; first < steps.count; first += length) {
					listener.checkCancelled(steps.task);
					results.accept(part.run((int) first, (int) Math.min(steps.count, first + length), progress));
				}
			}
			finally {
				if (!steps.units) listener.end();
			}
			// A cancel during the last steps must not leave a result either.
			listener.checkCancelled(steps.task);
		}

		@Override
		public <R> R sum(final Steps steps, final Part<R> part, final BinaryOperator<R> add,
			final TaskListener listener)
		{
			final AtomicInteger done = new AtomicInteger();
			listener.begin(steps.task, steps.count);
			try {
				final R sum = part.run(0, steps.count, count -> listener.progress(done.addAndGet(count)));
				listener.checkCancelled(steps.task);
				return sum;
			}
			finally {
				listener.end();
			}
		}

		@Override
		public <R extends Serializable> R once(final Supplier<R> value) {
			return value.get();
		}

		@Override
		public boolean writes() {
			return true;
		}

		@Override
		public boolean replays() {
			return false;
		}
	}
}
