package io.github.clearice.stack;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.star.RelionParticles;

import java.util.Optional;

/**
 * A stack as RELION normalises it: the background of each image, outside a
 * circle, has mean 0 and standard deviation 1.
 *
 * @param stack the particles as they are
 * @param background what holds no particle
 */
public record NormalisedStack(ParticleStack stack, ParticleBackground background) implements StackView {

	/** With a circle of RELION's default diameter. */
	public static NormalisedStack of(final ParticleStack stack) {
		return new NormalisedStack(stack, new ParticleBackground(stack.box()));
	}

	@Override
	public Optional<RelionParticles> rows() {
		return stack.rows();
	}

	@Override
	public void read(final int index, final float[] image) {
		stack.read(index, image);
		background.normalise(image);
	}

	@Override
	public void close() {
		stack.close();
	}
}
