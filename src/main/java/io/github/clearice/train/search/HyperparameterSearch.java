package io.github.clearice.train.search;

import io.github.clearice.model.Checksum;
import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.train.EarlyStopping;
import io.github.clearice.train.Networks;
import io.github.clearice.train.Snapshot;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.data.TrainingSet;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.train.options.TrainingOptions;
import io.github.clearice.train.search.HyperparameterSearch.SuccessiveHalving.Rung;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains several settings of the options by {@link SuccessiveHalving} on the
 * validation PSNR, and the best of them to the end.
 * <p>
 * A folder beside the model, {@code NAME.search}, keeps a table of the results and
 * the trainings that are still in the race. The same search, begun again after it
 * was stopped or killed, continues where it stopped; with the same number of threads it
 * comes to the same model.
 */
public final class HyperparameterSearch {

	/** The table in the folder of a search. */
	public static final String TABLE = "search.tsv";

	private static final int MOST_SETTINGS = 1000;

	private final TrainingSet set;
	private final TrainingOptions base;
	private final SearchSpace space;
	private final List<Rung> rungs;
	private final Path model;
	private final Path folder;
	private final SearchTable table;
	private final TrainingListener listener;

	private HyperparameterSearch(final TrainingSet set, final TrainingOptions base, final SearchSpace space,
		final List<Rung> rungs, final Path model, final TrainingListener listener)
	{
		this.set = set;
		this.base = base;
		this.space = space;
		this.rungs = rungs;
		this.model = model;
		this.listener = listener;
		folder = folderOf(model);
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
		table = new SearchTable(folder.resolve(TABLE), key(), space.names());
	}

	/** Where the table and the trainings of a search lie. */
	public static Path folderOf(final Path model) {
		return model.resolveSibling(model.getFileName() + ".search");
	}

	/**
	 * Searches, or continues with a search.
	 *
	 * @param source of the pairs, left open
	 * @param base options of the first setting, and of all where nothing is drawn
	 * @param given names of the options that are not to be drawn
	 * @param settings how many to try, 2 to 1000
	 * @param model to write
	 * @param listener hears of the training of the winner as of any other, and of the others as of trials
	 * @return the model as written
	 * @throws ParameterException if the options do not suit a search, no setting can be trained, or a stop was asked for
	 */
	public static ModelFile run(final PairSource source, final TrainingOptions base, final Set<String> given,
		final int settings, final Path model, final TrainingListener listener)
	{
		if (settings < 2 || settings > MOST_SETTINGS) throw new ParameterException("Option search must be 2 to " +
			MOST_SETTINGS + " settings, not " + settings + ".");
		if (base.schedule().maximumMinutes() < Double.POSITIVE_INFINITY) throw new ParameterException(
			"A search counts updates, not minutes. Leave minutes= out, and say with epochs= how long to train.");
		final TrainingSet set = TrainingSet.of(source, base, listener);
		final List<String> networks = given.contains(SearchSpace.NETWORK) ? List.of() : SearchSpace.affordable(Networks
			.name(base), set.box());
		final TrainingOptions named = networks.size() < 2 ? base : base.with(SearchSpace.NETWORK, networks.get(0));
		final SearchSpace space = new SearchSpace(named, given, networks);
		if (space.names().isEmpty()) throw new ParameterException(
			"All options that a search draws are given: there is nothing" +
				" to search. Leave search= out, or leave some of them open, such as rate=.");
		final long updates = named.schedule().epochs() * set.stepsPerEpoch(named.schedule().batch());
		return new HyperparameterSearch(set, named, space, SuccessiveHalving.rungs(settings, updates), model, listener)
			.go();
	}

	/** Everything that determines the result of a search. */
	private String key() {
		final String all = base.toMap() + " " + space.names() + " " + rungs + " " + set.data().fingerprint();
		return Checksum.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
	}

	private ModelFile go() {
		List<Integer> left = IntStream.range(0, rungs.get(0).settings()).boxed().toList();
		for (int round = 0; round < rungs.size() - 1; round++) {
			tryAll(left, round);
			final List<Integer> best = best(left, round, rungs.get(round + 1).settings());
			for (final int setting : left) if (!best.contains(setting)) delete(setting);
			left = best;
		}
		final int winner = left.get(0);
		listener.message("The search is over: setting " + (winner + 1) + " (" + describe(winner) +
			") is trained to the end.");
		final ModelFile trained = finish(winner);
		delete(winner);
		return trained;
	}

