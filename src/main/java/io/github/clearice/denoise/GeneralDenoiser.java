package io.github.clearice.denoise;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.covariance.SimilarViews;
import io.github.clearice.filter.covariance.TransferFunctions;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ParticleContrast;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Undistortion;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.InvertingDenoiser;
import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Denoises any stack of particles with a network that learnt from many structures, of which the stack's is none.
 * <p>
 * The guide of each image is the average of similar views of the stack, of images of at most {@value #LARGEST_GUIDE}
 * pixels; larger ones are brought to these by cropping their Fourier transforms, and the results back. The network sees
 * images and guides in its own box, whatever their pixel size, and what it changes is added to the guide. Listed
 * contrast transfer functions are taken out: images have their phases flipped first. Dark particles are inverted first.
 */
final class GeneralDenoiser extends ArrayDenoiser {

	private static final int SMALLEST_BOX = 16;
	/** Images that show the network which contrast the stack has, and how few say nothing. */
	private static final int VOTES = 32, FEWEST_VOTES = 3;
	/** Guides of larger boxes take long. */
	private static final int LARGEST_GUIDE = 96;

	/** For images of the guides' box. */
	private final ResampledMethod network;
	private final int networkBox, guideBox;
	/** Null for images without CTFs, or whose CTFs are left as they are. */
	private final List<CtfParameters> optics;
	private final GuidedDenoiser guided;
	private final Queue<View> idle = new ConcurrentLinkedQueue<>();
	private Resampling there;
	private Resampling back;
	private double pixelSizeAngstrom;
	private boolean dark;
	/** What the particles of the stack are shown to, bright in any case. */
	private Denoiser method;

	/**
	 * @param network closed along with this
	 * @param box edge length in pixels of the images of the stack that it will prepare for
	 * @param optics of each particle of that stack; null to leave them alone
	 * @param noise of images of {@link #guideBox(int)}
	 * @param transfer what is left of the optics in images of that box after {@link #seenOptics}
	 */
	GeneralDenoiser(final GuidedMethod network, final int box, final List<CtfParameters> optics, final NoiseLevel noise,
		final TransferFunctions transfer)
	{
		this.optics = optics;
		networkBox = network.box();
		guideBox = guideBox(box);
		this.network = new ResampledMethod(network, guideBox);
		guided = new GuidedDenoiser(this.network, SimilarViews.of(noise, transfer));
	}

	/** Edge length of the guides of images of a box. */
	static int guideBox(final int box) {
		return Math.min(box, LARGEST_GUIDE);
	}

	/** The optics of a particle as the network sees it: undistorted, with its phases flipped. */
	static CtfParameters seenOptics(final CtfParameters parameters) {
		return Undistortion.flipped(Undistortion.remaining(parameters));
	}

	@Override
	public String name() {
		return network.name();
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.of(optics != null);
	}

	@Override
	public int batchSize() {
		return network.batchSize();
	}

	/** @throws ParameterException if the images are too small */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		if (noisy.box() < SMALLEST_BOX) throw new ParameterException(noisy.name() + " has a box of " + noisy.box() +
			" pixels, too small for the general model. Use wiener.");
		idle.clear();
		there = Resampling.toBox(noisy.box(), guideBox);
		back = Resampling.toBox(guideBox, noisy.box());
		pixelSizeAngstrom = noisy.pixelSizeAngstrom();
		final ParticleStack seen = seen(noisy);
		dark = isDark(noisy.name(), contrast(seen), listener);
		method = dark ? new InvertingDenoiser(guided) : guided;
		method.prepare(seen, listener);
		final int finest = guided.isGuided() ? guideBox : Math.min(guideBox, networkBox);
		if (noisy.box() > finest) listener.message(String.format(Locale.ROOT,
			"The general model sees boxes of %d pixels, so results have no detail below %.3g %s.", finest, 2.0 * noisy
				.box() / finest * (Double.isNaN(pixelSizeAngstrom) ? 1 : pixelSizeAngstrom), Double.isNaN(pixelSizeAngstrom)
					? "pixels" : "Å"));
	}

	/**
	 * The contrast of a stack: as middles and corners have it, or, where these do not differ clearly, as the network has
	 * it. Strong transfer functions, and neighbours, make corners as bright as middles; the network looks for all of a
	 * particle, and makes more of images in which it is bright.
	 */
	private ParticleContrast contrast(final ParticleStack seen) {
		final ParticleContrast corners = ParticleContrast.of(seen);
		final int[] sample = seen.spread(VOTES);
		final int count = sample.length;
		if (corners.isClear() || count < FEWEST_VOTES) return corners;
		final float[][] bright = new float[count][seen.box() * seen.box()], dark = new float[count][];
		for (int i = 0; i < count; i++) {
			seen.read(sample[i], bright[i]);
			if (!ImageScale.of(bright[i]).isFinite()) return corners;
			dark[i] = bright[i].clone();
			invert(dark[i]);
		}
		final double[] asBright = powers(bright), asDark = powers(dark);
		double sum = 0, squares = 0;
		for (int i = 0; i < count; i++) {
			final double more = asBright[i] - asDark[i];
			sum += more;
			squares += more * more;
		}
		final double mean = sum / count;
		final ParticleContrast vote = new ParticleContrast(mean, Math.sqrt(Math.max(0, squares / count - mean * mean) /
			(count - 1)));
		return vote.isDoubtful() ? corners : vote;
	}

	/** The power of what the network makes of each image by itself, as a share of the image's. */
	private double[] powers(final float[][] images) {
		final float[][] results = new float[images.length][images[0].length];
		network.denoise(-images.length, images, null, results);
		final double[] powers = new double[images.length];
		for (int i = 0; i < powers.length; i++) {
			final ImageScale scale = ImageScale.of(images[i]);
			powers[i] = scale.isConstant() ? 0 : Math.pow(ImageScale.of(results[i]).deviation() / scale.deviation(), 2);
		}
		return powers;
	}

	private static void invert(final float[] image) {
		for (int p = 0; p < image.length; p++) image[p] = -image[p];
	}

	private static boolean isDark(final String stack, final ParticleContrast contrast, final TaskListener listener) {
		if (contrast.isDoubtful()) {
			listener.message("Warning: it is doubtful whether the particles of " + stack +
				" are bright or dark; they are taken for bright ones. If they are dark, invert them (clearice denoise" +
				" invert=true).");
			return false;
		}
		if (contrast.isDark()) listener.message(String.format(Locale.ROOT,
			"The particles of %s look dark%s: the model sees them inverted, and the results are dark, too.", stack, contrast
				.isClear() ? "" : ", though it is not quite clear"));
		return contrast.isDark();
	}

	/** The stack as the network sees it. */
	private ParticleStack seen(final ParticleStack noisy) {
		return noisy.with(LazyImages.of(guideBox, noisy.size(), (index, pixels) -> {
			final float[] image = new float[noisy.box() * noisy.box()];
			noisy.read(index, image);
			with(view -> view.there(opticsOf(index), image, pixels));
		}), there.ratio() * pixelSizeAngstrom, null);
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (there == null) throw new IllegalStateException("prepare must be called before denoise.");
		if (optics != null) requireParticles(first, noisy.length, optics.size());
		final int pixels = guideBox * guideBox;
		final float[][] seen = new float[noisy.length][pixels], results = new float[noisy.length][pixels];
		ParallelLoop.run(noisy.length, 4, thread -> i -> with(view -> view.there(opticsOf(first + (int) i),
			noisy[(int) i].clone(), seen[(int) i])));
		method.denoise(PixelArrays.image(first, seen), PixelArrays.image(first, results));
		ParallelLoop.run(noisy.length, 4, thread -> i -> with(view -> view.back(first + (int) i, results[(int) i],
			denoised[(int) i])));
	}

	private CtfParameters opticsOf(final int index) {
		return optics == null ? null : optics.get(index);
	}

	/** Whether the stack that it was prepared for has guides. */
	boolean isGuided() {
		return guided.isGuided();
	}

	/** Whether results lack the contrast transfer functions of the images. */
	boolean takesCtfOut() {
		return optics != null;
	}

	/**
	 * Another noisy image of a particle as the network sees it, in its box.
	 *
	 * @param index of the particle in the stack that it was prepared for
	 * @param image changed
	 */
	void show(final int index, final float[] image, final float[] shown) {
		show(opticsOf(index), image, shown);
	}

	/**
	 * The clean image of a particle, which has no contrast transfer function, as what the network should make of it.
	 *
	 * @param index of the particle in the stack that it was prepared for
	 * @param image changed
	 */
	void showClean(final int index, final float[] image, final float[] shown) {
		show(CtfParameters.geometry(CtfParameters.magnification(opticsOf(index))), image, shown);
	}

	private void show(final CtfParameters own, final float[] image, final float[] shown) {
		final float[] seen = new float[guideBox * guideBox];
		with(view -> view.there(own, image, seen));
		if (dark) invert(seen);
		network.show(seen, shown);
	}

	/**
	 * What the optics of a particle leave of each frequency of an image that the network sees, from 0 to 1; where results
	 * keep the contrast transfer functions, all.
	 *
	 * @param index of the particle in the stack that it was prepared for
	 * @param amplitudes receives the factors of the half plane of an image of the network's box
	 */
	void amplitudes(final int index, final float[] amplitudes) {
		if (optics == null) Arrays.fill(amplitudes, 1);
		else new Ctf(networkBox, there.box() * pixelSizeAngstrom / networkBox).sample(seenOptics(optics.get(index)),
			amplitudes);
	}

	private void with(final Consumer<View> step) {
		final View waiting = idle.poll();
		final View view = waiting == null ? new View() : waiting;
		try {
			step.accept(view);
		}
		finally {
			idle.add(view);
		}
	}

	@Override
	public void close() {
		guided.close();
	}

	/** What one thread needs to bring images to the network and results back. */
	private final class View {

		private final Resampling.ImageResampler toNetwork = there.resampler(), fromNetwork = back.resampler();
		private final Undistortion undistortion = optics == null ? null : new Undistortion(there.box(), pixelSizeAngstrom);

		/**
		 * @param own optics of the image; null for none
		 * @param image changed
		 */
		void there(final CtfParameters own, final float[] image, final float[] seen) {
			if (undistortion != null) {
				undistortion.apply(own, image);
				undistortion.flipPhases(Undistortion.remaining(own), image);
			}
			toNetwork.apply(image, seen);
		}

		void back(final int index, final float[] result, final float[] denoised) {
			fromNetwork.apply(result, denoised);
			if (optics != null) undistortion.distort(optics.get(index), denoised);
		}
	}
}
