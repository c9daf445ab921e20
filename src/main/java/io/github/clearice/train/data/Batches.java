package io.github.clearice.train.data;

import io.github.clearice.model.ImageScale;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.options.Sampling.Augmentation;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The batches of a training, in an order that depends on the seed and the number
 * of the update alone. While one is trained on, the next are prepared by threads
 * of their own.
 */
public final class Batches implements AutoCloseable {

	/**
	 * Pairs on the scale of the network.
	 *
	 * @param images normalised noisy images, one after the other; the pixels of a guide alternate with those of its image
	 * @param targets normalised targets
	 * @param weights of pixels in the pixel loss, null if all count equally
	 */
	public record Batch(float[] images, float[] targets, float[] weights) {}

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
	private static final int ORDER_STREAM = 0x0bde;
	private static final int MOTION_STREAM = 0x7064;

	private static final int DRAW_STREAM = 0xd4a3;
	private static final int HIDDEN_STREAM = 0xb11d;
	private static final int GUIDE_STREAM = 0x901d;
	/** More are not needed to keep pace with an update, and each holds images. */
	private static final int MOST_THREADS = 8;

	private final TrainingSet set;
	private final int batch;
	private final long seed;
	private final Augmentation augment;
	private final boolean hides;
	private final double guideDrop;
	private final int threads = Math.max(1, Math.min(MOST_THREADS, ParallelLoop.threads() / 2));
	private final ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
		final Thread worker = new Thread(work, "ClearIce batches");
		worker.setDaemon(true);
		return worker;
	});
	/** The batches from number {@link #next} on. */
	private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
	private long next = -1;
	private long orderedEpoch = -1;
	private int[] order;

	/** @param set with at least {@code options.schedule().batch()} pairs to train on */
	public Batches(final TrainingSet set, final TrainingOptions options) {
		this.set = set;
		this.batch = options.schedule().batch();
		this.seed = options.seed();
		this.augment = options.sampling().augment();
		this.guideDrop = options.sampling().guideDrop();
		this.hides = options.sampling().supervision() == Supervision.NOISE2VOID;
		final int particles = set.training().length;
		if (particles < batch) throw new ParameterException("A batch of " + batch + " is larger than the " + particles +
			" particles to train on. Use batch=" + Math.max(1, particles) + " or less, or give more particles.");
		final long pixels = (long) set.box() * set.box();
		if (batch * pixels > LARGEST_ARRAY) throw new ParameterException("A batch of " + batch + " pairs of " + set.box() +
			" pixels is longer than a Java array. Use batch=" + LARGEST_ARRAY / pixels + " or less.");
	}

	/** Updates of an epoch; remaining particles are used in the next. */
	public long stepsPerEpoch() {
		return set.training().length / batch;
	}

	/**
	 * The batch of an update, and sees to the next ones.
	 *
	 * @param number of the update, from 1
	 */
	public Batch take(final long number) {
		if (number != next) {
			ahead.forEach(unwanted -> unwanted.cancel(false));
			ahead.clear();
			next = number;
		}
		while (ahead.size() <= threads) ahead.add(submit(next + ahead.size()));
		final Future<Batch> now = ahead.remove();
		next++;
		try {
			return now.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TaskCancelledException("Training");
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof ClearIceException known) throw known;
			if (e.getCause() instanceof OutOfMemoryError) throw new ParameterException(
				"There is too little memory for batches of " + batch +
					" pairs. Use a smaller batch=, or give Java more with -Xmx.", e.getCause());
			throw new ParameterException("The particles could not be read: " + e.getCause() + ". Check the stacks.", e
				.getCause());
		}
	}

	private Future<Batch> submit(final long number) {
		final long epoch = (number - 1) / stepsPerEpoch();
		final int first = (int) ((number - 1) % stepsPerEpoch()) * batch;
		if (epoch != orderedEpoch) {
			order = Seeds.shuffled(set.training(), Seeds.random(seed, ORDER_STREAM, epoch));
			orderedEpoch = epoch;
		}
		final int[] indices = Arrays.copyOfRange(order, first, first + batch);
		return pool.submit(() -> prepare(epoch, indices));
	}

	private Batch prepare(final long epoch, final int[] indices) {
		final int box = set.box();
		final int pixels = box * box;
		final int planes = set.source().planes();
		final Batch made = new Batch(new float[batch * pixels * planes], new float[batch * pixels], hides
			? new float[batch * pixels] : null);
		final float[] noisy = new float[pixels];
		final float[] target = new float[pixels];
		final float[] input = new float[pixels];
		for (int i = 0; i < batch; i++) {
			final int index = indices[i];
			final Consumer<float[]> motion = augment.motion(box, Seeds.random(seed, MOTION_STREAM, epoch, index));
			final ImageScale scale = set.source().draw(epoch, index, Seeds.random(seed, DRAW_STREAM, epoch, index), motion,
				noisy, target);
			if (planes > 1) set.normalisation().toInput(noisy, guide(epoch, index, motion), scale, made.images, 2 * i *
				pixels);
			else if (hides) {
				set.normalisation().toInput(noisy, scale, input, 0);
				BlindSpots.hide(input, box, Seeds.random(seed, HIDDEN_STREAM, epoch, index), made.images, made.weights, i *
					pixels);
			}
			else set.normalisation().toInput(noisy, scale, made.images, i * pixels);
			set.normalisation().toTarget(target, scale, made.targets, i * pixels);
		}
		return made;
	}

	/** The guide of a pair; null for the share of pairs that are shown without it. */
	private float[] guide(final long epoch, final int index, final Consumer<float[]> motion) {
		if (Seeds.random(seed, GUIDE_STREAM, epoch, index).nextDouble() < guideDrop) return null;
		final float[] guide = new float[set.box() * set.box()];
		set.source().readGuide(index, guide);
		motion.accept(guide);
		return guide;
	}

	/** Ends the threads; none reads afterwards, so the caller can close the source of the pairs. */
	@Override
	public void close() {
		pool.shutdownNow();
		try {
			pool.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Hides single pixels of an image from a network that is to guess them
	 * (Noise2Void: Krull, Buchholz and Jug 2019, section 3.4). The image is divided
	 * into cells of 8 x 8 pixels; in each, one pixel at random takes the value of
	 * another at most two pixels away. So 1.6 % of the pixels are hidden, and none of
	 * them has many others beside it.
	 *
	 * @see <a href="https://doi.org/10.1109/CVPR.2019.00223">Krull, Buchholz and Jug 2019</a>
	 */
	public static final class BlindSpots {

		private static final int CELL = 8;
		private static final int REACH = 2;

		private BlindSpots() {}

		/**
		 * Hides pixels.
		 *
		 * @param image {@code box * box} pixels, left as they are
		 * @param seen receives the image with its hidden pixels replaced, from place {@code at}
		 * @param weights receives 1 at hidden pixels and 0 at others, from place {@code at}
		 */
		public static void hide(final float[] image, final int box, final SplittableRandom random, final float[] seen,
			final float[] weights, final int at)
		{
			System.arraycopy(image, 0, seen, at, box * box);
			Arrays.fill(weights, at, at + box * box, 0);
			for (int top = 0; top < box; top += CELL) for (int left = 0; left < box; left += CELL) {
				final int y = top + random.nextInt(Math.min(CELL, box - top));
				final int x = left + random.nextInt(Math.min(CELL, box - left));
				seen[at + y * box + x] = neighbour(image, box, x, y, random);
				weights[at + y * box + x] = 1;
			}
		}

		private static float neighbour(final float[] image, final int box, final int x, final int y,
			final SplittableRandom random)
		{
			while (true) {
				final int nearX = x + random.nextInt(-REACH, REACH + 1), nearY = y + random.nextInt(-REACH, REACH + 1);
				final boolean inside = nearX >= 0 && nearX < box && nearY >= 0 && nearY < box;
				if (inside && (nearX != x || nearY != y)) return image[nearY * box + nearX];
			}
		}
	}
}