	/** Trains the settings that are left to the end of a round, and enters them into the table. */
	private void tryAll(final List<Integer> settings, final int round) {
		// Machines that join later are to see the same settings.
		final ArrayList<Integer> open = Machines.current().once(() -> settings.stream().filter(setting -> table.psnr(
			setting, round).isEmpty()).collect(Collectors.toCollection(ArrayList::new)));
		for (final int setting : settings) if (!open.contains(setting)) listener.tried(trial(setting, round), table.psnr(
			setting, round).getAsDouble());
		final Iterator<Integer> next = open.iterator();
		Machines.current().run(Steps.units("Searching", open.size()), (first, end, done) -> {
			final double[] found = new double[end - first];
			for (int i = first; i < end; i++) found[i - first] = train(open.get(i), round);
			return found;
		}, found -> {
			for (final double psnr : found) enter(next.next(), round, psnr);
		}, listener);
	}

	private void enter(final int setting, final int round, final double psnr) {
		table.add(setting, round, rungs.get(round).updates(), psnr, space.setting(setting).values());
		listener.message(String.format(Locale.ROOT, "Setting %d (%s) after %d updates: %s.", setting + 1, describe(setting),
			rungs.get(round).updates(), Double.isNaN(psnr) ? "diverged" : String.format(Locale.ROOT, "validation %.2f dB",
				psnr)));
		listener.tried(trial(setting, round), table.psnr(setting, round).getAsDouble());
	}

	private List<Integer> best(final List<Integer> settings, final int round, final int count) {
		final List<Integer> sorted = new ArrayList<>(settings);
		sorted.removeIf(setting -> Double.isNaN(table.psnr(setting, round).getAsDouble()));
		if (sorted.isEmpty()) throw new ParameterException(
			"The trainings of all settings diverged. Use a lower rate=; the table is " + folder.resolve(TABLE) + ".");
		// A stable sort: of equals, the first continues.
		sorted.sort(Comparator.comparingDouble(setting -> -table.psnr(setting, round).getAsDouble()));
		return List.copyOf(sorted.subList(0, Math.min(count, sorted.size())));
	}

	/**
	 * Trains a setting to the end of a round, from where it stands.
	 *
	 * @return the validation PSNR in dB, NaN where it diverged
	 */
	private double train(final int setting, final int round) {
		final Path file = trialOf(setting);
		final long updates = rungs.get(round).updates();
		final TrialListener trial = new TrialListener(listener, trial(setting, round));
		double psnr;
		try {
			final ModelFile resumed = resumed(file);
			// It may have been killed between the end of the training and the row of the table, or have ended early.
			final boolean ready = resumed != null && !Files.exists(Trainer.checkpointOf(file)) && (Snapshot.stepOf(
				resumed) >= updates || EarlyStopping.isOver(resumed, options(setting)));
			psnr = (ready ? resumed : Trainer.run(set, options(setting), resumed, file, trial)).card().metrics().getOrDefault(
				ModelCard.VALIDATION_PSNR, Double.NaN);
		}
		catch (final ParameterException e) {
			// An error before the first update would occur with all settings.
			if (!trial.isUpdated()) throw e;
			psnr = Double.NaN;
		}
		catch (final TaskCancelledException e) {
			throw stopped(e);
		}
		if (trial.isStoppedEarly()) throw stopped(null);
		return psnr;
	}

	private SearchTrial trial(final int setting, final int round) {
		return new SearchTrial(setting + 1, rungs.get(0).settings(), round + 1, rungs.size(), rungs.get(round).updates(),
			describe(setting));
	}

	private ParameterException stopped(final Throwable cause) {
		return new ParameterException(
			"The search was stopped. Give the same command again to continue it; what it has found so far is in " +
				folder.resolve(TABLE) + ".", cause);
	}

	private ModelFile finish(final int winner) {
		final ModelFile last = Files.exists(Trainer.checkpointOf(model)) ? Trainer.read(model) : null;
		// What lies beside the model may be left of another training.
		final boolean ours = last != null && last.card().training().equals(options(winner).toMap());
		final ModelFile resumed = ours ? last : resumed(trialOf(winner));
		if (resumed == null) throw new ParameterException("This search is over already; its table is " + folder.resolve(
			TABLE) + ". To search again, remove the folder.");
		if (!ours && EarlyStopping.isOver(resumed, options(winner))) {
			listener.message("The training of setting " + (winner + 1) +
				" ended early in the search already: it is the model.");
			resumed.write(model);
			return resumed;
		}
		return Trainer.run(set, options(winner), resumed, model, listener);
	}

