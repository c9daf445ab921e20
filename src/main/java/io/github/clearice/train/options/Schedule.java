package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Map;

/**
 * How long a training runs.
 *
 * @param epochs passes over the training particles, at least 1
 * @param maximumMinutes the training ends, and its learning rate has fallen, by then; infinite for no limit
 * @param batch particles of one update, at least 1
 * @param growth images shown in each phase of a growing network, which set how long it runs at least; 0 trains it grown
 * @param earlyStop the training ends after so many validations without a gain; 0 for never
 * @param keep which weights the model has
 * @param checkpointMinutes between two checkpoints; 0 for one after every epoch
 */
public record Schedule(int epochs, double maximumMinutes, int batch, long growth, int earlyStop, WeightSelection keep,
	double checkpointMinutes)
{

	private static final long MOST_GROWTH = 1_000_000_000L;
	private static final int MOST_EPOCHS = 1_000_000;

	public Schedule {
		require(epochs >= 1 && epochs <= MOST_EPOCHS, "epochs", "1 to " + MOST_EPOCHS, epochs);
		require(maximumMinutes > 0, "minutes", "positive", maximumMinutes);
		require(batch >= 1, "batch", "at least 1", batch);
		require(growth >= 0 && growth <= MOST_GROWTH, "growth", "0 (train grown) to " + MOST_GROWTH + " images", growth);
		require(earlyStop >= 0, "earlystop", "0 (never) or more validations", earlyStop);
		require(checkpointMinutes >= 0, "checkpoint", "0 minutes (every epoch) or more", checkpointMinutes);
	}

	/** Reads what {@link #addTo} writes. */
	static Schedule of(final OptionReader read) {
		return new Schedule(read.integer("epochs"), read.real("minutes"), read.integer("batch"), read.whole(
			"growth"), read.integer("earlystop"), read.choice("keep", WeightSelection.class), read.real("checkpoint"));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("epochs", Integer.toString(epochs));
		map.put("minutes", Double.toString(maximumMinutes));
		map.put("batch", Integer.toString(batch));
		map.put("growth", Long.toString(growth));
		map.put("earlystop", Integer.toString(earlyStop));
		map.put("keep", keep.label());
		map.put("checkpoint", Double.toString(checkpointMinutes));
	}

	private static void require(final boolean holds, final String name, final String range, final Number value) {
		if (!holds) throw new ParameterException("Option " + name + " must be " + range + ", not " + value + ".");
	}

	/** Which weights of a training its model has. */
	public enum WeightSelection {

			/** The weights of the validation with the highest PSNR. */
			BEST,
			/**
			 * Those of the last update, as the published code of Gu et al. 2021 has it: they may have learnt single pairs by
			 * heart.
			 */
			LAST;

		/** The name used in commands and cards: {@code best}, {@code last}. */
		public String label() {
			return OptionReader.label(this);
		}
	}
}
