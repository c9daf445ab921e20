package io.github.clearice.train;

import io.github.clearice.image.Symmetry;
import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The batches of a training, in an order that depends on the seed and the number
 * of the update alone. While one is trained on, the next is read and prepared by
 * a thread of its own.
 */
final class Batches implements AutoCloseable {

	/**
	 * Pairs on the scale of the network.
	 *
	 * @param images normalised noisy images, one after the other
	 * @param targets normalised clean images
	 */
	record Batch(float[] images, float[] targets) {}

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
	private static final int ORDER_STREAM = 0x0bde;
	private static final int TURN_STREAM = 0x7064;

	private final ParticlePairs pairs;
	private final PairSurvey survey;
	private final Normalisation normalisation;
	private final int[] training;
	private final int batch;
	private final long seed;
	private final boolean augment;
	private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
		final Thread worker = new Thread(work, "ClearIce batches");
		worker.setDaemon(true);
		return worker;
	});
	private long orderedEpoch = -1;
	private int[] order;
	private long nextNumber = -1;
	private Future<Batch> next;

	/** @param training which pairs to draw from, at least {@code options.course().batch()} */
	Batches(final ParticlePairs pairs, final PairSurvey survey, final Normalisation normalisation, final int[] training,
		final TrainingOptions options)
	{
		this.pairs = pairs;
		this.survey = survey;
		this.normalisation = normalisation;
		this.training = training;
		this.batch = options.course().batch();
		this.seed = options.seed();
		this.augment = options.sampling().augment() == Augmentation.TURNS;
		if (training.length < batch) throw new TrainingException("A batch of " + batch + " is larger than the " +
			training.length + " particles to train on. Use batch=" + Math.max(1, training.length) +
			" or less, or give more particles.");
		if ((long) batch * pairs.box() * pairs.box() > LARGEST_ARRAY) throw new TrainingException("A batch of " + batch +
			" pairs of " + pairs.box() + " pixels is longer than a Java array. Use batch=" + LARGEST_ARRAY / ((long) pairs
				.box() * pairs.box()) + " or less.");
	}

	/** Updates of an epoch; what is left over of the particles waits for the next. */
	long stepsPerEpoch() {
		return training.length / batch;
	}

	/**
	 * The batch of an update, and sees to the next one.
	 *
	 * @param number of the update, from 1
	 */
	Batch take(final long number) {
		final Future<Batch> now = number == nextNumber ? next : thread.submit(() -> prepare(number));
		nextNumber = number + 1;
		next = thread.submit(() -> prepare(number + 1));
		try {
			return now.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TaskCancelledException("Training");
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof ClearIceException known) throw known;
			if (e.getCause() instanceof OutOfMemoryError) throw new TrainingException("There is too little memory for batches of " +
				batch + " pairs. Use a smaller batch=, or give Java more with -Xmx.", e.getCause());
			throw new TrainingException("The particles could not be read: " + e.getCause() + ". Check the stacks.", e
				.getCause());
		}
	}

	private Batch prepare(final long number) {
		final long epoch = (number - 1) / stepsPerEpoch();
		final int first = (int) ((number - 1) % stepsPerEpoch()) * batch;
		if (epoch != orderedEpoch) {
			order = shuffled(epoch);
			orderedEpoch = epoch;
		}
		final int box = pairs.box();
		final int pixels = box * box;
		final Batch made = new Batch(new float[batch * pixels], new float[batch * pixels]);
		final float[] image = new float[pixels];
		final float[] scratch = new float[pixels];
		for (int i = 0; i < batch; i++) {
			final int index = order[first + i];
			final int turn = augment ? Seeds.random(seed, TURN_STREAM, epoch, index).nextInt(Symmetry.COUNT) : 0;
			final ImageScale scale = survey.scale(index);
			pairs.noisy().read(index, image);
			Symmetry.apply(turn, box, image, scratch);
			normalisation.toInput(image, scale, made.images, i * pixels);
			pairs.clean().read(index, image);
			Symmetry.apply(turn, box, image, scratch);
			normalisation.toTarget(image, scale, made.targets, i * pixels);
		}
		return made;
	}

	/** The shuffle of Fisher and Yates. */
	private int[] shuffled(final long epoch) {
		final SplittableRandom random = Seeds.random(seed, ORDER_STREAM, epoch);
		final int[] shuffled = training.clone();
		for (int i = shuffled.length - 1; i > 0; i--) {
			final int other = random.nextInt(i + 1);
			final int held = shuffled[i];
			shuffled[i] = shuffled[other];
			shuffled[other] = held;
		}
		return shuffled;
	}

	@Override
	public void close() {
		thread.shutdownNow();
	}
}
