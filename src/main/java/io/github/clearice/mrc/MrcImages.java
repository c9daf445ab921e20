package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcMode.HalfFloat;
import io.github.clearice.task.InputException;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import net.imglib2.AbstractWrappedInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.converter.RealFloatConverter;
import net.imglib2.img.Img;
import net.imglib2.img.ImgFactory;
import net.imglib2.img.ImgView;
import net.imglib2.img.array.ArrayImgFactory;
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
import net.imglib2.view.Views;

/**
 * An MRC file as one lazy ImgLib2 image of {@code FloatType} with its metadata.
 * <p> Axes are x, y and the number of the image (stack) or z (volume); a single image has one section; a stack of
 * volumes has the axes x, y, z and the number of the volume. Pixels are read on access, whatever the size of the file;
 * all pixel modes appear as {@code float}. The image is read-only and valid until it is closed.
 */
public final class MrcImages extends AbstractWrappedInterval<RandomAccessibleInterval<FloatType>> implements
	Img<FloatType>, AutoCloseable
{


	private final MrcFile file;

	private MrcImages(final MrcFile file, final RandomAccessibleInterval<FloatType> image) {
		super(image);
		this.file = file;
	}

	/**
	 * Opens a file; reads its header alone.
	 *
	 * @throws InputException if it is not an MRC image, is cut short or cannot be read
	 */
	public static MrcImages open(final Path path) {
		final MrcFile file = MrcFile.open(path);
		final RandomAccessibleInterval<FloatType> image = floats(file.image());
		return new MrcImages(file, image.numDimensions() > 2 ? image : Views.addDimension(image, 0, 0));
	}

	private static <T extends RealType<T>> RandomAccessibleInterval<FloatType> floats(
		final RandomAccessibleInterval<? extends RealType<?>> stored)
	{
		@SuppressWarnings("unchecked")
		final RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) stored;
		return Converters.convert(typed, new RealFloatConverter<>(), new FloatType());
	}

	/** The file as it was named. */
	public Path path() {
		return file.path();
	}

	/** The header as it is in the file. */
	public MrcHeader header() {
		return file.header();
	}

	/** Whether the sections are images of a stack or planes of a volume. */
	public MrcKind kind() {
		return file.kind();
	}

	/** Edge of a pixel along x in Å; NaN if the header does not say. */
	public double pixelSizeAngstrom() {
		return file.pixelSizeAngstrom();
	}

	/** Values that were guessed or ignored when the header was read, one line each. */
	public List<String> warnings() {
		return file.warnings();
	}

	@Override
	public RandomAccess<FloatType> randomAccess() {
		return sourceInterval.randomAccess();
	}

	@Override
	public RandomAccess<FloatType> randomAccess(final Interval interval) {
		return sourceInterval.randomAccess(interval);
	}

	@Override
	public FloatType getType() {
		return new FloatType();
	}

	@Override
	public ImgFactory<FloatType> factory() {
		return new ArrayImgFactory<>(new FloatType());
	}

	/** A copy in memory, which can be changed and outlives this image. */
	@Override
	public Img<FloatType> copy() {
		return ImgView.wrap(sourceInterval, factory()).copy();
	}

	@Override
	public void close() {
		file.close();
	}

	/**
	 * Read-only ImgLib2 images over mapped pixels. Each block of {@link MappedPixels} is a cell; a cell holds a view of
	 * the mapped bytes, so that no pixel is copied, and pixels are read on access.
	 */
	static final class MappedImages {

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
}
