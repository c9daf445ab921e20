package io.github.clearice.fiji.ui;

import io.github.clearice.train.log.TrainingListener.SearchTrial;

/**
 * A setting of a search after its last round so far.
 *
 * @param psnrDecibel of the validation; NaN where the training diverged
 */
record TriedSetting(SearchTrial trial, double psnrDecibel) {}
