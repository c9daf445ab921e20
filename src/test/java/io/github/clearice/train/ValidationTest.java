package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ValidationTest {

	private static final int PIXELS = TinyTraining.BOX * TinyTraining.BOX;

	@Test
	void psnrIsTheMeanOverParticlesOnTheirOwnScale() {
		final ParticlePairs pairs = TinyTraining.pairs(4);
		final Validation validation = new Validation(set(pairs, 1, 3));
		double expected = 0;
		for (final int index : new int[] { 1, 3 }) {
			// A result of zero on the network's scale lies at this value on the particle's.
			final ImageScale scale = ImageScale.of(((ArrayParticleStack) pairs.noisy()).images()[index]);
			final Normalisation normalisation = set(pairs, index).normalisation();
			final float[] zero = new float[PIXELS];
			normalisation.fromResult(zero.clone(), 0, scale, zero);
			final double constant = zero[0];
			final float[] clean = ((ArrayParticleStack) pairs.clean()).images()[index];
			double squares = 0, least = Double.MAX_VALUE, most = -Double.MAX_VALUE;
			for (final float pixel : clean) {
				squares += (pixel - constant) * (pixel - constant) / PIXELS;
				least = Math.min(least, pixel);
				most = Math.max(most, pixel);
			}
			expected += 10 * Math.log10(Math.pow(most - least, 2) / squares) / 2;
		}
		assertEquals(expected, validation.psnrDecibel(images -> new float[images.length]), 1e-4);
	}

	@Test
	void constantCleanImagesArePassedOver() {
		final ParticlePairs pairs = TinyTraining.pairs(4);
		Arrays.fill(((ArrayParticleStack) pairs.clean()).images()[3], 10);
		final double alone = new Validation(set(pairs, 1)).psnrDecibel(images -> images);
		assertEquals(alone, new Validation(set(pairs, 1, 3)).psnrDecibel(images -> images), 1e-9);
	}

	@Test
	void knowsTheNoisyParticlesAndTheSpreadOfTheirTargets() {
		final Validation validation = new Validation(set(TinyTraining.pairs(4), 1, 3));
		// A network that returns its input, after the normalisation is undone, gives the noisy particles.
		final Normalisation normalisation = set(TinyTraining.pairs(4), 1, 3).normalisation();
		assertEquals(validation.psnrDecibel(images -> {
			final float[] results = images.clone();
			for (int i = 0; i < results.length; i++) results[i] = (float) (normalisation.gain() * images[i] + normalisation
				.offset());
			return results;
		}), validation.noisyPsnrDecibel(), 1e-4);
		final ValidationSample sample = validation.sample(1, images -> new float[images.length]);
		assertEquals(1, sample.denoised().size());
		assertArrayEquals(((ArrayParticleStack) TinyTraining.pairs(4).clean()).images()[1], sample.target().images()[0]);
		assertEquals(1, sample.noisy().size());
	}

	private static TrainingSet set(final ParticlePairs pairs, final int... held) {
		final TrainingSet set = TrainingSet.of(PairSource.of(pairs), TinyTraining.options(), TaskListener.SILENT);
		return new TrainingSet(set.source(), set.normalisation(), set.contrast(), set.data(), set.input(), new int[0],
			held);
	}
}
