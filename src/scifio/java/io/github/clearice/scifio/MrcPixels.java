package io.github.clearice.scifio;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.scif.ImageMetadata;
import io.scif.util.FormatTools;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import net.imglib2.Interval;
import net.imglib2.type.numeric.integer.ByteType;

/** Pixels of MRC files as SCIFIO's bytes, and back. */
final class MrcPixels {

	private MrcPixels() {}

	/** The pixel type that holds the file's values. */
	static int typeOf(final MrcFile file) {
		return switch (file.mode()) {
			case INT8 -> file.image().getType() instanceof ByteType ? FormatTools.INT8 : FormatTools.UINT8;
			case UINT4 -> FormatTools.UINT8;
			case INT16 -> FormatTools.INT16;
			case UINT16 -> FormatTools.UINT16;
			case FLOAT32, FLOAT16 -> FormatTools.FLOAT;
		};
	}

	/** The pixel types that a file can hold as they are. */
	static int[] writable() {
		return new int[] { FormatTools.INT8, FormatTools.UINT8, FormatTools.INT16, FormatTools.UINT16, FormatTools.FLOAT };
	}

	/** The mode for a pixel type; unsigned bytes need two, since MRC2014's are signed. */
	static MrcMode modeFor(final int pixelType) {
		return switch (pixelType) {
			case FormatTools.INT8 -> MrcMode.INT8;
			case FormatTools.UINT8, FormatTools.INT16 -> MrcMode.INT16;
			case FormatTools.UINT16 -> MrcMode.UINT16;
			default -> MrcMode.FLOAT32;
		};
	}

	/**
	 * Copies a part of a section into little-endian bytes.
	 *
	 * @param bounds of the part, in X and Y
	 */
	static void copy(final float[] section, final int width, final Interval bounds, final byte[] into,
		final int pixelType)
	{
		final ByteBuffer bytes = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
		for (long y = bounds.min(1); y <= bounds.max(1); y++) for (long x = bounds.min(0); x <= bounds.max(0); x++) {
			final float pixel = section[(int) (y * width + x)];
			switch (pixelType) {
				case FormatTools.INT8, FormatTools.UINT8 -> bytes.put((byte) (int) pixel);
				case FormatTools.INT16, FormatTools.UINT16 -> bytes.putShort((short) (int) pixel);
				default -> bytes.putFloat(pixel);
			}
		}
	}

	/** Pixels from the bytes of a whole section, in the type and byte order of an image. */
	static float[] decode(final byte[] section, final ImageMetadata image) {
		final ByteBuffer bytes = ByteBuffer.wrap(section).order(image.isLittleEndian() ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		final float[] pixels = new float[section.length / FormatTools.getBytesPerPixel(image.getPixelType())];
		for (int i = 0; i < pixels.length; i++) pixels[i] = switch (image.getPixelType()) {
			case FormatTools.INT8 -> bytes.get();
			case FormatTools.UINT8 -> bytes.get() & 0xff;
			case FormatTools.INT16 -> bytes.getShort();
			case FormatTools.UINT16 -> bytes.getShort() & 0xffff;
			default -> bytes.getFloat();
		};
		return pixels;
	}
}
