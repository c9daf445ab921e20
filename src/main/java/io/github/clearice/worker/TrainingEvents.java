package io.github.clearice.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The numbers of a training as they stand in events. Those that are not finite are left out and read as NaN. */
final class TrainingEvents {

	private static final String RATIO = "gradient_ratio";

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
		if (entry.gradientRatio() != null) put(event, RATIO, entry.gradientRatio());
		return event;
	}

	static HistoryEntry entry(final JsonObject event) {
		return new HistoryEntry(value(event, "epoch").getAsInt(), value(event, "step").getAsLong(), get(event, "seconds"),
			get(event, "rate"), get(event, "loss"), get(event, "psnr"), event.has(RATIO) ? get(event, RATIO) : null);
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

	/** The events of work that is watched by a program, in the order in which they come usually. */
	enum EventName {

			/** Work begins: {@code task}, {@code total} steps, 0 where that is unknown. */
			BEGIN,
			/** {@code done} steps of {@code total}, with an optional {@code detail} of a few words. */
			PROGRESS,
			/** A training continues from update {@code step}; events of later ones are void. */
			START,
			/** Where a training stands: see {@link TrainingEvents}. */
			METRICS,
			/**
			 * The weights were tried on the held-out particles: see {@link TrainingEvents}. Some of them lie in {@code file}:
			 * see {@link PreviewFile}.
			 */
			VALIDATION,
			/** All that is needed to continue after update {@code step} lies in {@code file}. */
			CHECKPOINT,
			/**
			 * A search trains a {@code setting} of {@code settings}, with {@code options}, in a {@code round} of {@code
			 * rounds} up to {@code updates}. The events up to {@code TRIED} belong to that training.
			 */
			TRIAL,
			/**
			 * The result of a setting after a round: as {@link #TRIAL}, with {@code psnr} unless it diverged.
			 */
			TRIED,
			/** A {@code text} worth reading. */
			MESSAGE,
			/** A warning in {@code text}. */
			WARNING,
			/** The work that began last has ended. */
			END,
			/** The {@code text} that a verb ends with. */
			REPORT,
			/** Why the verb failed, in the line {@code text}; {@code cancelled} where the user asked for it. */
			ERROR,
			/** The last event: the exit {@code code} of the process. */
			EXIT;

		/** The beginning of messages that are warnings. */
		static final String WARNING_MARK = "Warning: ";

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Optional<EventName> ofWord(final String word) {
			for (final EventName name : values()) if (name.word().equals(word)) return Optional.of(name);
			return Optional.empty();
		}
	}

	/**
	 * Held-out particles on their way from a worker to a window: one MRC stack with
	 * all noisy images, then all denoised ones, then all targets.
	 */
	static final class PreviewFile {

		private static final int KINDS = 3;

		private PreviewFile() {}

		/**
		 * Writes a file of its own for each update.
		 *
		 * @throws io.github.clearice.task.OutputException if it cannot be written
		 */
		static Path write(final Path folder, final long step, final ValidationSample sample) {
			final Path file = folder.resolve(String.format(Locale.ROOT, "preview-%07d.mrcs", step));
			try (ParticleStackWriter writer = new ParticleStackWriter(file, sample.noisy().box(), sample.noisy()
				.pixelSizeAngstrom()))
			{
				for (final float[] image : sample.noisy().images()) writer.write(image);
				for (final float[] image : sample.denoised().images()) writer.write(image);
				for (final float[] image : sample.target().images()) writer.write(image);
				writer.commit();
			}
			return file;
		}

		/** @throws io.github.clearice.task.ClearIceException if it cannot be read */
		static ValidationSample read(final Path file) {
			try (MrcParticleStack stack = MrcParticleStack.open(file)) {
				final int count = stack.size() / KINDS;
				return new ValidationSample(part(stack, 0, count), part(stack, count, count), part(stack, 2 * count, count));
			}
		}

		private static ArrayParticleStack part(final MrcParticleStack stack, final int first, final int count) {
			return ArrayParticleStack.copyOf(stack, IntStream.range(first, first + count).toArray());
		}
	}
}
