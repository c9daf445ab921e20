package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class InvertingDenoiserTest {

	private final List<Float> seen = new ArrayList<>();

	@Test
	void methodSeesInvertedParticlesAndResultsHaveTheirContrast() {
		final InvertingDenoiser inverting = new InvertingDenoiser(method());
		final float[][] noisy = { { 1, -2, 3, 0 } }, denoised = new float[1][4];
		inverting.prepare(new ArrayParticleStack("dark", 2, 1, noisy), TaskListener.SILENT);
		inverting.denoise(5, noisy, denoised);
		// The method saw -1 at its first pixel, both times, and adds the particle's number to its input.
		assertEquals(List.of(-1f, -1f), seen);
		assertArrayEquals(new float[] { -4, -7, -2, -5 }, denoised[0]);
		assertArrayEquals(new float[] { 1, -2, 3, 0 }, noisy[0]);
	}

	private Denoiser method() {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "adds";
			}

			@Override
			public void prepare(final ParticleStack noisy, final TaskListener listener) {
				final float[] image = new float[4];
				noisy.read(0, image);
				seen.add(image[0]);
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				seen.add(noisy[0][0]);
				for (int p = 0; p < 4; p++) denoised[0][p] = noisy[0][p] + first;
			}
		};
	}
}
