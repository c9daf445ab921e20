/**
 * Three dimensions: Fourier reconstruction of particles with known poses, the
 * correlation of volumes in shells, masks, and refinement.
 */
package io.github.clearice.reconstruct;
