package io.github.clearice.evaluate.cluster;

import io.github.clearice.fourier.PolarSpectrum;
import io.github.clearice.fourier.RigidTransform2D;
import io.github.clearice.fourier.SquareSymmetry;
import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * In-plane rotations of the images of a stack that make them most like their own mean, found without a reference
 * (Penczek, Radermacher and Frank 1992): each image is turned to the mean so far, and the mean is made anew. It starts
 * from single images; of several starts, the one with the most power in its final mean is taken. Compares polar spectra
 * at all angles by one short transform; details finer than four pixels do not count. Images that show another side of
 * the particle have no right rotation. Of a long stack, images spread evenly over it make the mean, and the others are
 * turned to it one by one, so that memory does not depend on its length.
 */
public final class PlaneAlignment {

	/** A quarter turn from x towards y, and half a turn, as {@link SquareSymmetry} numbers them, by quarters. */
	private static final int[] QUARTERS = { 0, 5, 3, 6 };

	private static final String TASK = "Aligning in the plane", TURNING = "Turning images to their mean";
	private static final int SMALLEST_BOX = 8;
	private static final int BEGINNINGS = 6;
	/** Images that beginnings are tried on. */
	private static final int TRIED = 400;
	private static final int ROUNDS = 8;
	/** Images that make the mean: more do not make it better. */
	private static final int MOST_IMAGES = 20_000;
	/** Their spectra take at most 256 MiB, except for a few of very large boxes. */
	private static final int MOST_FLOATS = 1 << 26;

	private final ParticleStack stack;
	private final TaskListener listener;
	private final PolarSpectrum layout;
	/** The images that make the mean, and for each of them its spectrum and how far it is turned. */
	private final int[] chosen;
	private final float[][] re;
	private final float[][] im;
	private final int[] turns;
	/** Of all images. */
	private final int[] allTurns;

	/**
	 * Finds the angles of a stack without a reference.
	 *
	 * @throws ParameterException if a pixel is not a number, or the box is smaller than 8 pixels
	 */
	public PlaneAlignment(final ParticleStack stack, final long seed, final TaskListener listener) {
		this(stack, seed, MOST_IMAGES, listener);
	}

	/** @param most images that make the mean */
	PlaneAlignment(final ParticleStack stack, final long seed, final int most, final TaskListener listener) {
		if (stack.box() < SMALLEST_BOX) throw new ParameterException(stack.name() + " has a box of " + stack.box() +
			" pixels, too few to see a turn. Use align=false.");
		this.stack = stack;
		this.listener = listener;
		layout = spectrum();
		chosen = stack.spread(Math.min(most, Math.max(TRIED, MOST_FLOATS / (2 * layout.length()))));
		re = new float[chosen.length][layout.length()];
		im = new float[chosen.length][layout.length()];
		turns = new int[chosen.length];
		final float[][] mean;
		listener.begin(TASK, BEGINNINGS + 2);
		try {
			transform();
			listener.progress(1);
			mean = begin(seed);
			rounds(IntStream.range(0, chosen.length).toArray(), mean);
		}
		finally {
			listener.end();
		}
		allTurns = chosen.length == stack.size() ? turns : turnAll(mean);
	}

	/** The rotations that align the images, from the x axis towards the y axis. */
	public double[] anglesDegree() {
		return IntStream.of(allTurns).mapToDouble(turn -> 360.0 * turn / layout.angles()).toArray();
	}

	/** The images of the stack, each turned in its plane about pixel {@code box / 2} so that they are aligned. */
	public ParticleStack aligned() {
		return turned(stack, anglesDegree());
	}

	private static ParticleStack turned(final ParticleStack stack, final double[] anglesDegree) {
		return stack.with(LazyImages.of(stack.box(), stack.size(), (index, image) -> {
			stack.read(index, image);
			PixelCheck.fault(stack, index, image).ifPresent(fault -> {
				throw new ParameterException("Image " + fault + "; leave image " + (index + 1) + " out.");
			});
			final long quarters = Math.round(anglesDegree[index] / 90);
			SquareSymmetry.apply(QUARTERS[(int) Math.floorMod(quarters, 4L)], stack.box(), image, new float[image.length]);
			new RigidTransform2D(stack.box()).apply(image, anglesDegree[index] - 90 * quarters, 0, 0);
		}), stack.pixelSizeAngstrom(), null);
	}

	private PolarSpectrum spectrum() {
		return new PolarSpectrum(stack.box(), Math.max(2, stack.box() / 4));
	}

