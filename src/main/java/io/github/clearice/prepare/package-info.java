/**
 * Preparation of particle stacks: cropped, padded, resampled, centred, their phases flipped, contrast inverted and
 * background normalised, with the table of the particles kept right.
 */
package io.github.clearice.prepare;
