package io.github.clearice.filter.covariance;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.StackSample;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Averages of similar views: the covariance Wiener filter, with an average of the images that show about the same view
 * in the place of the mean of the stack.
 * <p>
 * For each image, those of up to {@value #LARGEST_SAMPLE} images of the stack are found that resemble it most when they
 * are rotated in the plane or mirrored. Their average predicts the image, each component with an error that is measured
 * on the stack itself: images are split into two with independent noise, the one finds its like, and what the other
 * differs from their average by, less the noise, is that error. The image then corrects the prediction by as much as
 * noise and error tell. Three possibilities are weighed for each image: that its average predicts it, that it is a
 * particle like no other, for which the covariance Wiener filter has the result, and that it shows no particle. The
 * search is done twice, the second time with the results of the first.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2014.03.003">Zhao and Singer 2014</a>, on averages of similar views
 */
public final class SimilarViews extends ArrayDenoiser {

	/** More images hold nearer views, but take longer to search. */
	static final int LARGEST_SAMPLE = 4000;

	/** Of fewer images none is near enough to another one. */
	private static final int LEAST_IMAGES = 128;
	private static final int SEARCHES = 2;
	/** Images on which errors are measured. */
	private static final int CALIBRATION = 1024;
	private static final int PART = 32;
	private static final String TASK = "Comparing views";

	private final CovarianceWiener linear;
	private SignalFrame frame;
	private float[][] gains;
	/** For each group, the matrices of the filter without other images. */
	private float[][] alone;
	private List<ViewAverages> searches;
	/** Numbers in the stack of the sample, what its images show, and what the searches but the last made of them. */
	private int[] sample;
	private List<Shown> known;
	private List<float[]> views;

	/**
	 * What an image of the stack shows.
	 *
	 * @param components see {@link SignalFrame#project}
	 * @param pixels a hash of the image, by which it is recognised
	 */
	private record Shown(float[] components, int pixels) implements Serializable {}

	private SimilarViews(final CovarianceWiener linear) {
		this.linear = linear;
	}

	/** A filter that takes the particles' transfer functions out, if there are any. */
	public static SimilarViews of(final NoiseLevel noise, final TransferFunctions transfer) {
		return new SimilarViews(CovarianceWiener.of(noise, transfer));
	}

	@Override
	public String name() {
		return "averages of similar views";
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return linear.correctsCtf();
	}

	@Override
	public int batchSize() {
		return linear.batchSize();
	}

	/**
	 * Learns the covariance of this stack, and how much alike its images are.
	 *
	 * @throws ParameterException as {@link CovarianceWiener#prepare}
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		linear.prepare(noisy, listener);
		searches = new ArrayList<>();
		frame = new SignalFrame(linear.observation(), linear.covariance());
		if (noisy.size() < LEAST_IMAGES || frame.length() == 0) return;
		final int groups = linear.observation().groups();
		gains = new float[groups][];
		alone = new float[groups][];
		for (int g = 0; g < groups; g++) {
			gains[g] = frame.gains(g);
			alone[g] = frame.posterior(g, frame.variances());
		}
		sample = noisy.spread(LARGEST_SAMPLE);
		final int size = sample.length;
		known = rows(size, () -> {
			final Shower shower = new Shower();
			final float[] pixels = new float[noisy.box() * noisy.box()];
			return index -> {
				StackSample.read(noisy, sample[index], pixels);
				final int hash = Arrays.hashCode(pixels);
				linear.offsets().remove(pixels);
				final float[] target = new float[2 * frame.length()];
				shower.show(pixels, linear.observation().group(sample[index]), target);
				return new Shown(target, hash);
			};
		}, listener);
		final int count = Math.min(size, CALIBRATION);
		final List<SplitImage> splits = new ArrayList<>();
		// The images of the sample, then the first parts of split ones.
		final float[][] images = new float[size + count][];
		final int[] groupOf = new int[size + count];
		final float[][] sampleGains = new float[size][];
		for (int i = 0; i < size; i++) {
			images[i] = known.get(i).components();
			groupOf[i] = linear.observation().group(sample[i]);
			sampleGains[i] = gains[groupOf[i]];
		}
		final float[][] shown = Arrays.copyOf(images, size);
		for (int s = 0; s < count; s++) {
			final int index = (int) ((long) s * size / count);
			splits.add(SplitImage.of(frame, index, shown[index], sampleGains[index]));
			images[size + s] = splits.get(s).first();
			groupOf[size + s] = groupOf[index];
		}
		views = new ArrayList<>();
		for (int i = 0; i < images.length; i++) {
			final float[] view = new float[2 * frame.length()];
			frame.multiply(alone[groupOf[i]], images[i], view);
			views.add(view);
		}
		while (true) {
			final ViewAverages search = new ViewAverages(frame, shown, sampleGains, views.subList(0, size).toArray(
				new float[0][]), splits, views.subList(size, images.length).toArray(new float[0][]), alone, listener);
			searches.add(search);
			if (searches.size() == SEARCHES) return;
			final List<float[]> before = views;
			views = rows(images.length, () -> {
				final ViewAverages.Worker worker = search.new Worker();
				return i -> {
					final float[] target = new float[2 * frame.length()];
					worker.estimate(before.get(i), images[i], groupOf[i], gains[groupOf[i]], target);
					return target;
				};
			}, listener);
		}
	}

	/** Makes something of each image, on all cores and machines; one worker a thread. */
	private static <T> List<T> rows(final int count, final Supplier<IntFunction<T>> workers,
		final TaskListener listener)
	{
		final List<T> rows = new ArrayList<>();
		Machines.current().run(Steps.of(TASK, count, PART), (first, end, done) -> {
			final List<T> part = new ArrayList<>(Collections.nCopies(end - first, null));
			ParallelLoop.run((part.size() + PART - 1) / PART, 1, thread -> {
				final IntFunction<T> worker = workers.get();
				return block -> {
					final int begin = (int) block * PART, stop = Math.min(part.size(), begin + PART);
					for (int i = begin; i < stop; i++) part.set(i, worker.apply(first + i));
					listener.checkCancelled(TASK);
					done.accept(stop - begin);
				};
			});
			return part;
		}, rows::addAll, listener);
		return rows;
	}

	/** Images to what they show; holds the buffers of one thread. */
	private final class Shower {

		private final SteerableFilter.Worker worker = linear.filter().new Worker();
		private final float[] re = new float[linear.observation().basis().length()], im = new float[re.length];

		/** @param image without its offset */
		void show(final float[] image, final int group, final float[] shown) {
			worker.whiten(image, re, im);
			frame.project(group, re, im, shown);
		}

		void expand(final float[] image, final float[] components, final float[] filtered) {
			frame.expand(components, re, im);
			worker.expand(image, re, im, filtered);
		}
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		if (searches == null || searches.isEmpty()) {
			linear.denoise(first, noisy, denoised);
			return;
		}
		linear.requirePrepared(first, noisy);
		ParallelLoop.run(noisy.length, 4, thread -> {
			final Shower shower = new Shower();
			final List<ViewAverages.Worker> workers = searches.stream().map(search -> search.new Worker()).toList();
			final float[] shown = new float[2 * frame.length()], view = new float[shown.length];
			return i -> {
				final float[] image = noisy[(int) i].clone();
				final int index = first + (int) i, group = linear.observation().group(index);
				final int at = inSample(index, image);
				final float level = linear.offsets().remove(image);
				if (at >= 0) {
					workers.get(SEARCHES - 1).estimate(views.get(at), known.get(at).components(), group, gains[group], view);
				}
				else {
					shower.show(image, group, shown);
					frame.multiply(alone[group], shown, view);
					for (final ViewAverages.Worker worker : workers) worker.estimate(view, shown, group, gains[group], view);
				}
				final float[] target = denoised[(int) i];
				shower.expand(image, view, target);
				for (int p = 0; p < target.length; p++) target[p] += level;
			};
		});
	}

	/** Where an image is in the sample, of which much is known already; negative if it is none of it. */
	private int inSample(final int index, final float[] image) {
		final int at = Arrays.binarySearch(sample, index);
		return at >= 0 && known.get(at).pixels() == Arrays.hashCode(image) ? at : -1;
	}
}
