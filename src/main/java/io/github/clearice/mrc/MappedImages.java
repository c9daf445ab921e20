package io.github.clearice.mrc;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.ByteAccess;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.FloatAccess;
import net.imglib2.img.basictypeaccess.ShortAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.ShortBufferAccess;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Read-only ImgLib2 images over mapped pixels. Each block of {@link
 * MappedPixels} is a cell; a cell holds a view of the mapped bytes, so that no
 * pixel is copied and nothing is read before it is looked at.
 */
final class MappedImages {

	private final MappedPixels pixels;
	private final CellGrid grid;
	private final int columns;

	/** @param dimensions columns, rows, and one or two dimensions that count sections */
	MappedImages(final MappedPixels pixels, final long... dimensions) {
		final int[] cell = new int[dimensions.length];
		Arrays.fill(cell, 1);
		cell[0] = (int) dimensions[0];
		cell[1] = pixels.rowsPerBlock();
		this.pixels = pixels;
		this.grid = new CellGrid(dimensions, cell);
		this.columns = (int) dimensions[0];
	}

	RandomAccessibleInterval<? extends RealType<?>> image(final MrcMode mode, final boolean unsignedBytes) {
		return switch (mode) {
			case FLOAT32 -> this.<FloatType, FloatAccess> lazy(new FloatType(), block -> new FloatBufferAccess(block
				.asFloatBuffer(), true));
			case FLOAT16 -> this.<FloatType, FloatAccess> lazy(new FloatType(), HalfFloatAccess::new);
			case INT16 -> this.<ShortType, ShortAccess> lazy(new ShortType(), MappedImages::shorts);
			case UINT16 -> this.<UnsignedShortType, ShortAccess> lazy(new UnsignedShortType(), MappedImages::shorts);
			case INT8 -> unsignedBytes //
				? this.<UnsignedByteType, ByteAccess> lazy(new UnsignedByteType(), MappedImages::bytes) //
				: this.<ByteType, ByteAccess> lazy(new ByteType(), MappedImages::bytes);
			case UINT4 -> this.<UnsignedByteType, ByteAccess> lazy(new UnsignedByteType(), block -> new NibbleAccess(block,
				columns));
		};
	}

	/** How a cell of one pixel type looks at its bytes. */
	private interface View<A> {

		A of(ByteBuffer block);
	}

	private <T extends NativeType<T> & RealType<T>, A extends DataAccess> LazyCellImg<T, A> lazy(final T type,
		final View<A> view)
	{
		return new LazyCellImg<>(grid, type, index -> {
			final long[] min = new long[grid.numDimensions()];
			final int[] size = new int[grid.numDimensions()];
			grid.getCellDimensions(index, min, size);
			return new Cell<>(size, min, view.of(pixels.block(index)));
		});
	}

	private static ShortAccess shorts(final ByteBuffer block) {
		return new ShortBufferAccess(block.asShortBuffer(), true);
	}

	private static ByteAccess bytes(final ByteBuffer block) {
		return new ByteBufferAccess(block, true);
	}

	private static UnsupportedOperationException readOnly() {
		return new UnsupportedOperationException("This image is a view of a file and cannot be changed; copy it first.");
	}

	/** Half-precision pixels seen as {@code float}. */
	private static final class HalfFloatAccess implements FloatAccess {

		private final ShortBuffer halves;

		HalfFloatAccess(final ByteBuffer block) {
			halves = block.asShortBuffer();
		}

		@Override
		public float getValue(final int index) {
			return HalfFloat.toFloat(halves.get(index));
		}

		@Override
		public void setValue(final int index, final float value) {
			throw readOnly();
		}
	}

	/** Packed 4-bit pixels seen as bytes. */
	private static final class NibbleAccess implements ByteAccess {

		private final ByteBuffer block;
		private final int columns;
		private final int rowBytes;

		NibbleAccess(final ByteBuffer block, final int columns) {
			this.block = block;
			this.columns = columns;
			this.rowBytes = (int) MrcMode.UINT4.rowBytes(columns);
		}

		@Override
		public byte getValue(final int index) {
			final int x = index % columns;
			return (byte) PixelDecoder.nibble(block.get(index / columns * rowBytes + x / 2), x);
		}

		@Override
		public void setValue(final int index, final byte value) {
			throw readOnly();
		}
	}
}
