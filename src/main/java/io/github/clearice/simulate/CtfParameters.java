package io.github.clearice.simulate;

import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntConsumer;

/**
 * The parameters of the contrast transfer function of one particle, in RELION's conventions: underfocus is positive.
 *
 * @param defocusUAngstrom defocus along the major axis
 * @param defocusVAngstrom defocus along the minor axis
 * @param defocusAngleDegree direction of the major axis against x
 * @param voltageKilovolt acceleration voltage
 * @param sphericalAberrationMillimetre Cs
 * @param amplitudeContrast share of amplitude contrast Q0, 0 to 1
 * @param phaseShiftDegree phase shift of a phase plate
 * @param bFactorSquareAngstrom envelope {@code exp(-B u^2 / 4)}
 * @param scale factor of the whole function, usually 1
 * @param observation other effects of the optics: aberrations, magnification, and the CTF correction applied
 */
public record CtfParameters(double defocusUAngstrom, double defocusVAngstrom, double defocusAngleDegree,
	double voltageKilovolt, double sphericalAberrationMillimetre, double amplitudeContrast, double phaseShiftDegree,
	double bFactorSquareAngstrom, double scale, ObservationModel observation)
{

	public CtfParameters {
		require(Double.isFinite(defocusUAngstrom + defocusVAngstrom + defocusAngleDegree), "Defocus",
			"(" + defocusUAngstrom + ", " + defocusVAngstrom + " Å, " + defocusAngleDegree + " degrees)", "finite");
		require(voltageKilovolt > 0 && voltageKilovolt <= 5000, "Voltage", voltageKilovolt + " kV",
			"above 0 and at most 5000, such as 300");
		require(Double.isFinite(sphericalAberrationMillimetre), "Spherical aberration", sphericalAberrationMillimetre +
			" mm", "finite, such as 2.7");
		require(amplitudeContrast >= 0 && amplitudeContrast <= 1, "Amplitude contrast", String.valueOf(amplitudeContrast),
			"0 to 1, such as 0.1");
		require(Double.isFinite(phaseShiftDegree), "Phase shift", phaseShiftDegree + " degrees", "finite");
		require(Double.isFinite(bFactorSquareAngstrom), "B factor", bFactorSquareAngstrom + " Å²", "finite");
		require(Double.isFinite(scale), "CTF scale", String.valueOf(scale), "finite, usually 1");
	}

	/** Images that differ from projections by their CTFs alone. */
	public CtfParameters(final double defocusUAngstrom, final double defocusVAngstrom, final double defocusAngleDegree,
		final double voltageKilovolt, final double sphericalAberrationMillimetre, final double amplitudeContrast,
		final double phaseShiftDegree, final double bFactorSquareAngstrom, final double scale)
	{
		this(defocusUAngstrom, defocusVAngstrom, defocusAngleDegree, voltageKilovolt, sphericalAberrationMillimetre,
			amplitudeContrast, phaseShiftDegree, bFactorSquareAngstrom, scale, ObservationModel.IDEAL);
	}

	/**
	 * The optics of particles in a table, row by row.
	 *
	 * @param withCtf whether images have their CTFs and aberrations; if not, they are projections that are distorted by
	 *          the magnification alone
	 * @return null for particles whose images are plain projections
	 * @throws io.github.clearice.task.InputException if the table has columns that change images and are not supported
	 * @throws ParameterException if a particle's CTF is asked for, but not listed
	 */
	public static List<CtfParameters> listed(final RelionParticles rows, final boolean withCtf) {
		return listed(rows, withCtf, row -> {});
	}

	/**
	 * As {@link #listed(RelionParticles, boolean)}, for tables so long that the user should see how far it is.
	 *
	 * @param each hears of each row before its optics are looked at, counted from 0
	 */
	public static List<CtfParameters> listed(final RelionParticles rows, final boolean withCtf, final IntConsumer each) {
		rows.requireKnownOptics();
		// Looked up again when they are needed: those of ten million particles would take a gigabyte.
		final List<CtfParameters> listed = new Listed(rows.particles(), withCtf);
		for (int row = 0; row < listed.size(); row++) {
			each.accept(row);
			listed.get(row);
		}
		return listed;
	}

	/** The optics of each particle of a table. */
	private static final class Listed extends AbstractList<CtfParameters> implements RandomAccess {

		private final List<RelionParticle> particles;
		private final boolean withCtf;

		Listed(final List<RelionParticle> particles, final boolean withCtf) {
			this.particles = particles;
			this.withCtf = withCtf;
		}

		@Override
		public CtfParameters get(final int row) {
			final RelionParticle particle = particles.get(row);
			return withCtf ? of(particle) : geometry(particle.observation().magnification());
		}

		@Override
		public int size() {
			return particles.size();
		}
	}

	/**
	 * The optics of a particle.
	 *
	 * @throws ParameterException if the table lists no defocus for it
	 */
	public static CtfParameters of(final RelionParticle particle) {
		if (particle.ctf() == null) throw new ParameterException("Particle " + particle.imageName() +
			" has no defocus in the STAR file. Add it, or leave the CTF out.");
		return of(particle.ctf(), particle.observation());
	}

	/** The optics that RELION's columns describe. */
	public static CtfParameters of(final RelionCtf ctf, final ObservationModel observation) {
		return new CtfParameters(ctf.defocusUAngstrom(), ctf.defocusVAngstrom(), ctf.defocusAngleDegree(), ctf
			.voltageKilovolt(), ctf.sphericalAberrationMillimetre(), ctf.amplitudeContrast(), ctf.phaseShiftDegree(), ctf
				.bFactorSquareAngstrom(), ctf.scale(), observation);
	}

	/** Distorted projections, without CTF and aberrations; null without distortion. */
	public static CtfParameters geometry(final Magnification magnification) {
		return magnification.isNone() ? null : new CtfParameters(0, 0, 0, 300, 0, 0, 0, 0, 1, new ObservationModel(0, 0,
			List.of(), List.of(), magnification, CtfState.CORRECTED));
	}

	/** The magnification of images with these optics, which may be null. */
	public static Magnification magnification(final CtfParameters parameters) {
		return parameters == null ? Magnification.NONE : parameters.observation().magnification();
	}

	/** The parameters that particles of one optics group share; the others are 0, or 1 for the scale. */
	CtfParameters ofGroup() {
		return new CtfParameters(0, 0, 0, voltageKilovolt, sphericalAberrationMillimetre, amplitudeContrast, 0, 0, 1,
			observation);
	}

	/** The same with another defocus. */
	public CtfParameters withDefocus(final double uAngstrom, final double vAngstrom) {
		return new CtfParameters(uAngstrom, vAngstrom, defocusAngleDegree, voltageKilovolt, sphericalAberrationMillimetre,
			amplitudeContrast, phaseShiftDegree, bFactorSquareAngstrom, scale, observation);
	}

	/** The same optics of other images. */
	public CtfParameters with(final ObservationModel other) {
		return new CtfParameters(defocusUAngstrom, defocusVAngstrom, defocusAngleDegree, voltageKilovolt,
			sphericalAberrationMillimetre, amplitudeContrast, phaseShiftDegree, bFactorSquareAngstrom, scale, other);
	}

	/** For a RELION particle table. */
	public RelionCtf toRelion() {
		return new RelionCtf(voltageKilovolt, sphericalAberrationMillimetre, amplitudeContrast, defocusUAngstrom,
			defocusVAngstrom, defocusAngleDegree, phaseShiftDegree, bFactorSquareAngstrom, scale);
	}

	/** The relativistic wavelength of the electrons in Å. */
	public double wavelengthAngstrom() {
		final double volt = 1000 * voltageKilovolt;
		return 12.2643247 / Math.sqrt(volt * (1 + 0.978466e-6 * volt));
	}

	private static void require(final boolean holds, final String what, final String value, final String remedy) {
		if (!holds) throw new ParameterException(what + " of the CTF is " + value + ". It must be " + remedy + ".");
	}
}
