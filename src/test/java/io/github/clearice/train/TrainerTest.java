package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static io.github.clearice.train.TinyTraining.assertSameWeights;
import static io.github.clearice.train.TinyTraining.train;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.options.TrainingOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@PlainGraphs
class TrainerTest {

	@TempDir
	Path folder;

	@Test
	void learnsToDenoise() {
		final ParticlePairs pairs = TinyTraining.pairs(120);
		final Recorder heard = new Recorder();
		final ModelFile model = train(pairs, TinyTraining.options().with("epochs", 25), folder.resolve("m.clearice"),
			heard);
		final float[][] noisy = images(pairs.noisy());
		final float[][] clean = images(pairs.clean());
		final float[][] denoised = denoise(model, noisy);
		assertEquals(0.25, meanSquare(noisy, clean), 0.01);
		// On the particles' own scale, although they stand on a background of 10.
		assertTrue(meanSquare(denoised, clean) < 0.05, "mean square error " + meanSquare(denoised, clean));
		assertEquals(25, heard.validations.size());
		assertTrue(heard.updates.get(heard.updates.size() - 1).loss() < heard.updates.get(5).loss() / 3);
		assertEquals(0, heard.updates.get(heard.updates.size() - 1).secondsLeft(), 1e-9);
	}

	/** The paper's kind of network: skips, tanh after batch normalisation; with the other loss. */
	@Test
	void boundedNetworkLearnsTheScaleToo() {
		final ParticlePairs pairs = TinyTraining.pairs(120);
		final ResidualAutoencoder network = new ResidualAutoencoder(List.of(16, 24), List.of(2, 2), List.of(1, 1), List.of(
			1), false, true, true);
		final ModelFile model = Trainer.train(PairSource.of(pairs), TinyTraining.options().with(Map.of("epochs", "40",
			"loss", "l2")), network,
			folder.resolve("m.clearice"), TrainingListener.SILENT);
		final double error = meanSquare(denoise(model, images(pairs.noisy())), images(pairs.clean()));
		assertTrue(error < 0.07, "mean square error " + error);
	}

	@Test
	void refusesAPlaceItCannotWriteToBeforeTraining() throws IOException {
		Files.writeString(folder.resolve("file"), "");
		final Recorder heard = new Recorder();
		assertMessage("is a file, not a folder", () -> train(TinyTraining.pairs(20), TinyTraining.options(), folder.resolve(
			"file/m.clearice"), heard));
		assertEquals(0, heard.updates.size());
	}

	/** The system's temporary folder, which the sample particles need, is a file. */
	@Test
	void aTemporaryFolderThatIsNoneIsRefusedBeforeTraining() throws IOException {
		final Recorder heard = new Recorder();
		final String before = System.setProperty("java.io.tmpdir", Files.writeString(folder.resolve("file"), "")
			.toString());
		try {
			assertMessage("Cannot write " + folder.resolve("file"), () -> train(TinyTraining.pairs(20), TinyTraining
				.options(), folder.resolve("m.clearice"), heard));
		}
		finally {
			System.setProperty("java.io.tmpdir", before);
		}
		assertEquals(0, heard.updates.size());
	}

	@Test
	void aTemporaryFolderThatGoesMeanwhileCostsTheSamplesAndNotTheModel() {
		final String before = System.getProperty("java.io.tmpdir");
		final Recorder heard = new Recorder() {

			@Override
			public void updated(final TrainingProgress progress) {
				super.updated(progress);
				System.setProperty("java.io.tmpdir", folder.resolve("gone").toString());
			}
		};
		try {
			final ModelFile model = train(TinyTraining.pairs(20), TinyTraining.options(), folder.resolve("m.clearice"),
				heard);
			assertTrue(model.samples().isEmpty());
			assertSameWeights(model.weights(), ModelFile.read(folder.resolve("m.clearice")).weights());
		}
		finally {
			System.setProperty("java.io.tmpdir", before);
		}
		assertTrue(heard.messages.stream().anyMatch(line -> line.startsWith("Warning: the model has no sample particles.")),
			heard.messages.toString());
	}

	@Test
	void overfitsTwentyPairs() {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		final Recorder heard = new Recorder();
		train(pairs, TinyTraining.options().with(Map.of("epochs", "150", "augment", "none", "batch", "9")), folder
			.resolve("m.clearice"), heard);
		assertTrue(heard.updates.get(heard.updates.size() - 1).loss() < 0.03, "loss " + heard.updates.get(heard.updates
			.size() - 1).loss());
	}

