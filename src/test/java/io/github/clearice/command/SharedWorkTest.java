package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.mrc.MrcImages;
import io.github.clearice.task.SplitMachines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs whose loops are shared among machines, against the same verbs alone. */
class SharedWorkTest {

	private static final String MAP = "sample-data/betagal_5a1a_64_4A.mrc";

	private static final int PARTICLES = 37;

	@TempDir
	static Path folder;

	@BeforeAll
	static void simulate() {
		run("simulate", "source=" + MAP, "count=" + PARTICLES, "snr=0.2",
			"ctf=true", "output=" + folder.resolve("set"));
		run("prepare", "input=" + set("particles.star"), "box=24", "output=" + folder.resolve("small.mrcs"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "wiener", "nlm", "bm3d", "ksvd", "cwf", "lowpass cutoff=20" })
	void denoisedParticlesHaveTheSameBytes(final String method) throws IOException {
		hasTheSameBytes(2, "denoised.mrcs", ("denoise input=" + folder.resolve("small.mrcs") + " method=" + method).split(
			" "));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, PARTICLES })
	void numberOfRangesChangesNothing(final int ranges) throws IOException {
		hasTheSameBytes(ranges, "wiener.mrcs", "denoise", "input=" + set("particles.star"), "method=wiener");
		hasTheSameBytes(ranges, "wiener.mrcs", "prepare", "input=" + set("particles.star"), "box=30", "flip=true");
	}

	@Test
	void simulationHasTheSameBytes() throws IOException {
		final Path other = folder.resolve("split");
		new SplitMachines(4).share(() -> run("simulate", "source=" + MAP, "count=" + PARTICLES, "snr=0.2", "ctf=true",
			"output=" + other));
		for (final String name : new String[] { "clean.mrcs", "noisy.mrcs", "particles.star" }) assertArrayEquals(Files
			.readAllBytes(folder.resolve("set").resolve(name)), Files.readAllBytes(other.resolve(name)), name);
	}

	@Test
	void scoresAreTheSame() throws IOException {
		hasTheSameBytes(3, "scores.tsv", "evaluate", "reference=" + set("clean.mrcs"), "image=" + set("noisy.mrcs"));
	}

	@Test
	void posesAreTheSame() throws IOException {
		run("simulate", "source=" + MAP, "count=4", "snr=1", "output=" + folder.resolve("few"));
		hasTheSameBytes(3, "poses.star", "pose", "input=" + folder.resolve("few/noisy.mrcs"), "map=" + MAP, "order=0");
	}

	@Test
	void mapsDifferInTheLastDigitsAtMost() {
		final Path alone = folder.resolve("map.mrc"), split = folder.resolve("map-split.mrc");
		final String[] words = { "reconstruct", "star=" + set("particles.star"), "ctf=false", "halves=false", "output=" +
			alone };
		run(words);
		words[4] = "output=" + split;
		new SplitMachines(5).share(() -> run(words));
		try (MrcImages first = MrcImages.open(alone); MrcImages second = MrcImages.open(split)) {
			final Cursor<FloatType> one = first.cursor(), other = second.cursor();
			double difference = 0, square = 0;
			while (one.hasNext()) {
				final double value = one.next().get();
				difference = Math.max(difference, Math.abs(value - other.next().get()));
				square += value * value;
			}
			assertTrue(difference <= 1e-6 * Math.sqrt(square), () -> "differs");
		}
	}

	@Test
	void particleThatIsRefusedLeavesNothing() throws IOException {
		final Path noisy = folder.resolve("damaged.mrcs"), target = folder.resolve("refused.mrcs");
		Files.copy(set("noisy.mrcs"), noisy);
		try (RandomAccessFile file = new RandomAccessFile(noisy.toFile(), "rw")) {
			file.seek(1024 + 20 * 64 * 64 * Float.BYTES);
			file.writeInt(-1);
		}
		final ByteArrayOutputStream err = new ByteArrayOutputStream();
		new SplitMachines(3).share(() -> assertEquals(1, launch(err, "denoise", "input=" + noisy, "method=lowpass",
			"cutoff=20", "output=" + target)));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("Particle 21 of damaged.mrcs"), err::toString);
		try (Stream<Path> files = Files.list(folder)) {
			assertTrue(files.noneMatch(file -> file.getFileName().toString().contains("refused")));
		}
	}

	private static void hasTheSameBytes(final int ranges, final String name, final String... words) throws IOException {
		final Path alone = folder.resolve("alone-" + name), split = folder.resolve("split-" + name);
		run(with(words, alone));
		final SplitMachines machines = new SplitMachines(ranges);
		machines.share(() -> run(with(words, split)));
		assertTrue(machines.loops() > 0);
		assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(split));
		final Path table = Path.of(alone.toString().replace(".mrcs", ".star"));
		if (!table.equals(alone) && Files.exists(table)) assertEquals(Files.readString(table).replace("alone-", ""), Files
			.readString(Path.of(split.toString().replace(".mrcs", ".star"))).replace("split-", ""));
	}

	private static String[] with(final String[] words, final Path output) {
		final String[] all = Arrays.copyOf(words, words.length + 2);
		all[words.length] = "output=" + output;
		all[words.length + 1] = "overwrite=true";
		return all;
	}

	private static Path set(final String name) {
		return folder.resolve("set").resolve(name);
	}

	private static void run(final String... words) {
		final ByteArrayOutputStream err = new ByteArrayOutputStream();
		assertEquals(0, launch(err, words), () -> err.toString(StandardCharsets.UTF_8));
	}

	private static int launch(final ByteArrayOutputStream err, final String... words) {
		return new Launcher(new PrintStream(PrintStream.nullOutputStream()), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}
}
