package io.github.clearice.train.log;

import io.github.clearice.stack.ArrayParticleStack;

/**
 * The same few held-out particles at each validation, to be looked at.
 *
 * @param noisy as they came
 * @param denoised by the weights that were validated
 * @param target what they are compared with: the truth, where it is known
 */
public record ValidationSample(ArrayParticleStack noisy, ArrayParticleStack denoised, ArrayParticleStack target) {}