	@Test
	void keepsTheLastWeightsWhereAsked() {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		final TrainingOptions options = TinyTraining.options().with(Map.of("epochs", "40", "augment", "none", "batch", "9",
			"average", "0"));
		final ModelFile best = train(pairs, options, folder.resolve("best.clearice"), TrainingListener.SILENT);
		final ModelFile last = train(pairs, options.with("keep", "last"), folder.resolve("last.clearice"),
			TrainingListener.SILENT);
		final List<HistoryEntry> schedule = last.card().history();
		final double end = schedule.get(schedule.size() - 1).validationPsnrDecibel();
		// It learns its 18 pairs by heart, and held-out ones suffer.
		assertTrue(end < best.card().metrics().get("validation-psnr"), "last " + end + " dB");
		assertEquals(end, last.card().metrics().get("validation-psnr"));
		final double[] errors = Stream.of(best, last).mapToDouble(model -> meanSquare(denoise(model, images(pairs.noisy())),
			images(pairs.clean()))).toArray();
		assertTrue(errors[1] < errors[0], Arrays.toString(errors));
		// The best is not forgotten: a training that continues can still be measured against it.
		assertSameWeights(best.weights(), last.checkpoint().orElseThrow().variables().get("best"));
	}

	@ParameterizedTest
	@CsvSource({ "l1", "l2" })
	void sameSeedGivesTheSameModel(final String loss) {
		final TrainingOptions options = TinyTraining.options().with("loss", loss);
		final ModelFile first = train(TinyTraining.pairs(40), options, folder.resolve("a.clearice"),
			TrainingListener.SILENT);
		final ModelFile second = train(TinyTraining.pairs(40), options, folder.resolve("b.clearice"),
			TrainingListener.SILENT);
		final ModelFile other = train(TinyTraining.pairs(40), options.with("seed", 2), folder.resolve("c.clearice"),
			TrainingListener.SILENT);
		assertSameWeights(first.weights(), second.weights());
		assertFalse(Arrays.equals(first.weights().get(0).values(), other.weights().get(0).values()));
	}

	@Test
	void keepsBestAndLastWeights() {
		final ModelFile model = train(TinyTraining.pairs(40), TinyTraining.options(), folder.resolve("m.clearice"),
			TrainingListener.SILENT);
		final double best = model.card().history().stream().mapToDouble(HistoryEntry::validationPsnrDecibel).max()
			.getAsDouble();
		assertEquals(best, model.card().metrics().get("validation-psnr"));
		final ModelFile read = ModelFile.read(folder.resolve("m.clearice"));
		assertSameWeights(model.weights(), read.weights());
		assertSameWeights(model.checkpoint().get().variables().get("weights"), read.checkpoint().get().variables().get(
			"weights"));
		assertEquals(model.card(), read.card());
		assertArrayEquals(model.samples().get().denoised().images()[0], read.samples().get().denoised().images()[0]);
		assertArrayEquals(read.samples().get().denoised().images(), denoise(read, read.samples().get().noisy().images()));
	}

	@Test
	void stopKeepsTheModelSoFar() throws IOException {
		final Recorder heard = new Recorder(4, Long.MAX_VALUE);
		final ModelFile model = train(TinyTraining.pairs(60), TinyTraining.options(), folder.resolve("m.clearice"),
			heard);
		assertEquals(4, heard.updates.size());
		assertEquals(4, model.card().history().get(0).step());
		assertEquals(List.of("m.clearice"), files());
	}

	@Test
	void cancelLeavesNothing() throws IOException {
		final TrainingOptions options = TinyTraining.options().with("checkpoint", 0);
		assertThrows(TaskCancelledException.class, () -> train(TinyTraining.pairs(20), options, folder.resolve(
			"m.clearice"), new Recorder(Long.MAX_VALUE, 5)));
		assertEquals(List.of(), files());
	}

	@ParameterizedTest
	@CsvSource({ "NaN", "Infinity", "-Infinity" })
	void refusesPixelsThatAreNoNumber(final float value) throws IOException {
		final ParticlePairs pairs = TinyTraining.pairs(20);
		((ArrayParticleStack) pairs.noisy()).images()[6][3] = value;
		assertMessage("Particle 7 of noisy.mrcs has a pixel that is not a number", () -> train(pairs, TinyTraining
			.options(), folder.resolve("m.clearice"), TrainingListener.SILENT));
		assertEquals(List.of(), files());
	}

