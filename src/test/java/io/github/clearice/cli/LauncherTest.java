package io.github.clearice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.ClearIce;
import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Commands;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.ParallelLoop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void helpListsEveryVerb() {
		assertEquals(Launcher.DONE, run("help"));
		for (final String verb : Commands.verbs().keySet()) assertTrue(text(out).contains("\n  " + verb + " "), verb);
	}

	@ParameterizedTest
	@MethodSource("io.github.clearice.command.CommandContractTest#verbs")
	void helpOfAVerbListsEveryParameter(final String verb) {
		assertEquals(Launcher.DONE, run("help", verb));
		for (final CommandParameter parameter : CommandParameter.of(Commands.verbs().get(verb).create().getClass())) {
			assertTrue(text(out).contains("\n  " + parameter.name() + "="), parameter.name());
		}
	}

	@Test
	void versionNamesClearIceAndJava() {
		assertEquals(Launcher.DONE, run("version"));
		assertTrue(text(out).matches("(?s)ClearIce \\d+\\.\\d+\\.\\d+\\S*\\RJava .*"), text(out));
	}

	@Test
	void threadsHoldForOneVerb() {
		run("info", "threads=1", "file=none.mrc");
		assertEquals(1, ParallelLoop.threads());
		run("info", "file=none.mrc");
		assertEquals(Runtime.getRuntime().availableProcessors(), ParallelLoop.threads());
	}

	@Test
	void unknownVerbEndsWithCode2AndTheNearestName() {
		assertEquals(Launcher.UNKNOWN, run("simulte", "count=1"));
		assertEquals("There is no verb 'simulte'. Did you mean 'simulate'? 'clearice help' lists all.", line(err));
	}

	@Test
	void unknownParameterEndsWithCode2AndTheNearestName() {
		assertEquals(Launcher.UNKNOWN, run("evaluate", "referense=a.mrcs"));
		assertTrue(line(err).contains("Did you mean 'reference'?"), line(err));
	}

	@Test
	void unknownNamesLikeNoneThatThereAreEndWithWhatIsNeeded() {
		run("pose", "star=a.star");
		assertEquals("The verb pose has no parameter 'star'. It needs input=, map=, output=. 'clearice help pose' lists" +
			" all.", line(err));
	}

	@Test
	void unknownVerbsLikeNoneThatThereAreEndWithoutAGuess() {
		run("paint");
		assertEquals("There is no verb 'paint'. 'clearice help' lists all.", line(err));
	}

	@ParameterizedTest
	@CsvSource(value = { //
		"evaluate | image=a.mrcs | The parameter reference= is missing. Give it a value.", //
		"simulate | count=many | count=many is not a number. Give a whole number.", //
		"simulate | sigma=NaN | sigma=NaN is not a finite number. Give a number such as 1.5.", //
		"train | loss=l3 | loss=l3 is not a choice. Choose one of l1, l2.", //
		"simulate | ctf=perhaps | ctf=perhaps is neither true nor false. Give one of them.", //
		"simulate | count=0 | count=0 is too small. The least is 1.", //
		"info | threads=two | threads=two is no number of threads. Give one from 1, or 0 for all processors.", //
		"info | memory=much | memory=much is no amount of memory. Give megabytes or gigabytes, such as 800m or 4g.", //
		"info | memory=9m | memory=9m takes effect in the script bin/clearice, where Java starts. Elsewhere, set" +
			" JAVA_TOOL_OPTIONS=-Xmx9m before.", //
	}, delimiter = '|')
	void badValueEndsWithCode1AndOneLine(final String verb, final String parameter, final String message) {
		assertEquals(Launcher.FAILED, run(verb.trim(), parameter.trim()));
		assertEquals(message, line(err));
	}

	@ParameterizedTest
	@CsvSource(value = { //
		"snr=NaN | snr=NaN is neither a finite number nor a range. Give one number, or the smaller and the larger one" +
			" joined by a comma.", //
		"snr=0.3,0.1 | snr=0.3,0.1 is neither a finite number nor a range. Give one number, or the smaller and the larger" +
			" one joined by a comma.", //
		"snr=much | snr=much is neither a finite number nor a range. Give one number, or the smaller and the larger one" +
			" joined by a comma.", //
		"snr=0.1,NaN | snr=0.1,NaN is neither a finite number nor a range. Give one number, or the smaller and the larger" +
			" one joined by a comma.", //
		"snr=-1 | snr is -1.0. It must be above 0 (1.0E-12 or more), such as 0.1.", //
		"snr=-1,0.1 | snr is -1.0,0.1. It must be above 0 (1.0E-12 or more), such as 0.1.", //
		"cs=much | cs=much is not a number. Give a number such as 1.5.", //
		"view=0,1 | view=0.0,1.0 has 2 numbers, but 3 are needed. Join them by commas.", //
	}, delimiter = '|')
	void termsOfASimulationThatAreOutOfRangeEndWithCode1AndOneLine(final String parameter, final String message,
		@TempDir final Path folder)
	{
		assertEquals(Launcher.FAILED, run("simulate", "source=sample-data/betagal_5a1a_64_4A.mrc", "count=1", "output=" +
			folder.resolve("set"), parameter.trim()));
		assertEquals(message, line(err));
		assertTrue(Files.notExists(folder.resolve("set/noisy.mrcs")));
	}

	@Test
	void missingFileEndsWithCode1AndItsName() {
		assertEquals(Launcher.FAILED, run("validate", "file=no-such-file.mrc"));
		assertTrue(line(err).startsWith("There is no file no-such-file.mrc (file=)."), line(err));
	}

	@ParameterizedTest
	@MethodSource("io.github.clearice.command.CommandContractTest#verbs")
	void emptyValueLeavesTheDefault(final String verb) {
		final ClearIceCommand command = Commands.verbs().get(verb).create();
		final ClearIceCommand fresh = Commands.verbs().get(verb).create();
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			parameter.set(command, " ");
			assertEquals(parameter.defaultText(fresh), parameter.defaultText(command), parameter.name());
		}
	}

	@Test
	void parameterGivenTwiceIsRefused() {
		assertEquals(Launcher.FAILED, run("simulate", "count=1", "count=2"));
		assertEquals("The parameter count= is given twice. Give it once.", line(err));
	}

	@ParameterizedTest
	@CsvSource(value = { //
		"map structure=FILE output=FILE", //
		"evaluate reference=FILE image=FILE output=FILE", //
		"train noisy=FILE clean=FILE model=FILE", //
		"denoise input=OTHER method=FILE output=FILE", //
		"simulate source=FILE star=FOLDER/particles.star output=FOLDER", //
	})
	void outputDoesNotReplaceWhatItIsMadeFrom(final String line, @TempDir final Path folder) throws IOException {
		final Path file = Files.writeString(folder.resolve("input"), "precious");
		final Path star = Files.writeString(folder.resolve("particles.star"), "precious");
		final Path other = folder.resolve("other.mrcs");
		try (MrcWriter writer = MrcWriter.stack(other, 2, 2, 1, MrcMode.FLOAT32)) {
			writer.write(new float[] { 1, 2, 3, 4 });
			writer.commit();
		}
		assertEquals(Launcher.FAILED, run(line.replace("FILE", file.toString()).replace("OTHER", other.toString()).replace(
			"FOLDER", folder.toString()).concat(" overwrite=true").split(" ")));
		assertTrue(line(err).contains(" is one of the inputs and would replace it."), line(err));
		assertEquals("precious", Files.readString(file));
		assertEquals("precious", Files.readString(star));
	}

	@ParameterizedTest
	@CsvSource(value = { "map structure=FILE output=FILE/x.mrc", "evaluate reference=FILE image=FILE output=FILE/x.tsv" })
	void unwritableOutputIsRefusedBeforeTheWork(final String line, @TempDir final Path folder) throws IOException {
		final Path file = Files.writeString(folder.resolve("input"), "neither a structure nor a stack");
		assertEquals(Launcher.FAILED, run(line.replace("FILE", file.toString()).split(" ")));
		assertTrue(line(err).startsWith("Cannot write " + file.resolve("x") + "."), line(err));
	}

	@Test
	void oneStackIsNoPair(@TempDir final Path folder) throws IOException {
		final Path file = Files.writeString(folder.resolve("a.mrcs"), "");
		assertEquals(Launcher.FAILED, run("train", "noisy=" + file, "clean=" + file, "model=" + folder.resolve(
			"m.clearice")));
		assertTrue(line(err).startsWith("noisy= and clean= are the same file"), line(err));
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
	}

	private static String text(final ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

	private static String line(final ByteArrayOutputStream stream) {
		return text(stream).strip();
	}

	@ParameterizedTest
	@ValueSource(strings = { "help", "version", "denoise help" })
	void helpLoadsNoNativeCode(final String words) throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-XX:TieredStopAtLevel=1", "-Xlog:class+load", "-cp", System.getProperty("java.class.path"),
			ClearIce.class.getName()));
		command.addAll(List.of(words.split(" ")));
		final Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(Launcher.DONE, program.waitFor(), said);
		assertTrue(said.contains(Launcher.class.getName()), said);
		for (final String library : List.of("com.sun.jna.", "org.tensorflow.", "org.bytedeco."))
			assertFalse(said.contains(library), library);
	}
}
