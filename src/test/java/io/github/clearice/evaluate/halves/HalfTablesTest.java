package io.github.clearice.evaluate.halves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.fourier.ShellCorrelation;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfTablesTest {

	@TempDir
	Path folder;

	@Test
	void readsTheSummaryThatItWrites() {
		final ShellCorrelation halves = new ShellCorrelation(8, 2, new double[] { 1, 1, 0.75, 0.25, 0 });
		final Path table = folder.resolve("summary.tsv");
		HalfTables.writeSummary(table, List.of(new HalfCurves("noisy", halves, null), new HalfCurves("clean", halves,
			halves)));
		final List<HalfTables.Summary> rows = HalfTables.readSummary(table);
		// Half is crossed at shell 2.5 of frequency 1 / 16 Å each, 0.143 at 3 + 0.107 / 0.25.
		assertEquals(16 / 2.5, rows.get(0).halvesHalfAngstrom(), 1e-6);
		assertEquals(16 / 3.428, rows.get(0).halvesSeventhAngstrom(), 1e-6);
		assertEquals(Double.NaN, rows.get(0).truthHalfAngstrom());
		assertEquals("clean", rows.get(1).images());
		assertEquals(16 / 2.5, rows.get(1).truthHalfAngstrom(), 1e-6);
		assertEquals(16 / 3.428, rows.get(1).truthSeventhAngstrom(), 1e-6);
		// The curve less C^2 / (2 - C^2): 0, 0.75 - 0.5625 / 1.4375, 0.25 - 0.0625 / 1.9375, 0.
		assertEquals((0.358696 + 0.217742) / 4, rows.get(1).inflation(), 1e-6);
	}
}
