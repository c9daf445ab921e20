package io.github.clearice.simulate;

import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.DenoiserView;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets a method that assumes all in-plane rotations to be equivalent denoise images with optics that depend on
 * direction: it gets them as {@link Undistortion} makes them, and its results are distorted again like the image.
 */
public final class UndistortingDenoiser extends DenoiserView {

	private final List<CtfParameters> optics;
	private final Queue<Undistortion> idle = new ConcurrentLinkedQueue<>();
	private int box;
	private double pixelSizeAngstrom;

	private interface Step {

		void run(Undistortion undistortion);
	}

	private UndistortingDenoiser(final Denoiser method, final List<CtfParameters> optics) {
		super(method);
		this.optics = optics;
	}

	/**
	 * The method, wrapped to get undistorted images if some are distorted.
	 *
	 * @param optics of the particles of the stack that it will prepare for, null for plain projections
	 */
	public static Denoiser of(final Denoiser method, final List<CtfParameters> optics) {
		return optics.stream().anyMatch(Undistortion::changes) ? new UndistortingDenoiser(method, optics) : method;
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		box = noisy.box();
		pixelSizeAngstrom = noisy.pixelSizeAngstrom();
		denoiser.prepare(noisy.with((index, pixels) -> {
			noisy.read(index, pixels);
			with(undistortion -> undistortion.apply(optics.get(index), pixels));
		}), listener);
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		requireParticles(first, noisy.length, optics.size());
		final float[][] undistorted = new float[noisy.length][];
		ParallelLoop.run(noisy.length, 4, thread -> i -> {
			undistorted[(int) i] = noisy[(int) i].clone();
			with(undistortion -> undistortion.apply(optics.get(first + (int) i), undistorted[(int) i]));
		});
		denoiser.denoise(PixelArrays.image(first, undistorted), PixelArrays.image(first, denoised));
		ParallelLoop.run(noisy.length, 4, thread -> i -> with(undistortion -> undistortion.distort(optics.get(first +
			(int) i), denoised[(int) i])));
	}

	private void with(final Step step) {
		final Undistortion waiting = idle.poll();
		final Undistortion undistortion = waiting == null ? new Undistortion(box, pixelSizeAngstrom) : waiting;
		try {
			step.run(undistortion);
		}
		finally {
			idle.add(undistortion);
		}
	}
}
