package io.github.clearice.fiji.image;

import io.github.clearice.mrc.MrcFile;

import java.nio.file.Path;

/**
 * The sections of an MRC file.
 *
 * @param file kept open; its pixels are mapped into memory
 */
record MrcSections(MrcFile file) implements SectionSource {

	@Override
	public Path path() {
		return file.path();
	}

	@Override
	public double pixelSizeAngstrom() {
		return file.pixelSizeAngstrom();
	}

	@Override
	public double pixelHeightAngstrom() {
		return file.pixelSizeAngstrom(1);
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
	public int count() {
		return file.sections();
	}

	@Override
	public Depth depth() {
		return switch (file.mode()) {
			case UINT4 -> Depth.BYTE;
			case UINT16 -> Depth.SHORT;
			case INT8 -> file.header().hasUnsignedBytes() ? Depth.BYTE : Depth.FLOAT;
			default -> Depth.FLOAT;
		};
	}

	@Override
	public void read(final int index, final float[] pixels) {
		file.readSection(index, pixels);
	}

	@Override
	public String label(final int index) {
		return null;
	}
}
