/**
 * Three dimensions: Fourier reconstruction of particles with known poses, the
 * correlation of volumes in shells, and the search for poses.
 */
package io.github.clearice.reconstruct;
