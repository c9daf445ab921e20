package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;

import java.util.List;

/**
 * A simulated micrograph with its ground truth.
 *
 * @param noisy as the camera would see it, but bright particles
 * @param clean the particles alone, on the same scale
 * @param labels the number of the particle that a pixel shows, from 1, or 0
 * @param particles in the order of their numbers
 * @param thicknessNanometre of the ice
 * @param snr variance of the particles over that of all noise, in a particle's box
 * @param ctf in the middle of the ice, or null
 */
record SimulatedMicrograph(Micrograph noisy, Micrograph clean, float[] labels, List<Particle> particles,
	double thicknessNanometre, double snr, CtfParameters ctf)
{

	/**
	 * A particle of a simulated micrograph.
	 *
	 * @param x pixel of its middle, counted from 0 and with a fraction, as RELION's {@code rlnCoordinateX}
	 * @param y as {@code rlnCoordinateY}
	 * @param state which map it shows, from 0
	 * @param orientation from which side it is seen
	 * @param ctf with the defocus at its height in the ice, or null if there is none
	 */
	public record Particle(double x, double y, int state, Orientation orientation, CtfParameters ctf) {}
}
