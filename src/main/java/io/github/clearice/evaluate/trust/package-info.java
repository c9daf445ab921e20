/**
 * The trust report: where the results of a denoiser can be trusted, and where it shows learned detail instead of data.
 */
package io.github.clearice.evaluate.trust;
