package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FailureNoticeTest {

	@Test
	void breaksALongReasonIntoLinesThatFitOnAScreen() {
		final String reason = "The particles of empiar_10076_7.star look dark (middle minus corners -0.195 standard" +
			" deviations, its error 0.026), but the model betagal.clearice was trained on bright ones and makes nonsense of" +
			" others. Give invert=true.";
		final String lines = FailureNotice.inLines(reason);
		assertTrue(lines.lines().allMatch(line -> line.length() <= 90), lines);
		assertEquals(3, lines.lines().count(), lines);
		assertEquals(reason, lines.replace('\n', ' '));
	}

	@Test
	void leavesShortReasonsAndLongPathsWhole() {
		assertEquals("a.mrc is not there.", FailureNotice.inLines("a.mrc is not there."));
		final String path = "/data/" + "x".repeat(120) + ".mrc";
		assertEquals("No\n" + path + "\nis there.", FailureNotice.inLines("No " + path + " is there."));
	}
}
