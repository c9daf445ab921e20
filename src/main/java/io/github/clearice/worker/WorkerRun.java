package io.github.clearice.worker;

import io.github.clearice.task.Leftovers;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.log.TrainingListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One task of a worker from its start to its end. */
final class WorkerRun {

	private static final String STARTING = "Starting the process for the network";
	private static final long POLL_MILLISECONDS = 100;
	/** So long a worker may take to clean up when it is cancelled. */
	private static final long SECONDS_TO_CANCEL = 10;

	private final WorkerTask task;
	private final WorkerProcess process;
	private final TrainingListener listener;
	private final EventReader events;
	private final Supplier<StopRequest> stopRequest;
	private final Instant start = Instant.now();
	private final CountDownLatch complete = new CountDownLatch(1);
	private StopRequest told = StopRequest.NONE;
	private volatile boolean heard;
	private volatile RuntimeException failure;

	WorkerRun(final WorkerTask task, final WorkerProcess process, final TrainingListener listener,
		final Supplier<StopRequest> stopRequest)
	{
		this.task = task;
		this.process = process;
		this.listener = listener;
		this.events = new EventReader(listener);
		this.stopRequest = stopRequest;
	}

	/** @return what the verb reports; empty if a process that had waited was dead before it began */
	Optional<String> go() {
		// Java and TensorFlow take seconds to start, in which a user should see that something happens.
		if (!process.isUsed()) listener.begin(STARTING, 0);
		process.begin(task, this::hear);
		try {
			while (!complete.await(POLL_MILLISECONDS, TimeUnit.MILLISECONDS) && !process.isDead()) tell();
			// Its last words may have come while its death was noticed.
			if (events.isComplete()) process.finish();
			return result();
		}
		catch (final InterruptedException e) {
			told = StopRequest.CANCEL;
			process.kill();
			clean();
			Thread.currentThread().interrupt();
			throw new TaskCancelledException(task.verb());
		}
	}

	/** A listener that fails must not keep the process waiting with a full pipe. */
	private void hear(final String line) {
		try {
			if (!heard && !process.isUsed()) listener.end();
			heard = true;
			events.accept(line);
		}
		catch (final RuntimeException e) {
			if (failure == null) failure = e;
		}
		if (events.isComplete()) complete.countDown();
	}

	private void tell() throws InterruptedException {
		final StopRequest now = stopRequest.get();
		if (now.compareTo(told) <= 0) return;
		told = now;
		process.send(now.word());
		if (now == StopRequest.CANCEL && !complete.await(SECONDS_TO_CANCEL, TimeUnit.SECONDS)) process.kill();
	}

	private Optional<String> result() throws InterruptedException {
		if (!events.isComplete()) {
			final String death = process.describeDeath();
			clean();
			if (told == StopRequest.CANCEL) throw new TaskCancelledException(task.verb());
			if (!heard && process.isUsed()) return Optional.empty();
			if (failure != null) throw failure;
			throw new WorkerException("The process that ran " + task.verb() + " for ClearIce " + death +
				" Nothing else is harmed.", true);
		}
		if (failure != null) throw failure;
		if (events.isCancelled()) throw new TaskCancelledException(task.verb());
		events.error().ifPresent(line -> {
			throw new WorkerException(line, false);
		});
		return Optional.of(events.report());
	}

	/** Deletes what a process that could not clean up itself has left. */
	private void clean() {
		try {
			task.outputs().stream().map(output -> output.toAbsolutePath().getParent()).filter(Objects::nonNull).distinct()
				.forEach(Leftovers::remove);
			if (told != StopRequest.CANCEL) return;
			for (final Path file : task.discarded()) {
				if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(start)) Files.delete(file);
			}
		}
		catch (final IOException e) {
			throw OutputException.of(task.outputs().get(0), e);
		}
	}
}
