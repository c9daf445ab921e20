package io.github.clearice.spark;

import io.github.clearice.spark.RangeTask.Range;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.worker.WorkerException;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;

import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.ShutdownHookManager;

import scala.runtime.BoxedUnit;

/**
 * Shares the loops of a verb among the executors of a Spark cluster. Spark itself starts with the first loop, so that
 * help and refusals do not wait for it.
 */
final class SparkMachines implements Machines, AutoCloseable {

	/** Ranges of a loop for each that is worked on at once: few enough to cost nothing, enough to end together. */
	private static final int RANGES_A_SLOT = 16;
	/** In one process, nothing is lost with a range, and each costs Spark some milliseconds of processor time. */
	private static final int LOCAL_RANGES_A_SLOT = 2;
	/** As many are made at least, as the executors may still be starting. */
	private static final int FEWEST_RANGES = 64;
	/** Sums are large: each slot makes one or two. */
	private static final int FEWEST_SUMS = 8;

	/** What YARN and Kubernetes give an executor beyond Java's memory, unless they are told how much. */
	private static final String LEAST_OVERHEAD = "2g";

	private static final long POLL_MILLISECONDS = 100;

	/** The hook of a context, which stops it, has the priority 50. */
	private static final int BEFORE_SPARK = 100;

	private final Job job;
	private final Program program;
	private final List<Object> results = new ArrayList<>();
	/** Of the first of the results: those that executors had to be told. */
	private final List<Broadcast<Serializable>> told = new ArrayList<>();
	private final Failures failures = new Failures();
	private final CountDownLatch ended = new CountDownLatch(1);
	private JavaSparkContext context;

	/** Remembers why a task failed, of which Spark's own exception keeps only a text. */
	private static final class Failures extends SparkListener {

		private volatile String last;
		private volatile Throwable exception;

		@Override
		public void onTaskEnd(final SparkListenerTaskEnd end) {
			if (end.reason() instanceof TaskFailedReason reason && reason.countTowardsTaskFailures()) {
				last = reason.toErrorString();
				exception = reason instanceof ExceptionFailure failure && failure.exception().isDefined() ? failure.exception()
					.get() : null;
			}
		}
	}

