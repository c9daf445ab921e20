package io.github.clearice.reconstruct;

import io.github.clearice.reconstruct.pose.PointGroup;

/**
 * How particles are reconstructed.
 *
 * @param symmetry of the particle
 * @param ctf whether the images have the contrast transfer functions that their table lists
 * @param halves whether two half-sets are reconstructed too; they give the spectral signal-to-noise ratio for the
 *          Wiener filter of the whole map
 */
public record ReconstructionOptions(PointGroup symmetry, boolean ctf, boolean halves) {}
