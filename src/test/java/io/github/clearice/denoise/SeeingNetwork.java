package io.github.clearice.denoise;

import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

/** Keeps what it sees, and returns a part of the guides, or the images where there are none. */
class SeeingNetwork implements GuidedMethod {

	private final int box;
	private final float part;
	private float[][] noisy, guides;

	/** @param part by which guides are multiplied */
	SeeingNetwork(final int box, final float part) {
		this.box = box;
		this.part = part;
	}

	/** The images of the last call. */
	float[][] noisy() {
		return noisy;
	}

	/** The guides of the last call; null where there were none. */
	float[][] guides() {
		return guides;
	}

	@Override
	public String name() {
		return "seeing";
	}

	@Override
	public int box() {
		return box;
	}

	@Override
	public int batchSize() {
		return 64;
	}

	@Override
	public void prepare(final ParticleStack stack, final TaskListener ignored) {}

	@Override
	public void denoise(final int first, final float[][] newNoisy, final float[][] newGuides,
		final float[][] denoised)
	{
		noisy = newNoisy;
		guides = newGuides;
		for (int i = 0; i < denoised.length; i++) for (int p = 0; p < denoised[i].length; p++) denoised[i][p] =
			newGuides == null ? newNoisy[i][p] : part * newGuides[i][p];
	}

	@Override
	public void close() {}
}
