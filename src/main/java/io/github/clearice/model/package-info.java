/**
 * The model file: weights and the card that describes them, and the denoiser
 * that applies them to particles.
 */
package io.github.clearice.model;
