package io.github.clearice.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a listener what an {@link EventWriter} in another process has written.
 * Lines that are no events, and events that are not known, are passed over.
 */
final class EventReader {

	private static final ArrayParticleStack NO_IMAGES = new ArrayParticleStack("none", 1, Double.NaN, new float[0][]);

	private final TrainingListener listener;
	/** Who hears of a training: of one that a search tries, another than of the search. */
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
		final JsonObject event;
		final Optional<EventName> name;
		try {
			final JsonElement parsed = JsonParser.parseString(line);
			if (!parsed.isJsonObject() || !parsed.getAsJsonObject().has("event")) return;
			event = parsed.getAsJsonObject();
			name = EventName.ofWord(event.get("event").getAsString());
		}
		catch (final JsonParseException | IllegalStateException | UnsupportedOperationException e) {
			// A library has written into the output.
			return;
		}
		name.ifPresent(known -> send(known, event));
	}

	private void send(final EventName name, final JsonObject event) {
		switch (name) {
			case BEGIN -> listener.begin(text(event, "task"), event.get("total").getAsLong());
			case PROGRESS -> progress(event);
			case START -> training.startedAt(event.get("step").getAsLong());
			case METRICS -> training.updated(TrainingEvents.progress(event));
			case VALIDATION -> training.validated(TrainingEvents.entry(event), preview(event));
			case TRIAL -> training = listener.trial(TrainingEvents.trial(event));
			case TRIED -> {
				training = listener;
				listener.tried(TrainingEvents.trial(event), TrainingEvents.psnr(event));
			}
			case CHECKPOINT -> listener.checkpointed(event.get("step").getAsLong(), Path.of(text(event, "file")));
			case MESSAGE, WARNING -> listener.message(text(event, "text"));
			case END -> listener.end();
			case REPORT -> report = text(event, "text");
			case ERROR -> {
				error = text(event, "text");
				cancelled = event.get("cancelled").getAsBoolean();
			}
			case EXIT -> complete = true;
		}
	}

	private void progress(final JsonObject event) {
		final long done = event.get("done").getAsLong();
		if (event.has("detail")) listener.progress(done, text(event, "detail"));
		else listener.progress(done);
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
		return event.get(name).getAsString();
	}

	/** What the verb ended with; empty where it has said nothing. */
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
