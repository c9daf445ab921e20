package io.github.clearice.simulate;

import io.github.clearice.star.ObservationModel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Particles in groups of nearly equal contrast transfer functions, astigmatism left
 * out: each group has the mean defocus, phase shift, B factor and scale of its particles.
 *
 * @param groupOf the group of each particle
 * @param parameters of each group
 * @param pixelSizeAngstrom of the particles
 */
public record CtfGroups(int[] groupOf, List<CtfParameters> parameters, double pixelSizeAngstrom) {

	/** A phase off by this, at half a period in two pixels, is as good. */
	private static final double PHASE_RADIAN = 0.2;

	/** So is an amplitude off by this, at half the Nyquist frequency, where most of the signal is below. */
	private static final double AMPLITUDE = 0.05;

	private static final int MOST_DOUBLINGS = 20;

	/** Members share their rounded values. */
	private record Key(double voltageKilovolt, double sphericalAberrationMillimetre, double amplitudeContrast,
		ObservationModel observation, long defocus, long phaseShift, long bFactor, long scale)
	{}

	/** The steps to which values are rounded. */
	private record Steps(double defocusAngstrom, double phaseShiftDegree, double bFactorSquareAngstrom, double scale) {

		static Steps of(final List<CtfParameters> optics, final double pixelSizeAngstrom) {
			final double wavelength = optics.stream().mapToDouble(CtfParameters::wavelengthAngstrom).min().orElse(1);
			return new Steps(2 * PHASE_RADIAN / (Math.PI * wavelength) * Math.pow(2 * pixelSizeAngstrom, 2), Math.toDegrees(
				2 * PHASE_RADIAN), 2 * AMPLITUDE * 4 * Math.pow(4 * pixelSizeAngstrom, 2), 2 * AMPLITUDE);
		}

		Steps doubled() {
			return new Steps(2 * defocusAngstrom, 2 * phaseShiftDegree, 2 * bFactorSquareAngstrom, 2 * scale);
		}

		Key key(final CtfParameters ctf) {
			return new Key(ctf.voltageKilovolt(), ctf.sphericalAberrationMillimetre(), ctf.amplitudeContrast(), ctf
				.observation(), Math.round(meanDefocus(ctf) / defocusAngstrom), Math.round(ctf.phaseShiftDegree() /
					phaseShiftDegree), Math.round(ctf.bFactorSquareAngstrom() / bFactorSquareAngstrom), Math.round(ctf.scale() /
						scale));
		}
	}

	/**
	 * Groups the particles of a stack.
	 *
	 * @param optics of each particle
	 * @param mostGroups values are taken together in wider steps until there are at most so many, where microscopes and
	 *          aberrations allow it
	 */
	public static CtfGroups of(final List<CtfParameters> optics, final double pixelSizeAngstrom, final int mostGroups) {
		Steps steps = Steps.of(optics, pixelSizeAngstrom);
		Map<Key, List<Integer>> members = members(optics, steps);
		for (int doublings = 0; members.size() > mostGroups && doublings < MOST_DOUBLINGS; doublings++) {
			steps = steps.doubled();
			members = members(optics, steps);
		}
		final int[] groupOf = new int[optics.size()];
		final List<CtfParameters> parameters = new ArrayList<>();
		for (final List<Integer> group : members.values()) {
			for (final int index : group) groupOf[index] = parameters.size();
			parameters.add(mean(group.stream().map(optics::get).toList()));
		}
		return new CtfGroups(groupOf, parameters, pixelSizeAngstrom);
	}

	/** The amplitude that a group passes at a frequency in periods a pixel. */
	public double amplitude(final int group, final double frequencyPerPixel) {
		return Ctf.withoutAstigmatism(parameters.get(group), frequencyPerPixel / pixelSizeAngstrom);
	}

	private static Map<Key, List<Integer>> members(final List<CtfParameters> optics, final Steps steps) {
		final Map<Key, List<Integer>> members = new LinkedHashMap<>();
		for (int i = 0; i < optics.size(); i++)
			members.computeIfAbsent(steps.key(optics.get(i)), key -> new ArrayList<>()).add(i);
		return members;
	}

	private static double meanDefocus(final CtfParameters ctf) {
		return (ctf.defocusUAngstrom() + ctf.defocusVAngstrom()) / 2;
	}

	private static CtfParameters mean(final List<CtfParameters> group) {
		final CtfParameters first = group.get(0);
		double defocus = 0, phaseShift = 0, bFactor = 0, scale = 0;
		for (final CtfParameters ctf : group) {
			defocus += meanDefocus(ctf) / group.size();
			phaseShift += ctf.phaseShiftDegree() / group.size();
			bFactor += ctf.bFactorSquareAngstrom() / group.size();
			scale += ctf.scale() / group.size();
		}
		return new CtfParameters(defocus, defocus, 0, first.voltageKilovolt(), first.sphericalAberrationMillimetre(), first
			.amplitudeContrast(), phaseShift, bFactor, scale, first.observation());
	}
}
