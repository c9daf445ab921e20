package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.Normalisation;
import io.github.clearice.particle.ArrayParticleStack;
import io.github.clearice.particle.ParticlePairs;
import io.github.clearice.task.TaskListener;

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
			final double constant = scale.mean() - normalisation.offset() * scale.deviation() / normalisation.gain();
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
	void refusesResultsThatAreNoNumbers() {
		final ParticlePairs pairs = TinyTraining.pairs(4);
		final Validation validation = new Validation(set(pairs, 1, 3));
		final TrainingException refused = assertThrows(TrainingException.class, () -> validation.psnrDecibel(images -> {
			final float[] results = new float[images.length];
			results[PIXELS + 5] = Float.NaN;
			return results;
		}));
		assertTrue(refused.getMessage().contains("Use a lower rate="), refused.getMessage());
	}

	private static TrainingSet set(final ParticlePairs pairs, final int... held) {
		final TrainingSet set = TrainingSet.of(PairSource.of(pairs), TinyTraining.options(), TaskListener.SILENT);
		return new TrainingSet(set.source(), set.normalisation(), set.contrast(), set.data(), new int[0], held);
	}
}
