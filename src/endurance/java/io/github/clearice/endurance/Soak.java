package io.github.clearice.endurance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.EvaluateCommand;
import io.github.clearice.command.verb.SimulateCommand;
import io.github.clearice.command.verb.TrainCommand;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * Mixed work of the commands and the warm worker for a long time: memory, handles, threads and temporary files of both
 * processes show no slope. {@code mvn -Pendurance test -Dtest=Soak -Dsoak.minutes=1440} for a day.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class Soak {

	private static final List<String> FIGURES = List.of("minute", "rounds", "heap MB", "memory MB", "handles", "threads",
		"worker memory MB", "worker handles", "worker threads", "temporary files");

	/**
	 * Allowed growth of a figure from the middle of the run to its end: noise of the garbage collector and the system.
	 */
	private static final double[] ALLOWED = { 0, 0, 20, 100, 5, 5, 150, 5, 5, 3 };

	@TempDir
	private Path folder;

	@Test
	@Timeout(value = 8, unit = TimeUnit.DAYS)
	void nothingGrows() throws Exception {
		final double minutes = Double.parseDouble(System.getProperty("soak.minutes", "30"));
		final List<double[]> table = new ArrayList<>();
		final long start = System.nanoTime();
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final CommandService commands = context.service(CommandService.class);
			run(commands, SimulateCommand.class, "source", new File("sample-data/betagal_5a1a_64_4A.mrc").getPath(), "count",
				64, "snr", 0.5, "output", file("set"));
			run(commands, TrainCommand.class, "noisy", file("set/noisy.mrcs"), "clean", file("set/clean.mrcs"), "model", file(
				"m.clearice"), "epochs", 1, "device", "cpu");
			for (int round = 1; minutes(start) < minutes; round++) {
				work(commands, round);
				if (table.isEmpty() || minutes(start) > table.get(table.size() - 1)[0] +
					minutes / 30) table.add(figures(minutes(
					start), round));
			}
		}
		final StringBuilder text = new StringBuilder(String.join("\t", FIGURES)).append('\n');
		for (final double[] row : table) text.append(String.join("\t", Arrays.stream(row).mapToObj(value -> String.format(
			Locale.ROOT, "%.1f", value)).toList())).append('\n');
		Files.writeString(Path.of("target/soak.tsv"), text);
		System.out.println(text);
		for (int figure = 2; figure < FIGURES.size(); figure++) {
			final double growth = mean(table, figure, table.size() * 3 / 4, table.size()) - mean(table, figure,
				table.size() / 3,
				table.size() * 7 / 12);
			final String name = FIGURES.get(figure);
			assertTrue(growth <= ALLOWED[figure], () -> String.format(Locale.ROOT, "%s grow by %.1f.%n%s", name, growth,
				text));
		}
	}

	private void work(final CommandService commands, final int round) throws Exception {
		run(commands, SimulateCommand.class, "source", new File("sample-data/betagal_5a1a_64_4A.mrc").getPath(), "count",
			20,
			"snr", 0.5, "output", file("again"), "overwrite", true);
		run(commands, DenoiseCommand.class, "input", file("set/noisy.mrcs"), "method", "wiener", "output", file("w.mrcs"),
			"overwrite", true);
		run(commands, DenoiseCommand.class, "input", file("set/noisy.mrcs"), "method", file("m.clearice").getPath(),
			"output", file("n.mrcs"), "overwrite", true);
		run(commands, EvaluateCommand.class, "reference", file("set/clean.mrcs"), "image", file("n.mrcs").getPath());
		final CommandModule refused = commands.run(DenoiseCommand.class, true, "input", file("none.mrcs"), "method",
			"wiener",
			"output", file("x.mrcs")).get();
		assertTrue(refused.isCanceled());
		if (round % 10 == 0) run(commands, TrainCommand.class, "noisy", file("set/noisy.mrcs"), "clean", file(
			"set/clean.mrcs"), "model", file("t.clearice"), "epochs", 1, "device", "cpu", "overwrite", true);
	}

	private static void run(final CommandService commands, final Class<? extends Command> command,
		final Object... inputs) throws Exception
	{
		final CommandModule done = commands.run(command, true, inputs).get();
		assertFalse(done.isCanceled(), done.getCancelReason());
	}

	private File file(final String name) {
		return folder.resolve(name).toFile();
	}

	private static double minutes(final long start) {
		return (System.nanoTime() - start) / 60e9;
	}

	private static double[] figures(final double minute, final int round) throws IOException {
		System.gc();
		final List<Long> workers = ProcessHandle.current().children().map(ProcessHandle::pid).toList();
		double memory = 0, handles = 0, threads = 0;
		for (final long worker : workers) {
			memory += memoryMb(worker);
			handles += count(Path.of("/proc/" + worker + "/fd"));
			threads += count(Path.of("/proc/" + worker + "/task"));
		}
		final long self = ProcessHandle.current().pid();
		return new double[] { minute, round, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6,
			memoryMb(self), count(Path.of("/proc/self/fd")), count(Path.of("/proc/self/task")), memory, handles, threads,
				count(
				Path.of(System.getProperty("java.io.tmpdir"))) };
	}

	private static double memoryMb(final long process) throws IOException {
		return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream().filter(line -> line.startsWith("VmRSS"))
			.mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e3).sum();
	}

	private static long count(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}

	private static double mean(final List<double[]> table, final int figure, final int from, final int to) {
		return table.subList(from, to).stream().mapToDouble(row -> row[figure]).average().orElse(0);
	}
}
