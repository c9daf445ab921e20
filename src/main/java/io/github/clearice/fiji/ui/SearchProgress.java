package io.github.clearice.fiji.ui;

import io.github.clearice.train.log.TrainingListener.SearchTrial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The results of a search's settings so far. */
final class SearchProgress {

	private final Map<Integer, Curve> validations = new TreeMap<>();
	private final Map<Integer, TriedSetting> tried = new TreeMap<>();
	private SearchTrial now;

	/** The validations of the setting of a trial, which is trained from now on; they continue where it was left. */
	Curve begin(final SearchTrial trial) {
		now = trial;
		return validations.computeIfAbsent(trial.setting(), number -> new Curve());
	}

	void end(final SearchTrial trial, final double psnrDecibel) {
		now = null;
		tried.put(trial.setting(), new TriedSetting(trial, psnrDecibel));
	}

	/** A snapshot for the window: the settings that came furthest first, and of these the best first. */
	SearchView view() {
		final List<Curve> others = new ArrayList<>();
		validations.forEach((setting, curve) -> {
			if (now == null || now.setting() != setting) others.add(curve.copy());
		});
		final List<TriedSetting> ranked = new ArrayList<>(tried.values());
		ranked.sort(Comparator.comparingInt((TriedSetting each) -> -each.trial().round()).thenComparingDouble(each -> Double
			.isNaN(each.psnrDecibel()) ? Double.POSITIVE_INFINITY : -each.psnrDecibel()));
		return new SearchView(now, others, ranked);
	}
}
