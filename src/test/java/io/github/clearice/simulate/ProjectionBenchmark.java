package io.github.clearice.simulate;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Times projections of a 128-voxel map, padding 2, as {@code relion_project
 * --i map.mrc --ang particles.star --angpix 2 [--ctf --add_noise --white_noise 10]}
 * makes them.
 */
public final class ProjectionBenchmark {

	private static final int BOX = 128, COUNT = 2000, RUNS = 7;

	private ProjectionBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		table.heading("Projection, " + BOX + " x " + BOX + ", padding 2, " + COUNT + " images, " + Runtime.getRuntime()
			.availableProcessors() + " threads");
		final Volume map = TestMaps.particle(BOX, 2);
		table.row("prepare the map", BenchmarkTable.medianSeconds(3, () -> new FourierProjector(map)), "s");
		final FourierProjector projector = new FourierProjector(map);
		final PairSimulator particles = new PairSimulator(List.of(new WeightedMap("map", map, 1)), SimulationOptions.of(
			COUNT, NoiseModel.ofSigma(10), 1).withCtf(DefocusRange.typical()).withMaximumShift(16));
		perImage(table, "project", () -> project(projector, particles, false));
		perImage(table, "project with CTF and white noise", () -> project(projector, particles, true));
		final PairSimulator plain = new PairSimulator(List.of(new WeightedMap("map", map, 1)), SimulationOptions.of(COUNT,
			NoiseModel.ofSigma(10), 1).withMaximumShift(16));
		perImage(table, "simulate pairs to disk (two stacks and a STAR file)", () -> simulate(plain));
		perImage(table, "simulate pairs to disk with CTF", () -> simulate(particles));
		table.remark(
			"Compare with relion_project on the same machine: its user time less that of one image, by the images.");
	}

	private static void perImage(final BenchmarkTable table, final String what, final BenchmarkTable.Work work)
		throws Exception
	{
		final double seconds = BenchmarkTable.medianSeconds(RUNS, work);
		table.row(what, 1000 * seconds / COUNT, "ms an image");
	}

	private static void project(final FourierProjector projector, final PairSimulator particles, final boolean noisy) {
		ParallelLoop.run(COUNT, 16, thread -> {
			final FourierSlice slice = new FourierSlice(projector);
			final float[] image = new float[BOX * BOX];
			return i -> {
				final PairSimulator.Particle particle = particles.particle(i);
				if (!noisy) {
					slice.project(projector, particle.pose(), image);
					return;
				}
				slice.project(projector, particle.pose(), particle.ctf(), image);
				final SplittableRandom random = Seeds.random(1, i);
				for (int p = 0; p < image.length; p++) image[p] += (float) (10 * random.nextGaussian());
			};
		});
	}

	private static void simulate(final PairSimulator simulator) throws IOException {
		final Path folder = Files.createTempDirectory("clearice-bench");
		try {
			new Simulation(simulator).write(folder, TaskListener.SILENT);
		}
		finally {
			for (final String name : List.of(Simulation.CLEAN, Simulation.NOISY, Simulation.STAR)) Files.deleteIfExists(folder
				.resolve(name));
			Files.delete(folder);
		}
	}
}
