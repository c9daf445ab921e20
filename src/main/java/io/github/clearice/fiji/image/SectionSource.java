package io.github.clearice.fiji.image;

import java.nio.file.Path;

/** Images of one size that are read one at a time, such as the sections of a file. */
interface SectionSource {

	/** The file that holds or names the images. */
	Path path();

	/** Pixel size in Å that the file states, or NaN. */
	double pixelSizeAngstrom();

	/** How a section's pixels are kept in ImageJ. */
	enum Depth {
		/** Whole numbers from 0 to 255. */
		BYTE(8),
		/** Whole numbers from 0 to 65535. */
		SHORT(16),
		/** All else: ImageJ has no negative whole numbers. */
		FLOAT(32);

		private final int bits;

		Depth(final int bits) {
			this.bits = bits;
		}

		int bits() {
			return bits;
		}
	}

	/** Height of pixels in Å where it is not that of {@link #pixelSizeAngstrom}. */
	default double pixelHeightAngstrom() {
		return pixelSizeAngstrom();
	}

	int width();

	int height();

	int count();

	Depth depth();

	/** Reads section {@code 0 .. count() - 1} into {@code width() * height()} pixels, from any thread. */
	void read(int index, float[] pixels);

	/** The label that ImageJ shows above a section, or null for none. */
	String label(int index);
}
