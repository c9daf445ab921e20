package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.ui.UIService;

/** What Fiji does with parameters that nobody has given. */
class CommandInputsTest {

	private static final File MAP = new File("sample-data/betagal_5a1a_64_4A.mrc");

	@TempDir
	Path folder;

	/** With the services that fill inputs in, as in Fiji, and all inputs that processing can resolve. */
	private static CommandModule run(final Class<? extends ClearIceCommand> command, final Object... inputs)
		throws InterruptedException, ExecutionException
	{
		try (Context context = new Context(CommandService.class, StatusService.class, UIService.class, DisplayService.class)) {
			return context.service(CommandService.class).run(command, true, inputs).get();
		}
	}

	@Test
	void numbersThatAreLeftOutKeepTheirDefaultsOrStayEmpty() throws InterruptedException, ExecutionException {
		final CommandModule run = run(SimulateCommand.class, "source", MAP.getPath(), "count", 2, "output", folder.resolve("s")
			.toFile());
		assertFalse(run.isCanceled(), run.getCancelReason());
		assertNull(run.getInput("sigma"));
		assertNull(run.getInput("box"));
		assertEquals(2.7, run.getInput("cs"));
		assertTrue(run.isInputResolved("sigma"));
		assertTrue(Files.exists(folder.resolve("s/noisy.mrcs")));
	}

	@Test
	void aRequiredParameterThatIsMissingIsNamed() throws InterruptedException, ExecutionException {
		final CommandModule run = run(SimulateCommand.class, "count", 2);
		assertTrue(run.isCanceled());
		assertEquals("The parameter source= is missing. Give it a value.", run.getCancelReason());
	}
}
