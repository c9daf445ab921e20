package io.github.clearice.stack;

import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** A stack that combines an image, a table, and properties of both. */
final class ImageParticleStack implements ParticleStack {

	private final String name;
	private final String place;
	private final RandomAccessibleInterval<FloatType> image;
	private final double pixelSizeAngstrom;
	private final RelionParticles rows;
	private final IntUnaryOperator sign;
	private final List<Path> files;
	private final Runnable close;

	/** See {@link ParticleStack#of} and the methods of the same names. */
	ImageParticleStack(final String name, final String place, final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom, final RelionParticles rows, final IntUnaryOperator sign, final List<Path> files,
		final Runnable close)
	{
		this.name = Objects.requireNonNull(name, "name");
		if (image.numDimensions() != 3) throw new InputException("The image \"" + name + "\" has " + image
			.numDimensions() + " axes; a stack of particles has three: x, y and number of the particle.");
		if (image.dimension(0) != image.dimension(1)) throw new InputException("The images of \"" + name + "\" are " +
			image.dimension(0) + " x " + image.dimension(1) + " pixels; crop or pad them to a square box.");
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new InputException("The stack \"" +
			name + "\" has a pixel size of " + pixelSizeAngstrom + " Å; give a positive one, or NaN if it is unknown.");
		if (rows != null && rows.size() != image.dimension(2)) throw new InputException("The stack \"" + name +
			"\" has " + image.dimension(2) + " images, but its table lists " + rows.size() + " particles.");
		this.place = place;
		this.image = Views.isZeroMin(image) ? PixelArrays.floats(image) : Views.zeroMin(PixelArrays.floats(image));
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		this.rows = rows;
		this.sign = sign;
		this.files = files;
		this.close = close;
	}

	@Override
	public RandomAccessibleInterval<FloatType> image() {
		return image;
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
	public String place() {
		return place;
	}

	@Override
	public Optional<RelionParticles> rows() {
		return Optional.ofNullable(rows);
	}

	@Override
	public int sign(final int index) {
		return sign.applyAsInt(index);
	}

	@Override
	public List<Path> files() {
		return files;
	}

	@Override
	public void close() {
		close.run();
	}
}
