package io.github.clearice.train.options;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.clearice.model.ImageScale;
import io.github.clearice.model.ModelFile;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.Recorder;
import io.github.clearice.train.TinyTraining;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.Sampling.Augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pairs are varied from epoch to epoch. */
class SamplingTest {

	private static final int BOX = TinyTraining.BOX;

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "none", "rotations", "free" })
	void movesBothImagesOfAPairInTheSameWay(final String augment) {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		final float[][] clean = ((ArrayParticleStack) pairs.clean()).images();
		// Noisy images that are the clean ones show whether a pair stays together.
		final PairSource same = PairSource.of(TinyTraining.pairs(clean, clean));
		final TrainingOptions options = TinyTraining.options().with("augment", augment);
		final TrainingSet set = TrainingSet.of(same, options, TaskListener.SILENT);
		try (Batches batches = new Batches(set, options)) {
			final Batches.Batch first = batches.take(1);
			for (int i = 0; i < first.images().length; i++) assertEquals(first.images()[i] * set.normalisation().gain() + set
				.normalisation().offset(), first.targets()[i], 1e-3);
			final Batches.Batch nextEpoch = batches.take(1 + batches.stepsPerEpoch());
			assertFalse(Arrays.equals(first.images(), nextEpoch.images()));
		}
	}

	@Test
	void freeMotionTurnsAndShifts() {
		final float[] dot = new float[BOX * BOX];
		for (int y = 0; y < BOX; y++)
			for (int x = 0; x < BOX; x++)
				dot[y * BOX + x] = (float) Math.exp(-(Math.pow(x - 11, 2) + Math.pow(y - 8, 2)) / 4);
		final double[] angles = new double[8];
		for (int i = 0; i < 400; i++) {
			final float[] moved = dot.clone();
			Augmentation.FREE.motion(BOX, new SplittableRandom(i)).accept(moved);
			double sum = 0, mx = 0, my = 0;
			for (int p = 0; p < moved.length; p++) {
				sum += moved[p];
				mx += moved[p] * (p % BOX - BOX / 2);
				my += moved[p] * (p / BOX - BOX / 2);
			}
			// Three pixels from the centre, give or take the shift of two and the half pixel of mirrors.
			assertEquals(3, Math.hypot(mx / sum, my / sum), 2 * Math.sqrt(2) + 1.5);
			angles[(int) Math.floor((Math.atan2(my, mx) + Math.PI) / (2 * Math.PI) * 8) % 8]++;
		}
		for (final double count : angles) assertEquals(50, count, 35);
	}

	@Test
	void freshNoiseDiffersInEachEpochButNotForHeldOutPairs() {
		final ParticlePairs pairs = TinyTraining.pairs(60);
		final TrainingOptions options = TinyTraining.options().with(Map.of("fresh", "true", "augment", "none"));
		final TrainingSet set = TrainingSet.of(PairSource.of(pairs), options, TaskListener.SILENT);
		assertEquals("white, one level", set.data().description().get("noise"));
		assertEquals(0.5, Double.parseDouble(set.data().description().get("noise-sigma")), 0.01);
		final float[] noisy = new float[BOX * BOX], target = noisy.clone(), again = noisy.clone();
		final int index = set.training()[4];
		set.source().draw(0, index, new SplittableRandom(1), image -> {}, noisy, target);
		assertArrayEquals(((ArrayParticleStack) pairs.clean()).images()[index], target);
		set.source().draw(0, index, new SplittableRandom(1), image -> {}, again, target);
		assertArrayEquals(noisy, again);
		final ImageScale scale = set.source().draw(1, index, new SplittableRandom(2), image -> {}, again, target);
		assertEquals(ImageScale.of(again), scale);
		assertFalse(Arrays.equals(noisy, again));
		set.source().read(set.held()[0], noisy, target);
		assertArrayEquals(((ArrayParticleStack) pairs.noisy()).images()[set.held()[0]], noisy);
	}

	@Test
	void freshNoiseAndFreeMotionTrainAndResumeExactly() {
		final TrainingOptions options = TinyTraining.options().with(Map.of("fresh", "true", "augment", "free"));
		final ModelFile whole = TinyTraining.train(TinyTraining.pairs(60), options, folder.resolve("whole.clearice"),
			TrainingListener.SILENT);
		final Path part = folder.resolve("part.clearice");
		TinyTraining.train(TinyTraining.pairs(60), options, part, new Recorder(9, Long.MAX_VALUE));
		final ModelFile resumed = Trainer.resume(PairSource.of(TinyTraining.pairs(60)), part, Map.of(), part,
			TrainingListener.SILENT);
		TinyTraining.assertSameWeights(whole.weights(), resumed.weights());
	}

	@Test
	void refusesToTurnParticlesOfOneAstigmatism() {
		final TrainingOptions options = TinyTraining.options();
		final ParticlePairs aligned = listed(i -> 30), mixed = listed(i -> 37 * i % 180);
		assertMessage("all astigmatic in one direction (90000 Å at 30 degrees)", () -> TrainingSet.of(PairSource.of(
			aligned), options, TaskListener.SILENT));
		// Its clean images do not lack the CTF: it would be turned with them.
		assertMessage("all astigmatic in one direction", () -> TrainingSet.of(PairSource.of(aligned), options.with("fresh",
			true), TaskListener.SILENT));
		assertEquals(40, TrainingSet.of(PairSource.of(aligned), options.with("augment", "none"), TaskListener.SILENT).data()
			.particles());
		assertEquals(40, TrainingSet.of(PairSource.of(mixed), options, TaskListener.SILENT).data().particles());
	}

	@Test
	void refusesCleanImagesForTrainingsWithout() {
		assertMessage("supervision=noise2noise does not learn from clean images", () -> TrainingSet.of(PairSource.of(
			TinyTraining.pairs(20)), TinyTraining.options().with("supervision", "noise2noise"), TaskListener.SILENT));
	}

	private static ParticlePairs listed(final IntToDoubleFunction angle) {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < 40; i++) rows.add(RelionParticle.of("s.mrcs", i, 0, 0, 0, 0, 0, 4, new RelionCtf(300, 2.7, 0.1,
			100_000, 10_000, angle.applyAsDouble(i), 0, 0, 1), 1, 1, 1, 0));
		final RelionParticles particles = RelionParticles.of(List.of(new OpticsGroup(1, "g", 300, 2.7, 0.1, 4, BOX)), rows);
		return new ParticlePairs(pairs.noisy().with(pairs.noisy().image(), pairs.pixelSizeAngstrom(), particles), pairs
			.clean());
	}
}
