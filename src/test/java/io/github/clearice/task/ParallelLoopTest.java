package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;

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
}
