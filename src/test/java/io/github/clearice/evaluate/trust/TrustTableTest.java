package io.github.clearice.evaluate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTableTest {

	@TempDir
	Path folder;

	@Test
	void readsTheTestsThatItWrites() {
		final Path table = folder.resolve("trust.tsv");
		final List<TrustFinding> findings = List.of(TrustFinding.atMost("noise", "What of noise?", 0.25, 0.5, "Little."),
			TrustFinding.atLeast("factor", "And of a factor?", 0.25, 0.5, "Little, too."));
		TrustTable.write(table, findings);
		final List<TrustTable.Row> rows = List.of(new TrustTable.Row("noise", 0.25, 0.5, "passed", "Little."),
			new TrustTable.Row("factor", 0.25, 0.5, "failed", "Little, too."));
		assertEquals(rows, TrustTable.read(table));
		assertEquals(rows, TrustTable.parse(table, TrustTable.text(findings)));
	}
}
