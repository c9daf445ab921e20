package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.train.DivergenceWatch.Divergence;
import io.github.clearice.train.DivergenceWatch.Rollbacks;
import io.github.clearice.train.TrainingState.TrainingRecord;
import io.github.clearice.train.Validation.ImageVariance;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.options.Adversary;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One training from its first update, or that after a checkpoint, to its model. */
final class TrainingRun implements AutoCloseable {

	private static final int SAMPLES = 4;
	/** A validation that much below the best is not that of a good state. */
	private static final double POOR_DECIBEL = 3;

	private final TrainingOptions options;
	private final Device device;
	private final Path checkpoint;
	private final TrainingListener listener;
	private final Validation validation;
	/** The real particles that the simulated ones imitate; null if there are none. */
	private final ArrayParticleStack real;
	private final double targetVariance;
	private final double leastPsnr;
	private final Batches batches;
	private final NetworkTraining training;
	/** Null for a new model. */
	private final Adaptation adaptation;
	private final TrainingRecord record;
	private final TrainingClock clock;
	private final TrainingState state;
	private boolean resumed;
	private boolean checkpointed;
	private boolean remarked;

	/**
	 * @param checkpoint file for the state needed to continue, written while the training runs
	 * @param nanoTime the clock of the time limit
	 */
	TrainingRun(final TrainingSet set, final TrainingOptions options, final Networks networks, final Device device,
		final Path checkpoint, final TrainingListener listener, final LongSupplier nanoTime)
	{
		this.options = options;
		this.device = device;
		this.checkpoint = checkpoint;
		this.listener = listener;
		record = new TrainingRecord(set, options);
		validation = new Validation(set);
		real = set.source().like().map(PairSource.Like::particles).orElse(null);
		targetVariance = validation.targetVariance();
		leastPsnr = options.sampling().supervision() == Supervision.CLEAN ? validation.noisyPsnrDecibel()
			: Double.NEGATIVE_INFINITY;
		batches = new Batches(set, options);
		try {
			training = NetworkTraining.of(networks, set.box(), options, device);
			clock = new TrainingClock(options, batches.stepsPerEpoch(), training.leastUpdates(), nanoTime);
			adaptation = set.source().begin().map(model -> new Adaptation(set.data().description().get("from"), model
				.weights(), validation, training)).orElse(null);
			state = new TrainingState(options, networks, training);
			if (adaptation != null) state.begin(adaptation.psnrDecibel(), adaptation.weights());
		}
		catch (final RuntimeException | Error e) {
			close();
			throw e;
		}
	}

	/**
	 * Goes back to where a checkpoint was written.
	 *
	 * @param newRates whether the options have other rates than before
	 */
	void resume(final ModelFile begun, final boolean newRates) {
		record.requireSamePairs(begun.card());
		final double seconds = state.resume(begun);
		clock.resumeAt(state.step(), seconds);
		if (newRates) state.resetRates();
		resumed = true;
	}

	/**
	 * Checks that updates are left to make.
	 *
	 * @throws ParameterException if not
	 */
	void requireWork() {
		clock.requireWork(state.step());
		state.earlyStopping.requireWork();
	}

	/** Trains until the epochs or the time are over, or a stop is asked for, and writes the model. */
	ModelFile go(final Path model) {
		clock.start();
		// A checkpoint stays until the next one, or the model, is complete beside it.
		OutputException.requireSpace(model, 2 * state.bytes());
		// The sample particles need it when the training is over.
		new TemporaryFolder("sample").close();
		listener.startedAt(state.step());
		listener.begin("Training", clock.totalSteps());
		final Snapshot last;
		try {
			updateUntilOver();
			last = finish();
		}
		finally {
			listener.end();
		}
		if (adaptation != null) judgeAdaptation();
		warnOfNoise();
		final ModelFile finished;
		try {
			finished = write(last, model);
		}
		catch (final OutputException e) {
			if (!Files.exists(checkpoint)) throw e;
			throw new OutputException(e.getMessage() + " Then continue from the last checkpoint (clearice train resume=" +
				checkpoint + ").", e);
		}
		AtomicOutput.delete(checkpoint);
		return finished;
	}

	/** Sample particles are useful, but the model is the result of hours of training. */
	private ModelFile write(final Snapshot last, final Path model) {
		try {
			final ModelFile whole = modelFile(last, Optional.of(samples(last)));
			whole.write(model);
			return whole;
		}
		catch (final InputException | NetworkException e) {
			listener.message("Warning: the model has no sample particles. " + e.getMessage());
			final ModelFile bare = modelFile(last, Optional.empty());
			bare.write(model);
			return bare;
		}
	}

