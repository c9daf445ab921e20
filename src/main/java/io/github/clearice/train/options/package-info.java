/**
 * The options of a training: immutable records with their defaults and presets, read from and
 * written to names and values. Free of TensorFlow.
 */
package io.github.clearice.train.options;
