package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

	@TempDir
	Path folder;

	private Path file;

	@BeforeEach
	void writeModel() {
		file = folder.resolve("m.clearice");
		TinyModel.model().write(file);
	}

	@Test
	void readsWhatWasWritten() {
		final ModelFile written = TinyModel.model();
		final ModelFile read = ModelFile.read(file);
		assertEquals(written.card(), read.card());
		for (int i = 0; i < written.weights().size(); i++) {
			assertEquals(written.weights().get(i).name(), read.weights().get(i).name());
			assertArrayEquals(written.weights().get(i).shape(), read.weights().get(i).shape());
			assertArrayEquals(written.weights().get(i).values(), read.weights().get(i).values());
		}
	}

	@Test
	void keepsSamplesAndCheckpoint() {
		final float[][] noisy = { { 1, 2, 3, 4 }, { 5, 6, 7, 9 } };
		final SampleParticles samples = new SampleParticles(new ArrayParticleStack("noisy", 2, 1.5, noisy),
			new ArrayParticleStack("denoised", 2, 1.5, new float[][] { { 0, 1, 0, 0 }, { 0, 0, 2, 0 } }));
		final Checkpoint checkpoint = new Checkpoint(Map.of("step", "7"), Map.of("moments1", List.of(new Weight("a/kernel",
			new int[] { 2, 1 }, new float[] { 3, 4 }))));
		final ModelFile plain = TinyModel.model();
		new ModelFile(plain.card(), plain.weights(), Optional.of(samples), Optional.of(checkpoint)).write(file);
		final ModelFile read = ModelFile.read(file);
		assertArrayEquals(noisy, read.samples().get().noisy().images());
		assertEquals(1.5, read.samples().get().denoised().pixelSizeAngstrom(), 1e-6);
		assertEquals(Map.of("step", "7"), read.checkpoint().get().state());
		assertArrayEquals(new float[] { 3, 4 }, read.checkpoint().get().variables().get("moments1").get(0).values());
		assertTrue(ModelFile.readForInference(file).checkpoint().isEmpty());
	}

	@Test
	void sameModelGivesTheSameBytes() throws IOException {
		TinyModel.model().write(folder.resolve("again.clearice"));
		assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("again.clearice")));
	}

	@Test
	void refusesMissingFilesFoldersAndOtherFiles() throws IOException {
		assertRefused(folder.resolve("none.clearice"), "there is no such file");
		assertRefused(folder, "it is a folder");
		Files.writeString(folder.resolve("text.clearice"), "not a zip");
		assertRefused(folder.resolve("text.clearice"), "not a complete model archive");
		Files.write(folder.resolve("empty.clearice"), new byte[0]);
		assertRefused(folder.resolve("empty.clearice"), "not a complete model archive");
		rewrite(Map.of("readme.txt", new byte[3]), true);
		assertRefused(file, "no model of ClearIce");
	}

	@Test
	void refusesPipesWithoutWaiting() throws IOException, InterruptedException {
		final Path pipe = folder.resolve("pipe.clearice");
		assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "Skipped: no mkfifo");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> assertRefused(pipe, "is a pipe or device"));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.1, 0.5, 0.9, 0.999 })
	void refusesTruncatedFiles(final double share) throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
		assertRefused(file, "not a complete model archive");
	}

	/** A flipped bit anywhere is noticed, unless it lies in the few bytes that zip itself ignores. */
	@Test
	void neverReadsDamagedContentAsWhole() throws IOException {
		final byte[] whole = Files.readAllBytes(file);
		final ModelFile intact = ModelFile.read(file);
		int refused = 0;
		for (int at = 0; at < whole.length; at += 1 + whole.length / 400) {
			final byte[] damaged = whole.clone();
			damaged[at] ^= 0x10;
			Files.write(file, damaged);
			try {
				final ModelFile read = ModelFile.read(file);
				assertEquals(intact.card(), read.card());
				for (int i = 0; i < read.weights().size(); i++)
					assertArrayEquals(intact.weights().get(i).values(), read.weights().get(i).values());
			}
			catch (final InputException e) {
				assertTrue(e.getMessage().startsWith("Cannot read the model " + file), e.getMessage());
				assertEquals(1, e.getMessage().lines().count());
				refused++;
			}
		}
		assertTrue(refused > 300, "refused " + refused);
	}

	@Test
	void refusesAlteredCardsAndWeights() throws IOException {
		final byte[] card = entries().get("card.json");
		final String text = new String(card, StandardCharsets.UTF_8);
		rewrite(Map.of("card.json", text.replace("\"box\": 16", "\"box\": 24").getBytes(StandardCharsets.UTF_8)), false);
		assertRefused(file, "The checksum of its card.json is wrong");
		TinyModel.model().write(file);
		final String name = entries().keySet().stream().filter(entry -> entry.startsWith("weights/")).findFirst().get();
		rewrite(Map.of(name, new byte[4]), false);
		assertRefused(file, "Its " + name + " has 4 bytes instead of");
		TinyModel.model().write(file);
		final Map<String, byte[]> without = entries();
		without.remove(name);
		rewrite(without, true);
		assertRefused(file, "It lacks " + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[", "{}", "[null]", "[{\"entry\":\"card.json\",\"bytes\":-1,\"sha256\":\"\"}]",
		"[{\"entry\":\"card.json\",\"bytes\":9000000000000,\"sha256\":\"\"}]",
		"[{\"entry\":\"weights/a.f32\",\"bytes\":4,\"sha256\":\"\",\"shape\":[2147483647,2147483647,4]}]" })
	void refusesHostileManifests(final String manifest) throws IOException {
		rewrite(Map.of("manifest.json", manifest.getBytes(StandardCharsets.UTF_8)), false);
		assertThrows(InputException.class, () -> ModelFile.read(file));
	}

	@Test
	void refusesAnotherSchema() {
		final InputException refused = assertThrows(InputException.class, () -> CardJson.card(CardJson.text(TinyModel
			.model().card()).replace("\"schema\": 1", "\"schema\": 9")));
		assertTrue(refused.getMessage().contains("schema version 9, but this version of ClearIce reads version 1"), refused
			.getMessage());
	}

	@Test
	void refusesCardsWithMissingParts() {
		for (final String part : List.of("architecture", "normalisation", "loss", "history", "data", "noisy", "clean",
			"fingerprint", "description")) {
			final String card = CardJson.text(TinyModel.model().card()).replace("\"" + part + "\":", "\"other\":");
			final InputException refused = assertThrows(InputException.class, () -> CardJson.card(card), part);
			assertTrue(refused.getMessage().contains(part), refused.getMessage());
		}
	}

	@Test
	void refusesWeightsThatAreNoNumbers() {
		final ModelFile model = TinyModel.model();
		final List<Weight> weights = new ArrayList<>(model.weights());
		final float[] values = weights.get(0).values().clone();
		values[1] = Float.NaN;
		weights.set(0, new Weight(weights.get(0).name(), weights.get(0).shape(), values));
		new ModelFile(model.card(), weights, Optional.empty(), Optional.empty()).write(file);
		assertRefused(file, "holds a value that is not a number");
	}

	@Test
	void refusesWeightsOfAnotherShape() {
		final ModelFile model = TinyModel.model();
		final List<Weight> weights = new ArrayList<>(model.weights());
		weights.set(0, new Weight(weights.get(0).name(), new int[] { 1 }, new float[1]));
		new ModelFile(model.card(), weights, Optional.empty(), Optional.empty()).write(file);
		final InputException refused = assertThrows(InputException.class, () -> ModelCache.open(file, new Device(false,
			Precision.FLOAT32, 1), ModelDenoiser.Options.PLAIN));
		assertTrue(refused.getMessage().contains("has shape [1], but this network needs"), refused.getMessage());
	}

	@Test
	void refusesArraysThatUnpackToFarMoreThanTheyTake() throws IOException {
		final byte[] zeros = new byte[8 << 20];
		final String manifest = new String(entries().get("manifest.json"), StandardCharsets.UTF_8);
		final String line = ",{\"entry\":\"weights/unused.f32\",\"bytes\":" + zeros.length + ",\"sha256\":\"" + Checksum
			.sha256(zeros) + "\",\"shape\":[" + zeros.length / 4 + "]}]";
		rewrite(Map.of("weights/unused.f32", zeros, "manifest.json", (manifest.substring(0, manifest.lastIndexOf(']')) +
			line).getBytes(StandardCharsets.UTF_8)), false);
		assertRefused(file, "but unpacks to 8388608, as no array of a network does");
	}

	private static void assertRefused(final Path file, final String part) {
		final InputException refused = assertThrows(InputException.class, () -> ModelFile.read(file));
		assertTrue(refused.getMessage().contains(part) && refused.getMessage().contains(file.toString()), refused
			.getMessage());
	}

	private Map<String, byte[]> entries() throws IOException {
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries())) entries.put(entry.getName(), zip
				.getInputStream(entry).readAllBytes());
		}
		return entries;
	}

	/** Writes the archive again with some entries replaced, or with these alone. */
	private void rewrite(final Map<String, byte[]> changed, final boolean alone) throws IOException {
		final Map<String, byte[]> all = alone ? new LinkedHashMap<>() : entries();
		all.putAll(changed);
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (final Map.Entry<String, byte[]> entry : all.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
				zip.closeEntry();
			}
		}
	}
}
