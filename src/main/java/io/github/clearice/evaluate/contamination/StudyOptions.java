package io.github.clearice.evaluate.contamination;

import io.github.clearice.simulate.Contaminant;
import io.github.clearice.simulate.Contamination;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The networks that a contamination study trains.
 *
 * @param methods to compare
 * @param types of contamination
 * @param fractions epsilon, each 0 to below 1
 * @param contaminant the images that replace particles
 * @param seeds how many trainings of each kind, with seeds that follow each other
 * @param seed of the first; the contamination has the same
 * @param tests particles at the end of the stack that are tested on, never trained on, never contaminated
 * @param training options that all methods share
 */
public record StudyOptions(List<StudyMethod> methods, List<ContaminationType> types, List<Double> fractions,
	Contaminant contaminant, int seeds, long seed, int tests, TrainingOptions training)
{

	/** @throws ParameterException if there is nothing to train, or an option is out of range */
	public StudyOptions {
		methods = methods.stream().distinct().toList();
		types = types.stream().distinct().toList();
		fractions = fractions.stream().distinct().sorted().toList();
		if (methods.isEmpty() || types.isEmpty() || fractions.isEmpty()) throw new ParameterException(
			"A contamination study needs at least one method, one type and one fraction.");
		for (final double fraction : fractions) if (!(fraction >= 0 && fraction < 1)) throw new ParameterException(
			"A contaminated fraction must lie from 0 to below 1, not " + fraction + ".");
		if (seeds < 1) throw new ParameterException("A contamination study needs at least 1 seed, not " + seeds + ".");
		if (tests < 1) throw new ParameterException("A contamination study needs at least 1 particle to test on, not " +
			tests + ".");
	}

	/** How many trainings there are. */
	public int trainings() {
		return cells().size();
	}

	/** All trainings, those of one seed after those of another; without contamination its type makes no difference. */
	List<StudyCell> cells() {
		final List<StudyCell> cells = new ArrayList<>();
		for (int s = 0; s < seeds; s++) for (final double fraction : fractions) {
			for (final ContaminationType type : types) for (final StudyMethod method : methods) {
				cells.add(new StudyCell(method, fraction == 0 ? null : type, fraction, seed + s));
			}
		}
		return cells.stream().distinct().toList();
	}

	Contamination contamination(final StudyCell cell) {
		return new Contamination(cell.type(), contaminant, cell.fraction(), cell.seed());
	}

	TrainingOptions training(final StudyCell cell) {
		return training.with(cell.method().options()).with("seed", cell.seed());
	}

	/** All that the results depend on, by name; methods, types, fractions and seeds may be added later. */
	Map<String, String> settings() {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("contaminant", contaminant.label());
		settings.put("tests", Integer.toString(tests));
		training.toMap().forEach((name, value) -> settings.put("training " + name, value));
		settings.keySet().removeAll(List.of("training seed", "training gan", "training loss", "training threads",
			"training device", "training parity"));
		return settings;
	}

	/** In one line. */
	String describe() {
		return methods.stream().map(StudyMethod::name).collect(Collectors.joining(", ")) + " under " + types.stream().map(
			Enum::name).collect(Collectors.joining(", ")) + " with " + contaminant.label() + ", fractions " + fractions
				.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ", " + seeds + (seeds == 1 ? " seed"
					: " seeds");
	}
}
