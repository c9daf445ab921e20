package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualDiscriminator;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.Seeds;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.function.Executable;

/** Small pairs and options, so that tests of training end in seconds. */
public final class TinyTraining {

	public static final int BOX = 16;

	/** Trains in seconds. */
	public static final Architecture NETWORK = new ResidualAutoencoder(List.of(16, 24), List.of(2, 2), List.of(0, 2), List
		.of(0), true, false, false);

	private TinyTraining() {}

	/** Discs of random place and brightness 1 to 2 on a background of 10, in noise of standard deviation 0.5. */
	public static ParticlePairs pairs(final int count) {
		final float[][] noisy = new float[count][BOX * BOX];
		final float[][] clean = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(11, i);
			final double x0 = 5 + 6 * random.nextDouble(), y0 = 5 + 6 * random.nextDouble(), height = 1 + random.nextDouble();
			for (int p = 0; p < BOX * BOX; p++) {
				clean[i][p] = (float) (10 + height * Math.exp(-(Math.pow(p % BOX - x0, 2) + Math.pow(p / BOX - y0, 2)) / 8));
				noisy[i][p] = (float) (clean[i][p] + 0.5 * random.nextGaussian());
			}
		}
		return pairs(noisy, clean);
	}

	public static ParticlePairs pairs(final float[][] noisy, final float[][] clean) {
		return new ParticlePairs(new ArrayParticleStack("noisy.mrcs", BOX, 4, noisy), new ArrayParticleStack("clean.mrcs",
			BOX, 4, clean));
	}

	/** Float32 on one thread of the processor, so that results repeat bit by bit. */
	public static TrainingOptions options() {
		return TrainingOptions.fast().with(Map.of("batch", "8", "epochs", "3", "device", "cpu", "precision", "float32",
			"threads", "1", "warmup", "5", "average", "0.9", "optimiser", "adam", "rate", "0.012"));
	}

	public static ModelFile train(final ParticlePairs pairs, final TrainingOptions options, final Path model,
		final TrainingListener listener)
	{
		return Trainer.train(PairSource.of(pairs), options, networks(options), model, listener);
	}

	/** With a discriminator of a few thousand weights and 3 x 3 scores where the options have one. */
	static Networks networks(final TrainingOptions options) {
		return new Networks(NETWORK, options.objective().adversary().map(adversary -> new ResidualDiscriminator(List.of(6,
			8), List.of(2, 2), List.of(0, 1), 2, adversary.gan() == Gan.CONDITIONAL, adversary.gan() == Gan.WGAN)));
	}

	public static void assertMessage(final String part, final Executable work) {
		final RuntimeException thrown = assertThrows(RuntimeException.class, work);
		assertTrue(thrown instanceof ClearIceException && thrown.getMessage().contains(part), thrown
			.toString());
	}

	public static void assertSameWeights(final List<Weight> expected, final List<Weight> actual) {
		assertEquals(expected.size(), actual.size());
		for (int i = 0; i < expected.size(); i++) {
			assertEquals(expected.get(i).name(), actual.get(i).name());
			assertArrayEquals(expected.get(i).values(), actual.get(i).values(), expected.get(i).name());
		}
	}
}
