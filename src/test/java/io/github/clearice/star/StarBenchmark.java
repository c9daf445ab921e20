package io.github.clearice.star;

import io.github.clearice.BenchmarkTable;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** How fast, and in how much memory, the particle table of a large project is read and written. */
public final class StarBenchmark {

	private static final int ROWS = 1_000_000;

	private StarBenchmark() {}

	@SuppressWarnings("ReturnValueIgnored")
	public static void run(final BenchmarkTable table) throws Exception {
		final Path folder = Files.createTempDirectory("clearice-benchmark");
		final Path path = folder.resolve("large.star");
		final Path copy = folder.resolve("copy.star");
		try {
			make(path);
			table.heading(String.format(Locale.ROOT, "STAR: %,d particles of 10 columns, %.0f MB", ROWS, Files.size(path) /
				1e6));
			table.row("read the table for the first time in the process, time of one core", coreSeconds(() -> StarFile.read(
				path)), "s");
			table.row("read it again, time of one core", medianCoreSeconds(() -> StarFile.read(path)), "s");
			table.row("read it as particles", BenchmarkTable.medianSeconds(3, () -> RelionParticles.read(path)), "s");
			final RelionParticles particles = RelionParticles.read(path);
			table.row("one angle of each particle", BenchmarkTable.medianSeconds(3, () -> particles.particles().stream()
				.mapToDouble(RelionParticle::tiltDegree).sum()), "s");
			final long before = usedBytes();
			final StarFile tables = StarFile.read(path);
			table.row("memory of the tables", (usedBytes() - before) / 1e6, "MB");
			table.row("write the tables", BenchmarkTable.medianSeconds(3, () -> tables.write(copy)), "s");
		}
		finally {
			Files.deleteIfExists(copy);
			Files.deleteIfExists(path);
			Files.delete(folder);
		}
	}

	private static void make(final Path path) throws IOException {
		try (Writer out = Files.newBufferedWriter(path)) {
			out.write("data_optics\n\nloop_\n_rlnOpticsGroup\n_rlnImagePixelSize\n1 1.5\n\ndata_particles\n\nloop_\n");
			for (final String column : new String[] { "ImageName", "OpticsGroup", "AngleRot", "AngleTilt", "AnglePsi",
				"OriginXAngst", "OriginYAngst", "DefocusU", "DefocusV", "DefocusAngle" }) {
				out.write("_rln" + column + "\n");
			}
			for (int i = 0; i < ROWS; i++) {
				out.write(i % 500 + 1 + "@Extract/job012/Micrographs/movie_" + i / 500 + ".mrcs 1 " + i % 360 + ".123456 " + i %
					180 + ".654321 -" + i % 180 + ".000001 1.250000 -3.750000 15000." + i % 1000 + " 14000." + i % 1000 +
					" 45.500000\n");
			}
		}
	}

	private static double medianCoreSeconds(final BenchmarkTable.Work work) throws Exception {
		final double[] seconds = new double[5];
		for (int i = 0; i < seconds.length; i++) seconds[i] = coreSeconds(work);
		Arrays.sort(seconds);
		return seconds[seconds.length / 2];
	}

	/** The time that this thread computes, whatever else the machine does. */
	private static double coreSeconds(final BenchmarkTable.Work work) throws Exception {
		final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		final long start = threads.getCurrentThreadCpuTime();
		work.run();
		return (threads.getCurrentThreadCpuTime() - start) / 1e9;
	}

	private static long usedBytes() {
		System.gc();
		final Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}
}
