package io.github.clearice.evaluate.trust;

/** Examines the removed part of the images: it should be noise, without a trace of the particle. */
final class Residual implements TrustTest {

	private static final double LIMIT = 0.3;

	@Override
	public TrustFinding run(final TrustData data) {
		final float[][] clean = data.observed(data.clean);
		final float[][] residuals = difference(data.noisy, data.observed(data.denoised));
		final float[][] taken = data.spectra(residuals), truth = data.spectra(clean);
		final float[][] known = data.spectra(difference(data.noisy, clean));
		final double[] cross = data.cross(taken, truth), power = data.cross(truth, truth);
		final double[] ratio = data.cross(taken, taken), expected = data.cross(known, known), left =
			new double[cross.length];
		double lost = 0, all = 0;
		for (int k = 1; k < left.length; k++) {
			lost += cross[k];
			all += power[k];
			left[k] = power[k] > 0 ? Math.max(-1, Math.min(2, cross[k] / power[k])) : 0;
			ratio[k] = expected[k] > 0 ? ratio[k] / expected[k] : 0;
		}
		ratio[0] = 1;
		final double value = lost / all;
		return TrustFinding.atMost("residual", "Does it remove part of the particle?", Math.abs(value), LIMIT,
			"Of the power of the particles, " + TrustFinding.percent(value) +
				" is left in the difference between noisy and denoised images. " + (Math.abs(value) <= LIMIT
					? "The rest of the difference is noise."
					: "The results lack this part of the particles.")).plot(
						"power / power of particles, or of noise",
						new TrustCurve("particle left in the difference", data.cut(left)), new TrustCurve("difference / noise", data
							.cut(ratio))).montage(new TrustFinding.Row("noisy minus denoised", TrustData.shown(residuals)));
	}

	private static float[][] difference(final float[][] first, final float[][] second) {
		final float[][] difference = new float[first.length][first[0].length];
		for (int i = 0; i < first.length; i++)
			for (int p = 0; p < difference[i].length; p++)
				difference[i][p] = first[i][p] - second[i][p];
		return difference;
	}
}
