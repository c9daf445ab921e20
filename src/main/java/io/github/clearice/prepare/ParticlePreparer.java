package io.github.clearice.prepare;

import io.github.clearice.fourier.FourierResampler;
import io.github.clearice.fourier.ImageWindow;
import io.github.clearice.fourier.KernelResampler;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.task.ParameterException;

/** Prepares one image after the other. Holds buffers: one instance a thread. */
final class ParticlePreparer {

	private final PreparationOptions.Geometry geometry;
	private final PreparationOptions options;
	private final FourierResampler fourier;
	private final KernelResampler kernel;
	private final ParticleBackground background;
	private final Ctf ctf;
	private final float[] signs;
	private final float[] same;
	private final float[] scaled;
	private final float[] cropped;

	ParticlePreparer(final PreparationOptions.Geometry geometry, final PreparationOptions options) {
		this.geometry = geometry;
		this.options = options;
		final int box = geometry.resampling().box(), scaledBox = geometry.resampling().resampledBox();
		final boolean whole = geometry.resampling().isWhole();
		final boolean transforms = options.centre() || options.flip() || !geometry.resampling().isNone() && whole;
		final int spectrumBox = whole ? scaledBox : box;
		fourier = transforms ? new FourierResampler(box, spectrumBox) : null;
		kernel = whole ? null : new KernelResampler(box, geometry.ratio(), scaledBox);
		final int smaller = Math.min(scaledBox, geometry.preparedBox());
		background = background(smaller, options);
		ctf = options.flip() ? new Ctf(spectrumBox, geometry.pixelSizeAngstrom() * box / spectrumBox) : null;
		signs = options.flip() ? new float[ctf.length()] : null;
		same = transforms && !whole ? new float[box * box] : null;
		scaled = new float[scaledBox * scaledBox];
		cropped = new float[smaller * smaller];
	}

	private static ParticleBackground background(final int box, final PreparationOptions options) {
		try {
			return new ParticleBackground(box, options.diameterFraction() * box / 2);
		}
		catch (final IllegalArgumentException e) {
			throw new ParameterException("A particle diameter of " + options.diameterFraction() +
				" boxes leaves no background in a box of " + box + " pixels. Give a smaller diameter=.");
		}
	}

	/**
	 * Prepares an image.
	 *
	 * @param image {@code box * box} pixels, left as they are
	 * @param shiftX how far the picture has to move to be in the centre, in its own pixels
	 * @param shiftY along y
	 * @param parameters of the contrast transfer function; null where phases are not flipped
	 * @param prepared receives {@code preparedBox * preparedBox} pixels
	 */
	void apply(final float[] image, final double shiftX, final double shiftY, final CtfParameters parameters,
		final float[] prepared)
	{
		float[] current = image;
		if (fourier != null) {
			final float[] transformed = same == null ? scaled : same;
			fourier.apply(current, shiftX, shiftY, parameters == null ? null : signs(parameters), transformed);
			current = transformed;
		}
		if (kernel != null) {
			kernel.apply(current, scaled);
			current = scaled;
		}
		final int scaledBox = geometry.resampling().resampledBox(), preparedBox = geometry.preparedBox();
		final boolean pads = preparedBox > scaledBox;
		final float[] target = pads ? cropped : prepared;
		if (preparedBox < scaledBox) ImageWindow.apply(current, scaledBox, 0, target, preparedBox);
		else System.arraycopy(current, 0, target, 0, scaledBox * scaledBox);
		if (options.normalise() && options.ramp()) background.flatten(target);
		if (options.normalise()) background.normalise(target);
		if (options.invert()) for (int i = 0; i < target.length; i++) target[i] = -target[i];
		if (pads) ImageWindow.apply(target, scaledBox, (float) background.mean(target), prepared, preparedBox);
	}

	private float[] signs(final CtfParameters parameters) {
		ctf.sample(parameters, signs);
		for (int i = 0; i < signs.length; i++) signs[i] = signs[i] < 0 ? -1 : 1;
		return signs;
	}
}