	/** @param words the verb and its parameters */
	SparkMachines(final String... words) {
		job = new Job(UUID.randomUUID().toString(), List.of(words));
		program = Program.lead(job.id());
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> void run(final Steps steps, final Part<R> part, final Consumer<R> taker, final TaskListener listener) {
		// Unlike collect, this describes nothing in JSON for Spark's pages, which takes a while to start.
		final List<R> all = (List<R>) share(steps, part, null, false, listener, (ranges, task) -> ranges.map(task)
			.collectAsync().get());
		all.forEach(taker);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> R sum(final Steps steps, final Part<R> part, final BinaryOperator<R> add, final TaskListener listener) {
		return (R) share(steps, part, add, true, listener, (ranges, task) -> ranges.map(task).treeReduce(task));
	}

	@Override
	public <R extends Serializable> R once(final Supplier<R> value) {
		final R found = Machines.alone(value);
		results.add(found);
		return found;
	}

	@Override
	public boolean replays() {
		return true;
	}

	@Override
	public boolean writes() {
		return true;
	}

	/** What Spark does with the ranges. */
	private interface Action {

		Object run(JavaRDD<Range> ranges, RangeTask task) throws Exception;
	}

	private Object share(final Steps steps, final Part<?> part, final BinaryOperator<?> add, final boolean large,
		final TaskListener listener, final Action action)
	{
		try {
			if (context == null) start();
			return shared(steps, part, add, ranges(steps, wanted(steps, large)), listener, action);
		}
		catch (final IllegalStateException e) {
			// While this process ends, Spark refuses to start or to go on.
			if (listener.isCancelled()) throw new TaskCancelledException(steps.task());
			throw e;
		}
	}

	/**
	 * How many ranges a loop is divided into, if it has as many steps.
	 *
	 * @param large whether results take much memory
	 */
	private int wanted(final Steps steps, final boolean large) {
		final boolean local = context.isLocal();
		final int slots = Math.max(1, context.defaultParallelism() / context.getConf().getInt("spark.task.cpus", 1));
		final int each = large ? 1 : local ? LOCAL_RANGES_A_SLOT : RANGES_A_SLOT;
		final int fewest = steps.units() ? steps.count() : local ? 1 : large ? FEWEST_SUMS : FEWEST_RANGES;
		return Math.max(slots * each, fewest);
	}

	private Object shared(final Steps steps, final Part<?> part, final BinaryOperator<?> add, final List<Range> ranges,
		final TaskListener listener, final Action action)
	{
		final int number = results.size();
		program.begin(number, part, add);
		// This process knows them.
		if (!context.isLocal()) for (int i = told.size(); i < number; i++) told.add(context.broadcast(
			(Serializable) results.get(i)));
		final LongAccumulator done = context.sc().longAccumulator();
		final RangeTask task = new RangeTask(job, number, List.copyOf(told), done);
		listener.begin(steps.task(), steps.count());
		try {
			final Object result = await(() -> action.run(context.parallelize(ranges, ranges.size()), task), steps, done,
				listener);
			results.add(result);
			return result;
		}
		finally {
			listener.end();
		}
	}

	private static List<Range> ranges(final Steps steps, final int wanted) {
		final int grains = (steps.count() + steps.grain() - 1) / steps.grain(), count = Math.max(1, Math.min(wanted,
			grains));
		final List<Range> ranges = new ArrayList<>();
		for (int i = 0; i < count; i++) ranges.add(new Range((int) ((long) i * grains / count) * steps.grain(), (int) Math
			.min(steps.count(), (long) (i + 1) * grains / count * steps.grain())));
		return ranges;
	}

	private Object await(final Callable<Object> action, final Steps steps, final LongAccumulator done,
		final TaskListener listener)
	{
		final FutureTask<Object> work = new FutureTask<>(() -> {
			context.setJobGroup(job.id(), steps.task(), true);
			context.setLocalProperty("spark.rdd.scope.noOverride", "true");
			return action.call();
		});
		final Thread thread = new Thread(work, steps.task());
		thread.setDaemon(true);
		thread.start();
		long shown = 0;
		while (true) {
			try {
				return work.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
			}
			catch (final TimeoutException e) {
				final long now = Math.min(steps.count(), Math.max(done.value(), program.done()));
				if (now > shown) listener.progress(now);
				shown = now;
				if (!listener.isCancelled()) continue;
				context.sc().cancelJobGroup(job.id());
				throw new TaskCancelledException(steps.task());
			}
			catch (final InterruptedException e) {
				context.sc().cancelJobGroup(job.id());
				Thread.currentThread().interrupt();
				throw new TaskCancelledException(steps.task());
			}
			catch (final ExecutionException e) {
				if (listener.isCancelled()) throw new TaskCancelledException(steps.task());
				throw failed(steps, e.getCause());
			}
		}
	}

	/** The failure of the task that Spark gave up. */
	private RuntimeException failed(final Steps steps, final Throwable cause) {
		if (failures.exception instanceof ClearIceException meant) return meant;
		if (failures.exception instanceof Error error) throw error;
		if (failures.last == null) return new WorkerException("Spark gave up \"" + steps.task() + "\" (" + cause
			.getMessage() + "). Look at the cluster's own pages, and run it again.", cause);
		final String last = failures.last.lines().findFirst().orElse("");
		final String remedy = last.contains("No space left")
			? "Free some space in the temporary folders of the workers, or name others (SPARK_LOCAL_DIRS)."
			: "If executors died, give them more memory (--executor-memory, spark.executor.memoryOverhead) or fewer cores.";
		return new WorkerException("Spark gave up \"" + steps.task() + "\" after a range had failed several times (" +
			last + "). " + remedy, cause);
	}

	private void start() {
		final SparkConf conf = new SparkConf();
		conf.setIfMissing("spark.master", "local[*]");
		conf.setIfMissing("spark.app.name", "ClearIce " + job.words().get(0));
		conf.setIfMissing("spark.ui.showConsoleProgress", "false");
		conf.setIfMissing("spark.driver.maxResultSize", "0");
		if (conf.get("spark.master").startsWith("local")) {
			// Pages on the work take a second of processor time, and show nothing that the terminal does not.
			conf.setIfMissing("spark.ui.enabled", "false");
			// Nothing goes over a network.
			conf.setIfMissing("spark.broadcast.compress", "false");
			conf.setIfMissing("spark.broadcast.checksum", "false");
		}
		// A range keeps all cores of its executor busy.
		if (conf.contains("spark.executor.cores")) {
			conf.setIfMissing("spark.task.cpus", conf.get("spark.executor.cores"));
			addOption(conf, "-XX:ActiveProcessorCount=" + conf.get("spark.executor.cores"));
		}
		// The same is true of a GPU.
		final String gpus = "resource.gpu.amount";
		if (conf.contains("spark.executor." + gpus)) conf.setIfMissing("spark.task." + gpus, conf.get("spark.executor." +
			gpus));
		// TensorFlow's memory is not Java's.
		conf.setIfMissing("spark.executor.minMemoryOverhead", LEAST_OVERHEAD);
		// Names of files start from here on all machines.
		addOption(conf, "\"-Duser.dir=" + Path.of("").toAbsolutePath() + "\"");
		// Netty would start another library for its own log.
		InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
		context = new JavaSparkContext(conf);
		context.sc().addSparkListener(failures);
		// When this process is asked to end, the verb has to end first: Spark would take its work away and it would fail.
		ShutdownHookManager.addShutdownHook(BEFORE_SPARK, this::awaitEnd);
	}

	private BoxedUnit awaitEnd() {
		try {
			ended.await();
		}
		catch (final InterruptedException e) {
			// Spark waits no longer.
			Thread.currentThread().interrupt();
		}
		return BoxedUnit.UNIT;
	}

	private static void addOption(final SparkConf conf, final String option) {
		conf.set("spark.executor.extraJavaOptions", (conf.get("spark.executor.extraJavaOptions", "") + " " + option)
			.strip());
	}

	@Override
	public void close() {
		try {
			if (context != null) context.close();
		}
		finally {
			ended.countDown();
		}
	}
}