	private static ModelFile resumed(final Path file) {
		return Files.exists(file) || Files.exists(Trainer.checkpointOf(file)) ? Trainer.read(file) : null;
	}

	private TrainingOptions options(final int setting) {
		return base.with(space.setting(setting));
	}

	private String describe(final int setting) {
		return space.setting(setting).entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()).collect(
			Collectors.joining(" "));
	}

	private Path trialOf(final int setting) {
		return folder.resolve(String.format(Locale.ROOT, "setting-%03d%s", setting + 1, ModelFile.EXTENSION));
	}

	private void delete(final int setting) {
		AtomicOutput.delete(trialOf(setting));
		AtomicOutput.delete(Trainer.checkpointOf(trialOf(setting)));
	}

	/**
	 * How a search spends its updates: all settings are trained a little, the best
	 * third three times as long, and so on, until one is trained to the end
	 * (Jamieson and Talwalkar 2016, "Successive Halving", with a factor of 3 as in
	 * Li et al. 2018). Every rung costs about as much as one whole training.
	 */
	static final class SuccessiveHalving {

		/** One in this many settings of a rung continues, with this many times the updates. */
		static final int FACTOR = 3;

		/**
		 * A round of the search.
		 *
		 * @param settings that take part
		 * @param updates that each has had at its end
		 */
		record Rung(int settings, long updates) {}

		private SuccessiveHalving() {}

		/**
		 * The rounds for a number of settings; the last trains one of them to the end.
		 *
		 * @param settings at least 2
		 * @param updates of a whole training
		 * @throws ParameterException if a whole training is too short to be divided among so many
		 */
		static List<Rung> rungs(final int settings, final long updates) {
			final List<Rung> rungs = new ArrayList<>();
			int left = settings;
			int count = 1;
			while (left > 1) {
				left = (left + FACTOR - 1) / FACTOR;
				count++;
			}
			left = settings;
			for (int rung = 0; rung < count; rung++) {
				final long share = (long) Math.pow(FACTOR, count - 1 - rung);
				if (updates < share) throw new ParameterException("A training of " + updates +
					" updates is too short to search among " + settings + " settings. Use more epochs=, or search=" + Math.max(2,
						settings / FACTOR) + ".");
				rungs.add(new Rung(left, updates / share));
				left = (left + FACTOR - 1) / FACTOR;
			}
			return rungs;
		}
	}

	/**
	 * Stops a training of a search after a number of updates, and reports its progress as that of a setting. Cancelling a
	 * search stops it; its results stay.
	 */
	static final class TrialListener implements TrainingListener {

		private final TrainingListener search;
		private final SearchTrial trial;
		private final TrainingListener told;
		private long step;
		private boolean updated;

		/** @param search who listens to the search */
		TrialListener(final TrainingListener search, final SearchTrial trial) {
			this.search = search;
			this.trial = trial;
			this.told = search.trial(trial);
		}

		@Override
		public void begin(final String task, final long total) {
			search.begin(trial.toString(), trial.updates());
		}

		@Override
		public void progress(final long done) {
			search.progress(done);
		}

		@Override
		public void end() {
			search.end();
		}

		@Override
		public void startedAt(final long newStep) {
			step = newStep;
			told.startedAt(newStep);
		}

		@Override
		public void updated(final TrainingProgress progress) {
			step = progress.step();
			updated = true;
			told.updated(progress);
		}

		@Override
		public void validated(final HistoryEntry entry, final ValidationSample sample) {
			told.validated(entry, sample);
		}

		@Override
		public boolean isStopRequested() {
			return step >= trial.updates() || search.isStopRequested() || search.isCancelled();
		}

		/** Whether the training has come to make an update. */
		boolean isUpdated() {
			return updated;
		}

		/** Whether it ended before its updates because somebody asked for it. */
		boolean isStoppedEarly() {
			return step < trial.updates() && (search.isStopRequested() || search.isCancelled());
		}
	}
}
