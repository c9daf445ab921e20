package io.github.clearice;

import java.util.Arrays;
import java.util.Locale;

/** Times work and prints a line for each figure; used by the {@code bench} profile. */
public final class BenchmarkTable {

	/** Work that may fail with any exception. */
	@FunctionalInterface
	public interface Work {

		void run() throws Exception;
	}

	/** Runs the work once to warm up, then {@code runs} times; returns the median in seconds. */
	public static double medianSeconds(final int runs, final Work work) throws Exception {
		work.run();
		final double[] seconds = new double[runs];
		for (int i = 0; i < runs; i++) {
			final long start = System.nanoTime();
			work.run();
			seconds[i] = (System.nanoTime() - start) / 1e9;
		}
		Arrays.sort(seconds);
		return runs % 2 == 1 ? seconds[runs / 2] : (seconds[runs / 2 - 1] + seconds[runs / 2]) / 2;
	}

	/** Begins a group of figures. */
	public void heading(final String title) {
		System.out.printf("%n%s%n", title);
	}

	/** Prints one figure. */
	public void row(final String what, final double figure, final String unit) {
		System.out.printf(Locale.ROOT, "  %-72s %12.4g %s%n", what, figure, unit);
	}

	/** Prints a remark, such as a comparison that could not be made here and why. */
	public void remark(final String text) {
		System.out.printf("  %s%n", text);
	}
}
