package io.github.clearice.model;

import io.github.clearice.network.VariableSet.Weight;

import java.util.List;
import java.util.Map;

/**
 * The state, beside the card, that a training needs to continue where it stopped.
 *
 * @param state numbers and words by name, such as the step
 * @param variables arrays by group: weights, their average, the optimiser's moments
 */
public record Checkpoint(Map<String, String> state, Map<String, List<Weight>> variables) {}
