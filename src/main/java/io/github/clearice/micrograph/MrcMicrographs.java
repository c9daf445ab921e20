package io.github.clearice.micrograph;

import io.github.clearice.mrc.MrcFile;

import java.nio.file.Path;
import java.util.List;

/** Micrographs in an MRC file. */
record MrcMicrographs(MrcFile file) implements MicrographSource {

	@Override
	public Path path() {
		return file.path();
	}

	@Override
	public int width() {
		return file.width();
	}

	@Override
	public int height() {
		return file.height();
	}

	@Override
	public int sections() {
		return file.sections();
	}

	@Override
	public double pixelSizeAngstrom() {
		return file.pixelSizeAngstrom();
	}

	@Override
	public List<String> warnings() {
		return file.warnings();
	}

	@Override
	public void readSection(final int section, final float[] pixels) {
		file.readSection(section, pixels);
	}

	@Override
	public void close() {
		file.close();
	}
}
