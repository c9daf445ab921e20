package io.github.clearice.worker;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.OutputException;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.TrainingEvents.EventName;
import io.github.clearice.worker.TrainingEvents.PreviewFile;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Writes the progress of work as events, one JSON object a line: {@link EventName} has their names and {@link
 * EventReader} reads them. Numbers that are not finite are left out.
 * <p>
 * Of progress, losses and validations only so many are written that no reader falls
 * behind and the work is not held up; the last ones are never left out.
 */
public final class EventWriter implements TrainingListener, LauncherOutput {

	/** A training that is to finish ends after so many validations in a row without a gain. */
	static final int VALIDATIONS_TO_FINISH = 3;

	private static final long PROGRESS_NANOSECONDS = 200_000_000L;
	private static final long METRICS_NANOSECONDS = 500_000_000L;
	private static final long VALIDATION_NANOSECONDS = 1_000_000_000L;
	private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

	private final PrintStream out;
	private Path scratch;
	private final Throttle progress;
	private final Throttle metrics;
	private final Throttle validations;
	private long total;
	private double bestPsnr = Double.NEGATIVE_INFINITY;
	private volatile int withoutGain;
	private volatile boolean updated;
	private volatile StopRequest stopRequest = StopRequest.NONE;

	/** @param scratch a folder for images of held-out particles, which the reader takes away; null for none */
	public EventWriter(final PrintStream out, final Path scratch) {
		this(out, scratch, System::nanoTime);
	}

	/** @param nanoTime the clock by which events are too many */
	EventWriter(final PrintStream out, final Path scratch, final LongSupplier nanoTime) {
		this.out = out;
		this.scratch = scratch;
		progress = new Throttle(PROGRESS_NANOSECONDS, nanoTime);
		metrics = new Throttle(METRICS_NANOSECONDS, nanoTime);
		validations = new Throttle(VALIDATION_NANOSECONDS, nanoTime);
	}

	@Override
	public synchronized void begin(final String task, final long newTotal) {
		flush();
		total = newTotal;
		updated = false;
		final JsonObject event = event(EventName.BEGIN);
		event.addProperty("task", task);
		event.addProperty("total", total);
		print(event);
	}

	@Override
	public void progress(final long done) {
		progress(done, "");
	}

	@Override
	public synchronized void progress(final long done, final String detail) {
		progress.offer(() -> {
			final JsonObject event = event(EventName.PROGRESS);
			event.addProperty("done", done);
			event.addProperty("total", total);
			if (!detail.isEmpty()) event.addProperty("detail", detail);
			print(event);
		});
	}

	@Override
	public synchronized void message(final String line) {
		send(line.startsWith(EventName.WARNING_MARK) ? EventName.WARNING : EventName.MESSAGE, line);
	}

	@Override
	public synchronized void end() {
		flush();
		print(event(EventName.END));
	}

	@Override
	public synchronized void startedAt(final long step) {
		if (step == 0) resetGains();
		writeStart(step);
	}

	private void writeStart(final long step) {
		flush();
		final JsonObject event = event(EventName.START);
		event.addProperty("step", step);
		print(event);
	}

	/** A study trains one model after the other: the gain of one does not count for the next. */
	private void resetGains() {
		bestPsnr = Double.NEGATIVE_INFINITY;
		withoutGain = 0;
	}

	@Override
	public synchronized void updated(final TrainingProgress now) {
		updated = true;
		writeMetrics(now);
	}

	private void writeMetrics(final TrainingProgress now) {
		metrics.offer(() -> print(TrainingEvents.metrics(event(EventName.METRICS), now)));
	}

	@Override
	public synchronized void validated(final HistoryEntry entry, final ValidationSample sample) {
		withoutGain = entry.validationPsnrDecibel() > bestPsnr ? 0 : withoutGain + 1;
		bestPsnr = Math.max(bestPsnr, entry.validationPsnrDecibel());
		writeValidation(entry, sample);
	}

	private void writeValidation(final HistoryEntry entry, final ValidationSample sample) {
		validations.offer(() -> {
			metrics.flush();
			final JsonObject event = TrainingEvents.validation(event(EventName.VALIDATION), entry);
			if (scratch != null) addPreview(event, entry.step(), sample);
			print(event);
		});
	}

