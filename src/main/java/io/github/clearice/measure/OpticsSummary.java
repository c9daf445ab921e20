package io.github.clearice.measure;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.stack.ParticleProfile.Optics;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Summarises the optics of many particles: ranges of what differs, the first of what is common to all. */
final class OpticsSummary {

	/** Simulated values lie between these quantiles of the measured list. */
	private static final double LOW_SHARE = 0.02, HIGH_SHARE = 0.98;

	private OpticsSummary() {}

	/** @param optics of the particles, at least one */
	static Optics of(final List<CtfParameters> optics) {
		final CtfParameters first = optics.get(0);
		final ObservationModel model = first.observation();
		final Magnification magnification = model.magnification();
		final double[] defoci = sorted(optics, ctf -> (ctf.defocusUAngstrom() + ctf.defocusVAngstrom()) / 2);
		final double[] astigmatisms = sorted(optics, ctf -> Math.abs(ctf.defocusUAngstrom() - ctf.defocusVAngstrom()));
		return new Optics(quantile(defoci, LOW_SHARE), quantile(defoci, HIGH_SHARE), quantile(astigmatisms, HIGH_SHARE),
			first.voltageKilovolt(), first.sphericalAberrationMillimetre(), first.amplitudeContrast(), median(optics,
				CtfParameters::phaseShiftDegree), median(optics, CtfParameters::bFactorSquareAngstrom), List.of(model
					.beamTiltXMilliradian(), model.beamTiltYMilliradian()), model.oddZernike(), model.evenZernike(),
			magnification.isNone() ? List.of() : List.of(magnification.xx(), magnification.xy(), magnification.yx(),
				magnification.yy()), model.ctfState().name().toLowerCase(Locale.ROOT));
	}

	private static double[] sorted(final List<CtfParameters> optics, final ToDoubleFunction<CtfParameters> value) {
		return optics.stream().mapToDouble(value).sorted().toArray();
	}

	private static double median(final List<CtfParameters> optics, final ToDoubleFunction<CtfParameters> value) {
		return quantile(sorted(optics, value), 0.5);
	}

	private static double quantile(final double[] sorted, final double share) {
		return sorted[(int) Math.round(share * (sorted.length - 1))];
	}
}
