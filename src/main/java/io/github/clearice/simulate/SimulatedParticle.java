package io.github.clearice.simulate;

/**
 * What is known of a simulated particle.
 *
 * @param index number in the stack, from 0
 * @param state which map it shows, from 1 as RELION counts classes
 * @param pose orientation and origin
 * @param ctf contrast transfer function, or null where it has none
 */
public record SimulatedParticle(long index, int state, Pose pose, CtfParameters ctf) {}
