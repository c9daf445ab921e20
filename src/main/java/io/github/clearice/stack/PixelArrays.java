package io.github.clearice.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessible;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.converter.Converters;
import net.imglib2.converter.RealFloatConverter;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.transform.integer.MixedTransform;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;
import net.imglib2.view.IntervalView;
import net.imglib2.view.MixedTransformView;
import net.imglib2.view.Views;

/**
 * Between ImgLib2 images with the axes x, y and number of the image, and the arrays that inner loops, transforms and
 * networks work on: {@code [images][box * box]} pixels, row by row.
 * <p>
 * Images that were made of arrays give these arrays back, so that nothing is copied on the way through a
 * {@link Denoiser}.
 */
public final class PixelArrays {

	private PixelArrays() {}

	/**
	 * Arrays as one image.
	 *
	 * @param first number of the first image along axis 2
	 * @param pixels one array of {@code box * box} pixels for each image, at least one; not copied
	 */
	public static RandomAccessibleInterval<FloatType> image(final long first, final float[]... pixels) {
		final int box = (int) Math.round(Math.sqrt(pixels[0].length));
		final List<FloatArray> planes = new ArrayList<>();
		for (final float[] plane : pixels) planes.add(new FloatArray(plane));
		final PlanarImg<FloatType, FloatArray> image = new PlanarImg<>(planes, new long[] { box, box, pixels.length },
			new Fraction());
		image.setLinkedType(new FloatType(image));
		return first == 0 ? image : Views.translate(image, 0, 0, first);
	}

	/**
	 * Arrays as images that are no particles of the stack that a {@link Denoiser} was prepared for: their numbers are
	 * negative.
	 *
	 * @param pixels as for {@link #image}
	 */
	public static RandomAccessibleInterval<FloatType> otherImages(final float[]... pixels) {
		return image(-pixels.length, pixels);
	}

	/** The pixels of images, in their order: not to be changed, as they may be the images' own arrays. */
	public static float[][] of(final RandomAccessibleInterval<? extends RealType<?>> images) {
		return arrays(images, true);
	}

	/** The pixels of one image with the axes x and y: not to be changed, as they may be the image's own array. */
	public static float[] pixels(final RandomAccessibleInterval<? extends RealType<?>> image) {
		if (source(image, new long[2]) instanceof ArrayImg<?, ?> one && one.update(null) instanceof FloatArray array &&
			one.getType() instanceof FloatType) return array.getCurrentStorageArray();
		final float[] pixels = new float[(int) (image.dimension(0) * image.dimension(1))];
		blocks(image).copy(image, pixels);
		return pixels;
	}

	/**
	 * Arrays that receive the pixels of images: the images' own where they have such, else new ones.
	 * {@link #write} brings them into the images.
	 */
	static float[][] toFill(final RandomAccessibleInterval<FloatType> images) {
		return arrays(images, false);
	}

	private static float[][] arrays(final RandomAccessibleInterval<? extends RealType<?>> images, final boolean filled) {
		final float[][] arrays = new float[(int) images.dimension(2)][];
		for (int i = 0; i < arrays.length; i++) {
			arrays[i] = own(images, images.min(2) + i);
			if (arrays[i] != null) continue;
			arrays[i] = new float[(int) (images.dimension(0) * images.dimension(1))];
			if (filled) read(images, images.min(2) + i, arrays[i]);
		}
		return arrays;
	}

	/** Brings pixels into images, one array for each; nothing is left to do for arrays that are the images' own. */
	static void write(final float[][] pixels, final RandomAccessibleInterval<? extends RealType<?>> images) {
		for (int i = 0; i < pixels.length; i++) write(pixels[i], images, images.min(2) + i);
	}

