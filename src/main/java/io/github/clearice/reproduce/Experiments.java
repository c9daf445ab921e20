package io.github.clearice.reproduce;

import io.github.clearice.task.ParameterException;

import java.util.List;
import java.util.stream.Stream;

/** All experiments, in the order of the papers; last those of ClearIce's own model. */
public final class Experiments {

	/** The name that stands for all those of the papers. */
	public static final String ALL = "all";

	private static final List<Experiment> PUBLISHED = List.of(new SuRecovery(), new SuNoiseLadder(), new SuFilament(),
		new SuFactor(), new SuRefinedPoses(null), new GuTable(GuNetworks.LIGHT), new GuTable(GuNetworks.RESNET),
		new GuReconstruction(), new GuContamination(GuNetworks.LIGHT), new GuContamination(GuNetworks.RESNET),
		new GuRealParticles(null), new GuSupplement(), new GuSorting(false), new GuSorting(true));
	private static final List<Experiment> LIST = Stream.concat(PUBLISHED.stream(), Stream.of(new GeneralStudy(null),
		new MicrographStudy()))
		.toList();

	private Experiments() {}

	/** The names of all. */
	public static List<String> names() {
		return LIST.stream().map(Experiment::name).toList();
	}

	/** @throws ParameterException if there is none of this name */
	static List<Experiment> named(final String name) {
		if (ALL.equals(name)) return PUBLISHED;
		final List<Experiment> found = LIST.stream().filter(experiment -> experiment.name().equals(name)).toList();
		if (found.isEmpty()) throw new ParameterException("name=" + name + " is not an experiment. Choose " + String.join(
			", ", names()) + ", or all.");
		return found;
	}
}
