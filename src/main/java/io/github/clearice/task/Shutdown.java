package io.github.clearice.task;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Orderly end of this process (Ctrl-C, SIGTERM, {@link System#exit}): work under way is asked to stop, and waits until
 * it has kept its results, and only then is anything deleted that it might still need. The JVM runs separate shutdown
 * hooks at once, in no order, so there is only this one.
 */
public final class Shutdown {

	private static final Set<Work> WORK = ConcurrentHashMap.newKeySet();
	private static final Set<Runnable> CLEANING = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::run, "shutdown"));
	}

	private Shutdown() {}

	/** Work under way, until it is closed. */
	public static final class Work {

		private final Runnable stop;
		private final CountDownLatch finished = new CountDownLatch(1);

		private Work(final Runnable stop) {
			this.stop = stop;
		}

		/** Says that the work has ended, and all that it had to say has been said. */
		public void close() {
			WORK.remove(this);
			finished.countDown();
		}

		private void await() {
			try {
				finished.await();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Begins work that the end of the process has to wait for.
	 *
	 * @param stop asks the work to stop; returns at once
	 */
	public static Work begin(final Runnable stop) {
		final Work work = new Work(stop);
		WORK.add(work);
		return work;
	}

	/** Does this at the end, when all work has stopped. */
	public static void cleanUp(final Runnable action) {
		CLEANING.add(action);
	}

	private static void run() {
		final Set<Work> underWay = Set.copyOf(WORK);
		underWay.forEach(work -> work.stop.run());
		underWay.forEach(Work::await);
		CLEANING.forEach(Runnable::run);
	}
}