	/** Brings pixels into the image of a number. */
	static void write(final float[] pixels, final RandomAccessibleInterval<? extends RealType<?>> images,
		final long number)
	{
		if (own(images, number) == pixels) return;
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views.interval(images, plane(images, number)))
			.cursor();
		for (final float pixel : pixels) cursor.next().setReal(pixel);
	}

	/**
	 * Copies the pixels of one image.
	 *
	 * @param number of the image along axis 2
	 * @param pixels receives {@code box * box} pixels, row by row
	 * @throws IndexOutOfBoundsException if there is no such image
	 */
	public static void read(final RandomAccessibleInterval<? extends RealType<?>> images, final long number,
		final float[] pixels)
	{
		if (number < images.min(2) || number > images.max(2)) throw new IndexOutOfBoundsException("There is no image " +
			number + " among " + images.min(2) + " to " + images.max(2) + ".");
		if (images instanceof LazyImages lazy) {
			lazy.read((int) number, pixels);
			return;
		}
		final long[] position = { 0, 0, number };
		final RandomAccessible<?> source = source(images, position);
		final FloatArray array = array(source, (int) position[2]);
		final int length = (int) (images.dimension(0) * images.dimension(1));
		if (source instanceof LazyImages lazy) lazy.read((int) position[2], pixels);
		else if (array != null) System.arraycopy(array.getCurrentStorageArray(), source instanceof ArrayImg
			? (int) position[2] * length : 0, pixels, 0, length);
		else blocks(images).copy(plane(images, number), pixels);
	}

	/** Copies parts of an image of any real type into arrays, for one thread. */
	private static PrimitiveBlocks<FloatType> blocks(final RandomAccessibleInterval<? extends RealType<?>> images) {
		return PrimitiveBlocks.of(floats(images), PrimitiveBlocks.OnFallback.ACCEPT);
	}

	/** An image of any real type seen as one of 32-bit floating-point pixels. */
	static <T extends RealType<T>> RandomAccessibleInterval<FloatType> floats(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		@SuppressWarnings("unchecked")
		final RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) image;
		if (typed.getType() instanceof FloatType) {
			@SuppressWarnings("unchecked")
			final RandomAccessibleInterval<FloatType> same = (RandomAccessibleInterval<FloatType>) image;
			return same;
		}
		return Converters.convert(typed, new RealFloatConverter<>(), new FloatType());
	}

	/** The interval of one image. */
	private static Interval plane(final Interval images, final long number) {
		return new FinalInterval(new long[] { images.min(0), images.min(1), number }, new long[] { images.max(0), images
			.max(1), number });
	}

	/** The array that one image consists of; null if it does not consist of one. */
	private static float[] own(final RandomAccessibleInterval<?> images, final long number) {
		final long[] position = { 0, 0, number };
		final RandomAccessible<?> source = source(images, position);
		if (source instanceof ArrayImg) return null;
		final FloatArray array = array(source, (int) position[2]);
		return array == null ? null : array.getCurrentStorageArray();
	}

	/** The pixels that hold one image of a source; null if they are in no array, or of another type. */
	private static FloatArray array(final RandomAccessible<?> source, final int number) {
		final Object pixels = source instanceof PlanarImg<?, ?> planes ? planes.getPlane(number)
			: source instanceof ArrayImg<?, ?> one ? one.update(null) : null;
		return pixels instanceof FloatArray array && source.getType() instanceof FloatType ? array : null;
	}

	/**
	 * What views show moved images of, none of them cut.
	 *
	 * @param position x and y of any value and the number of an image; becomes that in the source
	 * @return null if these are no whole images of such a source
	 */
	private static RandomAccessible<?> source(final RandomAccessibleInterval<?> images, final long[] position) {
		position[0] = images.min(0);
		position[1] = images.min(1);
		RandomAccessible<?> source = images;
		while (source instanceof IntervalView || source instanceof MixedTransformView) {
			if (source instanceof IntervalView<?> view) source = view.getSource();
			else {
				final MixedTransformView<?> view = (MixedTransformView<?>) source;
				if (!move(position, view.getTransformToSource())) return null;
				source = view.getSource();
			}
		}
		return source instanceof Interval whole && whole.numDimensions() == position.length && position[0] == whole.min(
			0) && position[1] == whole.min(1) && whole.dimension(0) == images.dimension(0) && whole.dimension(1) == images
				.dimension(1) ? source : null;
	}

	/** Moves a position to the source of a view; false if the view is not moved alone. */
	private static boolean move(final long[] position, final MixedTransform transform) {
		if (transform.numSourceDimensions() != position.length || transform.numTargetDimensions() != position.length)
			return false;
		final int[] axes = new int[position.length];
		transform.getComponentMapping(axes);
		for (int axis = 0; axis < position.length; axis++) {
			if (axes[axis] != axis || transform.getComponentZero(axis) || transform.getComponentInversion(axis)) return false;
			position[axis] += transform.getTranslation(axis);
		}
		return true;
	}

	/** Refuses two images that do not have the same pixels. */
	static void requireAlike(final Interval noisy, final Interval denoised) {
		if (!Arrays.equals(noisy.minAsLongArray(), denoised.minAsLongArray()) || !Arrays.equals(noisy.maxAsLongArray(),
			denoised.maxAsLongArray())) throw new IllegalArgumentException("The results need an image of the interval " +
				noisy + ", not " + denoised + ".");
	}
}
