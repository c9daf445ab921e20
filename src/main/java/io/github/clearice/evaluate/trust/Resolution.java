package io.github.clearice.evaluate.trust;

import io.github.clearice.fourier.ShellCorrelation;

import java.util.List;
import java.util.Locale;

/** Correlates results with the truth, ring by ring. */
final class Resolution implements TrustTest {

	@Override
	public TrustFinding run(final TrustData data) {
		final double[] raw = data.correlation(data.noisy, data.clean);
		final double[] denoised = data.correlation(data.denoised, data.clean);
		final double before = new ShellCorrelation(data.box, data.pixelSizeAngstrom, raw).resolutionAngstrom(
			ShellCorrelation.HALF);
		final double after = new ShellCorrelation(data.box, data.pixelSizeAngstrom, denoised).resolutionAngstrom(
			ShellCorrelation.HALF);
		return TrustFinding.atMost("resolution", "To which detail are results right?", after, before, String.format(
			Locale.ROOT,
			"Results correlate with the truth by 0.5 or more to %.1f Å; the noisy images, and with them any radial" +
				" filter such as Wiener's, which leaves ring correlations as they are, to %.1f Å. %s", after, before,
			after <= before ? "Trust nothing finer than " + String.format(Locale.ROOT, "%.1f Å.", after)
				: "The noisy images themselves are better: do not use this model here."), List.of(new TrustCurve("noisy", raw),
					new TrustCurve("denoised", denoised)), List.of(new TrustFinding.Row("noisy", TrustData.shown(data.noisy)),
						new TrustFinding.Row("denoised", TrustData.shown(data.denoised)), new TrustFinding.Row("truth", TrustData
							.shown(data.clean))));
	}
}
