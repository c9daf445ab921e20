package io.github.clearice.fiji.menu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.SimulateCommand;
import io.github.clearice.task.TaskListener;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.ui.UIService;

/** Fiji's handling of parameters that were not given. */
class CommandInputsTest {

	private static final File MAP = new File("sample-data/betagal_5a1a_64_4A.mrc");

	@TempDir
	Path folder;

	private final ByteArrayOutputStream said = new ByteArrayOutputStream();

	/** With the services that fill inputs in, as in Fiji, and all inputs that processing can resolve. */
	private static CommandModule run(final Class<? extends ClearIceCommand> command, final Object... inputs)
		throws InterruptedException, ExecutionException
	{
		try (Context context = new Context(CommandService.class, StatusService.class, UIService.class,
			DisplayService.class))
		{
			return context.service(CommandService.class).run(command, true, inputs).get();
		}
	}

	@Test
	void numbersThatAreLeftOutKeepTheirDefaultsOrStayEmpty() throws InterruptedException, ExecutionException {
		final CommandModule run = run(SimulateCommand.class, "source", MAP.getPath(), "count", 2, "output", folder.resolve(
			"s").toFile());
		assertFalse(run.isCanceled(), run.getCancelReason());
		assertNull(run.getInput("sigma"));
		assertNull(run.getInput("box"));
		assertEquals("2.7", run.getInput("cs"));
		assertEquals(300.0, run.getInput("voltage"));
		assertTrue(run.isInputResolved("sigma"));
		assertTrue(Files.exists(folder.resolve("s/noisy.mrcs")));
	}

	/** Fiji ends with code 0 without a display: the line on standard error is all that a batch job sees. */
	@Test
	void aRequiredParameterThatIsMissingIsNamedOnceOnStandardError() throws InterruptedException, ExecutionException {
		final CommandModule run = runAndListen(SimulateCommand.class, "count", 2);
		assertTrue(run.isCanceled());
		assertEquals("The parameter source= is missing. Give it a value.", run.getCancelReason());
		assertEquals("Simulate Particles...: The parameter source= is missing. Give it a value.", said.toString(
			StandardCharsets.UTF_8).strip());
	}

	@Test
	void anInputThatDoesNotExistIsNamedOnceOnStandardError() throws InterruptedException, ExecutionException {
		final CommandModule run = runAndListen(DenoiseCommand.class, "input", folder.resolve("none.mrcs").toString(),
			"method", "lowpass", "cutoff", 20.0);
		assertTrue(run.isCanceled());
		// Java may also report a new home folder.
		assertEquals(List.of("Denoise...: " + run.getCancelReason()), said.toString(StandardCharsets.UTF_8).lines().filter(
			line -> line.startsWith("Denoise")).toList());
		assertTrue(run.getCancelReason().startsWith("There is no file " + folder.resolve("none.mrcs")), run
			.getCancelReason());
	}

	private CommandModule runAndListen(final Class<? extends ClearIceCommand> command, final Object... inputs)
		throws InterruptedException, ExecutionException
	{
		final PrintStream err = System.err;
		System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
		try {
			return run(command, inputs);
		}
		finally {
			System.setErr(err);
		}
	}

	@Test
	void anUnexpectedFailureIsOneLine() {
		final ClearIceCommand broken = new ClearIceCommand() {

			@Override
			protected void execute(final TaskListener listener) {
				throw new ArrayIndexOutOfBoundsException("Index 5 out of bounds\nfor length 5");
			}
		};
		broken.run(TaskListener.SILENT);
		assertEquals(
			"Unexpected failure: java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 5. Please" +
				" report it with the lines that the Console shows, or a terminal with verbose=true.", broken.getCancelReason());
	}
}
