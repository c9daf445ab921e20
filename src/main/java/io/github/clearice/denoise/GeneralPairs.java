package io.github.clearice.denoise;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

/**
 * What the network of the general model sees of the particles of a stack when it denoises them, and what it should make
 * of them: all in its own box, with bright particles, flipped phases and the guides that the whole stack makes.
 * <p>
 * A guide holds noise of its own image, so targets are images whose noise is independent of the noise in all that the
 * network and the guides are made from: clean ones, second ones, or parts of a {@link NoiseSplit}. Where images have
 * contrast transfer functions C that results lack, a noisy target z becomes {@code r + C (z - C r)}, with the result r
 * that the model as it is makes of the first image: what the optics of the particle do not show, the model is to
 * leave as it is. The squared distance of new results from such targets, less that of r, is at least that of C times
 * them from z, less that of C r.
 *
 * @param noisy what the network sees
 * @param guide the guides of these images
 * @param target what the network should make of them
 * @param truth their clean images; null where they are not known, or are the targets
 */
public record GeneralPairs(ArrayParticleStack noisy, ArrayParticleStack guide, ArrayParticleStack target,
	ArrayParticleStack truth)
{

	private static final String TASK = "Making guides";

	/** How the target of a particle is made. */
	private interface Targets {

		/**
		 * @param image of the original box, free to be used
		 * @param result of the model as it is
		 * @param target receives pixels of the network's box
		 */
		void make(GeneralDenoiser denoiser, int index, float[] image, float[] result, float[] target);
	}

	/**
	 * With the clean images as targets.
	 *
	 * @param network of the general model, which is left open
	 * @param pairs whose clean images have no transfer functions
	 * @throws ParameterException if there are no guides
	 */
	public static GeneralPairs ofClean(final GuidedMethod network, final ParticlePairs pairs,
		final TaskListener listener)
	{
		requireEnough(pairs.noisy());
		return make(network, pairs.noisy(), (denoiser, index, image, result, target) -> {
			pairs.clean().read(index, image);
			denoiser.showClean(index, image, target);
		}, null, listener);
	}

	/**
	 * With second noisy images of the same particles as targets.
	 *
	 * @param network of the general model, which is left open
	 * @param clean images of the particles without transfer functions, or null
	 * @throws ParameterException if there are no guides
	 */
	public static GeneralPairs ofHalves(final GuidedMethod network, final ParticlePairs halves,
		final ParticleStack clean, final TaskListener listener)
	{
		requireEnough(halves.noisy());
		final HalfPlane plane = new HalfPlane(network.box());
		return make(network, halves.noisy(), (denoiser, index, image, result, target) -> {
			halves.clean().read(index, image);
			denoiser.show(index, image, target);
			if (!denoiser.takesCtfOut()) return;
			final float[] amplitudes = new float[plane.length()], shown = new float[result.length];
			denoiser.amplitudes(index, amplitudes);
			final FourierFilter filter = new FourierFilter(network.box(), amplitudes);
			filter.apply(result, shown);
			for (int p = 0; p < target.length; p++) target[p] -= shown[p];
			filter.apply(target, target);
			for (int p = 0; p < target.length; p++) target[p] += result[p];
		}, clean, listener);
	}

	/**
	 * With the noise of each image split, so that there are two of each.
	 *
	 * @param network of the general model, which is left open
	 * @param clean images of the particles without transfer functions, or null
	 * @param seed of the split
	 * @throws ParameterException as {@link #ofHalves}, or if there is no noise that could be measured
	 */
	public static GeneralPairs ofSplit(final GuidedMethod network, final ParticleStack stack, final ParticleStack clean,
		final long seed, final TaskListener listener)
	{
		requireEnough(stack);
		final NoiseSplit split = new NoiseSplit(stack, seed, listener);
		return ofHalves(network, new ParticlePairs(split.first(), split.second()), clean, listener);
	}

	private static void requireEnough(final ParticleStack noisy) {
		if (noisy.size() < GuidedDenoiser.LEAST_PARTICLES) throw new ParameterException("Particles of " + noisy.name() +
			" are too few to adapt the general model to: " + noisy.size() + ", but guides need at least " +
			GuidedDenoiser.LEAST_PARTICLES + ". Use the model as it is (clearice denoise method=general).");
	}

	/** @param clean makes the truth, or null */
	private static GeneralPairs make(final GuidedMethod network, final ParticleStack noisy, final Targets targets,
		final ParticleStack clean, final TaskListener listener)
	{
		final int pixels = network.box() * network.box();
		final Recorder recorder = new Recorder(network, noisy.size());
		try (GeneralDenoiser denoiser = FilterParameters.defaults().generalDenoiser(recorder, noisy)) {
			denoiser.prepare(noisy, listener);
			if (!denoiser.isGuided()) throw new ParameterException("The particles of " + noisy.name() +
				" give no guides, which adapting the general model needs. Give images as they were extracted.");
			final float[][] target = new float[noisy.size()][pixels], truth = new float[clean == null ? 0 : noisy
				.size()][pixels];
			final int batch = denoiser.batchSize();
			listener.begin(TASK, noisy.size());
			try {
				for (int first = 0; first < target.length; first += batch) {
					listener.checkCancelled(TASK);
					final int begin = first, count = Math.min(batch, target.length - first);
					final float[][] images = new float[count][noisy.box() * noisy.box()], results = new float[count][noisy
						.box() * noisy.box()];
					ParallelLoop.run(count, 4, thread -> i -> noisy.read(begin + (int) i, images[(int) i]));
					denoiser.denoise(first, images, results);
					ParallelLoop.run(count, 4, thread -> i -> {
						final int index = begin + (int) i;
						targets.make(denoiser, index, images[(int) i], recorder.results[index], target[index]);
						if (clean == null) return;
						clean.read(index, images[(int) i]);
						denoiser.showClean(index, images[(int) i], truth[index]);
					});
					listener.progress(first + count);
				}
			}
			finally {
				listener.end();
			}
			final Named stacks = new Named(network.box(), noisy.box() * noisy.pixelSizeAngstrom() / network.box());
			return new GeneralPairs(stacks.of(noisy.name(), recorder.noisy), stacks.of("guides", recorder.guides), stacks.of(
				"targets", target), clean == null ? null : stacks.of(clean.name(), truth));
		}
	}

	/** Makes stacks of one box and pixel size. */
	private record Named(int box, double pixelSizeAngstrom) {

		ArrayParticleStack of(final String name, final float[][] images) {
			return new ArrayParticleStack(name, box, pixelSizeAngstrom, images);
		}
	}

	/** Keeps what a network sees of the particles of a stack, and makes of them. */
	private static final class Recorder implements GuidedMethod {

		private final GuidedMethod network;
		private final float[][] noisy, guides, results;

		Recorder(final GuidedMethod network, final int particles) {
			this.network = network;
			noisy = new float[particles][];
			guides = new float[particles][];
			results = new float[particles][];
		}

		@Override
		public String name() {
			return network.name();
		}

		@Override
		public int box() {
			return network.box();
		}

		@Override
		public int batchSize() {
			return network.batchSize();
		}

		@Override
		public void prepare(final ParticleStack stack, final TaskListener listener) {
			network.prepare(stack, listener);
		}

		@Override
		public void denoise(final int first, final float[][] images, final float[][] estimates,
			final float[][] denoised)
		{
			network.denoise(first, images, estimates, denoised);
			if (first < 0) return;
			for (int i = 0; i < images.length; i++) {
				noisy[first + i] = images[i];
				guides[first + i] = estimates[i];
				results[first + i] = denoised[i].clone();
			}
		}

		/** The network stays open. */
		@Override
		public void close() {}
	}
}
