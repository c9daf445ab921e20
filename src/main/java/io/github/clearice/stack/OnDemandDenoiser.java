package io.github.clearice.stack;

import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Denoises those images of a stack that are asked for. A method that learns from the stack does so once, from at most
 * {@value #LARGEST_SAMPLE} images spread evenly over it, so a stack of any length is ready in seconds.
 */
public final class OnDemandDenoiser {

	public static final int LARGEST_SAMPLE = 2000;

	private final ParticleStack noisy;
	private final Denoiser denoiser;
	/** Where an image of the stack is in the order that the denoiser knows; null where that is the same. */
	private final int[] places;

	/**
	 * Learns from the stack.
	 *
	 * @param noisy must stay open
	 * @param method makes the denoiser for a stack
	 * @param learnsFromAll whether the method reads the whole stack to learn from it and draws no sample itself
	 */
	public OnDemandDenoiser(final ParticleStack noisy, final Function<ParticleStack, Denoiser> method,
		final boolean learnsFromAll, final TaskListener listener)
	{
		if (noisy.size() == 0) throw new InputException(noisy.name() +
			" holds no particles; there is nothing to denoise.");
		this.noisy = noisy;
		if (!learnsFromAll || noisy.size() <= LARGEST_SAMPLE) {
			places = null;
			denoiser = method.apply(noisy);
			denoiser.prepare(noisy, listener);
			return;
		}
		final int[] order = sampleFirst(noisy.size());
		places = new int[order.length];
		for (int place = 0; place < order.length; place++) places[order[place]] = place;
		// A method that knows each particle's CTF by its place finds those of the sample, and of all others.
		final ParticleStack ordered = noisy.particles(order);
		denoiser = method.apply(ordered);
		denoiser.prepare(ordered.range(0, LARGEST_SAMPLE), listener);
	}

	/** All indices, those of the sample before the others. */
	private static int[] sampleFirst(final int size) {
		final boolean[] sampled = new boolean[size];
		for (int i = 0; i < LARGEST_SAMPLE; i++) sampled[(int) ((long) i * size / LARGEST_SAMPLE)] = true;
		return IntStream.concat(IntStream.range(0, size).filter(i -> sampled[i]), IntStream.range(0, size).filter(
			i -> !sampled[i])).toArray();
	}

	/**
	 * Denoises some images that follow each other.
	 *
	 * @param first of them, from 0
	 * @throws InputException if one holds NaN or its result does
	 */
	public synchronized float[][] denoise(final int first, final int count) {
		final float[][] images = new float[count][noisy.box() * noisy.box()], denoised = new float[count][images[0].length];
		for (int i = 0; i < count; i++) {
			noisy.read(first + i, images[i]);
			requireNumbers(images[i], first + i, "; leave this particle out.");
		}
		if (places == null) denoiser.denoise(PixelArrays.image(first, images), PixelArrays.image(first, denoised));
		else for (int i = 0; i < count; i++)
			denoiser.denoise(PixelArrays.image(places[first + i], images[i]), PixelArrays.image(places[first + i],
				denoised[i]));
		for (int i = 0; i < count; i++)
			requireNumbers(denoised[i], first + i, " after " + denoiser.name() +
				"; check the model and the scale of the images.");
		return denoised;
	}

	private void requireNumbers(final float[] image, final int index, final String remedy) {
		PixelCheck.fault(noisy, index, image).ifPresent(fault -> {
			throw new InputException("Particle " + fault + remedy);
		});
	}
}
