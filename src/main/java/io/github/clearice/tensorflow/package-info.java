/**
 * The TensorFlow runtime, the devices and GPU libraries it uses, and the precision it computes
 * in. Knows nothing of networks.
 */
package io.github.clearice.tensorflow;
