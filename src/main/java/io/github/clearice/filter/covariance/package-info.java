/**
 * The covariance Wiener filter in a steerable Fourier-Bessel basis.
 */
package io.github.clearice.filter.covariance;
