package io.github.clearice.stack;

import io.github.clearice.star.RelionParticles;

import java.util.Optional;

/**
 * Some particles of a stack with images of their own, such as what a method made of them, and their rows of its STAR
 * file.
 *
 * @param name what messages call these images
 * @param source of the particles
 * @param indices which of them, in this order
 * @param images {@code [N][box * box]} pixels, not copied
 */
public record SampledParticles(String name, ParticleStack source, int[] indices, float[][] images) implements
	ParticleStack
{

	@Override
	public int size() {
		return images.length;
	}

	@Override
	public int box() {
		return source.box();
	}

	@Override
	public double pixelSizeAngstrom() {
		return source.pixelSizeAngstrom();
	}

	@Override
	public void read(final int index, final float[] image) {
		System.arraycopy(images[index], 0, image, 0, box() * box());
	}

	@Override
	public Optional<RelionParticles> rows() {
		return source.rows().map(rows -> rows.withRows(indices));
	}
}
