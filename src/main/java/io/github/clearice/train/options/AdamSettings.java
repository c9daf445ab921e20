package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Map;

/**
 * Constants of the optimiser.
 *
 * @param optimiser of the generator
 * @param beta1 decay of the mean of the gradients in Adam
 * @param beta2 decay of the mean of their squares
 * @param averageDecay decay of the running average of the weights that inference uses; 0 uses the weights themselves
 */
public record AdamSettings(Optimiser optimiser, float beta1, float beta2, float averageDecay) {

	public AdamSettings {
		checkDecay("beta1", beta1);
		checkDecay("beta2", beta2);
		checkDecay("average", averageDecay);
	}

	/** Reads what {@link #addTo} writes. */
	static AdamSettings of(final OptionReader read) {
		return new AdamSettings(read.choice("optimiser", Optimiser.class), (float) read.real("beta1"), (float) read.real(
			"beta2"), (float) read.real("average"));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("optimiser", optimiser.label());
		map.put("beta1", Float.toString(beta1));
		map.put("beta2", Float.toString(beta2));
		map.put("average", Float.toString(averageDecay));
	}

	private static void checkDecay(final String name, final float value) {
		if (!(value >= 0 && value < 1)) throw new ParameterException("Option " + name +
			" must be at least 0 and below 1, not " + value + ".");
	}

	/** How the weights of the generator descend; a discriminator always ascends by Adam. */
	public enum Optimiser {
		/** Kingma and Ba 2015. */
		ADAM,
		/** {@code Muon} for kernels, Adam at the same rate for all other variables. */
		MUON;

		/** The name used in commands and cards: {@code adam}, {@code muon}. */
		public String label() {
			return OptionReader.label(this);
		}
	}
}
