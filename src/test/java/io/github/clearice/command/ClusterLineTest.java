package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.ReconstructCommand;
import io.github.clearice.task.ParameterException;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The line by which a cluster does a command's work. */
class ClusterLineTest {

	private static final String SPARK = "/opt/clear ice/bin/clearice-spark";

	@Test
	void hasTheWordsThatASparkSubmitNeedsAndParametersThatAreNotDefaults() {
		final ClusterLine line = ClusterLine.of(new DenoiseCommand(), "\"" + SPARK +
			"\" --master  'spark://head:7077'", Map.of("method", "wiener", "order", "4", "shift", "0", "cutoff", "",
				"virtual", "false", "spark", "anything"));
		assertEquals(List.of(SPARK, "--master", "spark://head:7077", "denoise", "method=wiener"), line.words());
		assertEquals("'" + SPARK + "' --master spark://head:7077 denoise method=wiener", line.toString());
	}

	@Test
	void aShellReadsItAsItIs() {
		final ClusterLine line = ClusterLine.of(new ReconstructCommand(), "submit", Map.of("star", "Anna's set/a$b.star"));
		assertEquals("submit reconstruct 'star=Anna'\\''s set/a$b.star'", line.toString());
	}

	@Test
	void refusesWhatIsNoLine() {
		for (final String wrong : List.of("'clearice-spark", "clearice-spark \"--master", "''")) assertThrows(
			ParameterException.class, () -> ClusterLine.of(new DenoiseCommand(), wrong, Map.of()), wrong);
	}
}