	private void updateUntilOver() {
		while (!clock.isOver(state.step()) && !state.earlyStopping.isOver() && !listener.isStopRequested()) {
			if (listener.isCancelled()) cancel();
			Optional<Divergence> divergence = update();
			if (divergence.isEmpty() && clock.endsEpoch(state.step())) divergence = validate().or(this::judge);
			if (divergence.isEmpty() && clock.isCheckpointDue(state.step())) divergence = keep();
			divergence.ifPresent(this::rollBack);
		}
		if (state.step() == 0) throw new TaskCancelledException("Training");
		why().ifPresent(reason -> listener.message(String.format(Locale.ROOT, "%s, update %,d of %,d.", reason, state
			.step(), clock.totalSteps())));
	}

	/** Why the training ended before its last update. */
	private Optional<String> why() {
		if (state.earlyStopping.isOver()) return Optional.of("The training ends early: the last " + state.earlyStopping
			.withoutGain() + " validations brought no gain");
		if (state.step() >= clock.totalSteps()) return Optional.empty();
		return Optional.of(listener.isStopRequested() ? "The training was stopped" :
			"The training ends at its time limit (minutes=)");
	}

	/** Leaves nothing of this training, but what an earlier one left stays. */
	private void cancel() {
		if (checkpointed && !resumed) AtomicOutput.delete(checkpoint);
		throw new TaskCancelledException("Training");
	}

	private Optional<Divergence> update() {
		final long number = state.step() + 1;
		final Batches.Batch batch = batches.take(number);
		final double rate = rate(number);
		if (training.enter(number)) state.resetHistory();
		final StepReport report = training.step(batch, number, rate, criticRate(number));
		state.advanceTo(number);
		final Optional<Divergence> divergence = state.watch.afterUpdate(report);
		if (divergence.isPresent()) return divergence;
		warnOfIdleDiscriminator();
		state.history.addLoss(report.pixelLoss());
		listener.updated(clock.progress(number, rate, report, state.history));
		listener.progress(number);
		return Optional.empty();
	}

	/** With sums, as Gu et al. 2021 have them, the pixel loss often wins and continues alone: nothing is lost by that. */
	private void warnOfIdleDiscriminator() {
		if (remarked || !state.watch.isIdle()) return;
		remarked = true;
		listener.message("Warning: the discriminator has been certain of every image for hundreds of updates; the network" +
			" learns from the pixel loss alone. Use a lower criticrate= or lambda= if it should learn from both.");
	}

	private double rate(final long number) {
		return clock.learningRate(number) * state.rateShare();
	}

	/** It follows the network's rate, but divergences reduce it separately. */
	private double criticRate(final long number) {
		final double peak = options.objective().adversary().map(Adversary::criticRate).orElse(0.0);
		return clock.learningRate(number) * (peak / options.learningRate().peak()) * state.criticRateShare();
	}

	private Optional<Divergence> validate() {
		final long step = state.step();
		final ImageVariance results = new ImageVariance(validation.pixels());
		final double psnr = validation.psnrDecibel(images -> {
			final float[] denoised = training.predict(images);
			results.add(denoised);
			return denoised;
		});
		final Optional<Divergence> divergence = state.watch.afterValidation(step, results.mean(), targetVariance);
		if (divergence.isPresent()) return divergence;
		final boolean settled = training.isSettled();
		final boolean gained = !settled || state.history.isBest(psnr);
		if (gained && settled) state.history.keepBest(psnr, training.inferenceWeights());
		final HistoryEntry entry = state.history.addValidation(clock.epoch(step), step, clock.seconds(), rate(step), psnr,
			training.gradientRatio(step));
		if (state.earlyStopping.update(gained)) listener.message(String.format(Locale.ROOT,
			"The validation is on a plateau: after update %d the learning rate falls to %.3g.", step, rate(step)));
		listener.validated(entry, validation.sample(SAMPLES, training::predict));
		return Optional.empty();
	}

	/** Decides whether the state that was validated is one to go back to. */
	private Optional<Divergence> judge() {
		final Snapshot now = state.snapshot(clock.seconds());
		if (!now.isFinite()) return Optional.of(DivergenceWatch.ofWeights());
		final double psnr = state.history.lastPsnr();
		if (state.watch.isHealthy() && !(psnr < leastPsnr) && !(psnr < state.history.bestPsnr() - POOR_DECIBEL)) state.keep(
			now);
		else state.markUnconfirmed();
		return Optional.empty();
	}

