package io.github.clearice.simulate;

import io.github.clearice.star.RelionCtf;

/**
 * What the contrast transfer function of one particle depends on, in RELION's
 * conventions: underfocus is positive.
 *
 * @param defocusUAngstrom defocus along the major axis
 * @param defocusVAngstrom defocus along the minor axis
 * @param defocusAngleDegree direction of the major axis against x
 * @param voltageKilovolt acceleration voltage
 * @param sphericalAberrationMillimetre Cs
 * @param amplitudeContrast share of amplitude contrast Q0, 0 to 1
 * @param phaseShiftDegree phase shift of a phase plate
 * @param bFactorSquareAngstrom envelope {@code exp(-B u^2 / 4)}
 * @param scale factor of the whole function, 1 as a rule
 */
public record CtfParameters(double defocusUAngstrom, double defocusVAngstrom, double defocusAngleDegree,
	double voltageKilovolt, double sphericalAberrationMillimetre, double amplitudeContrast, double phaseShiftDegree,
	double bFactorSquareAngstrom, double scale)
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
		require(Double.isFinite(scale), "CTF scale", String.valueOf(scale), "finite, 1 as a rule");
	}

	/** The parameters in a RELION particle table. */
	public static CtfParameters of(final RelionCtf ctf) {
		return new CtfParameters(ctf.defocusUAngstrom(), ctf.defocusVAngstrom(), ctf.defocusAngleDegree(), ctf
			.voltageKilovolt(), ctf.sphericalAberrationMillimetre(), ctf.amplitudeContrast(), ctf.phaseShiftDegree(), ctf
				.bFactorSquareAngstrom(), ctf.scale());
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
		if (!holds) throw new SimulationException(what + " of the CTF is " + value + ". It must be " + remedy + ".");
	}
}
