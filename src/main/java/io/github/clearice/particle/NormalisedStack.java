package io.github.clearice.particle;

import io.github.clearice.image.ParticleBackground;
import io.github.clearice.star.RelionParticles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A stack as RELION normalises it: the background of each image, outside a
 * circle, has mean 0 and standard deviation 1.
 *
 * @param stack the particles as they are
 * @param background what holds no particle
 */
public record NormalisedStack(ParticleStack stack, ParticleBackground background) implements ParticleStack {

	/** With a circle of RELION's default diameter. */
	public static NormalisedStack of(final ParticleStack stack) {
		return new NormalisedStack(stack, new ParticleBackground(stack.box()));
	}

	@Override
	public int size() {
		return stack.size();
	}

	@Override
	public int box() {
		return stack.box();
	}

	@Override
	public double pixelSizeAngstrom() {
		return stack.pixelSizeAngstrom();
	}

	@Override
	public String name() {
		return stack.name();
	}

	@Override
	public String place() {
		return stack.place();
	}

	@Override
	public List<Path> files() {
		return stack.files();
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