	/** Stops writing images: nobody reads them any more. */
	public synchronized void previewsUnwanted() {
		scratch = null;
	}

	private void addPreview(final JsonObject event, final long step, final ValidationSample sample) {
		try {
			event.addProperty("file", PreviewFile.write(scratch, step, sample).toString());
		}
		catch (final OutputException e) {
			message(EventName.WARNING_MARK + "there is no preview of update " + step + ". " + e.getMessage());
		}
	}

	@Override
	public synchronized void checkpointed(final long step, final Path file) {
		final JsonObject event = event(EventName.CHECKPOINT);
		event.addProperty("step", step);
		event.addProperty("file", file.toString());
		print(event);
	}

	/** The gain of a trial does not decide when the search stops. */
	@Override
	public synchronized TrainingListener trial(final SearchTrial trial) {
		flush();
		print(TrainingEvents.trial(event(EventName.TRIAL), trial));
		return new TrainingListener() {

			@Override
			public void startedAt(final long step) {
				synchronized (EventWriter.this) {
					writeStart(step);
				}
			}

			@Override
			public void updated(final TrainingProgress now) {
				synchronized (EventWriter.this) {
					writeMetrics(now);
				}
			}

			@Override
			public void validated(final HistoryEntry entry, final ValidationSample sample) {
				synchronized (EventWriter.this) {
					writeValidation(entry, sample);
				}
			}
		};
	}

	@Override
	public synchronized void tried(final SearchTrial trial, final double psnrDecibel) {
		flush();
		print(TrainingEvents.tried(event(EventName.TRIED), trial, psnrDecibel));
	}

	@Override
	public synchronized void report(final String text) {
		send(EventName.REPORT, text);
	}

	@Override
	public synchronized void error(final String line, final boolean cancelled) {
		flush();
		final JsonObject event = event(EventName.ERROR);
		event.addProperty("text", line);
		event.addProperty("cancelled", cancelled);
		print(event);
	}

	@Override
	public synchronized void exit(final int code) {
		final JsonObject event = event(EventName.EXIT);
		event.addProperty("code", code);
		print(event);
	}

	@Override
	public synchronized void request(final StopRequest newRequest) {
		// Who has cancelled cannot stop any more.
		if (newRequest.compareTo(stopRequest) > 0) stopRequest = newRequest;
	}

	/** There is no model to keep before the first update. */
	@Override
	public boolean isCancelled() {
		return stopRequest == StopRequest.CANCEL || stopRequest == StopRequest.STOP && !updated;
	}

	@Override
	public boolean isStopRequested() {
		return stopRequest == StopRequest.STOP || stopRequest == StopRequest.FINISH && withoutGain >= VALIDATIONS_TO_FINISH;
	}

	private void send(final EventName name, final String text) {
		final JsonObject event = event(name);
		event.addProperty("text", text);
		print(event);
	}

	private void flush() {
		progress.flush();
		metrics.flush();
		validations.flush();
	}

	private static JsonObject event(final EventName name) {
		final JsonObject event = new JsonObject();
		event.addProperty("event", name.word());
		return event;
	}

	private void print(final JsonObject event) {
		out.println(GSON.toJson(event));
		out.flush();
	}

	/** Limits the rate of frequent events; the last one is kept until a newer one comes or it is requested. */
	static final class Throttle {

		private final long interval;
		private final LongSupplier nanoTime;
		private long passed;
		private boolean any;
		private Runnable waiting;

		/**
		 * @param nanoseconds that lie between two at least
		 * @param nanoTime such as {@link System#nanoTime}
		 */
		Throttle(final long nanoseconds, final LongSupplier nanoTime) {
			this.interval = nanoseconds;
			this.nanoTime = nanoTime;
		}

		/** Does it now or, where the one before was just now, perhaps later. */
		void offer(final Runnable action) {
			final long now = nanoTime.getAsLong();
			waiting = action;
			if (any && now - passed < interval) return;
			any = true;
			passed = now;
			flush();
		}

		/** Runs the waiting task. */
		void flush() {
			final Runnable action = waiting;
			waiting = null;
			if (action != null) action.run();
		}
	}
}
