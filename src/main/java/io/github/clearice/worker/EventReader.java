package io.github.clearice.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.TrainingEvents.EventName;
import io.github.clearice.worker.TrainingEvents.PreviewFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Passes the events of an {@link EventWriter} in another process to a listener. Lines that are no events, and events
 * that are not known, are passed over.
 */
final class EventReader {

	private static final ArrayParticleStack NO_IMAGES = new ArrayParticleStack("none", 1, Double.NaN, new float[0][]);

	private final TrainingListener listener;
	/** The listener of the current training; the trainings of a search have one of their own. */
	private TrainingListener training;
	private String report = "";
	private String error;
	private boolean cancelled;
	private boolean complete;

	EventReader(final TrainingListener listener) {
		this.listener = listener;
		this.training = listener;
	}

	/** Takes in a line of the other process's output. */
	void accept(final String line) {
		Runnable call;
		try {
			final JsonElement parsed = JsonParser.parseString(line);
			if (!parsed.isJsonObject() || !parsed.getAsJsonObject().has("event")) return;
			final JsonObject event = parsed.getAsJsonObject();
			final Optional<EventName> name = EventName.ofWord(event.get("event").getAsString());
			call = name.isPresent() ? call(name.get(), event) : () -> {};
		}
		catch (final JsonParseException | IllegalStateException | UnsupportedOperationException
				| IllegalArgumentException e)
		{
			// A library has written into the output, or over a line of ours.
			return;
		}
		call.run();
	}

	/** Takes all values out of an event before the listener is called, whose own exceptions are not about the line. */
	private Runnable call(final EventName name, final JsonObject event) {
		switch (name) {
			case BEGIN -> {
				final String task = text(event, "task");
				final long total = whole(event, "total");
				return () -> listener.begin(task, total);
			}
			case PROGRESS -> {
				final long done = whole(event, "done");
				final String detail = event.has("detail") ? text(event, "detail") : null;
				return detail == null ? () -> listener.progress(done) : () -> listener.progress(done, detail);
			}
			case START -> {
				final long step = whole(event, "step");
				return () -> training.startedAt(step);
			}
			case METRICS -> {
				final TrainingProgress progress = TrainingEvents.progress(event);
				return () -> training.updated(progress);
			}
			case VALIDATION -> {
				final HistoryEntry entry = TrainingEvents.entry(event);
				final ValidationSample sample = preview(event);
				return () -> training.validated(entry, sample);
			}
			case TRIAL -> {
				final SearchTrial trial = TrainingEvents.trial(event);
				return () -> training = listener.trial(trial);
			}
			case TRIED -> {
				final SearchTrial trial = TrainingEvents.trial(event);
				final double psnr = TrainingEvents.psnr(event);
				return () -> {
					training = listener;
					listener.tried(trial, psnr);
				};
			}
			case CHECKPOINT -> {
				final long step = whole(event, "step");
				final Path file = Path.of(text(event, "file"));
				return () -> listener.checkpointed(step, file);
			}
			case MESSAGE, WARNING -> {
				final String text = text(event, "text");
				return () -> listener.message(text);
			}
			case END -> {
				return listener::end;
			}
			case REPORT -> {
				final String text = text(event, "text");
				return () -> report = text;
			}
			case ERROR -> {
				final String text = text(event, "text");
				final boolean stopped = TrainingEvents.value(event, "cancelled").getAsBoolean();
				return () -> {
					error = text;
					cancelled = stopped;
				};
			}
			case EXIT -> {
				return () -> complete = true;
			}
		}
		throw new IllegalArgumentException(name.toString());
	}

	/**
	 * The images are read into memory and their file deleted; without a file, or one that can be read, there are none.
	 */
	private static ValidationSample preview(final JsonObject event) {
		if (!event.has("file")) return new ValidationSample(NO_IMAGES, NO_IMAGES, NO_IMAGES);
		final Path file = Path.of(text(event, "file"));
		try {
			final ValidationSample sample = PreviewFile.read(file);
			Files.deleteIfExists(file);
			return sample;
		}
		catch (final ClearIceException | IOException | UncheckedIOException e) {
			return new ValidationSample(NO_IMAGES, NO_IMAGES, NO_IMAGES);
		}
	}

	private static String text(final JsonObject event, final String name) {
		return TrainingEvents.value(event, name).getAsString();
	}

	private static long whole(final JsonObject event, final String name) {
		return TrainingEvents.value(event, name).getAsLong();
	}


	/** The verb's result; empty if it has none. */
	String report() {
		return report;
	}

	/** Why the verb failed, where it did and could say so. */
	Optional<String> error() {
		return Optional.ofNullable(error);
	}

	/** Whether it ended because the user asked for it. */
	boolean isCancelled() {
		return cancelled;
	}

	/** Whether the other process has come to its end by itself. */
	boolean isComplete() {
		return complete;
	}
}
