/**
 * Orientations and origins of particles: grids of directions, point groups, projection matching against a map, the
 * posterior over poses, and errors against known poses.
 */
package io.github.clearice.reconstruct.pose;
