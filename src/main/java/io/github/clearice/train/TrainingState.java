package io.github.clearice.train;

import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Version;
import io.github.clearice.tensorflow.NetworkException;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.DivergenceWatch.Rollbacks;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.options.OptionReader;
import io.github.clearice.train.options.Schedule.WeightSelection;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a training remembers between two updates, and the last good state to
 * go back to: that of a healthy validation which another one followed, since what
 * goes wrong begins before it is noticed.
 */
final class TrainingState {

	private static final String SECONDS = "seconds";

	final TrainingHistory history = new TrainingHistory();
	final EarlyStopping earlyStopping;
	final DivergenceWatch watch;
	final Rollbacks rollbacks = new Rollbacks();
	private final WeightSelection keep;
	private final Networks networks;
	private final NetworkTraining training;
	private long step;
	private Snapshot good;
	private Snapshot candidate;
	/** The weights that the model gets whatever the validations say; null for none. */
	private List<Weight> chosen;
	private double chosenPsnr;

	/** A training before its first update. */
	TrainingState(final TrainingOptions options, final Networks networks, final NetworkTraining training) {
		this.networks = networks;
		this.training = training;
		earlyStopping = new EarlyStopping(options.learningRate(), options.schedule().earlyStop());
		watch = DivergenceWatch.of(options);
		keep = options.schedule().keep();
		good = snapshot(0);
	}

	/** The training begins with a trained model: that is the best so far, and the state to go back to. */
	void begin(final double psnr, final List<Weight> weights) {
		history.keepBest(psnr, weights);
		good = snapshot(0);
	}

	/** Decides for weights, and their validation PSNR in dB. */
	void choose(final double psnr, final List<Weight> weights) {
		chosen = weights;
		chosenPsnr = psnr;
	}

	/** Updates so far. */
	long step() {
		return step;
	}

	/** An update was made. */
	void advanceTo(final long newStep) {
		step = newStep;
	}

	/** The remaining fraction of the network's learning rate. */
	double rateShare() {
		return earlyStopping.share() * rollbacks.share();
	}

	/** The remaining fraction of the discriminator's learning rate. */
	double criticRateShare() {
		return earlyStopping.share() * rollbacks.criticShare();
	}

	/** @param seconds of training so far */
	Snapshot snapshot(final double seconds) {
		final Map<String, String> words = new LinkedHashMap<>();
		words.put(Snapshot.STEP, Long.toString(step));
		words.put(SECONDS, Double.toString(seconds));
		history.save(words);
		earlyStopping.save(words);
		watch.save(words);
		rollbacks.save(words);
		networks.save(words);
		return new Snapshot(words, training.variables(), history.entries(), history.bestWeights());
	}

	/** A healthy validation was made in this state. */
	void keep(final Snapshot snapshot) {
		if (candidate != null) good = candidate;
		candidate = snapshot;
	}

	/** Something may be going wrong: no state since the last good one is known to be good. */
	void markUnconfirmed() {
		candidate = null;
	}

	/** For inference: the best of the validations; the current ones before the first, or if the last are to be kept. */
	List<Weight> shown() {
		if (chosen != null) return chosen;
		return keep == WeightSelection.LAST || history.bestWeights() == null ? training.inferenceWeights() : history
			.bestWeights();
	}

	/** The validation PSNR of the weights that the model has, in dB; NaN before the first validation. */
	double shownPsnr() {
		return chosen != null ? chosenPsnr : keep == WeightSelection.LAST ? history.lastPsnr() : history.bestPsnr();
	}

	/** The model so far, with all that is needed to continue from a state of this training. */
	ModelFile modelFile(final ModelCard card, final Snapshot now, final Optional<SampleParticles> samples) {
		final List<Weight> shown = shown();
		return new ModelFile(card, shown, samples, Optional.of(now.with(good, candidate, shown)));
	}

	/** Goes back to the last good state and returns it, but remembers how often that happened. */
	Snapshot rollBack() {
		candidate = null;
		restore(good);
		return good;
	}

