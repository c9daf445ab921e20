/**
 * Stacks of particle images: in memory or in MRC files, alone or chosen by a
 * RELION STAR file; pairs of noisy and clean stacks, seeded splits, writing and
 * streaming through a {@link io.github.clearice.stack.Denoiser}.
 */
package io.github.clearice.stack;
