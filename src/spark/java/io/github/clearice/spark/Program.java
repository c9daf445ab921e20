package io.github.clearice.spark;

import io.github.clearice.cli.Launcher;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Part;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;

import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/**
 * A verb as one process runs it: the loops that it has come to, and the results of those that are over.
 * <p> The driver's program leads. An executor that gets a range of a loop begins the same verb as a replica, which is
 * told the results of the loops before it, and so comes to this loop, too. An executor that takes the place of a lost
 * one does the same.
 */
final class Program {

	private static final Map<String, Program> OF_JOBS = new HashMap<>();

	/** What a loop does with a range, and with two results; the latter is null where they are not added. */
	private record Loop(Part<?> part, BinaryOperator<?> add) {}

	private final Map<Integer, Loop> loops = new HashMap<>();
	private final Map<Integer, Object> results = new HashMap<>();
	/** All cores work on a range: the next one waits. */
	private final Lock cores = new ReentrantLock();
	/** Steps of the last loop that were finished here. */
	private final AtomicLong done = new AtomicLong();
	private Throwable failure;

	private Program() {}

	/** Begins the program of the driver. */
	static Program lead(final String job) {
		final Program program = new Program();
		synchronized (OF_JOBS) {
			OF_JOBS.put(job, program);
		}
		return program;
	}

	/** The program of this process; begins a replica where there is none. */
	static Program of(final Job job) {
		synchronized (OF_JOBS) {
			final Program known = OF_JOBS.get(job.id());
			if (known != null && known.failure() == null) return known;
			final Program program = new Program();
			OF_JOBS.put(job.id(), program);
			Machines.use(new Replica(program));
			final ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
			if (gpu != null) TensorFlowRuntime.showGpu(gpu.addresses()[0]);
			ParallelLoop.limit(SparkEnv.get().conf().getInt("spark.executor.cores", 0));
			final Thread thread = new Thread(() -> program.replicate(job), "ClearIce " + job.words().get(0));
			thread.setDaemon(true);
			thread.start();
			return program;
		}
	}

	private void replicate(final Job job) {
		try {
			Launcher.repeat(job.words().toArray(String[]::new));
		}
		catch (final RuntimeException | Error e) {
			fail(e);
		}
	}

	private synchronized void fail(final Throwable reason) {
		failure = reason;
		notifyAll();
	}

	private synchronized Throwable failure() {
		return failure;
	}

	/**
	 * Comes to a loop.
	 *
	 * @param number of the loop, or of a value that one process determines; all are counted from 0
	 */
	synchronized void begin(final int number, final Part<?> part, final BinaryOperator<?> add) {
		loops.put(number, new Loop(part, add));
		done.set(0);
		notifyAll();
	}

	/** Gets to know the results of the loops before one. */
	synchronized void learn(final List<Broadcast<Serializable>> earlier) {
		for (int number = 0; number < earlier.size(); number++) {
			if (!results.containsKey(number)) results.put(number, earlier.get(number).value());
		}
		notifyAll();
	}

	/** Waits until the result of a loop is known. */
	synchronized Object result(final int number) {
		await(() -> results.containsKey(number));
		return results.get(number);
	}

	/** Works on a range of a loop, when this process has come to it. */
	Object work(final int number, final int first, final int end) {
		final Loop loop = loop(number);
		cores.lock();
		try {
			return Machines.alone(() -> loop.part.run(first, end, done::addAndGet));
		}
		finally {
			cores.unlock();
		}
	}

	/** How many steps of the last loop this process itself has finished. */
	long done() {
		return done.get();
	}

	/** Adds two results of a loop. */
	@SuppressWarnings("unchecked")
	Object add(final int number, final Object sum, final Object other) {
		return ((BinaryOperator<Object>) loop(number).add).apply(sum, other);
	}

	private synchronized Loop loop(final int number) {
		await(() -> loops.containsKey(number) || failure != null);
		if (loops.containsKey(number)) return loops.get(number);
		if (failure instanceof Error error) throw error;
		throw (RuntimeException) failure;
	}

	private synchronized void await(final BooleanSupplier known) {
		try {
			while (!known.getAsBoolean()) wait();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
