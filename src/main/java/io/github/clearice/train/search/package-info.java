/**
 * Hyperparameter search by successive halving.
 */
package io.github.clearice.train.search;
