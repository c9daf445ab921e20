package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.util.SplittableRandom;

/**
 * Draws a contrast transfer function for each particle: the mean defocus uniform
 * between two limits, the astigmatism {@code defocusU - defocusV} uniform from 0
 * to its limit, in any direction; the rest the same for all.
 *
 * @param minimumDefocusAngstrom least mean defocus, underfocus positive
 * @param maximumDefocusAngstrom largest mean defocus
 * @param maximumAstigmatismAngstrom largest difference between the two axes
 * @param voltageKilovolt acceleration voltage
 * @param sphericalAberrationMillimetre Cs
 * @param amplitudeContrast share of amplitude contrast, 0 to 1
 * @param phaseShiftDegree phase shift of a phase plate
 * @param bFactorSquareAngstrom envelope {@code exp(-B u^2 / 4)}
 */
public record DefocusRange(double minimumDefocusAngstrom, double maximumDefocusAngstrom,
	double maximumAstigmatismAngstrom, double voltageKilovolt, double sphericalAberrationMillimetre,
	double amplitudeContrast, double phaseShiftDegree, double bFactorSquareAngstrom) implements CtfSource
{

	/** Nobody records this close to focus; the value was meant in micrometres. */
	private static final double LEAST_PLAUSIBLE_ANGSTROM = 100;

	public DefocusRange {
		if (!(minimumDefocusAngstrom <= maximumDefocusAngstrom) || Double.isInfinite(maximumDefocusAngstrom -
			minimumDefocusAngstrom)) throw new ParameterException("The defocus range is " + minimumDefocusAngstrom + " to " +
				maximumDefocusAngstrom + " Å. The first must not be larger than the second, such as 10000 to 25000.");
		if (!(maximumAstigmatismAngstrom >= 0) || Double.isInfinite(maximumAstigmatismAngstrom))
			throw new ParameterException("The largest astigmatism is " + maximumAstigmatismAngstrom +
				" Å. It must be 0 or more, such as 500.");
		if (maximumDefocusAngstrom > 0 && maximumDefocusAngstrom < LEAST_PLAUSIBLE_ANGSTROM) throw new ParameterException(
			"The largest defocus is " + maximumDefocusAngstrom + " Å. Give Å, not µm: 1 µm is 10000.");
		// Refuses the rest here, not when the first particle is drawn.
		new CtfParameters(minimumDefocusAngstrom, maximumDefocusAngstrom, 0, voltageKilovolt,
			sphericalAberrationMillimetre, amplitudeContrast, phaseShiftDegree, bFactorSquareAngstrom, 1);
	}

	/** A 300 kV microscope with Cs 2.7 mm, 10 % amplitude contrast, defocus 1 to 2.5 µm, astigmatism up to 50 nm. */
	public static DefocusRange typical() {
		return new DefocusRange(10_000, 25_000, 500, 300, 2.7, 0.1, 0, 0);
	}

	@Override
	public CtfParameters draw(final long index, final SplittableRandom random) {
		final double mean = between(minimumDefocusAngstrom, maximumDefocusAngstrom, random);
		final double half = between(0, maximumAstigmatismAngstrom, random) / 2;
		return new CtfParameters(mean + half, mean - half, random.nextDouble(180), voltageKilovolt,
			sphericalAberrationMillimetre, amplitudeContrast, phaseShiftDegree, bFactorSquareAngstrom, 1);
	}

	private static double between(final double low, final double high, final SplittableRandom random) {
		return low + (high - low) * random.nextDouble();
	}
}
