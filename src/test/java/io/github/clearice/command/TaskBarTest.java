package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.SimulateCommand;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

	private static CommandModule run(final TaskWindow window, final Class<? extends ClearIceCommand> command,
		final Object... inputs) throws Exception
	{
		try (Context context = new Context(CommandService.class, TaskService.class, EventService.class)) {
			context.service(EventService.class).subscribe(window);
			return context.service(CommandService.class).run(command, true, inputs).get();
		}
	}

	private CommandModule simulate(final TaskWindow window, final int count) throws Exception {
		return run(window, SimulateCommand.class, "source", MAP.getPath(), "count", count, "output", folder.resolve("set")
			.toFile());
	}

	private CommandModule denoise(final TaskWindow window, final String spark, final String output) throws Exception {
		return run(window, DenoiseCommand.class, "input", MAP, "content", "particles", "method", "lowpass", "cutoff", 20.0,
			"spark", spark, "output", folder.resolve(output).toFile());
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

	/** The launcher alone in place of one that hands the work to Spark. */
	@Test
	void theTaskFollowsAJobOnACluster() throws Exception {
		final String java = "'" + ProcessHandle.current().info().command().orElseThrow() +
			"' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' io.github.clearice.ClearIce";
		final TaskWindow window = new TaskWindow(false);
		final CommandModule run = denoise(window, java, "by job.mrcs");
		assertFalse(run.isCanceled(), run.getCancelReason());
		assertTrue(String.valueOf(run.getOutput("report")).startsWith("64 particles denoised with low-pass"), () -> String
			.valueOf(run.getOutput("report")));
		assertTrue(window.shown.contains("Denoise: Denoising particles: 0 of 64 (0 %)"), window.shown.toString());
		assertTrue(window.task.isDone());
		assertFalse(denoise(new TaskWindow(false), "", "here.mrcs").isCanceled());
		assertArrayEquals(pixels("here.mrcs"), pixels("by job.mrcs"));
	}

	/** All behind the header, whose labels say what made the file. */
	private byte[] pixels(final String name) throws IOException {
		final byte[] file = Files.readAllBytes(folder.resolve(name));
		return Arrays.copyOfRange(file, 1024, file.length);
	}

	@Test
	void theCrossEndsTheJob() throws Exception {
		final Path script = folder.resolve("job.sh"), process = folder.resolve("process");
		Files.writeString(script, "echo $$ > " + process + "\n" +
			"echo '{\"event\":\"begin\",\"task\":\"Work\",\"total\":9}'\n" +
			"echo '{\"event\":\"progress\",\"done\":1,\"total\":9}'\nexec sleep 600\n");
		final CommandModule run = denoise(new TaskWindow(true), "sh " + script, "d.mrcs");
		assertEquals("The job on the cluster was cancelled; nothing was written.", run.getCancelReason());
		assertFalse(ProcessHandle.of(Long.parseLong(Files.readString(process).strip())).map(ProcessHandle::isAlive).orElse(
			false));
	}

	@Test
	void aJobThatFailsSaysWhy() throws Exception {
		final Path script = folder.resolve("job.sh");
		Files.writeString(script, "echo 'There is no spark-submit.' >&2\nexit 4\n");
		assertEquals("The job on the cluster ended with exit code 4; the last line of its output: There is no" +
			" spark-submit. Run its line in a terminal to see all that it says.", denoise(new TaskWindow(false), "sh " +
				script, "d.mrcs").getCancelReason());
		final String reason = denoise(new TaskWindow(false), folder.resolve("none").toString(), "d.mrcs").getCancelReason();
		assertTrue(reason.startsWith("The job for the cluster could not be started"), reason);
	}
}
