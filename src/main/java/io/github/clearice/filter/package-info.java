/**
 * Denoisers that learn nothing: the baselines every network has to beat, each
 * with the paper or textbook it follows, as
 * {@link io.github.clearice.stack.Denoiser}s.
 */
package io.github.clearice.filter;
