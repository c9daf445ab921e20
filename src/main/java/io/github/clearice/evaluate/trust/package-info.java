/**
 * The trust report: where the results of a denoiser may be believed, and where it shows what it has learnt instead of
 * what was there.
 */
package io.github.clearice.evaluate.trust;
