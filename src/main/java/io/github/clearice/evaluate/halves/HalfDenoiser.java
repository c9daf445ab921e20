package io.github.clearice.evaluate.halves;

import io.github.clearice.reconstruct.HalfSets;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;

/** Denoises the particles of each half-set with a model of its own. */
final class HalfDenoiser extends ArrayDenoiser {

	private final List<Denoiser> models;
	private final HalfSets halves;
	private int particles;

	/**
	 * @param first of half-set 0
	 * @param second of half-set 1
	 * @param halves of the stack that will be denoised
	 */
	HalfDenoiser(final Denoiser first, final Denoiser second, final HalfSets halves) {
		this.models = List.of(first, second);
		this.halves = halves;
	}

	@Override
	public String name() {
		return models.get(0).name() + " and " + models.get(1).name();
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		particles = noisy.size();
		for (final Denoiser model : models) model.prepare(noisy, listener);
	}

	@Override
	public int batchSize() {
		// Of each batch, about half goes to each model.
		return 2 * models.get(0).batchSize();
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		requireParticles(first, noisy.length, particles);
		for (int half = 0; half < models.size(); half++) {
			final List<float[]> input = new ArrayList<>(), output = new ArrayList<>();
			for (int i = 0; i < noisy.length; i++) {
				if (halves.of(first + i) != half) continue;
				input.add(noisy[i]);
				output.add(denoised[i]);
			}
			// The particles of one half do not follow each other; models do not ask which ones they are.
			if (!input.isEmpty()) models.get(half).denoise(PixelArrays.otherImages(input.toArray(float[][]::new)), PixelArrays
				.otherImages(output.toArray(float[][]::new)));
		}
	}

	@Override
	public void close() {
		models.forEach(Denoiser::close);
	}
}
