package io.github.clearice.simulate;

import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Huber's model of contamination: a share of the pairs comes from elsewhere (Gu et al. 2021, equation 2). The seed
 * alone determines which ones and their replacements; a larger share with the same seed replaces the same pairs and
 * more.
 *
 * @param type which image of a pair is replaced
 * @param contaminant the replacement
 * @param fraction share of the pairs that is replaced, epsilon, 0 to 1
 * @param seed of the random numbers
 */
public record Contamination(ContaminationType type, Contaminant contaminant, double fraction, long seed) {

	private static final int CHOICE = 0xC0;
	private static final int NOISY = 0xC1;
	private static final int REFERENCE = 0xC2;
	private static final int NOISE = 0xC3;

	/** @throws ParameterException if the fraction is out of range */
	public Contamination {
		if (!(fraction >= 0 && fraction <= 1)) throw new ParameterException(
			"The contaminated fraction must lie between 0 and 1, not " + fraction + ".");
	}

	/**
	 * Replaces images as they are read; the pairs themselves stay as they are.
	 *
	 * @return pairs that need not be closed beside the given ones
	 * @throws ParameterException if the pairs are too few, or a stack is constant or holds NaN
	 */
	public ParticlePairs of(final ParticlePairs pairs) {
		if (fraction == 0) return pairs;
		if (contaminant.takesOtherParticles() && pairs.size() < 2) throw new ParameterException("The contaminant " +
			contaminant.label() + " takes images of other particles, but there is one alone. Give more pairs.");
		final BitSet replaced = replaced(pairs.size());
		final Contaminant.Scale noisyScale = Contaminant.Scale.of(pairs.noisy()),
			cleanScale = Contaminant.Scale.of(pairs.clean());
		final double noise = Math.sqrt(Math.max(0, Math.pow(noisyScale.standardDeviation(), 2) - Math.pow(cleanScale
			.standardDeviation(), 2)));
		return new ParticlePairs(!type.replacesNoisy() ? pairs.noisy() : replacing(pairs.noisy(), replaced,
			index -> noisy(pairs, index, noisyScale, cleanScale, noise)), !type.replacesReference() ? pairs.clean()
				: replacing(pairs.clean(), replaced, index -> reference(pairs, index, cleanScale)));
	}

	/** A stack that replaces some images as they are read, without its table. */
	private static ParticleStack replacing(final ParticleStack stack, final BitSet replaced,
		final IntFunction<float[]> contaminant)
	{
		return stack.with(LazyImages.of(stack.box(), stack.size(), (index, image) -> {
			if (replaced.get(index)) System.arraycopy(contaminant.apply(index), 0, image, 0, image.length);
			else stack.read(index, image);
		}), stack.pixelSizeAngstrom(), null);
	}

	/** The pairs that are replaced: as many as the fraction says, to the nearest whole number. */
	BitSet replaced(final int size) {
		final int count = (int) Math.round(fraction * size);
		final int[] order = Seeds.permutation(size, Seeds.random(seed, CHOICE));
		final BitSet replaced = new BitSet(size);
		for (int i = 0; i < count; i++) replaced.set(order[i]);
		return replaced;
	}

	private float[] reference(final ParticlePairs pairs, final int index, final Contaminant.Scale scale) {
		return drawn(pairs.clean(), pairs.clean(), index, REFERENCE, scale);
	}

	private float[] noisy(final ParticlePairs pairs, final int index, final Contaminant.Scale noisyScale,
		final Contaminant.Scale cleanScale, final double noise)
	{
		// Another particle's noisy image has noise of its own.
		if (contaminant.isNoise() || contaminant == Contaminant.SHUFFLED) return drawn(pairs.noisy(), pairs.noisy(), index,
			NOISY, noisyScale);
		final float[] image = drawn(pairs.noisy(), pairs.clean(), index, REFERENCE, cleanScale);
		final SplittableRandom random = Seeds.random(seed, NOISE, index);
		for (int p = 0; p < image.length; p++) image[p] += (float) (noise * random.nextGaussian());
		return image;
	}

	/**
	 * @param others where the images of other particles come from
	 * @param stream number of the random stream; with the same one for both images of a pair, both show the same
	 */
	private float[] drawn(final ParticleStack stack, final ParticleStack others, final int index, final int stream,
		final Contaminant.Scale scale)
	{
		final SplittableRandom random = Seeds.random(seed, stream, index);
		final float[] image = new float[stack.box() * stack.box()];
		float[] other = null;
		if (contaminant.takesOtherParticles()) {
			other = new float[image.length];
			others.read((index + 1 + random.nextInt(stack.size() - 1)) % stack.size(), other);
		}
		contaminant.draw(random, scale, other, stack.box(), image);
		return image;
	}
}