	/**
	 * Goes on where a file was written.
	 *
	 * @return seconds of training until then
	 * @throws io.github.clearice.task.InputException if it has no checkpoint, or a damaged one
	 */
	double resume(final ModelFile file) {
		final Set<String> names = good.state().keySet();
		final Snapshot now = Snapshot.of(file, names);
		good = Snapshot.lastGoodOf(file, names);
		candidate = Snapshot.candidateOf(file, names);
		try {
			restore(now);
		}
		catch (final NetworkException e) {
			throw new InputException("The checkpoint does not fit its network. " + e.getMessage() +
				" Get a fresh copy of the file.", e);
		}
		final OptionReader words = new OptionReader(now.state());
		rollbacks.restore(words);
		return words.real(SECONDS);
	}

	/** The network has changed: earlier losses and validations do not apply to it. */
	void resetHistory() {
		history.resetBest();
		watch.forget();
	}

	/** The rates are new ones: nothing is taken off them any more. */
	void resetRates() {
		earlyStopping.resetDecay();
		rollbacks.forget();
	}

	private void restore(final Snapshot snapshot) {
		final OptionReader words = new OptionReader(snapshot.state());
		training.restore(snapshot.variables(), snapshot.step());
		history.restore(snapshot.validations(), snapshot.best(), words);
		earlyStopping.restore(words);
		watch.restore(words);
		step = snapshot.step();
	}

	/** The largest size of a model file's arrays, including those of its checkpoint. */
	long bytes() {
		long bytes = bytes(shown());
		for (final List<Weight> group : good.variables().values()) bytes += 3 * bytes(group);
		return bytes;
	}

	private static long bytes(final List<Weight> weights) {
		return weights.stream().mapToLong(weight -> (long) Float.BYTES * weight.values().length).sum();
	}

	/** The history of a training: losses, validations, the best weights. */
	static final class TrainingHistory {

		private static final double RUNNING_SHARE = 0.02;

		private final List<HistoryEntry> entries = new ArrayList<>();
		private double epochLoss;
		private long epochSteps;
		private double runningLoss = Double.NaN;
		private double bestPsnr = Double.NaN;
		private List<Weight> bestWeights;
		private long validatedStep = -1;

		void addLoss(final double loss) {
			epochLoss += loss;
			epochSteps++;
			runningLoss = Double.isNaN(runningLoss) ? loss : runningLoss + RUNNING_SHARE * (loss - runningLoss);
		}

		double runningLoss() {
			return runningLoss;
		}

		/** PSNR of the last validation, NaN before the first. */
		double lastPsnr() {
			return entries.isEmpty() ? Double.NaN : entries.get(entries.size() - 1).validationPsnrDecibel();
		}

		/** PSNR of the best validation, NaN before the first. */
		double bestPsnr() {
			return bestPsnr;
		}

		boolean isValidatedAt(final long step) {
			return validatedStep == step;
		}

		/** Whether a validation beats all before. */
		boolean isBest(final double psnr) {
			return !(psnr <= bestPsnr);
		}

		HistoryEntry addValidation(final int epoch, final long step, final double seconds, final double learningRate,
			final double psnr, final double gradientRatio)
		{
			final HistoryEntry entry = new HistoryEntry(epoch, step, seconds, learningRate, epochLoss / Math.max(1,
				epochSteps), psnr, Double.isFinite(gradientRatio) ? gradientRatio : null);
			// JSON has no NaN: a validation without a PSNR (all clean images constant) is left out.
			if (Double.isFinite(psnr)) entries.add(entry);
			validatedStep = step;
			epochLoss = 0;
			epochSteps = 0;
			return entry;
		}

		void keepBest(final double psnr, final List<Weight> weights) {
			bestPsnr = psnr;
			bestWeights = weights;
		}

		/** The weights so far are those of another network. */
		void resetBest() {
			bestPsnr = Double.NaN;
			bestWeights = null;
		}

		/** The best weights so far, null before the first validation. */
		List<Weight> bestWeights() {
			return bestWeights;
		}

