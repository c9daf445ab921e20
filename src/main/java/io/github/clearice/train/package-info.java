/**
 * Training of denoisers: options, losses, the training graph, the loop and its
 * checkpoints.
 */
package io.github.clearice.train;
