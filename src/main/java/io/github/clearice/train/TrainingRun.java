package io.github.clearice.train;

import io.github.clearice.model.Checkpoint;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelException;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.Device;
import io.github.clearice.network.Weight;
import io.github.clearice.particle.ArrayParticleStack;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskCancelledException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One training from its first update, or that after a checkpoint, to its model. */
final class TrainingRun implements AutoCloseable {

	private static final int SAMPLES = 4;

	private final Device device;
	private final Validation validation;
	private final Batches batches;
	private final TrainingGraph graph;
	private final TrainingRecord record;
	private final TrainingClock clock;
	private long step;
	private boolean resumed;
	private boolean checkpointed;

	TrainingRun(final TrainingSet set, final TrainingOptions options, final Architecture network, final Device device) {
		this.device = device;
		record = new TrainingRecord(set, options, network);
		validation = new Validation(set);
		batches = new Batches(set, options);
		graph = new TrainingGraph(network, set.box(), options.objective().loss(), options.adam(), options.seed(), device);
		clock = new TrainingClock(options, batches.stepsPerEpoch());
	}

	/** Trains until the epochs or the time are over, or a stop is asked for, and writes the model. */
	ModelFile go(final Path model, final TrainingListener listener) {
		final Path checkpoint = Trainer.checkpointOf(model);
		if (clock.isOver(step) && step == 0) throw new TrainingException(
			"The time is over before the first update. Give a larger minutes=.");
		if (step >= clock.totalSteps()) throw new TrainingException("The training is complete after " + step +
			" updates: there is nothing to resume. To go on, give a larger epochs=.");
		if (clock.isOver(step)) throw new TrainingException(String.format(Locale.ROOT,
			"The time is used up: the training has run %.2f minutes already (%d of %d updates). Give a larger minutes=.", clock
				.seconds() / 60, step, clock.totalSteps()));
		// A checkpoint stays until the next one, or the model, is complete beside it.
		OutputException.requireSpace(model, 2 * bytes());
		listener.begin("Training", clock.totalSteps());
		try {
			updateUntilOver(checkpoint, listener);
		}
		finally {
			listener.end();
		}
		final ModelFile finished = snapshot(Optional.of(samples()));
		try {
			finished.write(model);
		}
		catch (final OutputException e) {
			if (!Files.exists(checkpoint)) throw e;
			throw new OutputException(e.getMessage() + " Then use resume=" + checkpoint + ", where the last checkpoint is kept.",
				e);
		}
		CheckpointFile.delete(checkpoint);
		return finished;
	}

	private void updateUntilOver(final Path checkpoint, final TrainingListener listener) {
		while (!clock.isOver(step) && !listener.isStopRequested()) {
			if (listener.isCancelled()) cancel(checkpoint);
			update(checkpoint, listener);
			if (clock.endsEpoch(step)) validate(listener);
			if (clock.isCheckpointDue(step)) keep(checkpoint, listener);
		}
		if (step == 0) throw new TaskCancelledException("Training");
		if (!record.isValidatedAt(step)) validate(listener);
	}

	/** Leaves nothing of this training, but what an earlier one left stays. */
	private void cancel(final Path checkpoint) {
		if (checkpointed && !resumed) CheckpointFile.delete(checkpoint);
		throw new TaskCancelledException("Training");
	}

	private void update(final Path checkpoint, final TrainingListener listener) {
		final long number = step + 1;
		final Batches.Batch batch = batches.take(number);
		final float loss = graph.step(batch.images(), batch.targets(), number, (float) clock.learningRate(number));
		if (!Float.isFinite(loss)) throw new TrainingException("The loss is no number any more at update " + number +
			". Use a lower rate= (now " + clock.learningRate(number) + ") or precision=float32" + (Files.exists(checkpoint)
				? "; the last checkpoint is kept in " + checkpoint : "") + ".");
		step = number;
		record.addLoss(loss);
		listener.updated(new TrainingProgress(step, clock.totalSteps(), clock.epoch(step), clock.epoch(clock.totalSteps()),
			record.runningLoss(), record.lastPsnr(), clock.imagesPerSecond(step), clock.secondsLeft(step)));
		listener.progress(step);
	}

	private void validate(final TrainingListener listener) {
		final double psnr = validation.psnrDecibel(graph::predict);
		if (record.isBest(psnr)) record.keepBest(psnr, graph.inferenceWeights());
		listener.validated(record.addValidation(clock.epoch(step), step, clock.seconds(), clock.learningRate(step), psnr));
	}

	/** A checkpoint that cannot be written does not end the training: the one before is still whole. */
	private void keep(final Path checkpoint, final TrainingListener listener) {
		try {
			snapshot(Optional.empty()).write(checkpoint);
			checkpointed = true;
		}
		catch (final OutputException e) {
			listener.message("Warning: no checkpoint was written after update " + step + ". " + e.getMessage());
		}
	}

	/** What the arrays of a model file take, with those of its checkpoint. */
	private long bytes() {
		long bytes = 0;
		for (final Weight weight : graph.inferenceWeights()) bytes += (long) Float.BYTES * weight.values().length;
		for (final List<Weight> set : graph.variables().values()) {
			for (final Weight weight : set) bytes += (long) Float.BYTES * weight.values().length;
		}
		return bytes;
	}

	/** The model so far, with all that is needed to go on. */
	private ModelFile snapshot(final Optional<SampleParticles> samples) {
		final Map<String, List<Weight>> variables = graph.variables();
		requireNumbers(variables);
		final Map<String, String> state = new LinkedHashMap<>();
		state.put("step", Long.toString(step));
		state.put("seconds", Double.toString(clock.seconds()));
		record.save(state);
		final List<Weight> best = record.bestWeights();
		return new ModelFile(record.card(clock.seconds()), best == null ? graph.inferenceWeights() : best, samples, Optional
			.of(new Checkpoint(state, variables)));
	}

	/** An update may go wrong whose loss was still a number: it must not replace a checkpoint that is whole. */
	private void requireNumbers(final Map<String, List<Weight>> variables) {
		for (final List<Weight> group : variables.values()) for (final Weight weight : group) {
			if (!weight.isFinite()) throw new TrainingException("The weights are no numbers any more after update " + step +
				". Use a lower rate= or precision=float32.");
		}
	}

	/** Goes back to where a checkpoint was written. */
	void restore(final ModelFile begun) {
		final Checkpoint checkpoint = begun.checkpoint().orElseThrow(() -> new ModelException("The model has no checkpoint."));
		final OptionReader state = new OptionReader(checkpoint.state());
		record.restore(begun, state);
		graph.restore(checkpoint.variables());
		step = state.whole("step");
		resumed = true;
		clock.resumeAt(step, state.real("seconds"));
	}

	private SampleParticles samples() {
		final ArrayParticleStack noisy = validation.noisySample(SAMPLES);
		final float[][] denoised = new float[noisy.size()][noisy.box() * noisy.box()];
		final ModelFile model = snapshot(Optional.empty());
		try (ModelDenoiser denoiser = new ModelDenoiser("model", model, device)) {
			denoiser.denoise(noisy.images(), denoised);
		}
		return new SampleParticles(noisy, new ArrayParticleStack("denoised", noisy.box(), noisy.pixelSizeAngstrom(),
			denoised));
	}

	@Override
	public void close() {
		batches.close();
		graph.close();
	}
}
