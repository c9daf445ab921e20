package io.github.clearice.evaluate.trust;

import java.util.Locale;

/** Correlates results with the truth, ring by ring. */
final class Resolution implements TrustTest {

	@Override
	public TrustFinding run(final TrustData data) {
		final double[] raw = data.correlation(data.matched(data.noisy), data.clean);
		final double[] denoised = data.correlation(data.denoised, data.clean);
		final double before = data.resolutionAngstrom(raw), after = data.resolutionAngstrom(denoised);
		return TrustFinding.atMost("resolution", "To which resolution are results right?", after, before, String.format(
			Locale.ROOT, "Results correlate with the truth by 0.5 or more to %.1f Å; the noisy images%s do so to %.1f" +
				" Å, and so does any radial filter, such as Wiener's," +
				" which does not change ring correlations. %s", after, data
				.corrected
					? ", multiplied by their CTFs" : "", before, after <= before ? String.format(Locale.ROOT,
						"Trust nothing finer than %.1f Å.", after)
						: "The noisy images themselves are better: do not use this model here.")).plot(
							TrustCurve.CORRELATION,
							new TrustCurve("noisy", data.cutBelowHalf(raw)), new TrustCurve("denoised",
								data.cutBelowHalf(denoised))).montage(
								new TrustFinding.Row("noisy", TrustData.shown(data.noisy)), new TrustFinding.Row("denoised", TrustData
									.shown(data.denoised)), new TrustFinding.Row("truth", TrustData.shown(data.clean)));
	}
}
