package io.github.clearice.reproduce;

import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;

import java.nio.file.Path;

import org.apache.commons.math3.stat.StatUtils;

/**
 * What denoised images show of a factor that is bound in some particles, in the same views with and without it.
 * <p>
 * The density of the factor in a view is the clean image with it less the clean image without it. A share is the part
 * of that density which a result holds: its product with the density over the square of the density; 1 where it is all
 * there, 0 where nothing is.
 *
 * @param shown share, by view, by which results with and without the factor differ
 * @param invented share, by view, that is in results for particles without the factor
 * @param outside squared error where the factor is not, over all views, of results with the factor
 */
record FactorScores(double[] shown, double[] invented, double outside) {

	/** Pixels with less than this part of the factor's greatest density are outside. */
	private static final double OUTSIDE = 0.05;

	/** Measures results of one method, {@code without} and {@code with} the factor. */
	static FactorScores of(final Path cleanWithout, final Path cleanWith, final Path without, final Path with) {
		try (ParticleStack apo = MrcParticleStack.open(cleanWithout);
				ParticleStack bound = MrcParticleStack.open(cleanWith);
				ParticleStack apoResult = MrcParticleStack.open(without);
				ParticleStack boundResult = MrcParticleStack.open(with))
		{
			final double[] shown = new double[apo.size()], invented = new double[apo.size()];
			final int pixels = apo.box() * apo.box();
			final float[] a = new float[pixels], b = new float[pixels], da = new float[pixels], db = new float[pixels];
			double outside = 0;
			for (int view = 0; view < apo.size(); view++) {
				apo.read(view, a);
				bound.read(view, b);
				apoResult.read(view, da);
				boundResult.read(view, db);
				double square = 0, greatest = 0;
				for (int p = 0; p < pixels; p++) {
					final double factor = b[p] - a[p];
					square += factor * factor;
					greatest = Math.max(greatest, Math.abs(factor));
					shown[view] += factor * (db[p] - da[p]);
					invented[view] += factor * (da[p] - a[p]);
				}
				for (int p = 0; p < pixels; p++) if (Math.abs(b[p] - a[p]) < OUTSIDE * greatest) outside += (db[p] - b[p]) *
					(db[p] - b[p]);
				shown[view] /= square;
				invented[view] /= square;
			}
			return new FactorScores(shown, invented, outside);
		}
	}

	double medianShown() {
		return StatUtils.percentile(shown, 50);
	}

	/** The share, by view, that this method puts where the factor is not, beyond what another does. */
	double[] inventedBeyond(final FactorScores other) {
		final double[] beyond = new double[invented.length];
		for (int view = 0; view < beyond.length; view++) beyond[view] = invented[view] - other.invented[view];
		return beyond;
	}

	/** Median and, in brackets, the range of eight views in ten. */
	static String range(final double[] shares) {
		return Finding.number(StatUtils.percentile(shares, 50), 2) + " (" + Finding.number(StatUtils.percentile(shares, 10),
			2) + " to " + Finding.number(StatUtils.percentile(shares, 90), 2) + ")";
	}
}
