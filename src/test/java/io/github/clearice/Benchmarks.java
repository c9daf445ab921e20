package io.github.clearice;

import io.github.clearice.evaluate.EvaluationBenchmark;
import io.github.clearice.filter.ClassicalBenchmark;
import io.github.clearice.mrc.MrcBenchmark;
import io.github.clearice.network.InferenceBenchmark;
import io.github.clearice.simulate.ProjectionBenchmark;
import io.github.clearice.star.StarBenchmark;
import io.github.clearice.structure.DensityMapBenchmark;
import io.github.clearice.train.GpuBenchmark;
import io.github.clearice.train.TrainingBenchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the benchmarks and prints their tables; started by {@code mvn -q -Pbench verify}. */
public final class Benchmarks {

	/** A group of figures. */
	@FunctionalInterface
	private interface Group {

		void run(BenchmarkTable table) throws Exception;
	}

	private static final Map<String, Group> GROUPS = new LinkedHashMap<>();

	static {
		GROUPS.put("mrc", MrcBenchmark::run);
		GROUPS.put("star", StarBenchmark::run);
		GROUPS.put("map", DensityMapBenchmark::run);
		GROUPS.put("projection", ProjectionBenchmark::run);
		GROUPS.put("training", TrainingBenchmark::run);
		GROUPS.put("inference", InferenceBenchmark::run);
		GROUPS.put("gpu", GpuBenchmark::run);
		GROUPS.put("evaluation", EvaluationBenchmark::run);
		GROUPS.put("classical", ClassicalBenchmark::run);
	}

	private Benchmarks() {}

	public static void main(final String[] args) throws Exception {
		final String wanted = args.length == 0 ? "all" : args[0];
		if (!wanted.equals("all") && !GROUPS.containsKey(wanted)) throw new IllegalArgumentException("No benchmark '" +
			wanted + "'; there are " + GROUPS.keySet() + ".");
		System.out.printf("Java %s, %d processors, %d MiB heap%n", Runtime.version(), Runtime.getRuntime()
			.availableProcessors(), Runtime.getRuntime().maxMemory() >> 20);
		for (final Map.Entry<String, Group> group : GROUPS.entrySet()) {
			if (wanted.equals("all") || wanted.equals(group.getKey())) group.getValue().run(new BenchmarkTable());
		}
	}
}
