package io.github.clearice.train.options;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the options of cards that an earlier version wrote. */
final class EarlierOptions {

	/** What trainings did before there was a choice. */
	private static final Map<String, String> FORMER = OptionReader.parsed(OptionOrigin.PRESET + "=none " + OptionOrigin.OVERRIDDEN +
		"= lambda=1.0 pixels=mean gan=none earlystop=0 growth=0 keep=best supervision=clean fresh=false optimiser=adam");

	private EarlierOptions() {}

	/** The same options by the names and words of this version. */
	static Map<String, String> translated(final Map<String, String> card) {
		final Map<String, String> options = new LinkedHashMap<>(card);
		FORMER.forEach(options::putIfAbsent);
		options.computeIfPresent("decay", (name, word) -> flag(word, Decay.COSINE.label(), Decay.NONE.label()));
		options.computeIfPresent("augment", (name, word) -> flag(word, Augmentation.ROTATIONS.label(), Augmentation.NONE
			.label()));
		return options;
	}

	private static String flag(final String word, final String yes, final String no) {
		if (word.equals("true")) return yes;
		return word.equals("false") ? no : word;
	}
}
