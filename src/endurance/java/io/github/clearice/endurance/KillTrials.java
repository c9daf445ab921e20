package io.github.clearice.endurance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.ClearIce;
import io.github.clearice.TestData;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.Seeds;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills launchers with SIGKILL at random moments: every file under a final name is then complete, and the resumed
 * command gives the same results as an undisturbed one. {@code mvn -Pendurance test -Dtest=KillTrials -Dkills=10}.
 */
class KillTrials {

	private static final int KILLS = Integer.getInteger("kills", 10);
	private static final long SEED = Long.getLong("seed", 1);
	private static final String MAP = Path.of("sample-data/betagal_5a1a_64_4A.mrc").toAbsolutePath().toString();

	/** Lines of the launcher, and which of the files that they write repeat byte for byte. */
	enum Work {

		SIMULATE("simulate source=MAP count=400 snr=0.5 output=out", "",
			"out/clean.mrcs out/noisy.mrcs out/particles.star"),
		DENOISE("denoise input=DATA/noisy.mrcs method=nlm output=out.mrcs", "", "out.mrcs"),
		PREPARE("prepare input=DATA/particles.star box=32 output=out.mrcs", "", "out.mrcs out.star"),
		TRAIN("train noisy=DATA/noisy.mrcs clean=DATA/clean.mrcs" + Work.TINY, "resume", "m.clearice"),
		GAN("train noisy=DATA/noisy.mrcs clean=DATA/clean.mrcs gan=beta kg=1" + Work.TINY, "resume", "m.clearice"),
		FRESH("train map=MAP count=64 snr=0.5" + Work.TINY, "resume", "m.clearice"),
		SEARCH("train noisy=DATA/noisy.mrcs clean=DATA/clean.mrcs search=3" + Work.TINY, "again", "m.clearice"),
		CONTAMINATION("contamination noisy=DATA/noisy.mrcs clean=DATA/clean.mrcs types=A fractions=0,0.3 methods=l1,l2" +
			" seeds=1 epochs=2 device=cpu output=out", "again", "out/table.tsv"),
		EXPERIMENT("experiment name=su-noise-ladder size=smoke structures=STRUCTURES output=out", "again",
			"out/su-noise-ladder/sigma-200/scores.tsv");

		// So few updates make no good model.
		private static final String TINY = " model=m.clearice epochs=6 batch=8 checkpoint=0 device=cpu accept=true";

		private final String line;
		/** How to continue: the same line, a line that resumes, or, where empty, one that overwrites. */
		private final String after;
		private final List<String> results;

		Work(final String line, final String after, final String results) {
			this.line = line;
			this.after = after;
			this.results = List.of(results.split(" "));
		}
	}

	private static String structures;

	@TempDir
	private Path top;

	@ParameterizedTest
	@Timeout(value = 1, unit = TimeUnit.DAYS)
	@EnumSource(Work.class)
	void resultsAreThoseOfALineThatWasLeftAlone(final Work work) throws Exception {
		structures = work == Work.EXPERIMENT ? TestData.file("structures").toAbsolutePath().toString() : "";
		final Path data = top.resolve("data");
		assertEquals(0, run(top, "simulate source=MAP count=64 snr=0.5 seed=3 output=" + data).exitCode);
		final Path whole = Files.createDirectory(top.resolve("whole"));
		final Run alone = run(whole, work.line.replace("DATA", data.toString()));
		assertEquals(0, alone.exitCode, alone.said);
		final Map<String, Integer> found = new HashMap<>();
		for (int kill = 0; kill < KILLS; kill++) {
			final SplittableRandom random = Seeds.random(SEED, work.ordinal(), kill);
			final Path folder = Files.createDirectory(top.resolve("killed-" + kill));
			final Process process = start(folder, work.line.replace("DATA", data.toString()), folder.resolve("said.txt"));
			process.waitFor(Math.round(alone.milliseconds * random.nextDouble(0.15, 1.05)), TimeUnit.MILLISECONDS);
			process.destroyForcibly().waitFor();
			final String context = work + ", kill " + kill + " of seed " + SEED;
			for (final String result : work.results) {
				final Path file = folder.resolve(result);
				found.merge(Files.exists(file) ? "result there" : "no result", 1, Integer::sum);
				// Tables may grow row by row; all others appear when they are whole.
				if (Files.exists(file) && !result.endsWith(".tsv")) assertSame(whole.resolve(result), file, context);
			}
			final Run again = run(folder, next(work, folder).replace("DATA", data.toString()));
			assertEquals(0, again.exitCode, () -> context + ": " + again.said);
			for (final String result : work.results) assertSame(whole.resolve(result), folder.resolve(result), context);
			try (Stream<Path> files = Files.walk(folder)) {
				final List<Path> hidden = files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
				assertTrue(hidden.isEmpty(), () -> context + " leaves " + hidden);
			}
		}
		System.out.println(work + ": " + KILLS + " kills, " + found + ", alone " + alone.milliseconds + " ms");
	}

	/** The line that a user would give next. */
	private static String next(final Work work, final Path folder) throws IOException {
		if (work.after.equals("again")) return work.line + (Files.exists(folder.resolve(work.results.get(0))) &&
			work.results
			.get(0).endsWith(".clearice") ? " overwrite=true" : "");
		final boolean complete = Files.exists(folder.resolve(work.results.get(0)));
		if (work.after.equals("resume") && !complete) {
			try (Stream<Path> files = Files.list(folder)) {
				final boolean kept = files.anyMatch(file -> file.getFileName().toString().matches("m.*checkpoint.*"));
				if (kept) return work.line + " resume=m.clearice";
			}
			return work.line;
		}
		return work.line + " overwrite=true";
	}

	private static void assertSame(final Path expected, final Path actual, final String context) throws IOException {
		if (!expected.toString().endsWith(".clearice")) {
			assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(actual), () -> context + ": " + actual);
			return;
		}
		// A model knows how long its training took.
		final List<Weight> weights = ModelFile.read(expected).weights(), others = ModelFile.read(actual).weights();
		assertEquals(weights.size(), others.size(), context);
		for (int i = 0; i < weights.size(); i++)
			assertArrayEquals(weights.get(i).values(), others.get(i).values(), context + ": " + weights.get(i).name());
	}

	private record Run(int exitCode, long milliseconds, String said) {}

	private static Run run(final Path folder, final String line) throws Exception {
		final Path said = folder.resolve("said.txt");
		final long start = System.nanoTime();
		final int exitCode = start(folder, line, said).waitFor();
		return new Run(exitCode, (System.nanoTime() - start) / 1_000_000, Files.readString(said, StandardCharsets.UTF_8));
	}

	private static Process start(final Path folder, final String line, final Path said) throws IOException {
		final List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
			"-Xmx1g", "-XX:TieredStopAtLevel=1", "-Duser.home=" + System.getProperty("user.home")));
		final String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
		if (cache != null) command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
		final StringBuilder path = new StringBuilder();
		for (final String part : System.getProperty("java.class.path").split(File.pathSeparator)) path.append(
			path.length() > 0 ? File.pathSeparator : "").append(Path.of(part).toAbsolutePath());
		command.addAll(List.of("-cp", path.toString(), ClearIce.class.getName()));
		for (final String word : line.replace("MAP", MAP).replace("STRUCTURES", structures).split(" ")) command.add(word);
		return new ProcessBuilder(command).directory(
			folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile())
			.start();
	}
}
