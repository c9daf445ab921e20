package io.github.clearice.train;

import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.SimulatedPairsTest;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A training in a JVM of its own, to be killed: it begins, or continues where it stopped
 * killed before, and says each update. Arguments: which training, the model, and the
 * update at which to wait for the end; 0 never waits, a negative one stops there.
 */
public final class KilledTraining {

	static final String STARTED = "started ";
	static final String UPDATED = "updated ";
	static final String WAITING = "waiting";
	static final String AUTOENCODER = "autoencoder";
	static final String GAME = "game";

	private KilledTraining() {}

	/** An autoencoder on stacks, or a game on pairs that are simulated meanwhile. */
	static PairSource source(final String kind) {
		return kind.equals(GAME) ? SimulatedPairsTest.source(48, 0.5, 1) : PairSource.of(TinyTraining.pairs(60));
	}

	/** Six updates an epoch, and a checkpoint after each epoch. */
	static TrainingOptions options(final String kind) {
		final TrainingOptions options = TinyTraining.options().with(Map.of("checkpoint", "0", "epochs", "10"));
		return kind.equals(GAME) ? options.with(Map.of("gan", "beta", "kg", "1")) : options;
	}

	public static void main(final String[] args) {
		final Path model = Path.of(args[1]);
		final long last = Long.parseLong(args[2]);
		final TrainingListener listener = new TrainingListener() {

			private long step;

			@Override
			public void startedAt(final long step) {
				System.out.println(STARTED + step);
			}

			@Override
			public void updated(final TrainingProgress progress) {
				step = progress.step();
				System.out.println(UPDATED + step);
				if (step != last) return;
				System.out.println(WAITING);
				try {
					new CountDownLatch(1).await();
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}

			@Override
			public boolean isStopRequested() {
				return last < 0 && step == -last;
			}

			@Override
			public void message(final String line) {
				System.out.println(line);
			}
		};
		if (Files.exists(Trainer.checkpointOf(model))) Trainer.resume(source(args[0]), model, Map.of(), model, listener);
		else Trainer.train(source(args[0]), options(args[0]), TinyTraining.NETWORK, model, listener);
	}
}
