package io.github.clearice.denoise;

import io.github.clearice.fourier.Resampling;
import io.github.clearice.fourier.Resampling.ImageResampler;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A method for images of one box that improves on guides of another one: images and guides are brought to its box by
 * cropping or padding their Fourier transforms, and what it changes of a guide is brought back and added. So detail
 * that is too fine for the method stays as the guide has it. Without a guide there is none.
 */
final class ResampledMethod implements GuidedMethod {

	private final GuidedMethod method;
	private final int box;
	private final Resampling there, back;
	private final Queue<Resamplers> idle = new ConcurrentLinkedQueue<>();

	/** What one thread needs. */
	private record Resamplers(ImageResampler there, ImageResampler back, float[] image) {}

	/** @param method closed along with this */
	ResampledMethod(final GuidedMethod method, final int box) {
		this.method = method;
		this.box = box;
		there = Resampling.toBox(box, method.box());
		back = Resampling.toBox(method.box(), box);
	}

	@Override
	public String name() {
		return method.name();
	}

	@Override
	public int box() {
		return box;
	}

	@Override
	public int batchSize() {
		return method.batchSize();
	}

	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		method.prepare(noisy.with(LazyImages.of(method.box(), noisy.size(), (index, pixels) -> {
			final float[] image = new float[box * box];
			noisy.read(index, image);
			show(image, pixels);
		}), there.ratio() * noisy.pixelSizeAngstrom(), null), listener);
	}

	@Override
	public void denoise(final int first, final float[][] noisy, final float[][] guides, final float[][] denoised) {
		final int pixels = method.box() * method.box();
		final float[][] images = new float[noisy.length][pixels], results = new float[noisy.length][pixels];
		final float[][] estimates = guides == null ? null : new float[noisy.length][pixels];
		ParallelLoop.run(noisy.length, 4, thread -> i -> {
			final Resamplers own = take();
			own.there.apply(noisy[(int) i], images[(int) i]);
			if (guides != null) own.there.apply(guides[(int) i], estimates[(int) i]);
			idle.add(own);
		});
		method.denoise(first, images, estimates, results);
		ParallelLoop.run(noisy.length, 4, thread -> i -> {
			final Resamplers own = take();
			final float[] target = denoised[(int) i];
			if (guides == null) own.back.apply(results[(int) i], target);
			else {
				final float[] change = own.image;
				for (int p = 0; p < pixels; p++) change[p] = results[(int) i][p] - estimates[(int) i][p];
				own.back.apply(change, target);
				for (int p = 0; p < target.length; p++) target[p] += guides[(int) i][p];
			}
			idle.add(own);
		});
	}

	/** An image in the box of the method. */
	void show(final float[] image, final float[] shown) {
		final Resamplers own = take();
		own.there.apply(image, shown);
		idle.add(own);
	}

	private Resamplers take() {
		final Resamplers waiting = idle.poll();
		return waiting == null ? new Resamplers(there.resampler(), back.resampler(), new float[method.box() * method.box()])
			: waiting;
	}

	@Override
	public void close() {
		method.close();
	}
}
