package io.github.clearice.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.Worker.WorkerPool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of a worker, and the files that remain when it dies. */
class WorkerTest {

	private static final int ENDLESS = 1_000_000;

	@TempDir
	Path folder;

	/** Asks to stop as soon as there is a checkpoint. */
	private static final class Impatient implements TrainingListener {

		private final Runnable then;
		private final List<Integer> shown = new ArrayList<>();
		private volatile boolean ready;

		Impatient(final Runnable then) {
			this.then = then;
		}

		@Override
		public void validated(final HistoryEntry entry, final ValidationSample sample) {
			shown.add(sample.denoised().size());
		}

		@Override
		public void checkpointed(final long step, final Path file) {
			if (!ready) then.run();
			ready = true;
		}

		boolean isReady() {
			return ready;
		}
	}

	@Test
	void reportsWhatAVerbReports() {
		final Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("source", "sample-data/betagal_5a1a_64_4A.mrc");
		parameters.put("count", "3");
		parameters.put("output", folder.resolve("a set").toString());
		final String report = new Worker(WorkerJava.here()).run(new WorkerTask("simulate", parameters),
			TrainingListener.SILENT);
		assertTrue(report.startsWith("3 pairs of particles"), report);
		assertTrue(Files.exists(folder.resolve("a set/noisy.mrcs")));
	}

	@Test
	void theNextTaskIsDoneByTheSameProcessOrByANewOneWhereThatHasDied() throws Exception {
		simulate("first");
		final ProcessHandle first = child();
		simulate("second");
		assertEquals(first.pid(), child().pid());
		first.destroyForcibly();
		first.onExit().get();
		simulate("third");
		assertTrue(Files.exists(folder.resolve("third/noisy.mrcs")));
		assertTrue(first.pid() != child().pid());
	}

	@Test
	void anIdleProcessEnds() throws Exception {
		System.setProperty(WorkerPool.IDLE, "1");
		try {
			simulate("set");
			child().onExit().get();
			assertTrue(ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
		}
		finally {
			System.clearProperty(WorkerPool.IDLE);
		}
	}

	/** A Fiji that is killed cannot tell its worker. */
	@Test
	void theWorkerEndsWithItsFijiAndLeavesNothing() throws Exception {
		final Path temporary = Files.createDirectory(folder.resolve("tmp"));
		final Process fiji = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-D" + WorkerJava.OPTIONS + "=" + System.getProperty(
				WorkerJava.OPTIONS, ""), "-Dclearice.output=" + folder.resolve("set"), "-cp", System.getProperty(
				"java.class.path"), WorkerTest.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		final ProcessHandle worker;
		try (BufferedReader out = fiji.inputReader()) {
			worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
			try (Stream<Path> made = Files.list(temporary)) {
				assertTrue(made.anyMatch(Files::isDirectory));
			}
			fiji.destroyForcibly();
			worker.onExit().get();
		}
		try (Stream<Path> left = Files.list(temporary)) {
			assertEquals(List.of(), left.filter(Files::isDirectory).toList());
		}
	}

	/** A Fiji with a worker that waits. */
	public static void main(final String[] args) throws InterruptedException {
		new Worker(WorkerJava.here()).run(simulation(Path.of(System.getProperty("clearice.output"))),
			TrainingListener.SILENT);
		System.out.println(child().pid());
		Thread.sleep(Long.MAX_VALUE);
	}

	private void simulate(final String name) {
		new Worker(WorkerJava.here()).run(simulation(folder.resolve(name)), TrainingListener.SILENT);
	}

	private static WorkerTask simulation(final Path output) {
		return new WorkerTask("simulate", Map.of("source", "sample-data/betagal_5a1a_64_4A.mrc", "count", "3", "output",
			output.toString()));
	}

	@Test
	void reportsTheWaitForANewProcess() {
		killWaiting();
		final List<String> told = new ArrayList<>();
		final TrainingListener listener = new TrainingListener() {

			@Override
			public void begin(final String task, final long total) {
				told.add(task);
			}

			@Override
			public void end() {
				told.add("end");
			}
		};
		new Worker(WorkerJava.here()).run(simulation(folder.resolve("set")), listener);
		assertEquals(List.of("Starting the process for the network", "end", "Simulating particles", "end"), told);
	}

	private static void killWaiting() {
		ProcessHandle.current().children().forEach(process -> {
			process.destroyForcibly();
			process.onExit().join();
		});
	}

