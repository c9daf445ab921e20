package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;

/**
 * A particle of a simulated micrograph.
 *
 * @param x pixel of its middle, counted from 0 and with a fraction, as RELION's {@code rlnCoordinateX}
 * @param y as {@code rlnCoordinateY}
 * @param state which map it shows, from 0
 * @param orientation from which side it is seen
 * @param ctf with the defocus at its height in the ice, or null where there is none
 */
public record PlacedParticle(double x, double y, int state, Orientation orientation, CtfParameters ctf) {}
