package io.github.clearice.train.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TrainingReporterTest {

	private static final TrainingProgress PROGRESS = progress(new StepReport(0.03, false, Double.NaN,
		Double.NaN, Double.NaN, Double.NaN), 12);

	private final List<String> heard = new ArrayList<>();
	private boolean cancelled;

	private final TrainingListener reporter = TrainingReporter.of(new TaskListener() {

		@Override
		public void progress(final long done, final String detail) {
			heard.add(done + ": " + detail);
		}

		@Override
		public boolean isCancelled() {
			return cancelled;
		}
	});

	private static TrainingProgress progress(final StepReport report, final double secondsLeft) {
		return new TrainingProgress(30, 120, 2, 4, 5, 0.01, 0.03125, report, 22.5, 180, secondsLeft);
	}

	@Test
	void describesLossValidationSpeedAndTimeLeft() {
		reporter.updated(PROGRESS);
		assertEquals(List.of("30: epoch 2 of 4, loss 0.03125, validation 22.50 dB, 180 images/s, 12 s left"), heard);
	}

	@Test
	void describesTheGameOfAnAdversaryAndALongWait() {
		reporter.updated(progress(new StepReport(0.03, true, -0.7, 0.7251, 0.31, Double.NaN), 11100));
		assertEquals(List.of(
			"30: epoch 2 of 4, loss 0.03125, scores 0.725 / 0.310, validation 22.50 dB, 180 images/s, 3 h 05 min left"),
			heard);
	}

	@Test
	void cancellingStopsReadingParticlesAtOnce() {
		assertFalse(reporter.isCancelled());
		cancelled = true;
		assertTrue(reporter.isCancelled());
	}

	@Test
	void cancellingKeepsTheModelOnceThereIsOne() {
		reporter.updated(PROGRESS);
		assertFalse(reporter.isStopRequested());
		cancelled = true;
		assertFalse(reporter.isCancelled());
		assertTrue(reporter.isStopRequested());
	}
}
