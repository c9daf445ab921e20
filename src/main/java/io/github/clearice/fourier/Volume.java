package io.github.clearice.fourier;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A cubic density map: an image with the axes x, y and z, and its pixel size.
 * <p>
 * The origin of rotations is voxel {@code box / 2} (integer division) on each axis, as in RELION. Two volumes may share
 * their voxels.
 *
 * @param image three axes of one length, 1 to {@value #LARGEST_BOX} voxels
 * @param pixelSizeAngstrom edge length of a voxel in Å
 */
public record Volume(ArrayImg<FloatType, FloatArray> image, double pixelSizeAngstrom) {

	/** The largest box whose voxels fit one Java array. */
	public static final int LARGEST_BOX = 1290;

	/** Headers round pixel sizes; maps of one data set are calibrated to within this share. */
	public static final double PIXEL_SIZE_TOLERANCE = 0.01;

	/** @throws ParameterException if the image is not a cube, too large, or the pixel size not positive */
	public Volume {
		requireCube(image);
		if (!(pixelSizeAngstrom > 0) || Double.isInfinite(pixelSizeAngstrom)) throw new ParameterException(
			"The pixel size of a map must be positive, not " + pixelSizeAngstrom + " Å. Give its pixel size.");
	}

	/** A map of zeros. */
	public static Volume zeros(final int box, final double pixelSizeAngstrom) {
		return new Volume(ArrayImgs.floats(box, box, box), pixelSizeAngstrom);
	}

	/** A map of {@code box^3} voxels, x fastest and z slowest, which are not copied. */
	public static Volume of(final int box, final double pixelSizeAngstrom, final float[] voxels) {
		return new Volume(ArrayImgs.floats(voxels, box, box, box), pixelSizeAngstrom);
	}

	/**
	 * Copies an image of any real type, such as one that Fiji shows.
	 *
	 * @param image axes x, y and z, of one length
	 * @throws ParameterException if it is not a cube, too large, or the pixel size not positive
	 */
	public static Volume copyOf(final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom)
	{
		requireCube(image);
		final Volume copy = zeros((int) image.dimension(0), pixelSizeAngstrom);
		final float[] voxels = copy.voxels();
		int i = 0;
		for (final RealType<?> voxel : Views.flatIterable(image)) voxels[i++] = voxel.getRealFloat();
		return copy;
	}

	private static void requireCube(final RandomAccessibleInterval<?> image) {
		final long[] size = image.dimensionsAsLongArray();
		if (size.length != 3 || size[1] != size[0] || size[2] != size[0] || size[0] > LARGEST_BOX)
			throw new ParameterException("A map has three axes of one length, at most " + LARGEST_BOX +
				" voxels, but this image has " + Arrays.stream(size).mapToObj(Long::toString).collect(Collectors.joining(
					" x ")) + ". Crop or pad it to a cube.");
	}

	/** Edge length in voxels. */
	public int box() {
		return (int) image.dimension(0);
	}

	/** The voxels themselves for inner loops and transforms: (x, y, z) is at {@code (z * box + y) * box + x}. */
	public float[] voxels() {
		return image.update(null).getCurrentStorageArray();
	}

	/** Where a voxel is in {@link #voxels()}. */
	public int index(final int x, final int y, final int z) {
		return (z * box() + y) * box() + x;
	}

	public float get(final int x, final int y, final int z) {
		return voxels()[index(x, y, z)];
	}

	/** The same voxels of another size. */
	public Volume withPixelSize(final double sizeAngstrom) {
		return new Volume(image, sizeAngstrom);
	}

	/**
	 * The product with a mask, voxel by voxel.
	 *
	 * @throws ParameterException if the mask has another box or pixel size
	 */
	public Volume times(final Volume mask) {
		requireAlike("the map", mask, "The mask");
		final float[] own = voxels(), weights = mask.voxels(), product = new float[own.length];
		for (int i = 0; i < product.length; i++) product[i] = own[i] * weights[i];
		return of(box(), pixelSizeAngstrom, product);
	}

	/**
	 * Refuses a second volume that has another box or pixel size.
	 *
	 * @param name of this volume, for the message
	 * @param otherName of the second volume
	 * @throws ParameterException if they differ
	 */
	public void requireAlike(final String name, final Volume other, final String otherName) {
		if (box() != other.box()) throw new ParameterException(otherName + " has a box of " + other.box() +
			" voxels, but " + name + " of " + box() + ". Crop, pad or resample one of them.");
		final double ratio = other.pixelSizeAngstrom() / pixelSizeAngstrom;
		if (Math.abs(ratio - 1) > PIXEL_SIZE_TOLERANCE) throw new ParameterException(String.format(Locale.ROOT,
			"%s has voxels of %s Å, but %s of %s. Resample one of them, or correct its header.", otherName, other
				.pixelSizeAngstrom(), name, pixelSizeAngstrom));
	}
}
