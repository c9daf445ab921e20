package io.github.clearice.train.log;

import io.github.clearice.task.DurationText;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;

import java.util.Locale;

/**
 * Tells a plain listener how a training continues. A request to cancel
 * becomes a clean stop, which keeps the model so far; before the first update
 * there is none, and it is a cancel.
 */
public final class TrainingReporter implements TrainingListener {

	private final TaskListener listener;
	private volatile boolean updated;

	private TrainingReporter(final TaskListener listener) {
		this.listener = listener;
	}

	/** The reporter for this listener; the listener itself if it understands trainings. */
	public static TrainingListener of(final TaskListener listener) {
		return listener instanceof TrainingListener ? (TrainingListener) listener : new TrainingReporter(listener);
	}

	@Override
	public void begin(final String task, final long total) {
		listener.begin(task, total);
	}

	@Override
	public void progress(final long done) {
		listener.progress(done);
	}

	@Override
	public void message(final String line) {
		listener.message(line);
	}

	@Override
	public void end() {
		listener.end();
	}

	@Override
	public void updated(final TrainingProgress progress) {
		updated = true;
		listener.progress(progress.step(), describe(progress));
	}

	@Override
	public boolean isCancelled() {
		return !updated && listener.isCancelled();
	}

	@Override
	public boolean isStopRequested() {
		return listener.isCancelled();
	}

	private static String describe(final TrainingProgress progress) {
		final String validation = Double.isNaN(progress.validationPsnrDecibel()) ? "" : String.format(Locale.ROOT,
			", validation %.2f dB", progress.validationPsnrDecibel());
		return String.format(Locale.ROOT, "epoch %d of %d, loss %.4g%s%s, %.0f images/s, %s left", progress.epoch(),
			progress.epochs(), progress.loss(), adversary(progress.report()), validation, progress.imagesPerSecond(),
			DurationText.of(progress.secondsLeft()));
	}

	/** The discriminator's mean scores of targets and results: their difference says who is winning. */
	private static String adversary(final StepReport report) {
		return report.hasAdversary() ? String.format(Locale.ROOT, ", scores %.3f / %.3f", report.realScore(), report
			.fakeScore()) : "";
	}
}
