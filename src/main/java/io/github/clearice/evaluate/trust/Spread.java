package io.github.clearice.evaluate.trust;

import java.util.List;

/**
 * Compares models whose trainings differ only in their seeds.
 *
 * @param results {@code [model][particle][pixel]} of the others
 */
record Spread(List<float[][]> results) implements TrustTest {

	private static final double LIMIT = 0.1;

	@Override
	public TrustFinding run(final TrustData data) {
		final int count = data.denoised.length, pixels = data.box * data.box, models = results.size() + 1;
		final float[][] deviations = new float[count][pixels];
		double variance = 0, error = 0;
		for (int i = 0; i < count; i++) {
			for (int p = 0; p < pixels; p++) {
				double sum = data.denoised[i][p], squares = sum * sum;
				for (final float[][] other : results) {
					sum += other[i][p];
					squares += (double) other[i][p] * other[i][p];
				}
				final double here = Math.max(0, squares - sum * sum / models) / (models - 1);
				deviations[i][p] = (float) Math.sqrt(here);
				variance += here;
				error += Math.pow(data.denoised[i][p] - data.clean[i][p], 2);
			}
		}
		final double power = TrustData.meanVariance(data.clean) * count * pixels;
		final double value = variance / power;
		return TrustFinding.atMost("spread", "Do trainings agree?", value, LIMIT, models + " models differ by " +
			TrustFinding.percent(value) + " of the power of the particles; their squared error is " + TrustFinding.percent(
				error / power) + ". " + (value <= LIMIT
					? "What they agree on can still be wrong: they share their training images."
					: "What only one of them shows is chance.")).montage(new TrustFinding.Row("where trainings differ",
						TrustData.shown(deviations)));
	}
}
