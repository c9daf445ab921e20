/**
 * Training of denoisers: the training graph, the training loop and its checkpoints. Options,
 * data, losses, optimizers, hyperparameter search and logs have packages of their own.
 */
package io.github.clearice.train;
