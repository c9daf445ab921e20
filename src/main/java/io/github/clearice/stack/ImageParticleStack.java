package io.github.clearice.stack;

import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.InputException;

import java.util.Objects;
import java.util.Optional;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * An ImgLib2 image of any real type as a stack of particles, with or without a table of them. Pixels are read from the
 * image when they are needed.
 */
public final class ImageParticleStack implements ParticleStack {

	private final String name;
	private final RandomAccessibleInterval<? extends RealType<?>> image;
	private final double pixelSizeAngstrom;
	private final RelionParticles rows;

	/**
	 * @param name what messages call the stack
	 * @param image axes x, y and number of the particle; x and y are of one length
	 * @param pixelSizeAngstrom pixel size in Å, or NaN if it is unknown
	 * @param rows one row for each particle, in the order of the images; null without a table
	 * @throws InputException if the image is no stack of square images, or the table has another number of rows
	 */
	public ImageParticleStack(final String name, final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom, final RelionParticles rows)
	{
		this.name = Objects.requireNonNull(name, "name");
		this.image = image;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.rows = rows;
		if (image.numDimensions() != 3) throw new InputException("The image \"" + name + "\" has " + image
			.numDimensions() + " axes; a stack of particles has three: x, y and number of the particle.");
		if (image.dimension(0) != image.dimension(1)) throw new InputException("The images of \"" + name + "\" are " +
			image.dimension(0) + " x " + image.dimension(1) + " pixels; crop or pad them to a square box.");
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new InputException("The stack \"" +
			name + "\" has a pixel size of " + pixelSizeAngstrom + " Å; give a positive one, or NaN if it is unknown.");
		if (rows != null && rows.size() != image.dimension(2)) throw new InputException("The stack \"" + name +
			"\" has " + image.dimension(2) + " images, but its table lists " + rows.size() + " particles.");
	}

	@Override
	public int size() {
		return (int) image.dimension(2);
	}

	@Override
	public int box() {
		return (int) image.dimension(0);
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Optional<RelionParticles> rows() {
		return Optional.ofNullable(rows);
	}

	@Override
	public void read(final int index, final float[] pixels) {
		Objects.checkIndex(index, size());
		final RandomAccess<? extends RealType<?>> access = image.randomAccess();
		access.setPosition(image.min(2) + index, 2);
		final int box = box();
		for (int y = 0; y < box; y++) {
			access.setPosition(image.min(1) + y, 1);
			access.setPosition(image.min(0), 0);
			for (int x = 0; x < box; x++) {
				pixels[y * box + x] = access.get().getRealFloat();
				access.fwd(0);
			}
		}
	}
}
