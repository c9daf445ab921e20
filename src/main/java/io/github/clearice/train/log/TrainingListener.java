package io.github.clearice.train.log;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Gets the progress of a training. Besides cancelling, which leaves nothing behind,
 * it can ask for a clean stop, which keeps the model so far.
 */
public interface TrainingListener extends TaskListener {

	/** A listener that hears nothing and never stops a training. */
	TrainingListener SILENT = new TrainingListener() {};

	/**
	 * The training continues from here: it begins, is resumed, or has gone back after a divergence. Events of later
	 * updates are void.
	 *
	 * @param step updates so far
	 */
	default void startedAt(final long step) {}

	/** An update was made. */
	default void updated(final TrainingProgress progress) {}

	/** The weights were tried on the held-out particles, at the end of an epoch or of the training. */
	default void validated(final HistoryEntry entry, final ValidationSample sample) {}

	/** All that is needed to continue was written. */
	default void checkpointed(final long step, final Path file) {}

	/**
	 * A search trains one of its settings.
	 *
	 * @return who hears of that training; by default nobody does
	 */
	default TrainingListener trial(final SearchTrial trial) {
		return SILENT;
	}

	/**
	 * A search knows how good a setting is after a round: it was trained, or had been before the search was interrupted.
	 *
	 * @param psnrDecibel of the validation; NaN where the training diverged
	 */
	default void tried(final SearchTrial trial, final double psnrDecibel) {}

	/** Whether the training should end after this update and keep the model so far. */
	default boolean isStopRequested() {
		return false;
	}

	/**
	 * The same few held-out particles at each validation, to be looked at.
	 *
	 * @param noisy as they came
	 * @param denoised by the weights that were validated
	 * @param target the reference: the truth, if known
	 */
	record ValidationSample(ArrayParticleStack noisy, ArrayParticleStack denoised, ArrayParticleStack target) {}

	/**
	 * Where a training stands after an update.
	 *
	 * @param step updates so far
	 * @param totalSteps updates of all epochs
	 * @param epoch that is running, from 1
	 * @param epochs of the training
	 * @param seconds of training so far, those before a resume too
	 * @param learningRate of the update
	 * @param loss running mean of the pixel loss of the last updates
	 * @param report of the update
	 * @param validationPsnrDecibel of the last validation, NaN before the first
	 * @param imagesPerSecond over this run so far
	 * @param secondsLeft estimated
	 */
	record TrainingProgress(long step, long totalSteps, int epoch, int epochs, double seconds, double learningRate,
		double loss, StepReport report, double validationPsnrDecibel, double imagesPerSecond, double secondsLeft)
	{}

	/**
	 * What an update found before it changed the weights. What an objective does not
	 * have is NaN.
	 *
	 * @param pixelLoss lambda not applied
	 * @param hasAdversary whether there is a discriminator
	 * @param adversarialLoss of the generator
	 * @param realScore the discriminator's mean score of targets; between 0 and 1, except for a Wasserstein critic
	 * @param fakeScore its mean score of results
	 * @param penalty the gradient penalty, mu not applied
	 */
	record StepReport(double pixelLoss, boolean hasAdversary, double adversarialLoss, double realScore,
		double fakeScore, double penalty)
	{

		/** The report of an autoencoder. */
		public static StepReport of(final double pixelLoss) {
			return new StepReport(pixelLoss, false, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
		}

		/** The means of reports of one objective. */
		public static StepReport mean(final List<StepReport> reports) {
			return new StepReport(mean(reports, StepReport::pixelLoss), reports.get(0).hasAdversary, mean(reports,
				StepReport::adversarialLoss), mean(reports, StepReport::realScore), mean(reports, StepReport::fakeScore), mean(
					reports, StepReport::penalty));
		}

		private static double mean(final List<StepReport> reports, final ToDoubleFunction<StepReport> number) {
			return reports.stream().mapToDouble(number).average().orElseThrow();
		}
	}

	/**
	 * One training of a search: a setting of the options in a round.
	 *
	 * @param setting its number, from 1
	 * @param settings that the search began with
	 * @param round its number, from 1
	 * @param rounds of the search; the last trains one setting to the end
	 * @param updates that the setting has had at the end of the round
	 * @param options the values that the search has drawn, such as {@code rate=0.006 alpha=0.2}
	 */
	record SearchTrial(int setting, int settings, int round, int rounds, long updates, String options) {

		@Override
		public String toString() {
			return "Setting " + setting + " of " + settings + ", round " + round + " of " + rounds;
		}
	}
}
