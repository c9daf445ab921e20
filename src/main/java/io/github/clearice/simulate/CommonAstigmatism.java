package io.github.clearice.simulate;

import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

/**
 * The astigmatism that the particles of a stack have in common: the mean of
 * {@code (defocusU - defocusV) exp(2 i angle)}. Where directions differ from one
 * micrograph to the next it is small, and particles may be turned in their plane
 * like any others.
 *
 * @param differenceAngstrom difference of the defocus along the axes of the mean
 * @param angleDegree direction of the larger one, 0 to 180
 * @param typicalAngstrom mean difference of the particles themselves
 * @param wavelengthAngstrom of the electrons
 */
public record CommonAstigmatism(double differenceAngstrom, double angleDegree, double typicalAngstrom,
	double wavelengthAngstrom)
{

	/** Directions that differ by chance leave less of the particles' own astigmatism. */
	private static final double COMMON_SHARE = 0.5;

	/** A quarter turn then takes a maximum of the CTF to a zero. */
	private static final double LARGEST_PHASE = Math.PI / 2;

	/** The astigmatism that particles have in common; none without CTFs. */
	public static CommonAstigmatism of(final RelionParticles particles) {
		double along = 0, oblique = 0, typical = 0, wavelength = 0;
		int count = 0;
		for (final RelionParticle particle : particles.particles()) {
			final RelionCtf ctf = particle.ctf();
			if (ctf == null) continue;
			final double difference = ctf.defocusUAngstrom() - ctf.defocusVAngstrom();
			final double twice = 2 * Math.toRadians(ctf.defocusAngleDegree());
			along += difference * Math.cos(twice);
			oblique += difference * Math.sin(twice);
			typical += Math.abs(difference);
			wavelength += CtfParameters.of(ctf, particle.observation()).wavelengthAngstrom();
			count++;
		}
		if (count == 0) return new CommonAstigmatism(0, 0, 0, 0);
		final double angle = Math.toDegrees(Math.atan2(oblique, along)) / 2;
		return new CommonAstigmatism(Math.hypot(along, oblique) / count, (angle + 180) % 180, typical / count, wavelength /
			count);
	}

	/**
	 * Whether turned particles would differ from all others: at half the Nyquist
	 * frequency, below which most of the signal lies, a quarter turn changes the phase
	 * of the CTF by more than a quarter period.
	 */
	public boolean matters(final double pixelSizeAngstrom) {
		final double frequency = 1 / (4 * pixelSizeAngstrom);
		return differenceAngstrom > COMMON_SHARE * typicalAngstrom && Math.PI * wavelengthAngstrom * differenceAngstrom *
			frequency * frequency > LARGEST_PHASE;
	}
}
