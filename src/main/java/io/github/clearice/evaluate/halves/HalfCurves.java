package io.github.clearice.evaluate.halves;

import io.github.clearice.fourier.ShellCorrelation;

import java.util.Locale;

/**
 * How far the reconstructions of two half-sets of images agree, and how far they are true.
 *
 * @param name of the images: {@code noisy}, {@code clean}, {@code shared} or {@code split}
 * @param halves correlation between the maps of the half-sets
 * @param truth correlation of the map of all images with the true one; null where that is not known
 */
public record HalfCurves(String name, ShellCorrelation halves, ShellCorrelation truth) {

	/** A difference of resolutions that is not worth a word. */
	private static final double NEGLIGIBLE_FACTOR = 1.03;

	/** The correlation between the halves. */
	public double halvesAngstrom() {
		return halves.resolutionAngstrom(ShellCorrelation.ONE_SEVENTH);
	}

	/**
	 * The true resolution: where the correlation of the whole map with the truth falls to 0.5, as it does where
	 * independent halves correlate to 0.143 (Rosenthal and Henderson 2003); NaN if the truth is unknown.
	 */
	public double truthAngstrom() {
		return truth == null ? Double.NaN : truth.resolutionAngstrom(ShellCorrelation.HALF);
	}

	/**
	 * The correlation between halves that goes with that to the truth: {@code C^2 / (2 - C^2)}, for
	 * {@code C = sqrt(2 FSC / (1 + FSC))} where the errors of the halves are independent (Rosenthal and Henderson 2003).
	 */
	public double expected(final int shell) {
		final double c = truth == null ? Double.NaN : Math.max(0, truth.values()[shell]);
		return c * c / (2 - c * c);
	}

	/**
	 * Mean over the shells of the halves' correlation beyond that which the truth allows: their shared errors. NaN
	 * without the truth.
	 */
	public double inflation() {
		double sum = 0;
		final int shells = halves.values().length - 1;
		for (int shell = 1; shell <= shells; shell++) sum += halves.values()[shell] - expected(shell);
		return sum / shells;
	}

	/** In a sentence. */
	public String describe() {
		final String agree = String.format(Locale.ROOT, "%s: halves agree to %.2f Å", name, halvesAngstrom());
		if (truth == null) return agree + ".";
		final boolean inflated = truthAngstrom() > NEGLIGIBLE_FACTOR * halvesAngstrom();
		return String.format(Locale.ROOT, "%s, %s %.2f Å (FSC between halves %+.3f beyond what the truth allows).", agree,
			inflated ? "but the truth is reached only to" : "and the truth is reached to", truthAngstrom(), inflation());
	}
}
