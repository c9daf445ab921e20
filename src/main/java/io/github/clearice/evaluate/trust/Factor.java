package io.github.clearice.evaluate.trust;

/**
 * Gives the model the same particles with a factor bound that it has never seen (Su et al. 2018, Fig. 5): is the factor
 * there in the results, and is it not where it is not bound?
 *
 * @param noisy {@code [particle][pixel]} of the complex with the factor, in the same views as the particles without
 * @param clean the same without noise
 */
record Factor(float[][] noisy, float[][] clean) implements TrustTest {

	private static final double LIMIT = 0.5;

	@Override
	public TrustFinding run(final TrustData data) {
		final float[][] bound = data.denoise(noisy), truth = data.truth(clean);
		double shown = 0, mistaken = 0, all = 0;
		for (int i = 0; i < noisy.length; i++) {
			for (int p = 0; p < bound[i].length; p++) {
				final double factor = truth[i][p] - data.clean[i][p];
				all += factor * factor;
				shown += factor * (bound[i][p] - data.denoised[i][p]);
				mistaken += factor * (data.denoised[i][p] - data.clean[i][p]);
			}
		}
		final double recovered = shown / all, invented = mistaken / all;
		return TrustFinding.atLeast("factor", "Does it show what it has not learned?", recovered, LIMIT,
			"Of the density of the unknown factor, " + TrustFinding.percent(recovered) + " appears where it is bound, and " +
				TrustFinding.percent(invented) + " where it is not. " + (recovered >= LIMIT
					? "It shows new density, but too faint."
					: "It hides what it has not learned, so a factor that is missing from its results proves nothing.")).montage(
						new TrustFinding.Row("truth with the factor", TrustData.shown(truth)), new TrustFinding.Row("denoised",
							TrustData
							.shown(bound)), new TrustFinding.Row("without the factor", TrustData.shown(data.denoised)));
	}
}
