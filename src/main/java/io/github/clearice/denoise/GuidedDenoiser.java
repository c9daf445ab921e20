package io.github.clearice.denoise;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Optional;

/**
 * A method that improves on guides, with the guides that another method makes of the whole stack. Of few particles, or
 * of those that the other method refuses, there are no guides: each is then denoised by itself.
 */
public final class GuidedDenoiser extends ArrayDenoiser {

	/** Fewer particles tell too little about all of them. */
	static final int LEAST_PARTICLES = 64;

	private final GuidedMethod network;
	private final Denoiser guide;
	private final int leastParticles;
	private boolean guided;

	/** @param guide the method that makes the guides; both are closed along with this */
	GuidedDenoiser(final GuidedMethod network, final Denoiser guide) {
		this(network, guide, LEAST_PARTICLES);
	}

	private GuidedDenoiser(final GuidedMethod network, final Denoiser guide, final int leastParticles) {
		this.network = network;
		this.guide = guide;
		this.leastParticles = leastParticles;
	}

	/**
	 * With guides that are there already.
	 *
	 * @param guides one for each particle, on the scale of the noisy images; closed along with this
	 */
	public static GuidedDenoiser given(final GuidedMethod network, final ParticleStack guides) {
		return new GuidedDenoiser(network, new ArrayDenoiser() {

			@Override
			public String name() {
				return guides.name();
			}

			@Override
			public void prepare(final ParticleStack noisy, final TaskListener listener) {
				ParticlePairs.requireMatch(noisy, guides);
			}

			@Override
			public Optional<Boolean> correctsCtf() {
				return Optional.empty();
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				for (int i = 0; i < denoised.length; i++) guides.read(first + i, denoised[i]);
			}

			@Override
			public void close() {
				guides.close();
			}
		}, 1);
	}

	@Override
	public String name() {
		return network.name();
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return guide.correctsCtf();
	}

	@Override
	public int batchSize() {
		return network.batchSize();
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		guided = false;
		network.prepare(noisy, listener);
		if (noisy.size() < leastParticles) {
			listener.message(noisy.name() + " has fewer than " + leastParticles + " particles, too few to learn from: each" +
				" is denoised by itself.");
			return;
		}
		try {
			guide.prepare(noisy, listener);
			guided = true;
		}
		catch (final ParameterException e) {
			listener.message("Warning: nothing can be learnt from the stack, so each particle is denoised by itself. " + e
				.getMessage());
		}
	}

	/** Whether the stack that it was prepared for has guides. */
	boolean isGuided() {
		return guided;
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (!guided || first < 0) {
			network.denoise(first, noisy, null, denoised);
			return;
		}
		final float[][] guides = new float[noisy.length][network.box() * network.box()];
		guide.denoise(PixelArrays.image(first, noisy), PixelArrays.image(first, guides));
		network.denoise(first, noisy, guides, denoised);
	}

	@Override
	public void close() {
		try {
			network.close();
		}
		finally {
			guide.close();
		}
	}
}