	@Test
	void refusesALossThatIsNoNumber() throws IOException {
		assertMessage("Use a lower rate=", () -> train(TinyTraining.pairs(40), TinyTraining.options().with(Map.of(
			"rate", "10", "beta2", "0", "beta1", "0", "loss", "l2", "epochs", "2000", "warmup", "0")), folder.resolve(
				"m.clearice"), TrainingListener.SILENT));
		assertEquals(List.of(), files());
	}

	@Test
	void leavesOutConstantParticles() {
		final ParticlePairs pairs = TinyTraining.pairs(40);
		Arrays.fill(((ArrayParticleStack) pairs.noisy()).images()[3], 7);
		final Recorder heard = new Recorder();
		final ModelFile model = train(pairs, TinyTraining.options(), folder.resolve("m.clearice"), heard);
		assertTrue(heard.messages.stream().anyMatch(line -> line.endsWith("constant: 1 particle.")), heard.messages
			.toString());
		final float[][] blank = new float[1][TinyTraining.BOX * TinyTraining.BOX];
		Arrays.fill(blank[0], 7);
		assertArrayEquals(blank, denoise(model, blank));
	}

	@Test
	void refusesWhatCannotBeTrained() {
		final Path model = folder.resolve("m.clearice");
		assertMessage("A batch of 8 is larger than the 5 particles to train on", () -> train(TinyTraining.pairs(6),
			TinyTraining.options(), model, TrainingListener.SILENT));
		assertMessage("The clean images are constant", () -> train(TinyTraining.pairs(images(TinyTraining.pairs(20)
			.noisy()), new float[20][TinyTraining.BOX * TinyTraining.BOX]), TinyTraining.options().with("augment", "none"),
			model, TrainingListener.SILENT));
	}

	/** On a clock that a listener advances: how fast the machine is does not matter. */
	@ParameterizedTest
	@CsvSource({ "0.1, 7", "6, 1", "1e9, 1" })
	void stopsInTimeAfterOneUpdateAtLeast(final double secondsPerUpdate, final int updates) {
		final AtomicLong now = new AtomicLong();
		final Recorder heard = new Recorder() {

			@Override
			public void updated(final TrainingProgress progress) {
				super.updated(progress);
				now.addAndGet((long) (1e9 * secondsPerUpdate));
			}
		};
		final TrainingOptions options = TinyTraining.options().with(Map.of("epochs", "1000000", "minutes", "0.011"));
		final ModelFile model = Trainer.train(PairSource.of(TinyTraining.pairs(40)), options, TinyTraining.networks(
			options), folder.resolve("m.clearice"), heard, now::get);
		assertEquals(updates, heard.updates.size());
		assertEquals(updates, Long.parseLong(model.checkpoint().orElseThrow().state().get("step")));
	}

	/** As on a busy machine, on which the time is over before the first update is. */
	@Test
	void runsOneUpdateEvenIfTheTimeIsOver() {
		final AtomicLong now = new AtomicLong();
		final TrainingOptions options = TinyTraining.options().with("minutes", 1);
		final Recorder heard = new Recorder();
		Trainer.train(PairSource.of(TinyTraining.pairs(40)), options, TinyTraining.networks(options), folder.resolve(
			"m.clearice"), heard, () -> now.addAndGet(120_000_000_000L));
		assertEquals(1, heard.updates.size());
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	private static float[][] denoise(final ModelFile model, final float[][] noisy) {
		final float[][] denoised = new float[noisy.length][noisy[0].length];
		try (ModelDenoiser denoiser = new ModelDenoiser("model", model, new Device(false, Precision.FLOAT32, 1))) {
			denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		}
		return denoised;
	}

	private static float[][] images(final ParticleStack stack) {
		final float[][] images = new float[stack.size()][stack.box() * stack.box()];
		for (int i = 0; i < images.length; i++) stack.read(i, images[i]);
		return images;
	}

	private static double meanSquare(final float[][] a, final float[][] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) for (int p = 0; p < a[i].length; p++) sum += (a[i][p] - b[i][p]) * (a[i][p] -
			b[i][p]);
		return sum / ((double) a.length * a[0].length);
	}
}
