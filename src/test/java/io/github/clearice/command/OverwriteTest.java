package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.task.TaskListener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file is replaced without permission. */
@PlainGraphs
class OverwriteTest {

	/** Verbs that continue with the files in their folder, and refuse files made with other parameters. */
	private static final Set<String> STUDIES = Set.of("contamination", "experiment", "halves");

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@BeforeEach
	void simulateASet() throws IOException {
		Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb());
		assertEquals(Launcher.DONE, run("simulate source=FOLDER/helix.pdb box=16 pixel=4 count=24 output=FOLDER/set"),
			this::said);
	}

	@Test
	void everyVerbThatWritesFilesHasTheParameter() {
		final List<String> lacking = new ArrayList<>();
		for (final String verb : new TreeSet<>(Commands.verbs().keySet())) {
			final ClearIceCommand command = Commands.verbs().get(verb).create();
			final boolean writes = CommandParameter.of(command.getClass()).stream().anyMatch(CommandParameter::isOutput) ||
				CommandParameter.of(command.getClass()).stream().anyMatch(parameter -> parameter.name().equals("output"));
			if (writes && !STUDIES.contains(verb) && !(command instanceof WritingCommand)) lacking.add(verb);
		}
		assertEquals(List.of(), lacking);
	}

	@ParameterizedTest
	@ValueSource(strings = { "simulate source=FOLDER/helix.pdb box=16 pixel=4 count=5 seed=2 output=FOLDER/set",
		"map structure=FOLDER/helix.pdb box=16 pixel=4 output=FOLDER/map.mrc",
		"denoise input=FOLDER/set/particles.star method=lowpass cutoff=20 output=FOLDER/denoised.mrcs",
		"prepare input=FOLDER/set/noisy.mrcs invert=true output=FOLDER/prepared.mrcs",
		"evaluate reference=FOLDER/set/clean.mrcs image=FOLDER/set/noisy.mrcs output=FOLDER/scores.tsv",
		"reconstruct star=FOLDER/set/particles.star output=FOLDER/reconstruction.mrc",
		"train noisy=FOLDER/set/noisy.mrcs clean=FOLDER/set/clean.mrcs epochs=1 batch=8 device=cpu accept=true" +
		" model=FOLDER/m.clearice" })
	void refusesToReplaceItsOutputs(final String line) throws IOException {
		if (!line.startsWith("simulate")) assertEquals(Launcher.DONE, run(line), this::said);
		final List<Path> files = ((WritingCommand) command(line)).replaced();
		assertFalse(files.isEmpty());
		final List<byte[]> before = contents(files);
		assertEquals(Launcher.FAILED, run(line));
		assertTrue(said().startsWith(WritingCommand.names(files) + " exist"), said());
		assertTrue(said().contains("overwrite=true"), said());
		for (int i = 0; i < files.size(); i++) assertArrayEquals(before.get(i), contents(files).get(i));
		assertEquals(Launcher.DONE, run(line + " overwrite=true"), this::said);
	}

	@Test
	void aTrainingThatIsResumedReplacesItsOwnModelAndNoOther() throws IOException {
		final String train = "train noisy=FOLDER/set/noisy.mrcs clean=FOLDER/set/clean.mrcs batch=8 device=cpu" +
			" accept=true ";
		assertEquals(Launcher.DONE, run(train + "epochs=1 model=FOLDER/m.clearice"), this::said);
		assertEquals(Launcher.DONE, run(train + "epochs=2 resume=FOLDER/m.clearice model=FOLDER/m.clearice"), this::said);
		Files.writeString(folder.resolve("other.clearice"), "another model");
		assertEquals(Launcher.FAILED, run(train + "epochs=3 resume=FOLDER/m.clearice model=FOLDER/other.clearice"));
		assertTrue(said().startsWith(folder.resolve("other.clearice") + " exists already."), said());
		// The checkpoint of an unfinished training is worth as much.
		Files.writeString(folder.resolve("new.clearice.checkpoint"), "hours of work");
		assertEquals(Launcher.FAILED, run(train + "epochs=1 model=FOLDER/new.clearice"));
		assertTrue(said().startsWith(folder.resolve("new.clearice.checkpoint") + " exists already. Give resume=" + folder
			.resolve("new.clearice.checkpoint") + " to continue from it, another name, or overwrite=true"), said());
		// A crash leaves the checkpoint alone, and resume= names the model that is not there yet.
		Files.move(folder.resolve("m.clearice"), folder.resolve("crashed.clearice.checkpoint"));
		assertEquals(Launcher.DONE, run(train + "epochs=3 resume=FOLDER/crashed.clearice model=FOLDER/crashed.clearice"),
			this::said);
		assertTrue(Files.exists(folder.resolve("crashed.clearice")));
	}

	@Test
	void macrosMustSayIt() throws IOException {
		final Path output = Files.writeString(folder.resolve("denoised.mrcs"), "precious");
		final String options = "input=[" + folder.resolve("set/noisy.mrcs") + "] method=lowpass cutoff=20 output=[" +
			output + "]";
		final ClearIceCommand refused = new DenoiseCommand();
		MacroOptions.parse(options, refused);
		refused.run(TaskListener.SILENT);
		assertEquals(output + " exists already. Give another name, or overwrite=true to replace it.", refused
			.getCancelReason());
		assertEquals("precious", Files.readString(output));
		final ClearIceCommand allowed = new DenoiseCommand();
		MacroOptions.parse(options + " overwrite", allowed);
		allowed.run(TaskListener.SILENT);
		assertFalse(allowed.isCanceled(), allowed.getCancelReason());
		// The macro recorder records the dialog's input.
		assertEquals("true", MacroOptions.of(allowed).get("overwrite"));
	}

	private static List<byte[]> contents(final List<Path> files) throws IOException {
		final List<byte[]> contents = new ArrayList<>();
		for (final Path file : files) contents.add(Files.readAllBytes(file));
		return contents;
	}

	private ClearIceCommand command(final String line) {
		final String[] words = words(line);
		final ClearIceCommand command = Commands.verbs().get(words[0]).create();
		for (int i = 1; i < words.length; i++) {
			final String[] option = words[i].split("=", 2);
			command.set(Map.of(option[0], option[1]));
		}
		return command;
	}

	private int run(final String line) {
		err.reset();
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(err,
			true, StandardCharsets.UTF_8), false).run(words(line));
	}

	private String[] words(final String line) {
		final String[] words = line.split(" ");
		for (int i = 0; i < words.length; i++) words[i] = words[i].replace("FOLDER", folder.toString());
		return words;
	}

	private String said() {
		return err.toString(StandardCharsets.UTF_8);
	}
}
