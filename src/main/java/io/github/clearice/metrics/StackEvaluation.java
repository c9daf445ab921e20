package io.github.clearice.metrics;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Compares stacks of images with a stack of references, image by image.
 * <p>
 * Images are read as they are needed, a few at a time, on all cores; the result
 * does not depend on the number of threads.
 */
public final class StackEvaluation {

	private static final String TASK = "Evaluating images";

	/** Images scored in a row by one thread, whose correlations are summed in order. */
	private static final int BLOCK = 16;

	private final ParticleStack reference;
	private final List<ParticleStack> stacks;
	private final EvaluationOptions options;
	private final TaskListener listener;
	private final FourierShells shells;
	private final double pixelSizeAngstrom;
	private final List<PackedScores> scores;
	/** For each stack, the sums of the correlations of its images. */
	private final double[][] correlations;

	/**
	 * What became of some images, which follow those of the block before.
	 *
	 * @param scores for each stack, those of its images
	 * @param correlations for each stack, the sum of those of its images
	 */
	private record Block(QualityScores[][] scores, double[][] correlations) implements Serializable {}

	private StackEvaluation(final ParticleStack reference, final List<ParticleStack> stacks,
		final EvaluationOptions options, final TaskListener listener)
	{
		this.reference = reference;
		this.stacks = List.copyOf(stacks);
		this.options = options;
		this.listener = listener;
		if (stacks.isEmpty()) throw new ParameterException("There is no stack to compare with " + reference.name() +
			"; name at least one.");
		if (reference.size() == 0) throw new ParameterException(reference.name() +
			" holds no images; name another stack.");
		for (final ParticleStack stack : stacks)
			ParticlePairs.requireMatch(reference, stack);
		shells = FourierShells.ofImages(reference.box());
		pixelSizeAngstrom = pixelSize();
		scores = stacks.stream().map(stack -> new PackedScores()).toList();
		correlations = new double[stacks.size()][shells.nyquist() + 1];
	}

	/**
	 * Scores every image of every stack.
	 *
	 * @param reference the truth
	 * @param stacks one or several stacks of as many images of the same size
	 * @return one entry a stack, in their order
	 * @throws ParameterException if an image holds NaN, or a reference is constant
	 *           and no fixed range is given
	 * @throws io.github.clearice.task.InputException if counts, boxes or
	 *           pixel sizes differ
	 */
	public static List<StackQuality> run(final ParticleStack reference, final List<ParticleStack> stacks,
		final EvaluationOptions options, final TaskListener listener)
	{
		return run(reference, stacks, options, listener, ParallelLoop.threads());
	}

	static List<StackQuality> run(final ParticleStack reference, final List<ParticleStack> stacks,
		final EvaluationOptions options, final TaskListener listener, final int threads)
	{
		return new StackEvaluation(reference, stacks, options, listener).run(threads);
	}

	private List<StackQuality> run(final int threads) {
		Machines.current().run(Steps.of(TASK, reference.size(), BLOCK), (first, end, done) -> {
			final Block[] blocks = new Block[(end - first + BLOCK - 1) / BLOCK];
			ParallelLoop.run(blocks.length, 1, threads, thread -> {
				final ImageComparison comparison = new ImageComparison(shells, pixelSizeAngstrom, options);
				final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(reference.box(), reference.box());
				return block -> {
					final int begin = first + (int) block * BLOCK;
					blocks[(int) block] = scored(begin, Math.min(end, begin + BLOCK), comparison, image);
					done.accept(Math.min(end, begin + BLOCK) - begin);
				};
			});
			return blocks;
		}, blocks -> {
			for (final Block block : blocks) add(block);
		}, listener);
		final List<StackQuality> result = new ArrayList<>();
		for (int s = 0; s < stacks.size(); s++) {
			result.add(new StackQuality(name(stacks.get(s)), scores.get(s), meanCorrelation(s)));
		}
		return result;
	}

	private Block scored(final int first, final int end, final ImageComparison comparison,
		final ArrayImg<FloatType, FloatArray> image)
	{
		final Block block = new Block(new QualityScores[stacks.size()][end - first], new double[stacks.size()][shells
			.nyquist() + 1]);
		for (int index = first; index < end; index++) {
			listener.checkCancelled(TASK);
			read(reference, index, image);
			comparison.setReference(image, "Image " + (index + 1) + " of " + reference.name());
			for (int s = 0; s < stacks.size(); s++) {
				read(stacks.get(s), index, image);
				final ImageComparison.Result result = comparison.compare(image);
				block.scores[s][index - first] = result.scores();
				final double[] values = result.correlation().values();
				for (int k = 0; k < values.length; k++) block.correlations[s][k] += values[k];
			}
		}
		return block;
	}

	private void add(final Block block) {
		for (int s = 0; s < scores.size(); s++) {
			for (final QualityScores image : block.scores[s]) scores.get(s).add(image);
			for (int k = 0; k < correlations[s].length; k++) correlations[s][k] += block.correlations[s][k];
		}
	}

	private static void read(final ParticleStack stack, final int index, final ArrayImg<FloatType, FloatArray> image) {
		final float[] pixels = image.update(null).getCurrentStorageArray();
		stack.read(index, pixels);
		PixelCheck.fault(stack, index, pixels).ifPresent(fault -> {
			throw new ParameterException("Image " + fault + "; leave this image out.");
		});
	}

	/** The stack's name, or its path where another stack is called the same. */
	private String name(final ParticleStack stack) {
		final long namesakes = stacks.stream().filter(other -> other.name().equals(stack.name())).count();
		return namesakes > 1 ? stack.place() : stack.name();
	}

	private ShellCorrelation meanCorrelation(final int stack) {
		final double[] mean = correlations[stack].clone();
		for (int k = 0; k < mean.length; k++) mean[k] /= reference.size();
		return new ShellCorrelation(shells.box(), pixelSizeAngstrom, mean);
	}

	private double pixelSize() {
		if (!Double.isNaN(reference.pixelSizeAngstrom())) return reference.pixelSizeAngstrom();
		for (final ParticleStack stack : stacks) if (!Double.isNaN(stack.pixelSizeAngstrom())) return stack
			.pixelSizeAngstrom();
		listener.message("The pixel size of " + reference.name() +
			" is unknown: resolutions are in pixels (1 Å a pixel assumed).");
		return 1;
	}
}
