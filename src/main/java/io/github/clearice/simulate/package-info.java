/**
 * Simulated cryo-EM particles: orientations, projections of maps by the Fourier
 * slice theorem in RELION's geometry, the contrast transfer function, noise, and
 * the simulation that joins them into pairs of noisy and clean images.
 */
package io.github.clearice.simulate;
