package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.Experiment.Step;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.RunContext.VerbRunner;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {

	private static final String NAME = "gu-contamination";

	@TempDir
	Path folder;

	private final List<VerbRunner.Call> ran = new ArrayList<>();
	private Path structures;

	@BeforeEach
	void putStructures() throws IOException {
		structures = Files.createDirectory(folder.resolve("structures"));
		Files.createFile(structures.resolve("1wcm_polymerase.pdb.gz"));
	}

	@Test
	void runsEachLineOnceAndWritesItsPage() throws IOException {
		final String first = run(this::pretend).run();
		assertEquals(List.of("map", "map", "simulate", "contamination", "contamination"), ran.stream().map(call ->
			call.verb())
			.toList());
		assertEquals(structures.resolve("1wcm_polymerase.pdb.gz").toString(), ran.get(0).parameters().get("structure"));
		assertEquals(folder.resolve("out/" + NAME) + "/pairs", ran.get(2).parameters().get("output"));
		final String page = Files.readString(folder.resolve("out/" + NAME + "/" + NAME + ".md"));
		assertTrue(page.contains("map structure=1wcm_polymerase.pdb.gz hinge="), page);
		assertTrue(page.contains("| l1 autoencoder | 25.10 (25.00 to 25.20) | 24.60 (24.00 to 25.20) |"), page);
		assertTrue(page.contains("**cannot be decided at this size.**"), page);

		assertEquals(first, run(this::pretend).run());
		assertEquals(5, ran.size());
	}

	@Test
	void continuesWithTheStepThatFailed() {
		assertThrows(ParameterException.class, () -> run((call, listener) -> {
			pretend(call, listener);
			if (call.verb().equals("simulate")) throw new ParameterException("The disk is full.");
		}).run());
		run(this::pretend).run();
		assertEquals(List.of("map", "map", "simulate", "simulate", "contamination", "contamination"), ran.stream().map(
			call -> call.verb()).toList());
	}

	@Test
	void doesNotTakeAStoppedStepForAFinishedOne() {
		final boolean[] stopped = new boolean[1];
		final TaskListener listener = new TaskListener() {

			@Override
			public boolean isCancelled() {
				return stopped[0];
			}
		};
		final VerbRunner verbs = (call, told) -> {
			pretend(call, told);
			stopped[0] = call.verb().equals("contamination");
		};
		assertThrows(TaskCancelledException.class, () -> new ExperimentRun(NAME, ExperimentSize.SMOKE, context(verbs),
			listener).run());
		stopped[0] = false;
		run(this::pretend).run();
		assertEquals(6, ran.size());
	}

	@Test
	void saysHowToRepeatAStepWhoseTableIsDamaged() {
		run(this::pretend).run();
		final Path table = folder.resolve("out/" + NAME + "/gans/cells/beta0.5-clean-1.tsv");
		TextFile.write(table, "type\tfraction\nA\t0\n");
		final String message = assertThrows(InputException.class, () -> run(this::pretend).run()).getMessage();
		assertTrue(message.startsWith("The table of scores " + table + " cannot be read (a line of 2 columns)"), message);
		assertTrue(message.contains("take its line out of " + folder.resolve("out/" + NAME + "/steps.tsv")), message);
	}

	@Test
	void refusesAFolderWithAnotherSize() {
		run(this::pretend).run();
		final String message = assertThrows(ParameterException.class, () -> new ExperimentRun(NAME, ExperimentSize.DESK,
			context(this::pretend), TaskListener.SILENT)).getMessage();
		assertTrue(message.contains("size=smoke"), message);
	}

	@Test
	void namesAllStructuresThatAreMissing() {
		final String missing = assertThrows(ParameterException.class, () -> new ExperimentRun(GeneralStudy.NAME,
			ExperimentSize.SMOKE, context(this::pretend), TaskListener.SILENT)).getMessage();
		assertTrue(missing.startsWith("There are no files of 2 structures in " + structures +
			" (structures=): 5a1a, 4ake."), missing);
		assertEquals(List.of(), ran);
	}

	@Test
	void aGivenModelIsTestedWithoutATraining() {
		final List<Step> all = new GeneralStudy(null).steps(ExperimentSize.DESK), steps = new GeneralStudy("mine.clearice")
			.steps(ExperimentSize.DESK);
		assertTrue(all.stream().anyMatch(step -> step.line().contains("model=@trained.clearice")));
		assertFalse(steps.stream().anyMatch(step -> step.line().contains("@trained.clearice") || step.line().contains(
			"training/")));
		assertTrue(steps.stream().anyMatch(step -> step.line().startsWith("evaluate ") && step.line().contains(
			"methods=wiener,mine.clearice ")));
		new ExperimentRun(GeneralStudy.NAME, "general", ExperimentSize.SMOKE, context(this::pretend), TaskListener.SILENT);
		final String message = assertThrows(ParameterException.class, () -> new ExperimentRun(NAME, "general",
			ExperimentSize.SMOKE, context(this::pretend), TaskListener.SILENT)).getMessage();
		assertEquals("model= is for name=general-model, not for " + NAME + ". Leave it out.", message);
	}

	@Test
	void saysWhichStructureIsMissingBeforeItBegins() throws IOException {
		Files.delete(structures.resolve("1wcm_polymerase.pdb.gz"));
		final String message = assertThrows(ParameterException.class, () -> run(this::pretend)).getMessage();
		assertTrue(message.contains("1WCM") && message.contains("https://files.rcsb.org/download/1wcm.cif.gz"), message);
		assertFalse(Files.exists(folder.resolve("out")));
	}

	@Test
	void knowsNoOtherExperiments() {
		final String message = assertThrows(ParameterException.class, () -> new ExperimentRun("gu-fig-9",
			ExperimentSize.SMOKE, context(this::pretend), TaskListener.SILENT)).getMessage();
		assertTrue(message.contains(NAME), message);
	}

	@Test
	void namesFilesForTheVerbForTheReaderAndForTheLog() {
		final RunContext context = context(this::pretend);
		final Parameters parameters = Parameters.of("input", List.of(new RunFile("my set/noisy.mrcs"), "mean")).with(
			"structure", new StructureFile("1wcm")).with("snr", 0.1);
		assertEquals("input=@my set/noisy.mrcs,mean structure=#1wcm snr=0.1", parameters.toString());
		assertEquals("input=my set/noisy.mrcs,mean structure=1wcm_polymerase.pdb.gz snr=0.1", context.shown(parameters));
		context.run("map", parameters, TaskListener.SILENT);
		assertEquals(Map.of("input", folder.resolve("out/my set/noisy.mrcs") + ",mean", "structure", structures.resolve(
			"1wcm_polymerase.pdb.gz").toString(), "snr", "0.1"), ran.get(0).parameters());
		assertThrows(IllegalArgumentException.class, () -> parameters.with("snr", 0.2));
	}

	@Test
	void anInterruptedTrainingContinuesFromItsCheckpoint() {
		final RunContext context = context(this::pretend);
		final Step training = Step.of(1, "train", Parameters.of("epochs", 5).with("model", new RunFile("m.clearice")));
		training.run(context, TaskListener.SILENT);
		TextFile.write(context.file("m.clearice.checkpoint"), "");
		training.run(context, TaskListener.SILENT);
		assertFalse(ran.get(0).parameters().containsKey("resume"));
		assertEquals(context.file("m.clearice.checkpoint").toString(), ran.get(1).parameters().get("resume"));
		assertEquals("train epochs=5 model=@m.clearice", training.line());
	}

	private ExperimentRun run(final VerbRunner verbs) {
		return new ExperimentRun(NAME, ExperimentSize.SMOKE, context(verbs), TaskListener.SILENT);
	}

	private RunContext context(final VerbRunner verbs) {
		return new RunContext(folder.resolve("out"), structures, verbs, (target, across, upwards, curves) -> TextFile.write(
			target, across));
	}

	/** Stands for the verbs: writes the tables of a study. */
	private void pretend(final VerbRunner.Call call, final TaskListener listener) {
		ran.add(call);
		if (!call.verb().equals("contamination")) return;
		final Path study = Path.of(call.parameters().get("output"));
		for (final String method : call.parameters().get("methods").split(",")) for (final String cell : List.of("clean",
			"A-0.3")) TextFile.write(study.resolve("cells/" + method + "-" + cell + "-1.tsv"),
				"image\tindex\tmse\tpsnr\tssim\tsnr\tfrc05\tfrc0143\nx\t1\t.003\t" + (cell.equals("clean") ? 25 : 24) +
					"\t.9\t1\t9\t8\nx\t2\t.003\t25.2\t.9\t1\t9\t8\n");
		TextFile.write(study.resolve("psnr-A.png"), "");
	}
}
