/**
 * The optimizers Adam and Muon as TensorFlow graphs, and loss scaling for float16.
 */
package io.github.clearice.train.optimizer;
