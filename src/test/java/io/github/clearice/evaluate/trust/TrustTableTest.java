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
		TrustTable.write(table, List.of(TrustFinding.atMost("noise", "What of noise?", 0.25, 0.5, "Little."), TrustFinding
			.atLeast("factor", "And of a factor?", 0.75, 0.5, "Much.")));
		assertEquals(List.of(new TrustTable.Row("noise", 0.25), new TrustTable.Row("factor", 0.75)), TrustTable.read(
			table));
	}
}
