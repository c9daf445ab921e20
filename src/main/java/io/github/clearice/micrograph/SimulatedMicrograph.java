package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;

import java.util.List;

/**
 * A micrograph of which all is known.
 *
 * @param noisy as the camera would see it, but bright particles
 * @param clean the particles alone, on the same scale
 * @param labels the number of the particle that a pixel shows, from 1, or 0
 * @param particles in the order of their numbers
 * @param thicknessNanometre of the ice
 * @param snr variance of the particles over that of all noise, in a particle's box
 * @param ctf in the middle of the ice, or null
 */
record SimulatedMicrograph(Micrograph noisy, Micrograph clean, float[] labels, List<PlacedParticle> particles,
	double thicknessNanometre, double snr, CtfParameters ctf)
{}
