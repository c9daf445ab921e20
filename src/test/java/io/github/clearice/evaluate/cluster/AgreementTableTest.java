package io.github.clearice.evaluate.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTableTest {

	@TempDir
	Path folder;

	@Test
	void readsWhatItWrites() {
		final Path file = folder.resolve("scores.tsv");
		final List<AgreementTable.Row> rows = List.of(new AgreementTable.Row("noisy", "k-means", new Agreement(0.25, 0.5,
			0.75)), new AgreementTable.Row("noisy", "mixture", new Agreement(-0.125, 0, 1)));
		AgreementTable.write(file, rows);
		assertEquals(List.of("stack\tmethod\tari\tnmi\taccuracy", "noisy\tk-means\t0.25000\t0.50000\t0.75000",
			"noisy\tmixture\t-0.12500\t0.00000\t1.00000"), TextFile.lines(file));
		assertEquals(rows, AgreementTable.read(file));
	}
}
