package io.github.clearice.evaluate.cluster;

import io.github.clearice.fourier.RigidTransform2D;
import io.github.clearice.fourier.SquareSymmetry;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.stack.StackView;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

/**
 * The images of a stack, each turned in its plane about pixel {@code box / 2} so that all lie alike.
 *
 * @param stack of the images; closed with this one
 * @param anglesDegree by which each image is turned, from the x axis towards the y axis
 */
public record AlignedStack(ParticleStack stack, double[] anglesDegree) implements StackView {

	/** A quarter turn from x towards y, and half a turn, as {@link SquareSymmetry} numbers them, by quarters. */
	private static final int[] QUARTERS = { 0, 5, 3, 6 };

	/**
	 * Finds the angles of a stack without a reference, see {@link PlaneAlignment}.
	 *
	 * @throws ParameterException if a pixel is no number, or the box is smaller than 8 pixels
	 */
	public static AlignedStack of(final ParticleStack source, final long seed, final TaskListener listener) {
		return new AlignedStack(source, new PlaneAlignment(source, seed, listener).anglesDegree());
	}

	@Override
	public void read(final int index, final float[] image) {
		stack.read(index, image);
		PixelCheck.fault(stack, index, image).ifPresent(fault -> {
			throw new ParameterException("Image " + fault + "; leave image " + (index + 1) + " out.");
		});
		final long quarters = Math.round(anglesDegree[index] / 90);
		SquareSymmetry.apply(QUARTERS[(int) Math.floorMod(quarters, 4L)], box(), image, new float[image.length]);
		new RigidTransform2D(box()).apply(image, anglesDegree[index] - 90 * quarters, 0, 0);
	}

	@Override
	public void close() {
		stack.close();
	}
}
