package io.github.clearice.filter.bm3d;

import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.SingleImageDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

/**
 * BM3D: similar blocks are stacked and filtered together in a three-dimensional
 * transform, by hard thresholding at first and then by the Wiener filter that this
 * basic estimate suggests; overlapping results are averaged.
 * <p>
 * Blocks are transformed by cosines, stacks by Walsh and Hadamard. Stacks and
 * threshold are larger than the paper's (32 and 64 blocks for 16 and 32, 3.2 for 2.7
 * noise levels), and blocks are compared as they are in the first stage: at the
 * signal-to-noise ratios of particles that is better by 2 to 3 dB, as likeness after
 * thresholding is likeness of noise. The mean of a stack always passes, so that an
 * offset changes nothing.
 *
 * @see <a href="https://doi.org/10.1109/TIP.2007.901238">Dabov, Foi, Katkovnik and Egiazarian 2007</a>
 */
public final class BlockMatching3D extends SingleImageDenoiser {

	/** Which estimate is wanted. */
	public enum Stage {
		/** The estimate of the first stage, by hard thresholding. */
		BASIC,
		/** The estimate of both stages. */
		FINAL
	}

	public static final int DEFAULT_PATCH_PIXELS = 8, DEFAULT_WINDOW_PIXELS = 39;

	/** Step between the blocks that others are compared with. */
	private static final int STEP = 4;
	private static final int MOST_THRESHOLDED = 32, MOST_FILTERED = 64;

	/** Coefficients below this many noise levels are noise. */
	private static final double THRESHOLD = 3.2;

	private final int block;
	private final int window;
	private final Stage stage;

	/** Both stages, with the default blocks and windows. */
	public BlockMatching3D(final NoiseLevel noise) {
		this(noise, DEFAULT_PATCH_PIXELS, DEFAULT_WINDOW_PIXELS, Stage.FINAL);
	}

	/**
	 * @param blockPixels edge length of the blocks, at least 2
	 * @param windowPixels edge length of the window in which blocks are searched, odd
	 * @throws ParameterException if a length is not of these
	 */
	public BlockMatching3D(final NoiseLevel noise, final int blockPixels, final int windowPixels, final Stage stage) {
		super(noise);
		if (blockPixels < 2) throw new ParameterException("The blocks of BM3D need at least 2 pixels along an edge, not " +
			blockPixels + ".");
		if (windowPixels < 3 || windowPixels % 2 == 0) throw new ParameterException(
			"The search window of BM3D needs a middle: give an odd number of at least 3 pixels, not " + windowPixels + ".");
		block = blockPixels;
		window = windowPixels;
		this.stage = stage;
	}

	/** @throws ParameterException if the box is too small for two blocks */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		if (noisy.box() <= block) throw new ParameterException("Blocks of " + block +
			" pixels need a larger box than the " + noisy.box() + " pixels of " + noisy.name() + "; give smaller blocks.");
		super.prepare(noisy, listener);
	}

	@Override
	public String name() {
		return stage == Stage.FINAL ? "BM3D" : "BM3D (first stage)";
	}

	@Override
	protected Worker worker(final int box) {
		return new Pass(box);
	}

	private final class Pass implements Worker {

		private final int box;
		private final CosineTransform transform = new CosineTransform(block, MOST_FILTERED);
		private final BlockMatching thresholded, filtered;
		private final BlockAggregation aggregation;
		private final float[] stack = new float[MOST_FILTERED * block * block];
		private final float[] guide = new float[stack.length];
		private final float[] basic;

		Pass(final int box) {
			this.box = box;
			thresholded = new BlockMatching(box, block, STEP, window, MOST_THRESHOLDED);
			filtered = new BlockMatching(box, block, STEP, window, MOST_FILTERED);
			aggregation = new BlockAggregation(box, block);
			basic = new float[box * box];
		}

		@Override
		public void denoise(final float[] image, final double sigma, final float[] denoised) {
			thresholded.match(image);
			threshold(image, THRESHOLD * sigma, basic);
			if (stage == Stage.BASIC) {
				System.arraycopy(basic, 0, denoised, 0, basic.length);
				return;
			}
			filtered.match(basic);
			filter(image, sigma, denoised);
		}

		private void threshold(final float[] image, final double threshold, final float[] estimate) {
			aggregation.clear();
			for (int reference = 0; reference < thresholded.size(); reference++) {
				final int count = Integer.highestOneBit(thresholded.found(reference));
				load(image, thresholded, reference, count, stack);
				int kept = 1;
				for (int i = 1; i < count * block * block; i++) {
					if (Math.abs(stack[i]) < threshold) stack[i] = 0;
					else kept++;
				}
				store(thresholded, reference, count, 1f / kept);
			}
			aggregation.mean(estimate);
		}

		private void filter(final float[] image, final double sigma, final float[] estimate) {
			final float variance = (float) (sigma * sigma);
			aggregation.clear();
			for (int reference = 0; reference < filtered.size(); reference++) {
				final int count = Integer.highestOneBit(filtered.found(reference));
				load(image, filtered, reference, count, stack);
				load(basic, filtered, reference, count, guide);
				float squares = 1;
				for (int i = 1; i < count * block * block; i++) {
					final float power = guide[i] * guide[i];
					final float factor = power / (power + variance);
					stack[i] *= factor;
					squares += factor * factor;
				}
				store(filtered, reference, count, 1 / squares);
			}
			aggregation.mean(estimate);
		}

		/** The transform of the blocks that are like one; the mean of all is the first coefficient. */
		private void load(final float[] image, final BlockMatching matching, final int reference, final int count,
			final float[] target)
		{
			for (int b = 0; b < count; b++) {
				final int place = matching.place(reference, b);
				for (int y = 0; y < block; y++)
					System.arraycopy(image, place + y * box, target, (y * count + b) * block, block);
			}
			hadamard(target, count);
			transform.forward(target, count);
		}

		private void store(final BlockMatching matching, final int reference, final int count, final float weight) {
			transform.inverse(stack, count);
			hadamard(stack, count);
			for (int b = 0; b < count; b++) aggregation.add(stack, count, b, matching.place(reference, b), weight);
		}

		/** The orthonormal Walsh-Hadamard transform along the stack, its own inverse. */
		private void hadamard(final float[] target, final int count) {
			for (int half = block; half < count * block; half *= 2) {
				for (int first = 0; first < count * block * block; first += 2 * half) {
					for (int i = first; i < first + half; i++) {
						final float upper = target[i], lower = target[i + half];
						target[i] = upper + lower;
						target[i + half] = upper - lower;
					}
				}
			}
			final float scale = (float) (1 / Math.sqrt(count));
			for (int i = 0; i < count * block * block; i++) target[i] *= scale;
		}
	}
}
