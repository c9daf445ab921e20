package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

class BackgroundThreadTest {

	@Test
	void doesJobsInTheirOrder() {
		final List<Integer> done = new ArrayList<>();
		try (BackgroundThread thread = new BackgroundThread("Counting")) {
			Future<Boolean> last = null;
			for (int i = 0; i < 50; i++) {
				final int number = i;
				last = thread.submit(() -> done.add(number));
			}
			thread.await(last);
		}
		for (int i = 0; i < 50; i++) assertEquals(i, done.get(i));
	}

	@Test
	void throwsWhatTheJobThrew() {
		final OutputException failure = new OutputException("no room");
		try (BackgroundThread thread = new BackgroundThread("Failing")) {
			assertSame(failure, assertThrows(OutputException.class, () -> thread.await(thread.submit(() -> {
				throw failure;
			}))));
		}
	}

	@Test
	void closeWaitsForTheJobUnderWay() throws InterruptedException {
		final AtomicBoolean ended = new AtomicBoolean();
		final Thread caller = Thread.currentThread();
		final CountDownLatch begun = new CountDownLatch(1);
		final BackgroundThread thread = new BackgroundThread("Working");
		final Future<?> job = thread.submit(() -> {
			begun.countDown();
			// As a disk that an interrupt does not reach, until the caller is seen to wait for it.
			while (caller.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
			ended.set(true);
			return null;
		});
		begun.await();
		thread.close();
		assertTrue(ended.get());
		assertTrue(job.isDone());
	}
}
