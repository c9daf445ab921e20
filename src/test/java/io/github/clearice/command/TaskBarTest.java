package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.SimulateCommand;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

/** Long work is one of SciJava's tasks, which Fiji shows with a cross to cancel it. */
class TaskBarTest {

	private static final File MAP = new File("sample-data/betagal_5a1a_64_4A.mrc");

	@TempDir
	Path folder;

	/** Imitates Fiji's window of tasks: it shows each task, and the user clicks on the cross of one. */
	public static final class TaskWindow {

		private final List<String> shown = new CopyOnWriteArrayList<>();
		private final boolean cancels;
		private volatile Task task;

		TaskWindow(final boolean cancels) {
			this.cancels = cancels;
		}

		@EventHandler
		public void onEvent(final TaskEvent event) {
			task = event.getTask();
			shown.add(task.getName() + ": " + task.getStatusMessage());
			if (cancels && task.getProgressValue() > 0 && !task.isCanceled()) task.cancel("User cancellation (table task)");
		}
	}

	private CommandModule simulate(final TaskWindow window, final int count) throws Exception {
		try (Context context = new Context(CommandService.class, TaskService.class, EventService.class)) {
			context.service(EventService.class).subscribe(window);
			return context.service(CommandService.class).run(SimulateCommand.class, true, "source", MAP.getPath(), "count",
				count, "output", folder.resolve("set").toFile()).get();
		}
	}

	@Test
	void theTaskShowsItsProgressAndDisappears() throws Exception {
		final TaskWindow window = new TaskWindow(false);
		assertFalse(simulate(window, 20).isCanceled());
		assertTrue(window.shown.contains("Simulate Particles: Simulating particles: 0 of 20 (0 %)"), window.shown
			.toString());
		assertEquals(20, window.task.getProgressMaximum());
		assertTrue(window.task.isDone());
	}

	@Test
	void theCrossCancels() throws Exception {
		final TaskWindow window = new TaskWindow(true);
		final CommandModule run = simulate(window, 50_000);
		assertEquals("Simulating particles was cancelled; nothing was written.", run.getCancelReason());
		assertTrue(window.task.isDone());
		assertTrue(Files.notExists(folder.resolve("set")), "a cancelled command left files");
	}
}
