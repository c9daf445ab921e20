package io.github.clearice.fourier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A cubic density map in memory.
 * <p>
 * Voxel (x, y, z) is {@code data[(z * box + y) * box + x]}; the origin of
 * rotations is voxel {@code box / 2} (integer division) on each axis, as in
 * RELION.
 *
 * @param box edge length in voxels
 * @param pixelSizeAngstrom edge length of a voxel in Å
 * @param data {@code box^3} densities, not copied
 */
public record Volume(int box, double pixelSizeAngstrom, float[] data) {

	/** The largest box whose voxels fit one Java array. */
	public static final int LARGEST_BOX = 1290;

	/** Headers round pixel sizes; maps of one data set are calibrated to within this share. */
	public static final double PIXEL_SIZE_TOLERANCE = 0.01;

	public Volume {
		if (box < 1 || box > LARGEST_BOX) throw new IllegalArgumentException("Box must be 1 to " + LARGEST_BOX +
			" voxels, not " + box + ".");
		if (!(pixelSizeAngstrom > 0) || Double.isInfinite(pixelSizeAngstrom)) throw new IllegalArgumentException(
			"Pixel size must be positive, not " + pixelSizeAngstrom + " Å.");
		if (data.length != box * box * box) throw new IllegalArgumentException("A box of " + box + " needs " +
			(long) box * box * box + " voxels, not " + data.length + ".");
	}

	/** A map of zeros. */
	public static Volume zeros(final int box, final double pixelSizeAngstrom) {
		return new Volume(box, pixelSizeAngstrom, new float[box * box * box]);
	}

	/**
	 * Copies a cubic image of any real type.
	 *
	 * @param image axes x, y and z, of one length
	 * @throws IllegalArgumentException if it is no cube
	 */
	public static Volume copyOf(final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom)
	{
		final long box = image.dimension(0);
		if (image.numDimensions() != 3 || image.dimension(1) != box || image.dimension(2) != box || box > LARGEST_BOX)
			throw new IllegalArgumentException("A map needs three axes of one length, at most " + LARGEST_BOX +
				" voxels; crop or pad the image.");
		final float[] data = new float[(int) (box * box * box)];
		int i = 0;
		for (final RealType<?> voxel : Views.flatIterable(image)) data[i++] = voxel.getRealFloat();
		return new Volume((int) box, pixelSizeAngstrom, data);
	}

	/** The voxels as an image with the axes x, y and z; changes of either change both. */
	public Img<FloatType> image() {
		return ArrayImgs.floats(data, box, box, box);
	}

	public int index(final int x, final int y, final int z) {
		return (z * box + y) * box + x;
	}

	public float get(final int x, final int y, final int z) {
		return data[index(x, y, z)];
	}
}
