package io.github.clearice.simulate;

import io.github.clearice.star.RelionParticle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Particles in groups of nearly equal contrast transfer functions, astigmatism left
 * out: each group has the mean defocus of its particles.
 *
 * @param groupOf the group of each particle
 * @param parameters of each group
 * @param pixelSizeAngstrom of the particles
 */
public record CtfGroups(int[] groupOf, List<CtfParameters> parameters, double pixelSizeAngstrom) {

	/** A defocus off by less than what turns the phase by this at half a period in two pixels is as good. */
	private static final double PHASE_RADIAN = 0.2;

	/**
	 * Groups the particles of a table, all of which have a CTF.
	 *
	 * @param mostGroups defoci are taken together in wider steps until there are at most so many, where microscopes
	 *          and phase shifts allow it
	 * @throws SimulationException if a particle has no CTF
	 */
	public static CtfGroups of(final List<RelionParticle> particles, final double pixelSizeAngstrom,
		final int mostGroups)
	{
		for (final RelionParticle particle : particles) if (particle.ctf() == null) throw new SimulationException(
			"Particle " + particle.imageName() + " has no defocus. Estimate the CTFs of all particles, or leave CTFs out.");
		double step = 0;
		for (final RelionParticle particle : particles) step = Math.max(step, 2 * PHASE_RADIAN / (Math.PI * CtfParameters.of(
			particle.ctf()).wavelengthAngstrom()) * Math.pow(2 * pixelSizeAngstrom, 2));
		Map<CtfParameters, List<Integer>> members = members(particles, step);
		for (int doublings = 0; members.size() > mostGroups && doublings < 20; doublings++) members = members(particles,
			step *= 2);
		final int[] groupOf = new int[particles.size()];
		final List<CtfParameters> parameters = new ArrayList<>();
		for (final Map.Entry<CtfParameters, List<Integer>> group : members.entrySet()) {
			double defocus = 0;
			for (final int index : group.getValue()) {
				groupOf[index] = parameters.size();
				defocus += meanDefocus(particles.get(index)) / group.getValue().size();
			}
			parameters.add(withDefocus(group.getKey(), defocus));
		}
		return new CtfGroups(groupOf, parameters, pixelSizeAngstrom);
	}

	/** The amplitude that a group passes at a frequency in periods a pixel. */
	public double amplitude(final int group, final double frequencyPerPixel) {
		return Ctf.withoutAstigmatism(parameters.get(group), frequencyPerPixel / pixelSizeAngstrom);
	}

	private static Map<CtfParameters, List<Integer>> members(final List<RelionParticle> particles, final double step) {
		final Map<CtfParameters, List<Integer>> members = new LinkedHashMap<>();
		for (int i = 0; i < particles.size(); i++) {
			final double rounded = step * Math.rint(meanDefocus(particles.get(i)) / step);
			members.computeIfAbsent(withDefocus(CtfParameters.of(particles.get(i).ctf()), rounded), key -> new ArrayList<>())
				.add(i);
		}
		return members;
	}

	private static double meanDefocus(final RelionParticle particle) {
		return (particle.ctf().defocusUAngstrom() + particle.ctf().defocusVAngstrom()) / 2;
	}

	private static CtfParameters withDefocus(final CtfParameters ctf, final double defocusAngstrom) {
		return new CtfParameters(defocusAngstrom, defocusAngstrom, 0, ctf.voltageKilovolt(), ctf
			.sphericalAberrationMillimetre(), ctf.amplitudeContrast(), ctf.phaseShiftDegree(), ctf.bFactorSquareAngstrom(), ctf
				.scale());
	}
}
