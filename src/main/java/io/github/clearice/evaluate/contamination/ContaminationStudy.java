package io.github.clearice.evaluate.contamination;

import io.github.clearice.evaluate.FinishedTraining;
import io.github.clearice.evaluate.StudySettings;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains denoisers on partly contaminated pairs and tests them all on the same clean pairs (Gu et al. 2021, Fig. 3 e to
 * g).
 * <p>
 * The trainings are the cells of a grid: methods, types and shares of contamination, seeds. A finished cell leaves its
 * scores in the folder and is not repeated; a training that was interrupted continues from its checkpoint.
 * </p>
 */
public final class ContaminationStudy {

	private final ParticlePairs training;
	private final ParticlePairs test;
	private final StudyOptions options;
	private final StudyFolder folder;
	private final Function<Path, Denoiser> opener;
	private final Function<Path, ParticleStack> reader;
	private final TrainingListener listener;

	/**
	 * Opens a study, to begin or to continue it.
	 *
	 * @param pairs the last are for testing, the others for training; not closed
	 * @param folder receives the scores
	 * @param opener opens a model
	 * @param reader opens a denoised stack
	 * @throws ParameterException if the pairs are too few, or the folder holds another study
	 */
	public ContaminationStudy(final ParticlePairs pairs, final StudyOptions options, final Path folder,
		final Function<Path, Denoiser> opener, final Function<Path, ParticleStack> reader, final TrainingListener listener)
	{
		final int trained = pairs.size() - options.tests();
		if (trained < 2) throw new ParameterException(pairs.noisy().name() + " holds " + pairs.size() +
			" particles; with " + options.tests() + " to test on that leaves " + Math.max(0, trained) +
			" to train on. Give more pairs, or a smaller tests=.");
		training = pairs.range(0, trained);
		test = pairs.range(trained, options.tests());
		this.options = options;
		this.opener = opener;
		this.reader = reader;
		this.listener = listener;
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("pairs", StudySettings.fingerprint(pairs.noisy(), pairs.clean()));
		settings.putAll(options.settings());
		this.folder = new StudyFolder(folder, settings);
	}

	/**
	 * Trains and tests all that is not finished.
	 *
	 * @return the scores of all cells
	 * @throws TaskCancelledException if the listener cancels; finished results stay
	 */
	public StudyScores run() {
		// Machines that join later are to see the same cells.
		final ArrayList<Integer> numbers = Machines.current().once(() -> IntStream.range(0, options.cells().size()).filter(
			i -> !folder.isFinished(options.cells().get(i))).boxed().collect(Collectors.toCollection(ArrayList::new)));
		final List<StudyCell> open = numbers.stream().map(options.cells()::get).toList();
		listener.message(options.cells().size() + " trainings: " + options.describe() + "; " + (options.cells().size() -
			open.size()) + " finished already.");
		if (!open.isEmpty() && Machines.current().writes()) Machines.alone(() -> StudyPlan.measure(open, this::source,
			options, folder, listener)).tell(listener);
		Machines.current().run(Steps.units("Contamination study", open.size()), (first, end, done) -> {
			for (int i = first; i < end; i++) {
				listener.message("Training " + (i + 1) + " of " + open.size() + ": " + open.get(i).name());
				finish(open.get(i));
			}
			return end;
		}, end -> {}, listener);
		final Map<StudyCell, List<QualityScores>> scores = new LinkedHashMap<>();
		for (final StudyCell cell : options.cells()) scores.put(cell, folder.scores(cell));
		return new StudyScores(options, scores);
	}

	private PairSource source(final StudyCell cell) {
		return PairSource.of(cell.type() == null ? training : options.contamination(cell).of(training));
	}

	private void finish(final StudyCell cell) {
		final Path model = folder.model(cell), denoised = model.resolveSibling(cell.name() + ".mrcs");
		FinishedTraining.run(() -> source(cell), options.training(cell), model, listener);
		try (Denoiser denoiser = opener.apply(model)) {
			StackDenoising.run(test.noisy(), denoiser, denoised, listener);
		}
		try (ParticleStack result = reader.apply(denoised)) {
			folder.finish(cell, StackEvaluation.run(test.clean(), List.of(result), EvaluationOptions.DEFAULT, listener).get(
				0));
		}
		AtomicOutput.delete(denoised);
		AtomicOutput.delete(model);
	}
}
