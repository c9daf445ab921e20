package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Pose;

import java.io.Serializable;

/**
 * The pose at which a projection of the map is most like a particle.
 *
 * @param pose orientation, and offset: the picture moves by its negative
 * @param score normalised cross-correlation of particle and projection within the band, -1 to 1
 * @param confidence probability, 0 to 1, that the orientation is this one to within 15 degrees, if the particle is the
 * map's
 */
public record PoseMatch(Pose pose, double score, double confidence) implements Serializable {}
