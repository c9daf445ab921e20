/**
 * How good images are against a reference: mean squared error, peak
 * signal-to-noise ratio, structural similarity, signal-to-noise ratio and Fourier
 * ring correlation, for single images and whole stacks, as tables and pictures.
 * <p>
 * Unless a fixed range is asked for, each reference is scaled to [0, 1] by its
 * own minimum and maximum and the image by the same affine map, as in Gu et al.
 * 2021, so that figures of stacks on any scale can be compared.
 */
package io.github.clearice.metrics;
