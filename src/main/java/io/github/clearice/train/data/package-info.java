/**
 * Pairs of noisy images and targets, how they are split, sampled and put into batches.
 */
package io.github.clearice.train.data;