	/** Goes back to the last good state, with lower rates, or gives up. */
	private void rollBack(final Divergence divergence) {
		final long from = state.step();
		state.rollBack();
		if (state.rollbacks.isSpent()) giveUp(divergence, from);
		state.rollbacks.add(divergence);
		clock.rollBack(from, state.step());
		listener.startedAt(state.step());
		listener.message(state.rollbacks.message(divergence, from, state.step()));
	}

	private void giveUp(final Divergence divergence, final long from) {
		// The first state is no loss: its seed makes it again.
		if (state.step() > 0) keep();
		throw new ParameterException("The training diverged once more although its learning rates had been halved " +
			Rollbacks.MOST + " times: after update " + from + " " + divergence.reason() + ". Use " + remedy(divergence) +
			(Files.exists(checkpoint) ? ", or continue from the last good state with lower rates (clearice train resume=" +
				checkpoint + ")." : "."));
	}

	private String remedy(final Divergence divergence) {
		final Optional<Adversary> adversary = options.objective().adversary();
		if (divergence.criticAlone()) return "a lower criticrate= (now " + adversary.orElseThrow().criticRate() + ")";
		return "a lower rate= (now " + options.learningRate().peak() + ")" + (adversary.isPresent()
			? ", a larger lambda= or pixels=sum" : " or precision=float32");
	}

	/**
	 * Writes a checkpoint. One that cannot be written does not end the training: the
	 * one before is still whole.
	 */
	private Optional<Divergence> keep() {
		final Snapshot now = state.snapshot(clock.seconds());
		if (!now.isFinite()) return Optional.of(DivergenceWatch.ofWeights());
		try {
			modelFile(now, Optional.empty()).write(checkpoint);
			checkpointed = true;
			listener.checkpointed(now.step(), checkpoint);
		}
		catch (final OutputException e) {
			listener.message("Warning: no checkpoint was written after update " + now.step() + ". " + e.getMessage());
		}
		return Optional.empty();
	}

	/**
	 * Validates the final state of a training that did not end with an epoch.
	 *
	 * @return the state to continue from, which knows nothing of that: a training that is never stopped does not do it
	 */
	private Snapshot finish() {
		if (state.history.isValidatedAt(state.step())) return state.snapshot(clock.seconds());
		final Snapshot last = state.snapshot(clock.seconds());
		// A user who has asked for a stop may not wait for the validation.
		final Optional<Divergence> divergence = keep().or(this::validate);
		if (divergence.isEmpty()) return last;
		final long from = state.step();
		final Snapshot good = state.rollBack();
		if (good.step() == 0) giveUp(divergence.get(), from);
		listener.message("Warning: after update " + from + " " + divergence.get().reason() +
			". The model is that of update " + good.step() + ".");
		return good;
	}

	/** Keeps the model that the training began with, unless the new one is better. */
	private void judgeAdaptation() {
		if (!adaptation.isImprovedBy(state.shown(), training)) state.choose(adaptation.psnrDecibel(), adaptation.weights());
		listener.message(adaptation.verdict());
	}

	private void warnOfNoise() {
		final double psnr = state.shownPsnr();
		if (psnr <= leastPsnr) listener.message(String.format(Locale.ROOT,
			"Warning: the model is useless: its validation PSNR is %.2f dB, and that of the noisy particles is %.2f" +
			" dB. Train" +
				" for more epochs=, on more particles, or at another rate=.", psnr, leastPsnr));
	}

	private ModelFile modelFile(final Snapshot now, final Optional<SampleParticles> samples) {
		return state.modelFile(record.card(training.generator(), state.history, state.shownPsnr(), leastPsnr,
			clock.seconds(), adaptation == null ? Map.of() : adaptation.metrics()), now, samples);
	}

	private SampleParticles samples(final Snapshot last) {
		final ArrayParticleStack noisy = validation.noisySample(SAMPLES);
		final float[][] denoised = new float[noisy.size()][noisy.box() * noisy.box()];
		try (ModelDenoiser denoiser = new ModelDenoiser("model", modelFile(last, Optional.empty()), device)) {
			denoiser.denoise(-noisy.size(), noisy.images(), validation.guideSample(SAMPLES), denoised);
		}
		return new SampleParticles(noisy, new ArrayParticleStack("denoised", noisy.box(), noisy.pixelSizeAngstrom(),
			denoised), real);
	}

	@Override
	public void close() {
		batches.close();
		// Null where the networks could not be made.
		if (training != null) training.close();
	}
}
