package io.github.clearice.stack;

import io.github.clearice.task.InputException;

import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A particle stack in memory.
 *
 * @param name what messages call the stack
 * @param box edge length of each image in pixels
 * @param pixelSizeAngstrom pixel size in Å, or NaN where it is unknown
 * @param images {@code [N][box * box]} pixels, row by row, not copied
 */
public record ArrayParticleStack(String name, int box, double pixelSizeAngstrom, float[][] images) implements
	ParticleStack
{

	/** @throws InputException if an image has not {@code box * box} pixels, or the pixel size is not positive */
	public ArrayParticleStack {
		Objects.requireNonNull(name, "name");
		if (box < 1) throw new InputException("The stack \"" + name + "\" has a box of " + box +
			" pixels; a box is at least 1 pixel.");
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new InputException("The stack \"" +
			name + "\" has a pixel size of " + pixelSizeAngstrom + " Å; give a positive one, or NaN where it is unknown.");
		for (int i = 0; i < images.length; i++) {
			if (images[i].length != (long) box * box) throw new InputException("Image " + (i + 1) + " of the stack \"" +
				name + "\" has " + images[i].length + " pixels, but a box of " + box + " needs " + (long) box * box + ".");
		}
	}

	/**
	 * Reads a whole stack, or a part of it, into memory.
	 *
	 * @param indices which particles, in the order wanted
	 */
	public static ArrayParticleStack copyOf(final ParticleStack stack, final int... indices) {
		final float[][] images = new float[indices.length][stack.box() * stack.box()];
		for (int i = 0; i < indices.length; i++) stack.read(indices[i], images[i]);
		return new ArrayParticleStack(stack.name(), stack.box(), stack.pixelSizeAngstrom(), images);
	}

	@Override
	public RandomAccessibleInterval<FloatType> image() {
		return images.length == 0 ? ArrayImgs.floats(box, box, 0) : PixelArrays.image(0, images);
	}

	@Override
	public int size() {
		return images.length;
	}

	@Override
	public void read(final int index, final float[] image) {
		System.arraycopy(images[index], 0, image, 0, box * box);
	}
}
