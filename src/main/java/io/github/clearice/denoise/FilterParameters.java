package io.github.clearice.denoise;

import io.github.clearice.filter.LowPass;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.NonLocalMeans;
import io.github.clearice.filter.RadialWiener;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.filter.covariance.CovarianceWiener;
import io.github.clearice.filter.covariance.SimilarViews;
import io.github.clearice.filter.covariance.TransferFunctions;
import io.github.clearice.filter.ksvd.KSvd;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.simulate.CtfGroups;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.ResidualNoise;
import io.github.clearice.simulate.UndistortingDenoiser;
import io.github.clearice.simulate.Undistortion;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The user's parameters of classical methods and of the general model; null stands for a method's default.
 *
 * @param cutoffAngstrom of the low-pass
 * @param sigma standard deviation of white noise, or null to measure it outside the particle
 * @param diameterFraction diameter of the circle that holds the particle, in boxes; {@link NoiseLevel#WHOLE_BOX} and
 * more is a
 *          particle that fills its box
 * @param patchPixels edge length of patches
 * @param windowPixels edge length of the window in which patches are searched
 * @param strength of non-local means
 * @param correctsCtf whether the covariance Wiener filter takes out the CTFs that a STAR file lists
 */
public record FilterParameters(Double cutoffAngstrom, Double sigma, double diameterFraction, Integer patchPixels,
	Integer windowPixels, Double strength, boolean correctsCtf)
{

	public static final String LOWPASS = "lowpass";

	/** The method that needs neither parameters nor a training: the model that comes with ClearIce. */
	public static final String GENERAL = "general";

	/** Averages of similar views. */
	public static final String VIEWS = "views";

	/** Names that stand for something else in lists of methods. */
	private static final List<String> RESERVED = List.of("all", "mean", "cleanmean", "oracle", "posterior", "noisy",
		"truth");

	/** Short descriptions of ClearIce's own methods, by their names. */
	private static final Map<String, String> OWN = describe();

	/** Estimation for so many groups of defoci takes seconds for small boxes, and not many minutes for large ones. */
	private static final int MOST_GROUPS = 64, LEAST_GROUPS = 8;

	private static Map<String, String> describe() {
		final Map<String, String> methods = new LinkedHashMap<>();
		methods.put(GENERAL, "trained on many structures; for particles of any kind");
		methods.put(LOWPASS, "Gaussian low-pass, needs a cut-off");
		methods.put("wiener", "radial Wiener filter");
		methods.put("nlm", "non-local means");
		methods.put("bm3d", "block matching");
		methods.put("ksvd", "learned dictionary");
		methods.put("cwf", "covariance Wiener filter, learned from the stack");
		methods.put(VIEWS, "averages of similar views, learned from the stack");
		return Collections.unmodifiableMap(methods);
	}

	/** The parameters that every method has by itself. */
	public static FilterParameters defaults() {
		return new FilterParameters(null, null, ParticleBackground.DEFAULT_DIAMETER_FRACTION, null, null, null, true);
	}

	/** Whether a name is taken, so that no contributed method can have it. */
	static boolean isTaken(final String method) {
		return OWN.containsKey(method) || RESERVED.contains(method);
	}

	/**
	 * All methods that need no model of one's own, by name, with short descriptions: the general model, the classical
	 * ones, then those that other libraries contribute.
	 */
	public static Map<String, String> descriptions() {
		final Map<String, String> methods = new LinkedHashMap<>(OWN);
		for (final String name : ContributedDenoisers.names()) methods.putIfAbsent(name, ContributedDenoisers.named(name)
			.orElseThrow().description());
		return methods;
	}

	/** The names of all methods that need no model of one's own. */
	public static List<String> methods() {
		return List.copyOf(descriptions().keySet());
	}

	/** Whether a method measures the noise outside the particle, unless its sigma is given. */
	public static boolean measuresNoise(final String method) {
		return OWN.containsKey(method) && !method.equals(LOWPASS);
	}

	/** Whether a method learns from all particles of a stack, however many there are. */
	public static boolean learnsFromAll(final String method) {
		return method.equals("cwf") || method.equals(VIEWS) || method.equals(GENERAL);
	}

	/** Whether a particle of this diameter, in boxes, leaves no background to measure noise on. */
	public static boolean fillsBox(final double diameterFraction) {
		return diameterFraction >= NoiseLevel.WHOLE_BOX;
	}

	/** Whether a method runs a network. */
	public static boolean usesNetwork(final String method) {
		return method.equals(GENERAL);
	}

	/** The method of this name, for a stack. */
	public Denoiser denoiser(final String method, final ParticleStack noisy) {
		final NoiseLevel noise = noise();
		switch (method) {
			case GENERAL:
				return general(GeneralModel.open(Device.choose(DeviceChoice.AUTO, Precision.AUTO, 0, TaskListener.SILENT)),
					noisy);
			case LOWPASS:
				if (cutoffAngstrom == null) throw new ParameterException(
					"The low-pass filter needs a resolution in Å. Give cutoff=.");
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
				return withoutCtfs(noisy, transfer -> CovarianceWiener.of(noise, transfer));
			case VIEWS:
				return withoutCtfs(noisy, transfer -> SimilarViews.of(noise, transfer));
			default:
				return ContributedDenoisers.named(method).orElseThrow(() -> new ParameterException("There is no method " +
					method + "; there are " + String.join(", ", methods()) + ".")).create();
		}
	}

	/**
	 * The general model for a stack.
	 *
	 * @param network of the general model, closed along with the result
	 */
	public Denoiser general(final GuidedMethod network, final ParticleStack noisy) {
		return generalDenoiser(network, noisy);
	}

	/** As {@link #general(GuidedMethod, ParticleStack)}. */
	GeneralDenoiser generalDenoiser(final GuidedMethod network, final ParticleStack noisy) {
		final int box = GeneralDenoiser.guideBox(noisy.box());
		final double ratio = (double) noisy.box() / box;
		final List<CtfParameters> optics = optics(noisy);
		final FilterParameters seen = sigma == null ? this : new FilterParameters(cutoffAngstrom, sigma / ratio,
			diameterFraction, patchPixels, windowPixels, strength, correctsCtf);
		return new GeneralDenoiser(network, noisy.box(), optics, seen.noise(), optics == null ? TransferFunctions.NONE
			: transferFunctions(optics.stream().map(GeneralDenoiser::seenOptics).toList(), box, ratio * noisy
				.pixelSizeAngstrom()));
	}

	/**
	 * A model that was trained with guides, with those that the covariance Wiener filter makes of a stack.
	 *
	 * @param network closed along with the result
	 */
	public Denoiser guided(final GuidedMethod network, final ParticleStack noisy) {
		return new GuidedDenoiser(network, denoiser("cwf", noisy));
	}

	/**
	 * The best linear filter for these pairs, with the CTFs of the noisy particles taken out where the clean ones lack
	 * them.
	 */
	public Denoiser oracle(final ParticlePairs pairs, final TaskListener listener) {
		final List<CtfParameters> optics = optics(pairs.noisy());
		return optics == null || !ResidualNoise.of(pairs, listener).hasTransfer() ? CovarianceWiener.oracle(pairs)
			: undistorting(CovarianceWiener.oracle(pairs, noise(), transferFunctions(pairs.noisy(), optics)), optics);
	}

	private NoiseLevel noise() {
		if (sigma != null) return NoiseLevel.ofSigma(sigma);
		return fillsBox(diameterFraction) ? NoiseLevel.ofFinestDetail() : NoiseLevel.ofBackground(diameterFraction);
	}

	/** The CTFs in the STAR file of the particles, if it lists them; else null. */
	private List<CtfParameters> optics(final ParticleStack noisy) {
		if (!correctsCtf || noisy.rows().isEmpty()) return null;
		if (noisy.rows().get().particles().stream().allMatch(particle -> particle.ctf() == null)) return null;
		if (Double.isNaN(noisy.pixelSizeAngstrom())) throw new ParameterException(noisy.name() +
			" lists defoci but no pixel size, which the CTFs need. Add it to the table, or use clearice denoise with" +
			" pixel= or ctf=false.");
		return CtfParameters.listed(noisy.rows().get(), true);
	}

	/** A method that takes out the CTFs that it is given, for particles whose STAR file may list some. */
	private Denoiser withoutCtfs(final ParticleStack noisy, final Function<TransferFunctions, Denoiser> method) {
		final List<CtfParameters> optics = optics(noisy);
		return undistorting(method.apply(transferFunctions(noisy, optics)), optics);
	}

	private static Denoiser undistorting(final Denoiser method, final List<CtfParameters> optics) {
		return optics == null ? method : UndistortingDenoiser.of(method, optics);
	}

	private static TransferFunctions transferFunctions(final ParticleStack noisy, final List<CtfParameters> optics) {
		return optics == null ? TransferFunctions.NONE : transferFunctions(optics.stream().map(Undistortion::remaining)
			.toList(), noisy.box(), noisy.pixelSizeAngstrom());
	}

	private static TransferFunctions transferFunctions(final List<CtfParameters> optics, final int box,
		final double pixelSizeAngstrom)
	{
		final int most = Math.max(LEAST_GROUPS, Math.min(MOST_GROUPS, (int) (MOST_GROUPS * Math.pow(128.0 / box, 2))));
		final CtfGroups groups = CtfGroups.of(optics, pixelSizeAngstrom, most);
		return new TransferFunctions() {

			@Override
			public int particles() {
				return groups.groupOf().length;
			}

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
