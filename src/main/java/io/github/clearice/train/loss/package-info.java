/**
 * Adversarial losses and the gradient penalty as TensorFlow graphs.
 */
package io.github.clearice.train.loss;
