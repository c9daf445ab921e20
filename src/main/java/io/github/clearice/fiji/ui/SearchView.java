package io.github.clearice.fiji.ui;

import io.github.clearice.train.log.TrainingListener.SearchTrial;

import java.util.List;

/**
 * A snapshot of a search for the window; empty for a training without a search.
 *
 * @param now the setting being trained; null between two trainings, and when the winner is trained to the end
 * @param others validations of the other settings
 * @param ranked the settings that were tried, the best first
 */
record SearchView(SearchTrial now, List<Curve> others, List<TriedSetting> ranked) {}
