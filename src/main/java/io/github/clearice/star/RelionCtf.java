package io.github.clearice.star;

/**
 * The contrast transfer function of a particle, in RELION's conventions:
 * underfocus is positive, the defocus angle is that of {@code defocusU} against
 * the x axis.
 *
 * @param voltageKilovolt acceleration voltage
 * @param sphericalAberrationMillimetre Cs
 * @param amplitudeContrast share of amplitude contrast, 0 to 1
 * @param defocusUAngstrom defocus along the major axis
 * @param defocusVAngstrom defocus along the minor axis
 * @param defocusAngleDegree direction of the major axis
 * @param phaseShiftDegree phase shift of a phase plate
 * @param bFactorSquareAngstrom envelope {@code exp(-B u^2 / 4)}
 * @param scale factor of the whole function
 */
public record RelionCtf(double voltageKilovolt, double sphericalAberrationMillimetre, double amplitudeContrast,
	double defocusUAngstrom, double defocusVAngstrom, double defocusAngleDegree, double phaseShiftDegree,
	double bFactorSquareAngstrom, double scale)
{}
