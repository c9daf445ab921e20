package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class ParallelLoopTest {

	@Test
	void runsEachStepOnce() {
		final AtomicIntegerArray runs = new AtomicIntegerArray(1001);
		ParallelLoop.run(1001, 7, 4, thread -> step -> runs.incrementAndGet((int) step));
		for (int i = 0; i < runs.length(); i++) assertEquals(1, runs.get(i));
	}

	@Test
	void throwsTheErrorOfAStep() {
		final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> ParallelLoop.run(1000, 1, 3,
			thread -> step -> {
				if (step == 500) throw new IllegalStateException("step 500");
			}));
		assertEquals("step 500", thrown.getMessage());
	}

	@Test
	void runsNothingAfterAnErrorWasThrown() {
		final AtomicReference<Thread> failing = new AtomicReference<>();
		final CountDownLatch begun = new CountDownLatch(1);
		final AtomicBoolean finished = new AtomicBoolean();
		assertThrows(IllegalStateException.class, () -> ParallelLoop.run(2, 1, 2, thread -> step -> {
			if (step == 1) {
				begun.countDown();
				// Waits until the thread of the other step has failed and is idle.
				while (failing.get() == null || failing.get().getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
				finished.set(true);
				return;
			}
			try {
				begun.await();
			}
			catch (final InterruptedException e) {
				throw new AssertionError(e);
			}
			failing.set(Thread.currentThread());
			throw new IllegalStateException("step 0");
		}));
		assertTrue(finished.get());
	}
}
