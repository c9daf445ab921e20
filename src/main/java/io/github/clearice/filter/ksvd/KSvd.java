package io.github.clearice.filter.ksvd;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.SingleImageDenoiser;
import io.github.clearice.filter.StackSample;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Denoising with a dictionary that is learned from the noisy stack by K-SVD: each
 * patch becomes its mean and the sum of the fewest atoms that come as near to it as
 * its noise is large; overlapping patches are averaged.
 * <p>
 * One dictionary is learned from patches of the whole stack, in units of their noise. The
 * noisy image's own share in the mean, which the paper gives for weak noise, is left out.
 *
 * @see <a href="https://doi.org/10.1109/TIP.2006.881969">Elad and Aharon 2006</a>
 */
public final class KSvd extends SingleImageDenoiser {

	public static final int DEFAULT_PATCH_PIXELS = 8;

	/**
	 * The paper's dictionary of 16 by 16 cosines to begin with, and its constant: patches are matched to this times their
	 * noise.
	 */
	private static final int ATOMS_ALONG_EDGE = 16;
	private static final double ERROR_GAIN = 1.15;
	private static final int MOST_ATOMS = 10;
	/** At most, and one of so many that overlap. */
	private static final int TRAINING_PATCHES = 20000, OVERLAPPING = 4;
	private static final int ITERATIONS = 10;
	/** Between the patches of an image, as a part of their edge. */
	private static final int STEPS = 4;

	private final int edge;
	private PatchDictionary dictionary;
	private float[] products;

	/** With patches of {@value #DEFAULT_PATCH_PIXELS} pixels. */
	public KSvd(final NoiseLevel noise) {
		this(noise, DEFAULT_PATCH_PIXELS);
	}

	/**
	 * @param patchPixels edge length of the patches, 2 to 16
	 * @throws ParameterException if it is not of these
	 */
	public KSvd(final NoiseLevel noise, final int patchPixels) {
		super(noise);
		if (patchPixels < 2 || patchPixels > ATOMS_ALONG_EDGE) throw new ParameterException(
			"The patches of K-SVD must have an edge of 2 to " + ATOMS_ALONG_EDGE + " pixels, not " + patchPixels + ".");
		edge = patchPixels;
	}

	@Override
	public String name() {
		return "K-SVD";
	}

	/**
	 * Learns the dictionary from this stack.
	 *
	 * @throws ParameterException if the stack is empty, holds NaN or has images smaller than a patch
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		if (noisy.box() < edge) throw new ParameterException("Patches of " + edge + " pixels need a larger box than the " +
			noisy.box() + " pixels of " + noisy.name() + "; give smaller patches.");
		super.prepare(noisy, listener);
		final PatchDictionary learned = new PatchDictionary(edge, ATOMS_ALONG_EDGE, MOST_ATOMS, ERROR_GAIN * ERROR_GAIN *
			edge * edge);
		dictionary = Machines.current().once(() -> {
			learned.learn(trainingPatches(noisy), ITERATIONS, listener);
			return learned;
		});
		products = dictionary.products();
	}

	@Override
	protected Worker worker(final int box) {
		return new Pass(box);
	}

	/** From all over the stack, in units of their noise. */
	private float[] trainingPatches(final ParticleStack noisy) {
		if (noisy.size() == 0) throw new ParameterException(noisy.name() + " holds no particles; name another stack.");
		final int length = edge * edge, images = StackSample.size(noisy);
		final int positions = noisy.box() - edge + 1;
		final int count = (int) Math.min(TRAINING_PATCHES, (long) images * positions * positions / OVERLAPPING + 1);
		final float[] patches = new float[count * length], pixels = new float[noisy.box() * noisy.box()];
		final float[] patch = new float[length];
		for (int i = 0, n = 0; i < images; i++) {
			StackSample.read(noisy, StackSample.index(noisy, i), pixels);
			final double sigma = sigma(pixels);
			final SplittableRandom random = Seeds.random(1, i);
			for (; n < (long) (i + 1) * count / images; n++) {
				final int y = random.nextInt(positions), x = random.nextInt(positions);
				cut(pixels, noisy.box(), y * noisy.box() + x, edge, patch);
				if (sigma > 0) for (int p = 0; p < length; p++) patches[n * length + p] = (float) (patch[p] / sigma);
			}
		}
		return patches;
	}

	/** Copies a patch, takes its mean off and returns it. */
	private static float cut(final float[] image, final int box, final int place, final int edge, final float[] patch) {
		double sum = 0;
		for (int y = 0, i = 0; y < edge; y++) for (int x = 0; x < edge; x++, i++) {
			patch[i] = image[place + y * box + x];
			sum += patch[i];
		}
		final float mean = (float) (sum / patch.length);
		for (int i = 0; i < patch.length; i++) patch[i] -= mean;
		return mean;
	}

	private final class Pass implements Worker {

		private final int box;
		private final SparseCoder coder = dictionary.coder(products);
		private final float[] patch = new float[edge * edge], sum = new float[edge * edge];
		private final float[] totals;
		private final int[] counts;

		Pass(final int box) {
			this.box = box;
			totals = new float[box * box];
			counts = new int[box * box];
		}

		@Override
		public void denoise(final float[] image, final double sigma, final float[] denoised) {
			Arrays.fill(totals, 0);
			Arrays.fill(counts, 0);
			final int last = box - edge, step = Math.max(1, edge / STEPS);
			for (int y = 0; y < last + step; y += step) for (int x = 0; x < last + step; x += step) {
				approximate(image, sigma, Math.min(y, last) * box + Math.min(x, last));
			}
			for (int i = 0; i < denoised.length; i++) denoised[i] = totals[i] / counts[i];
		}

		private void approximate(final float[] image, final double sigma, final int place) {
			final float mean = cut(image, box, place, edge, patch);
			Arrays.fill(sum, mean);
			for (int i = 0; i < patch.length; i++) patch[i] /= (float) sigma;
			final int found = coder.code(patch, 0, dictionary.squaredError());
			for (int n = 0; n < found; n++) dictionary.add(coder.atom(n), (float) (coder.weight(n) * sigma), sum);
			for (int y = 0, i = 0; y < edge; y++) for (int x = 0; x < edge; x++, i++) {
				totals[place + y * box + x] += sum[i];
				counts[place + y * box + x]++;
			}
		}
	}
}
