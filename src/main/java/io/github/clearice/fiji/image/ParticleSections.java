package io.github.clearice.fiji.image;

import io.github.clearice.stack.ParticleStack;

import java.nio.file.Path;

/**
 * The particles of a RELION STAR file, each labelled with its image's name.
 *
 * @param stack kept open
 */
record ParticleSections(ParticleStack stack) implements SectionSource {

	@Override
	public Path path() {
		return stack.rows().orElseThrow().file();
	}

	@Override
	public double pixelSizeAngstrom() {
		return stack.pixelSizeAngstrom();
	}

	@Override
	public int width() {
		return stack.box();
	}

	@Override
	public int height() {
		return stack.box();
	}

	@Override
	public int count() {
		return stack.size();
	}

	@Override
	public Depth depth() {
		return Depth.FLOAT;
	}

	@Override
	public void read(final int index, final float[] pixels) {
		stack.read(index, pixels);
	}

	@Override
	public String label(final int index) {
		return stack.rows().map(rows -> rows.particles().get(index).imageName()).orElse(null);
	}
}
