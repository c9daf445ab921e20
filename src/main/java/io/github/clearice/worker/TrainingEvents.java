package io.github.clearice.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;

/** The numbers of a training as they stand in events. Those that are not finite are left out and read as NaN. */
final class TrainingEvents {

	private TrainingEvents() {}

	/** @return the event, with all of a training's progress in it; times in seconds, the validation in dB */
	static JsonObject metrics(final JsonObject event, final TrainingProgress now) {
		event.addProperty("step", now.step());
		event.addProperty("total", now.totalSteps());
		event.addProperty("epoch", now.epoch());
		event.addProperty("epochs", now.epochs());
		put(event, "seconds", now.seconds());
		put(event, "rate", now.learningRate());
		put(event, "loss", now.loss());
		put(event, "pixel", now.report().pixelLoss());
		event.addProperty("adversary", now.report().hasAdversary());
		put(event, "adversarial", now.report().adversarialLoss());
		put(event, "real", now.report().realScore());
		put(event, "fake", now.report().fakeScore());
		put(event, "penalty", now.report().penalty());
		put(event, "psnr", now.validationPsnrDecibel());
		put(event, "images_per_second", now.imagesPerSecond());
		put(event, "seconds_left", now.secondsLeft());
		return event;
	}

	static TrainingProgress progress(final JsonObject event) {
		final StepReport report = new StepReport(get(event, "pixel"), value(event, "adversary").getAsBoolean(), get(event,
			"adversarial"), get(event, "real"), get(event, "fake"), get(event, "penalty"));
		return new TrainingProgress(value(event, "step").getAsLong(), value(event, "total").getAsLong(), value(event,
			"epoch").getAsInt(), value(event, "epochs").getAsInt(), get(event, "seconds"), get(event, "rate"), get(event,
				"loss"), report, get(event, "psnr"), get(event, "images_per_second"), get(event, "seconds_left"));
	}

	/** @return the event, with a validation in it */
	static JsonObject validation(final JsonObject event, final HistoryEntry entry) {
		event.addProperty("epoch", entry.epoch());
		event.addProperty("step", entry.step());
		put(event, "seconds", entry.seconds());
		put(event, "rate", entry.learningRate());
		put(event, "loss", entry.trainingLoss());
		put(event, "psnr", entry.validationPsnrDecibel());
		return event;
	}

	static HistoryEntry entry(final JsonObject event) {
		return new HistoryEntry(value(event, "epoch").getAsInt(), value(event, "step").getAsLong(), get(event, "seconds"),
			get(event, "rate"), get(event, "loss"), get(event, "psnr"));
	}

	/** @return the event, with a training of a search in it */
	static JsonObject trial(final JsonObject event, final SearchTrial trial) {
		event.addProperty("setting", trial.setting());
		event.addProperty("settings", trial.settings());
		event.addProperty("round", trial.round());
		event.addProperty("rounds", trial.rounds());
		event.addProperty("updates", trial.updates());
		event.addProperty("options", trial.options());
		return event;
	}

	/** As {@link #trial(JsonObject, SearchTrial)}, with how good it is, in dB. */
	static JsonObject tried(final JsonObject event, final SearchTrial trial, final double psnrDecibel) {
		put(event, "psnr", psnrDecibel);
		return trial(event, trial);
	}

	static SearchTrial trial(final JsonObject event) {
		return new SearchTrial(value(event, "setting").getAsInt(), value(event, "settings").getAsInt(), value(event,
			"round").getAsInt(), value(event, "rounds").getAsInt(), value(event, "updates").getAsLong(), value(event,
				"options").getAsString());
	}

	/** In dB. */
	static double psnr(final JsonObject event) {
		return get(event, "psnr");
	}

	private static void put(final JsonObject event, final String name, final double value) {
		if (Double.isFinite(value)) event.addProperty(name, value);
	}

	/**
	 * A value that an event must have.
	 *
	 * @throws JsonParseException if it lacks it
	 */
	static JsonElement value(final JsonObject event, final String name) {
		final JsonElement value = event.get(name);
		if (value == null) throw new JsonParseException("The event has no " + name);
		return value;
	}

	private static double get(final JsonObject event, final String name) {
		final JsonElement value = event.get(name);
		return value == null ? Double.NaN : value.getAsDouble();
	}
}
