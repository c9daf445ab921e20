package io.github.clearice.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.train.Recorder;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PlainGraphs
public class SimulatedPairsTest {

	private static final int BOX = TinyTraining.BOX;
	private static final int HELD = 12;

	@TempDir
	Path folder;

	@Test
	void neverShowsAnImageTwiceAndHoldsSomeOut() {
		final PairSource source = source(20, 0.5, 1);
		assertEquals(32, source.size());
		final int[] training = source.split(0.5, 7).training();
		assertEquals(HELD, source.split(0.5, 7).validation().length);
		final Set<String> seen = new HashSet<>();
		final float[] noisy = new float[BOX * BOX], target = new float[BOX * BOX];
		for (final int index : source.split(0.5, 7).validation()) {
			source.read(index, noisy, target);
			seen.add(Arrays.toString(target));
		}
		for (long epoch = 0; epoch < 3; epoch++) for (final int index : training) {
			source.draw(epoch, index, new SplittableRandom(), image -> {}, noisy, target);
			assertTrue(seen.add(Arrays.toString(target)), "epoch " + epoch + ", pair " + index);
		}
		assertEquals(HELD + 3 * 20, seen.size());
	}

	@Test
	void trainsAndResumesToTheSameWeights() {
		final TrainingOptions options = TinyTraining.options();
		final ModelFile whole = Trainer.train(source(24, 0.5, 1), options, TinyTraining.NETWORK, folder.resolve(
			"whole.clearice"), TrainingListener.SILENT);
		assertEquals("particles simulated from ball.mrc", whole.card().data().noisy());
		assertEquals(Map.of("snr", "0.5"), whole.card().data().description());
		final Path part = folder.resolve("part.clearice");
		Trainer.train(source(24, 0.5, 1), options, TinyTraining.NETWORK, part, new Recorder(4, Long.MAX_VALUE));
		TinyTraining.assertMessage("are not those that the training began with", () -> Trainer.resume(source(24, 0.4, 1),
			part, Map.of(), part, TrainingListener.SILENT));
		TinyTraining.assertMessage("are not those that the training began with", () -> Trainer.resume(source(32, 0.5, 1),
			part, Map.of(), part, TrainingListener.SILENT));
		final ModelFile resumed = Trainer.resume(source(24, 0.5, 1), part, Map.of(), part, TrainingListener.SILENT);
		TinyTraining.assertSameWeights(whole.weights(), resumed.weights());
	}

	@Test
	void batchesAreTheSameInWhateverOrderTheyAreAskedFor() {
		final TrainingSet set = TrainingSet.of(source(24, 0.5, 1), TinyTraining.options(), TrainingListener.SILENT);
		try (Batches forward = new Batches(set, TinyTraining.options()); Batches jumping = new Batches(set, TinyTraining
			.options()))
		{
			Batches.Batch last = null;
			for (int number = 1; number <= 5; number++) last = forward.take(number);
			jumping.take(2);
			assertArrayEquals(last.images(), jumping.take(5).images());
			assertArrayEquals(forward.take(1).targets(), jumping.take(1).targets());
		}
	}

	/** A lopsided ball. */
	public static PairSource source(final int count, final double snr, final long seed) {
		final Volume map = Volume.zeros(BOX, 4);
		for (int z = 0; z < BOX; z++) for (int y = 0; y < BOX; y++) for (int x = 0; x < BOX; x++) {
			map.voxels()[map.index(x, y, z)] = (float) Math.exp(-(Math.pow(x - 9, 2) / 6 + Math.pow(y - 7, 2) / 9 +
				Math.pow(z -
				8, 2) / 3));
		}
		final SimulationOptions options = SimulationOptions.of(count, NoiseModel.ofSnr(snr), seed);
		return new SimulatedPairs(new PairSimulator(List.of(new WeightedMap("ball.mrc", map, 1)), options), "ball.mrc", Map
			.of("snr", Double.toString(snr)), HELD, null);
	}
}