	@Test
	void passesOnWhyAVerbIsRefused() {
		final WorkerTask task = new WorkerTask("validate", Map.of("file", "no-such-file.mrc"));
		final WorkerException refusal = assertThrows(WorkerException.class, () -> new Worker(WorkerJava.here()).run(task,
			TrainingListener.SILENT));
		assertTrue(refusal.getMessage().startsWith("There is no file no-such-file.mrc (file=)."), refusal.getMessage());
		assertFalse(refusal.isDead());
		final WorkerTask unknown = new WorkerTask("validate", Map.of("fil", "a.mrc"));
		assertTrue(assertThrows(WorkerException.class, () -> new Worker(WorkerJava.here()).run(unknown,
			TrainingListener.SILENT)).getMessage().contains("Did you mean 'file'?"));
	}

	/** Both in one test, because each start of TensorFlow takes seconds. */
	@Test
	void aKilledTrainingIsResumedByAWorkerWhichKeepsItsModelWhenFijiIsGone() throws IOException, InterruptedException {
		final SmallTraining training = new SmallTraining(folder);
		final Impatient killer = new Impatient(() -> child().destroyForcibly());
		final WorkerException death = assertThrows(WorkerException.class, () -> new Worker(WorkerJava.here()).run(training
			.task(training.parameters(ENDLESS)), killer));
		assertTrue(death.isDead());
		assertTrue(death.getMessage().startsWith(
			"The process that ran train for ClearIce was killed from outside (signal 9)"), death.getMessage());
		assertEquals(4, killer.shown.get(0));
		assertEquals(new TreeSet<>(List.of("clean.mrcs", "noisy.mrcs", "m.clearice.checkpoint")), files());
		final Map<String, String> again = training.parameters(ENDLESS);
		again.keySet().removeAll(List.of("device", "checkpoint"));
		again.put("resume", training.checkpoint().toString());
		assertEquals(143, exitCodeWithoutFiji(training.task(again)));
		assertTrue(ModelFile.read(training.model()).card().history().size() > 1);
		assertEquals(new TreeSet<>(List.of("clean.mrcs", "noisy.mrcs", "m.clearice", "m.clearice.json")), files());
	}

	/** Of a worker whose standard input ends after the first validation. */
	private static int exitCodeWithoutFiji(final WorkerTask task) throws IOException, InterruptedException {
		final Process worker = WorkerJava.here().start(List.of("worker"));
		worker.outputWriter().append(ControlInput.line(task)).append('\n').flush();
		try (BufferedReader out = new BufferedReader(new InputStreamReader(worker.getInputStream(),
			StandardCharsets.UTF_8)))
		{
			String line;
			while ((line = out.readLine()) != null) if (line.contains("\"validation\"")) break;
			worker.getOutputStream().close();
			String last = line;
			while ((line = out.readLine()) != null) last = line;
			assertEquals("{\"event\":\"exit\",\"code\":0}", last);
		}
		return worker.waitFor();
	}

	@Test
	void aCrashOfNativeCodeIsTold() throws IOException {
		final Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("source", "sample-data/betagal_5a1a_64_4A.mrc");
		parameters.put("count", Integer.toString(ENDLESS));
		parameters.put("output", folder.resolve("set").toString());
		final WorkerException death = assertThrows(WorkerException.class, () -> new Worker(WorkerJava.here()).run(
			new WorkerTask("simulate", parameters), new TrainingListener() {

				@Override
				public void progress(final long done) {
					signal("SEGV");
				}
			}));
		assertTrue(death.isDead());
		assertTrue(death.getMessage().contains("crashed in native code"), death.getMessage());
		final String log = death.getMessage().replaceFirst(".*is in (\\S+\\.log)\\..*", "$1");
		assertTrue(Files.readString(Path.of(log), StandardCharsets.ISO_8859_1).contains("SIGSEGV"), log);
		Files.delete(Path.of(log));
	}

	@Test
	void aCancelledTrainingLeavesNothing() {
		final SmallTraining training = new SmallTraining(folder);
		final Impatient listener = new Impatient(() -> {});
		assertThrows(TaskCancelledException.class, () -> new Worker(WorkerJava.here()).run(training.task(training
			.parameters(ENDLESS)), listener, () -> listener.isReady() ? StopRequest.CANCEL : StopRequest.NONE));
		assertEquals(new TreeSet<>(List.of("clean.mrcs", "noisy.mrcs")), files());
	}

	@Test
	void anInterruptKillsTheWorkerAndLeavesNothing() {
		final SmallTraining training = new SmallTraining(folder);
		final Thread caller = Thread.currentThread();
		final Impatient listener = new Impatient(caller::interrupt);
		assertThrows(TaskCancelledException.class, () -> new Worker(WorkerJava.here()).run(training.task(training
			.parameters(ENDLESS)), listener));
		assertTrue(Thread.interrupted());
		assertEquals(new TreeSet<>(List.of("clean.mrcs", "noisy.mrcs")), files());
	}

	private static ProcessHandle child() {
		return ProcessHandle.current().children().findFirst().orElseThrow();
	}

	private static void signal(final String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(child().pid())).start();
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private SortedSet<String> files() {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}
}
