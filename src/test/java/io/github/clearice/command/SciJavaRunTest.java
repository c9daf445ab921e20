package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.EvaluateCommand;
import io.github.clearice.command.verb.SimulateCommand;
import io.github.clearice.command.verb.TrainCommand;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.measure.ResultsTable;

/** Commands run as Fiji runs them, without a window. */
@PlainGraphs
class SciJavaRunTest {

	private static final File MAP = new File("sample-data/betagal_5a1a_64_4A.mrc");

	@TempDir
	Path folder;

	@Test
	void reportsWhatACommandDid() throws InterruptedException, ExecutionException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final CommandModule run = context.service(CommandService.class).run(SimulateCommand.class, true, "source", MAP
				.getPath(), "count", 3, "output", folder.resolve("set").toFile()).get();
			assertFalse(run.isCanceled(), run.getCancelReason());
			assertTrue(String.valueOf(run.getOutput("report")).startsWith("3 pairs of particles"), String.valueOf(run
				.getOutput("report")));
			assertTrue(Files.exists(folder.resolve("set/noisy.mrcs")));
		}
	}

	@Test
	void trainsWithTheDefaultsOfAllThatIsLeftOut() throws InterruptedException, ExecutionException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final CommandService commands = context.service(CommandService.class);
			commands.run(SimulateCommand.class, true, "source", MAP.getPath(), "count", 24, "output", folder.resolve("set")
				.toFile()).get();
			final CommandModule run = commands.run(TrainCommand.class, true, "noisy", folder.resolve("set/noisy.mrcs")
				.toFile(), "clean", folder.resolve("set/clean.mrcs").toFile(), "model", folder.resolve("m.clearice").toFile(),
				"epochs", 1, "device", "cpu").get();
			assertFalse(run.isCanceled(), run.getCancelReason());
			final Map<String, String> options = TrainingOptions.fast().with(Map.of("epochs", "1", "device", "cpu")).toMap();
			assertEquals(options, ModelFile.read(folder.resolve("m.clearice")).card().training());
			scoresOfAModelReachTheTableOfResults(commands);
		}
	}

	/** The model runs in a worker, which has no table of ImageJ. */
	private void scoresOfAModelReachTheTableOfResults(final CommandService commands) throws InterruptedException,
		ExecutionException
	{
		final CommandModule run = commands.run(EvaluateCommand.class, true, "reference", folder.resolve("set/clean.mrcs")
			.toFile(), "image", folder.resolve("set/noisy.mrcs").toString(), "methods", folder.resolve("m.clearice")
				.toString()).get();
		assertFalse(run.isCanceled(), run.getCancelReason());
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(2, table.size());
		assertEquals(24, table.getValue("images", 0));
		assertTrue(String.valueOf(run.getOutput("report")).contains(String.format(Locale.ROOT, "%.2f (", table.getValue(
			"psnr", 0))), String.valueOf(run.getOutput("report")));
	}

	@Test
	void aRefusalCancelsTheCommandWithItsOneLine() throws InterruptedException, ExecutionException {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final CommandModule run = context.service(CommandService.class).run(SimulateCommand.class, true, "source", MAP
				.getPath(), "count", 3, "snr", 0.1, "sigma", 2.0, "output", folder.resolve("set").toFile()).get();
			assertTrue(run.isCanceled());
			assertEquals("Both snr (0.1) and sigma (2.0) are given. Give one of them.", run.getCancelReason());
			assertTrue(Files.notExists(folder.resolve("set")));
		}
	}
}
