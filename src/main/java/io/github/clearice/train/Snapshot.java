package io.github.clearice.train;

import io.github.clearice.model.Checkpoint;
import io.github.clearice.model.HistoryEntry;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.InputException;
import io.github.clearice.train.options.OptionReader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A training between two updates: with it, the training continues to the same end.
 *
 * @param state numbers by name
 * @param variables of the graph, by group
 * @param validations so far
 * @param best weights so far, null before the first validation
 */
public record Snapshot(Map<String, String> state, Map<String, List<Weight>> variables, List<HistoryEntry> validations,
	List<Weight> best)
{

	static final String STEP = "step";
	private static final String VALIDATIONS = "validations";
	private static final String BEST = "best";
	/** Prefixes of the names of arrays that belong to other states than the file's own. */
	private static final String GOOD = "good-";
	private static final String CANDIDATE = "hoped-";

	long step() {
		return new OptionReader(state).whole(STEP);
	}

	/** Updates that a file was written after. */
	public static long stepOf(final ModelFile file) {
		return new OptionReader(checkpoint(file).state()).whole(STEP);
	}

	/** Whether all variables are numbers: an update can spoil them although its loss is a number. */
	boolean isFinite() {
		return variables.values().stream().allMatch(group -> group.stream().allMatch(Weight::isFinite));
	}

	/**
	 * This state and the earlier ones to go back to, as a model file keeps them.
	 *
	 * @param good the last good state
	 * @param candidate a state that may become the good one, or null
	 * @param shown the weights that the model file has for inference; they are not written twice
	 */
	Checkpoint with(final Snapshot good, final Snapshot candidate, final List<Weight> shown) {
		final Map<String, String> words = new LinkedHashMap<>();
		final Map<String, List<Weight>> arrays = new LinkedHashMap<>();
		addTo("", words, arrays, shown);
		if (good.step() != step()) good.addTo(GOOD, words, arrays, shown);
		if (candidate != null && candidate.step() != step()) candidate.addTo(CANDIDATE, words, arrays, shown);
		if (candidate != null) words.put(CANDIDATE + STEP, Long.toString(candidate.step()));
		return new Checkpoint(words, arrays);
	}

	private void addTo(final String prefix, final Map<String, String> words, final Map<String, List<Weight>> arrays,
		final List<Weight> shown)
	{
		state.forEach((name, value) -> words.put(prefix + name, value));
		words.put(prefix + VALIDATIONS, Integer.toString(validations.size()));
		variables.forEach((group, values) -> arrays.put(prefix + group, values));
		if (best != null && best != shown) arrays.put(prefix + BEST, best);
	}

	/**
	 * The state that a model file was written in.
	 *
	 * @param names of all that a state holds
	 * @throws InputException if the file lacks one
	 */
	static Snapshot of(final ModelFile file, final Set<String> names) {
		return read("", file, names);
	}

	/** The last good state, which may be that the file was written in. */
	static Snapshot lastGoodOf(final ModelFile file, final Set<String> names) {
		return read(checkpoint(file).state().containsKey(GOOD + STEP) ? GOOD : "", file, names);
	}

	/** The state that may become the good one, or null. */
	static Snapshot candidateOf(final ModelFile file, final Set<String> names) {
		final Map<String, String> words = checkpoint(file).state();
		if (!words.containsKey(CANDIDATE + STEP)) return null;
		return read(words.get(CANDIDATE + STEP).equals(words.get(STEP)) ? "" : CANDIDATE, file, names);
	}

	private static Snapshot read(final String prefix, final ModelFile file, final Set<String> names) {
		final Map<String, String> words = checkpoint(file).state();
		final Map<String, String> state = new LinkedHashMap<>();
		for (final String name : names) {
			final String value = words.get(prefix + name);
			if (value == null) throw new InputException("The checkpoint lacks " + prefix + name +
				". The file is damaged; get a fresh copy.");
			state.put(name, value);
		}
		final List<HistoryEntry> history = file.card().history();
		final int count = new OptionReader(words).integer(prefix + VALIDATIONS);
		if (count < 0 || count > history.size()) throw new InputException("The checkpoint counts " + count +
			" validations, but its card lists " + history.size() + ". The file is damaged; get a fresh copy.");
		final Map<String, List<Weight>> arrays = checkpoint(file).variables();
		final Map<String, List<Weight>> variables = new LinkedHashMap<>();
		arrays.forEach((group, values) -> {
			final boolean belongs = prefix.isEmpty() ? !group.startsWith(GOOD) && !group.startsWith(CANDIDATE) : group
				.startsWith(prefix);
			if (belongs) variables.put(group.substring(prefix.length()), values);
		});
		// While a network changes by itself, none of its validations is the best.
		final boolean hasBest = count > 0 && !Double.isNaN(new OptionReader(state).real("bestPsnr"));
		final List<Weight> best = hasBest ? variables.getOrDefault(BEST, file.weights()) : null;
		variables.remove(BEST);
		return new Snapshot(state, variables, history.subList(0, count), best);
	}

	private static Checkpoint checkpoint(final ModelFile file) {
		return file.checkpoint().orElseThrow(() -> new InputException("The model has no checkpoint. Train a new one."));
	}
}
