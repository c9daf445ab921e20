package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.Map;

/**
 * What the network is shown of the particles.
 *
 * @param supervision what the targets are
 * @param augment how pairs are varied
 * @param fresh whether clean images get new noise in every epoch
 * @param validationShare of the particles held out to choose the best weights
 */
public record Sampling(Supervision supervision, Augmentation augment, boolean fresh, double validationShare) {

	public Sampling {
		if (!(validationShare > 0 && validationShare < 1)) throw new ParameterException(
			"Option validation must be above 0 and below 1, not " + validationShare + ".");
	}

	/** Reads what {@link #addTo} writes. */
	static Sampling of(final OptionReader read) {
		return new Sampling(read.choice("supervision", Supervision.class), read.choice("augment", Augmentation.class), read
			.flag("fresh"), read.real("validation"));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("supervision", supervision.label());
		map.put("augment", augment.label());
		map.put("fresh", Boolean.toString(fresh));
		map.put("validation", Double.toString(validationShare));
	}
}