	private void transform() {
		ParallelLoop.run(chosen.length, 4, thread -> {
			final PolarSpectrum polar = spectrum();
			final float[] image = new float[stack.box() * stack.box()];
			return i -> {
				listener.checkCancelled(TASK);
				stack.read(chosen[(int) i], image);
				polar.transform(image, 0, 0, re[(int) i], im[(int) i]);
			};
		});
	}

	/** Turns every image of the stack to the mean. */
	private int[] turnAll(final float[][] mean) {
		final int[] found = new int[stack.size()];
		final AtomicInteger done = new AtomicInteger();
		listener.begin(TURNING, stack.size());
		try {
			ParallelLoop.run(stack.size(), 16, thread -> {
				final PolarSpectrum polar = spectrum();
				final float[] image = new float[stack.box() * stack.box()];
				final float[][] own = new float[2][layout.length()], sums = new float[2][polar.harmonics()];
				return i -> {
					listener.checkCancelled(TURNING);
					stack.read((int) i, image);
					polar.transform(image, 0, 0, own[0], own[1]);
					found[(int) i] = turn(polar, own[0], own[1], mean, sums);
					listener.progress(done.incrementAndGet());
				};
			});
		}
		finally {
			listener.end();
		}
		return found;
	}

	/** The mean that has the most power of those that single images lead to. */
	private float[][] begin(final long seed) {
		final SplittableRandom random = Seeds.random(seed);
		final int[] tried = random.ints(Math.min(TRIED, chosen.length), 0, chosen.length).toArray();
		float[][] best = null;
		double most = -1;
		for (int beginning = 0; beginning < BEGINNINGS; beginning++) {
			listener.progress(beginning + 2L);
			final int first = random.nextInt(chosen.length);
			final float[][] mean = { re[first].clone(), im[first].clone() };
			rounds(tried, mean);
			double power = 0;
			for (int i = 0; i < layout.length(); i++) power += mean[0][i] * mean[0][i] + mean[1][i] * mean[1][i];
			if (power <= most) continue;
			most = power;
			best = mean;
		}
		return best;
	}

	/** Rotates images to match a mean and recomputes the mean, until nothing changes. */
	private void rounds(final int[] images, final float[][] mean) {
		for (int round = 0; round < ROUNDS; round++) {
			listener.checkCancelled(TASK);
			final int[] before = turns.clone();
			ParallelLoop.run(images.length, 16, thread -> {
				final PolarSpectrum polar = spectrum();
				final float[][] sums = new float[2][polar.harmonics()];
				return i -> turns[images[(int) i]] = turn(polar, re[images[(int) i]], im[images[(int) i]], mean, sums);
			});
			average(images, mean);
			if (round > 0 && IntStream.of(images).allMatch(i -> before[i] == turns[i])) return;
		}
	}

	/** The angle, as a number of steps, at which an image is most like the mean. */
	private static int turn(final PolarSpectrum polar, final float[] imageRe, final float[] imageIm, final float[][] mean,
		final float[][] sums)
	{
		Arrays.fill(sums[0], 0);
		Arrays.fill(sums[1], 0);
		for (int r = 1; r <= polar.rings(); r++)
			for (int m = 0, at = polar.offset(r); at < polar.offset(r + 1); m++, at++) {
				sums[0][m] += imageRe[at] * mean[0][at] + imageIm[at] * mean[1][at];
				sums[1][m] += imageIm[at] * mean[0][at] - imageRe[at] * mean[1][at];
			}
		final float[] likeness = polar.synthesise(sums[0], sums[1]);
		int best = 0;
		for (int j = 1; j < likeness.length; j++) if (likeness[j] > likeness[best]) best = j;
		return best;
	}

	private void average(final int[] images, final float[][] mean) {
		final double[] sumRe = new double[layout.length()], sumIm = new double[layout.length()];
		final double[] cosines = new double[layout.angles()], sines = new double[layout.angles()];
		Arrays.setAll(cosines, j -> Math.cos(2 * Math.PI * j / layout.angles()));
		Arrays.setAll(sines, j -> Math.sin(2 * Math.PI * j / layout.angles()));
		for (final int image : images) {
			for (int r = 1; r <= layout.rings(); r++)
				for (int m = 0, at = layout.offset(r); at < layout.offset(r + 1); m++, at++) {
					final int phase = m * turns[image] % layout.angles();
					sumRe[at] += re[image][at] * cosines[phase] + im[image][at] * sines[phase];
					sumIm[at] += im[image][at] * cosines[phase] - re[image][at] * sines[phase];
				}
		}
		for (int i = 0; i < sumRe.length; i++) {
			mean[0][i] = (float) (sumRe[i] / images.length);
			mean[1][i] = (float) (sumIm[i] / images.length);
		}
	}
}
