package io.github.clearice.mrc;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
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
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An MRC file as one lazy ImgLib2 image of {@code FloatType} with its metadata.
 * <p>
 * Axes are x, y and the number of the image (stack) or z (volume); a single image has one section; a stack of volumes
 * has the axes x, y, z and the number of the volume. Nothing is read before it is looked at, whatever the size of the
 * file; all pixel modes are seen as {@code float}. The image is read-only and valid until it is closed.
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
	 * @throws InputException if it is no MRC image, is cut short or cannot be read
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

	/** What was guessed or ignored when the header was read, one line each. */
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
}
