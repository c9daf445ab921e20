package io.github.clearice.train;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A training in a JVM of its own that waits in the middle of an epoch to be killed. */
public final class KilledTraining {

	static final String WAITING = "waiting";
	static final int PAIRS = 60;
	static final long LAST_UPDATE = 15;

	private KilledTraining() {}

	static TrainingOptions options() {
		return TinyTraining.options().with("checkpoint", 0);
	}

	public static void main(final String[] args) {
		Trainer.train(PairSource.of(TinyTraining.pairs(PAIRS)), options(), TinyTraining.NETWORK, Path.of(args[0]),
			new TrainingListener() {

			@Override
			public void updated(final TrainingProgress progress) {
				if (progress.step() < LAST_UPDATE) return;
				System.out.println(WAITING);
				try {
					new CountDownLatch(1).await();
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
		});
	}
}
