/**
 * Comparison of denoising methods on the same particles: tables, montages, and the means to repeat
 * a study. Studies have packages of their own.
 */
package io.github.clearice.evaluate;
