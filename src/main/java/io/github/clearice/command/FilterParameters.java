package io.github.clearice.command;

import io.github.clearice.filter.LowPass;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.NonLocalMeans;
import io.github.clearice.filter.RadialWiener;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.filter.covariance.CovarianceWiener;
import io.github.clearice.filter.covariance.TransferFunctions;
import io.github.clearice.filter.ksvd.KSvd;
import io.github.clearice.simulate.CtfGroups;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.simulate.UndistortingDenoiser;
import io.github.clearice.simulate.Undistortion;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user says about classical methods; null is what a method has by itself.
 *
 * @param cutoffAngstrom of the low-pass
 * @param sigma standard deviation of white noise, or null to measure it outside the particle
 * @param diameterFraction diameter of the circle that holds the particle, in boxes; {@link NoiseLevel#WHOLE_BOX} and more is a
 *          particle that fills its box
 * @param patchPixels edge length of patches
 * @param windowPixels edge length of the window in which patches are searched
 * @param strength of non-local means
 * @param correctsCtf whether the covariance Wiener filter takes out the CTFs that a STAR file lists
 */
record FilterParameters(Double cutoffAngstrom, Double sigma, double diameterFraction, Integer patchPixels,
	Integer windowPixels, Double strength, boolean correctsCtf)
{

	static final String LOWPASS = "lowpass";

	/** What the methods are, in a few words for a list, by their names. */
	static final Map<String, String> DESCRIPTIONS = describe();

	/** The names of all methods in commands. */
	static final List<String> METHODS = List.copyOf(DESCRIPTIONS.keySet());

	/** Estimation for so many groups of defoci takes seconds for small boxes, and not many minutes for large ones. */
	private static final int MOST_GROUPS = 64, LEAST_GROUPS = 8;

	private static Map<String, String> describe() {
		final Map<String, String> methods = new LinkedHashMap<>();
		methods.put(LOWPASS, "Gaussian low-pass, needs a cut-off");
		methods.put("wiener", "radial Wiener filter");
		methods.put("nlm", "non-local means");
		methods.put("bm3d", "block matching");
		methods.put("ksvd", "learned dictionary");
		methods.put("cwf", "covariance Wiener filter, learned from the stack");
		return Collections.unmodifiableMap(methods);
	}

	/** Whether a method measures the noise outside the particle, unless its sigma is given. */
	static boolean measuresNoise(final String method) {
		return METHODS.contains(method) && !method.equals(LOWPASS);
	}

	/** Whether a method learns from all particles of a stack, however many there are. */
	static boolean learnsFromAll(final String method) {
		return method.equals("cwf");
	}

	/** Whether a particle of this diameter, in boxes, leaves no background to measure noise on. */
	static boolean fillsBox(final double diameterFraction) {
		return diameterFraction >= NoiseLevel.WHOLE_BOX;
	}

	/** The method of this name, for a stack. */
	Denoiser denoiser(final String method, final ParticleStack noisy) {
		final NoiseLevel noise = noise();
		switch (method) {
			case LOWPASS:
				if (cutoffAngstrom == null) throw new CommandException(
					"method=lowpass needs cutoff=, a resolution in Å. Give one.");
				return new LowPass(cutoffAngstrom);
			case "wiener":
				return RadialWiener.of(noise);
			case "nlm":
				return new NonLocalMeans(noise, or(patchPixels, NonLocalMeans.DEFAULT_PATCH_PIXELS), or(windowPixels,
					NonLocalMeans.DEFAULT_WINDOW_PIXELS), strength == null ? NonLocalMeans.DEFAULT_STRENGTH : strength);
			case "bm3d":
				return new BlockMatching3D(noise, or(patchPixels, BlockMatching3D.DEFAULT_PATCH_PIXELS), or(windowPixels,
					BlockMatching3D.DEFAULT_WINDOW_PIXELS), BlockMatching3D.Stage.FINAL);
			case "ksvd":
				return new KSvd(noise, or(patchPixels, KSvd.DEFAULT_PATCH_PIXELS));
			case "cwf":
				final List<CtfParameters> optics = optics(noisy);
				return undistorting(CovarianceWiener.of(noise, transferFunctions(noisy, optics)), optics);
			default:
				throw new IllegalArgumentException("No classical method " + method + "; there are " + METHODS + ".");
		}
	}

	/**
	 * The best linear filter for these pairs, with the CTFs of the noisy particles taken out where the clean ones lack
	 * them.
	 */
	Denoiser oracle(final ParticlePairs pairs, final TaskListener listener) {
		final List<CtfParameters> optics = optics(pairs.noisy());
		return optics == null || !ResidualNoise.of(pairs, listener).hasTransfer() ? CovarianceWiener.oracle(pairs)
			: undistorting(CovarianceWiener.oracle(pairs, noise(), transferFunctions(pairs.noisy(), optics)), optics);
	}

	private NoiseLevel noise() {
		if (sigma != null) return NoiseLevel.ofSigma(sigma);
		return fillsBox(diameterFraction) ? NoiseLevel.ofFinestDetail() : NoiseLevel.ofBackground(diameterFraction);
	}

	/** Those in the STAR file of the particles, where there is one that lists them; else null. */
	private List<CtfParameters> optics(final ParticleStack noisy) {
		if (!correctsCtf || noisy.rows().isEmpty()) return null;
		if (noisy.rows().get().particles().stream().allMatch(particle -> particle.ctf() == null)) return null;
		if (Double.isNaN(noisy.pixelSizeAngstrom())) throw new CommandException(noisy.name() +
			" lists defoci but no pixel size, so its CTFs are unknown. Give pixel=, or ctf=false.");
		return CtfParameters.listed(noisy.rows().get(), true);
	}

	private static Denoiser undistorting(final Denoiser method, final List<CtfParameters> optics) {
		return optics == null ? method : UndistortingDenoiser.of(method, optics);
	}

	private static TransferFunctions transferFunctions(final ParticleStack noisy, final List<CtfParameters> optics) {
		if (optics == null) return TransferFunctions.NONE;
		final int most = Math.max(LEAST_GROUPS, Math.min(MOST_GROUPS, (int) (MOST_GROUPS * Math.pow(128.0 / noisy.box(),
			2))));
		final CtfGroups groups = CtfGroups.of(optics.stream().map(Undistortion::remaining).toList(), noisy.pixelSizeAngstrom(), most);
		return new TransferFunctions() {

			@Override
			public int groups() {
				return groups.parameters().size();
			}

			@Override
			public int group(final int particle) {
				return groups.groupOf()[particle];
			}

			@Override
			public double amplitude(final int group, final double frequencyPerPixel) {
				return groups.amplitude(group, frequencyPerPixel);
			}
		};
	}

	private static int or(final Integer given, final int otherwise) {
		return given == null ? otherwise : given;
	}
}
