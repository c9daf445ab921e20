package io.github.clearice.spark;

import io.github.clearice.cli.Launcher;
import io.github.clearice.task.Machines;

import java.util.List;
import java.util.Set;

/**
 * The launcher for {@code spark-submit}: the same verbs, parameters, messages and exit codes as
 * {@link io.github.clearice.ClearIce}, with long loops shared by the executors of a cluster.
 */
public final class ClearIceSpark {

	/** The verbs with loops that are shared; what others do, this process does alone. */
	private static final Set<String> SHARED = Set.of("simulate", "prepare", "denoise", "evaluate", "pose", "reconstruct",
		"refine", "pick", "contamination", "experiment");

	private ClearIceSpark() {}

	private static boolean isShared(final List<String> words) {
		if (words.isEmpty()) return false;
		// Of a training, the trials of a search.
		return SHARED.contains(words.get(0)) || words.get(0).equals("train") && words.stream().anyMatch(word -> word
			.startsWith("search="));
	}

	public static void main(final String[] words) {
		final int exitCode;
		try (SparkMachines machines = new SparkMachines(words)) {
			if (isShared(List.of(words))) Machines.use(machines);
			exitCode = Launcher.runInTerminal(words);
		}
		if (exitCode != Launcher.DONE) System.exit(exitCode);
	}
}
