package io.github.clearice.evaluate;

import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many methods on the same pairs: each denoises the whole stack as a user would have
 * it done, from file to file, one after the other, and is scored. Memory and disk
 * hold one denoised stack at a time.
 */
public final class MethodComparison {

	/** The number of particles kept for display. */
	public static final int EXAMPLES = 6;

	private final ParticleStack whole;
	private final ParticlePairs pairs;
	private final Path scratch;
	private final EvaluationOptions options;
	private final TaskListener listener;

	/**
	 * @param scratch a folder that exists, for one stack at a time
	 */
	public MethodComparison(final ParticlePairs pairs, final Path scratch, final EvaluationOptions options,
		final TaskListener listener)
	{
		this(pairs.noisy(), pairs, scratch, options, listener);
	}

	/**
	 * Methods that learn from a stack, and are scored on a part of it.
	 *
	 * @param whole the stack to learn from
	 * @param pairs its first particles
	 * @param scratch as above
	 */
	public MethodComparison(final ParticleStack whole, final ParticlePairs pairs, final Path scratch,
		final EvaluationOptions options, final TaskListener listener)
	{
		this.whole = whole;
		this.pairs = pairs;
		this.scratch = scratch;
		this.options = options;
		this.listener = listener;
	}

	/** The unprocessed noisy images. */
	public MethodScore ofNoisy() {
		return new MethodScore(score(pairs.noisy()).named("noisy"), Double.NaN, examples(pairs.noisy()));
	}

	/**
	 * Results that another program made of the noisy images.
	 *
	 * @param denoised in the order of the pairs; left open
	 */
	public MethodScore of(final ParticleStack denoised) {
		return new MethodScore(score(denoised).named(denoised.name()), Double.NaN, examples(denoised));
	}

	/**
	 * The results of one method.
	 *
	 * @throws ParameterException if the method cannot work on these particles
	 */
	public MethodScore of(final Denoiser method) {
		try (TemporaryFolder folder = new TemporaryFolder(scratch, "comparison")) {
			final Path file = folder.resolve("denoised.mrcs");
			final long start = System.nanoTime();
			StackDenoising.run(whole, pairs.noisy(), method, file, listener);
			final double seconds = (System.nanoTime() - start) / 1e9;
			try (ParticleStack denoised = MrcParticleStack.open(file)) {
				return new MethodScore(score(denoised).named(method.name()), seconds / pairs.size(), examples(denoised));
			}
		}
	}

	/** The worst first and the best last, by mean PSNR, as in Table 1 of Gu et al. 2021. */
	public static List<MethodScore> sorted(final List<MethodScore> scores) {
		final List<MethodScore> sorted = new ArrayList<>(scores);
		sorted.sort(Comparator.comparingDouble(score -> score.quality().mean().peakSignalToNoise()));
		return sorted;
	}

	/**
	 * The first particles as every method gives them, and the images that they were compared with. These are labelled
	 * by the name of their stack, because a reference need not be the truth: it may be a posterior mean.
	 */
	public Montage montage(final List<MethodScore> scores) {
		final ArrayParticleStack reference = examples(pairs.clean());
		final Montage montage = Montage.ofFirst(EXAMPLES, reference.size());
		for (final MethodScore score : scores) montage.add(score.name(), score.examples());
		return montage.add("reference: " + pairs.clean().name(), reference);
	}

	private StackQuality score(final ParticleStack stack) {
		return StackEvaluation.run(pairs.clean(), List.of(stack), options, listener).get(0);
	}

	private static ArrayParticleStack examples(final ParticleStack stack) {
		return ArrayParticleStack.copyOf(stack, IntStream.range(0, Math.min(EXAMPLES, stack.size())).toArray());
	}
}
