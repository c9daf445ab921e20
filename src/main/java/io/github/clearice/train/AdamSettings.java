package io.github.clearice.train;

/**
 * Constants of the optimiser.
 *
 * @param beta1 decay of the mean of the gradients
 * @param beta2 decay of the mean of their squares
 * @param averageDecay decay of the running average of the weights that inference uses; 0 uses the weights themselves
 */
public record AdamSettings(float beta1, float beta2, float averageDecay) {

	public AdamSettings {
		checkDecay("beta1", beta1);
		checkDecay("beta2", beta2);
		checkDecay("averagedecay", averageDecay);
	}

	private static void checkDecay(final String name, final float value) {
		if (!(value >= 0 && value < 1)) throw new TrainingException("Option " + name + " must be at least 0 and below 1, not " +
			value + ".");
	}
}
