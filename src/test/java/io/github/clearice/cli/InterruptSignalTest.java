package io.github.clearice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.clearice.ClearIce;
import io.github.clearice.worker.WorkerJava;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher's process begins and ends. */
class InterruptSignalTest {

	@TempDir
	Path folder;

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theSecondInterruptEndsAtOnceWhatTheFirstWaitsFor() throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>(withoutIgnoringInterrupts());
		assumeFalse(command.isEmpty() && ignoresInterrupts(),
			"Interrupts are ignored here, as under nohup or in the background of a script.");
		command.addAll(command(System.getProperty("java.class.path"), InterruptSignalTest.class.getName()));
		final Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader out = program.inputReader()) {
			assertEquals("working", out.readLine());
			interrupt(program);
			assertEquals("waiting, true", out.readLine());
			interrupt(program);
			assertEquals(130, program.waitFor());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void resultsThatCannotBeWrittenAreAFailure() throws IOException, InterruptedException {
		final Process program = new ProcessBuilder(command(System.getProperty("java.class.path"), ClearIce.class.getName(),
			"version")).redirectOutput(new java.io.File("/dev/full")).start();
		final String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(1, program.waitFor());
		assertEquals("Results could not be written to standard output. Free some space on its disk, or send it elsewhere.",
			said.strip());
	}

	/** As when no further file can be opened: only the first class is available. */
	@Test
	void aLauncherThatCannotBeLoadedSaysSoInOneLine() throws Exception {
		final Path copy = folder.resolve("io/github/clearice/ClearIce.class");
		Files.createDirectories(copy.getParent());
		Files.write(copy, ClearIce.class.getResourceAsStream("ClearIce.class").readAllBytes());
		final Process program = java(folder.toString(), ClearIce.class.getName(), "help");
		final List<String> said = program.inputReader().lines().toList();
		assertEquals(1, program.waitFor());
		assertEquals(List.of(
			"ClearIce cannot be loaded (java.lang.NoClassDefFoundError: io/github/clearice/cli/Launcher)." +
				" Allow more open files (ulimit -n 1024) or more memory, or install it again."), said);
	}

	/** What a process ignores, those that it starts ignore, too; Linux lists it as bits, and SIGINT is the second. */
	private static boolean ignoresInterrupts() throws IOException {
		final Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) return false;
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter(line -> line.startsWith("SigIgn:")).anyMatch(line -> (Long.parseUnsignedLong(line.substring(
				"SigIgn:".length()).strip(), 16) & 2) != 0);
		}
	}

	/** A build in the background of a script ignores interrupts, and so would all that it starts. */
	private static List<String> withoutIgnoringInterrupts() throws InterruptedException {
		final List<String> words = List.of("env", "--default-signal=INT");
		try {
			final List<String> tried = new ArrayList<>(words);
			tried.add("true");
			return new ProcessBuilder(tried).start().waitFor() == 0 ? words : List.of();
		}
		catch (final IOException e) {
			return List.of();
		}
	}

	private static void interrupt(final Process program) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();
	}

	private static Process java(final String classPath, final String... words) throws IOException {
		return new ProcessBuilder(command(classPath, words)).redirectErrorStream(true).start();
	}

	private static List<String> command(final String classPath, final String... words) {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-XX:TieredStopAtLevel=1"));
		command.addAll(WorkerJava.nativeAccess(Runtime.version().feature()));
		command.addAll(List.of("-cp", classPath));
		command.addAll(List.of(words));
		return command;
	}

	/** Work that gets a stop request but does not end. */
	public static void main(final String[] args) throws InterruptedException {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			System.out.println("waiting, " + InterruptSignal.endsAtOnce());
			try {
				Thread.sleep(Long.MAX_VALUE);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}));
		System.out.println("working");
		Thread.sleep(Long.MAX_VALUE);
	}
}
