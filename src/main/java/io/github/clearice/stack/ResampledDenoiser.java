package io.github.clearice.stack;

import io.github.clearice.fourier.ImageWindow;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

/**
 * Denoises particles of one box and pixel size with a method for another, such as a trained model: images are resampled
 * to the method's pixel size, cropped to its box or padded with their own reflections, and the results are brought
 * back.
 * <p>
 * Where the method's box shows less than the particles', pixels around it get the level of the result's corners.
 * Results have no detail beyond the Nyquist frequency of the coarser of both pixel sizes.
 */
public final class ResampledDenoiser extends DenoiserView {

	private final int stackBox;
	private final int box;
	private final Resampling there;
	private final Resampling back;

	/** Resamples for one thread. */
	private final class Way {

		private final Resampling.ImageResampler resampler;
		private final float[] resampled;
		private final int from;
		private final ParticleBackground corners;

		Way(final Resampling resampling) {
			resampler = resampling.resampler();
			from = resampling.resampledBox();
			resampled = new float[from * from];
			corners = new ParticleBackground(from, from / 2);
		}

		void there(final float[] image, final float[] seen) {
			resampler.apply(image, resampled);
			ImageWindow.mirrored(resampled, from, seen, box);
		}

		void back(final float[] result, final float[] denoised) {
			resampler.apply(result, resampled);
			ImageWindow.apply(resampled, from, (float) corners.mean(resampled), denoised, stackBox);
		}
	}

	/**
	 * @param denoiser the method, closed along with this
	 * @param stack the particles that are to be denoised
	 * @param box edge length in pixels of the images that the method takes
	 * @param pixelSizeAngstrom their pixel size; NaN where it is that of the stack
	 */
	public ResampledDenoiser(final Denoiser denoiser, final ParticleStack stack, final int box,
		final double pixelSizeAngstrom)
	{
		super(denoiser);
		this.stackBox = stack.box();
		this.box = box;
		final double ratio = ratio(stack, pixelSizeAngstrom);
		if (Double.isNaN(ratio)) throw new InputException(stack.place() +
			" does not state its pixel size, so it cannot be resampled to that of " + denoiser.name() + ", " +
			pixelSizeAngstrom + " Å. Add it to a STAR file, or give it to clearice denoise (pixel=).");
		this.there = Resampling.byRatio(stack.box(), ratio);
		this.back = Resampling.byRatio(box, 1 / ratio);
	}

	private static double ratio(final ParticleStack stack, final double pixelSizeAngstrom) {
		return Double.isNaN(pixelSizeAngstrom) ? 1 : pixelSizeAngstrom / stack.pixelSizeAngstrom();
	}

	/** The stack as a method for images of another box and pixel size sees it, with parameters as in the constructor. */
	public static ParticleStack seen(final ParticleStack stack, final int box, final double pixelSizeAngstrom) {
		return stack.resampled(Resampling.byRatio(stack.box(), ratio(stack, pixelSizeAngstrom)), box);
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		denoiser.prepare(noisy.resampled(there, box), listener);
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		final float[][] seen = new float[noisy.length][box * box], results = new float[noisy.length][box * box];
		ParallelLoop.run(noisy.length, 1, thread -> {
			final Way way = new Way(there);
			return i -> way.there(noisy[(int) i], seen[(int) i]);
		});
		denoiser.denoise(PixelArrays.image(first, seen), PixelArrays.image(first, results));
		ParallelLoop.run(noisy.length, 1, thread -> {
			final Way way = new Way(back);
			return i -> way.back(results[(int) i], denoised[(int) i]);
		});
	}
}
