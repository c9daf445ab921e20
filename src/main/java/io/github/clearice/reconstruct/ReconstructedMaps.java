package io.github.clearice.reconstruct;

import io.github.clearice.image.ShellCorrelation;
import io.github.clearice.image.Volume;

/**
 * What a reconstruction gives.
 *
 * @param whole the map of all particles
 * @param first the map of the first half-set, not filtered; null without half-sets
 * @param second the map of the second half-set; null without half-sets
 * @param correlation of the halves, within the sphere that touches the box; null without half-sets
 */
public record ReconstructedMaps(Volume whole, Volume first, Volume second, ShellCorrelation correlation) {}
