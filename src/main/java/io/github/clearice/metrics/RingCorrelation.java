package io.github.clearice.metrics;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.stack.PixelArrays;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The Fourier ring correlation of images with a reference; see
 * {@link ShellCorrelation} for its formula and resolution. Holds buffers: one
 * instance a thread.
 */
public final class RingCorrelation {

	private final FourierShells rings;
	private final RealFourierTransform2D transform;
	private final double pixelSizeAngstrom;
	private final float[] referenceSpectrum;
	private final float[] imageSpectrum;
	private final double[] referencePower;

	/**
	 * @param rings the rings of the images, shared by the threads
	 * @param pixelSizeAngstrom pixel size in Å
	 */
	public RingCorrelation(final FourierShells rings, final double pixelSizeAngstrom) {
		this.rings = rings;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		transform = new RealFourierTransform2D(rings.box());
		referenceSpectrum = new float[transform.spectrumLength()];
		imageSpectrum = new float[transform.spectrumLength()];
		referencePower = new double[rings.count()];
	}

	/**
	 * Correlates two images.
	 *
	 * @param reference {@code box * box} pixels, axes x and y
	 * @param image as many
	 */
	public static ShellCorrelation between(final double pixelSizeAngstrom,
		final RandomAccessibleInterval<? extends RealType<?>> reference,
			final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final RingCorrelation correlation = new RingCorrelation(FourierShells.ofImages((int) reference.dimension(0)),
			pixelSizeAngstrom);
		correlation.setReference(reference);
		return correlation.with(image);
	}

	/** Sets the reference for the next images. */
	public void setReference(final RandomAccessibleInterval<? extends RealType<?>> reference) {
		transform.forward(PixelArrays.pixels(reference), referenceSpectrum);
		Arrays.fill(referencePower, 0);
		rings.addPower(referenceSpectrum, referencePower);
	}

	/** Correlates an image with the reference. */
	public ShellCorrelation with(final RandomAccessibleInterval<? extends RealType<?>> image) {
		transform.forward(PixelArrays.pixels(image), imageSpectrum);
		return ShellCorrelation.between(rings, pixelSizeAngstrom, referenceSpectrum, referencePower, imageSpectrum);
	}
}