		/** The validations so far. */
		List<HistoryEntry> entries() {
			return List.copyOf(entries);
		}

		/** What {@link #restore} needs beside the validations and the best weights. */
		void save(final Map<String, String> state) {
			state.put("epochLoss", Double.toString(epochLoss));
			state.put("epochSteps", Long.toString(epochSteps));
			state.put("runningLoss", Double.toString(runningLoss));
			state.put("bestPsnr", Double.toString(bestPsnr));
			state.put("validatedStep", Long.toString(validatedStep));
		}

		/**
		 * Goes back to a checkpoint.
		 *
		 * @param validations up to it
		 * @param best weights until then, null before the first validation
		 */
		void restore(final List<HistoryEntry> validations, final List<Weight> best, final OptionReader state) {
			entries.clear();
			entries.addAll(validations);
			bestWeights = best;
			epochLoss = state.real("epochLoss");
			epochSteps = state.whole("epochSteps");
			runningLoss = state.real("runningLoss");
			bestPsnr = state.real("bestPsnr");
			validatedStep = state.whole("validatedStep");
		}
	}

	/** The description of a training, which makes the card of its model. */
	static final class TrainingRecord {

		private final TrainingSet set;
		/** The profile of a training that continues: its particles need not be measured again. */
		private ParticleProfile begunLike;
		private final TrainingOptions options;

		TrainingRecord(final TrainingSet set, final TrainingOptions options) {
			this.set = set;
			this.options = options;
		}

		/**
		 * Checks that a training that continues has the pairs it began with.
		 *
		 * @throws ParameterException if not
		 */
		void requireSamePairs(final ModelCard resumed) {
			begunLike = resumed.like();
			final ModelCard.TrainingData before = resumed.data();
			final ModelCard.TrainingData now = set.data();
			if (!before.fingerprint().equals(now.fingerprint()) || before.particles() != now.particles())
				throw new ParameterException("The particles (" + now.noisy() + ", " + now.clean() +
					") are not those that the training began with (" + before.noisy() + ", " + before.clean() +
					"). Give the same, or train a new model.");
		}

		/**
		 * The current card.
		 *
		 * @param network with the weights of the model
		 * @param history so far
		 * @param psnr of the validation of the model's weights, in dB; NaN if there was none
		 * @param noisyPsnr that of the noisy validation images, in dB; NaN where there are no clean ones
		 * @param seconds of training so far
		 * @param adaptation more figures
		 */
		ModelCard card(final Architecture network, final TrainingHistory history, final double psnr,
			final double noisyPsnr, final double seconds, final Map<String, Double> adaptation)
		{
			final Double pixelSize = Double.isNaN(set.source().pixelSizeAngstrom()) ? null : set.source().pixelSizeAngstrom();
			final Map<String, Double> metrics = new LinkedHashMap<>();
			if (!Double.isNaN(psnr)) metrics.put(ModelCard.VALIDATION_PSNR, psnr);
			if (!Double.isNaN(psnr) && Double.isFinite(noisyPsnr)) metrics.put(ModelCard.NOISY_PSNR, noisyPsnr);
			metrics.putAll(adaptation);
			metrics.put("training-seconds", seconds);
			final ParticleProfile like = set.source().like().map(PairSource.Like::profile).orElse(begunLike);
			final Map<String, String> versions = new LinkedHashMap<>();
			versions.put("clearice", Version.current());
			versions.put("tensorflow", TensorFlowRuntime.get().version());
			versions.put("java", System.getProperty("java.version"));
			versions.put("platform", TensorFlowRuntime.platform());
			final ModelCard card = new ModelCard(ModelCard.SCHEMA, network.name(), network.options(), set.box(), pixelSize,
				set.contrast(), set.normalisation(), options.objective().label(), options.objective().reduction(), options
					.toMap(), options.seed(), set.data(), set.input()
					.orElse(null), like, history.entries(), metrics, versions);
			return set.source().begin().isPresent() ? card.forAnyParticles() : card;
		}
	}
}
