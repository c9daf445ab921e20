package io.github.clearice.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.Seeds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A short run over inputs that were right and are damaged at random. The long one, guided by coverage, is
 * {@code mvn -Pfuzz test}: see CONTRIBUTING.md.
 */
class HostileInputTest {

	/** Of each kind; a few seconds in all. */
	private static final int TRIES = 150;

	private static final List<String> WORDS = List.of("-1", "1e308", "NaN", "null", "[", "]", "{", "\"", "'", "data_",
		"loop_", "\n", "\t", ";", "#", "@", "../", "2147483647", "\u0000", "é", "_rlnImageName", "\u001b[31m");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource(HostileInput.class)
	@SuppressWarnings("EnumOrdinal")
	void damagedInputIsTakenOrRefusedInOneLine(final HostileInput kind) {
		final List<byte[]> seeds = kind.seeds();
		for (final byte[] seed : seeds) check(kind, seed);
		for (int i = 0; i < TRIES; i++) {
			final SplittableRandom random = Seeds.random(21, kind.ordinal(), i);
			check(kind, damaged(seeds.get(random.nextInt(seeds.size())), random));
		}
	}

	@ParameterizedTest
	@EnumSource(HostileInput.class)
	void someSeedIsAccepted(final HostileInput kind) {
		if (kind == HostileInput.IMAGE_NAME) return;
		assertTrue(kind.seeds().stream().anyMatch(seed -> kind.accepts(seed, folder)), () -> "no seed of " + kind +
			" is read");
	}

	/** Inputs that a fuzzer found, in files named KIND-what-was-wrong. */
	@Test
	void keptCasesAreTakenOrRefused() throws IOException {
		try (Stream<Path> kept = Files.list(Path.of("src/test/resources/io/github/clearice/hostile/cases"))) {
			for (final Path file : kept.sorted().toList()) {
				check(HostileInput.valueOf(file.getFileName().toString().split("-")[0]), Files.readAllBytes(file));
			}
		}
	}

	private void check(final HostileInput kind, final byte[] bytes) {
		try {
			kind.accepts(bytes, folder);
		}
		catch (final RuntimeException | StackOverflowError | AssertionError e) {
			throw new AssertionError(kind + " cannot deal with these bytes: " + HexFormat.of().formatHex(Arrays.copyOf(bytes,
				Math.min(bytes.length, 2000))), e);
		}
	}

	private static byte[] damaged(final byte[] seed, final SplittableRandom random) {
		byte[] bytes = seed.clone();
		for (int change = 1 + random.nextInt(4); change > 0 && bytes.length > 0; change--) {
			final int at = random.nextInt(bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[at] = (byte) random.nextInt(256);
				case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
				case 2 -> bytes = Arrays.copyOf(bytes, at);
				case 3 -> bytes = spliced(bytes, at, 0, WORDS.get(random.nextInt(WORDS.size())).getBytes(
					StandardCharsets.UTF_8));
				default -> {
					final int from = random.nextInt(bytes.length);
					bytes = spliced(bytes, at, Math.min(random.nextInt(12), bytes.length - at), Arrays.copyOfRange(bytes, from,
						Math.min(bytes.length, from + random.nextInt(40))));
				}
			}
		}
		return bytes;
	}

	/** With some bytes in the place of others. */
	private static byte[] spliced(final byte[] bytes, final int at, final int removed, final byte[] added) {
		final byte[] spliced = new byte[bytes.length - removed + added.length];
		System.arraycopy(bytes, 0, spliced, 0, at);
		System.arraycopy(added, 0, spliced, at, added.length);
		System.arraycopy(bytes, at + removed, spliced, at + added.length, bytes.length - at - removed);
		return spliced;
	}
}
