package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

	@ParameterizedTest
	@CsvSource({ "0.4, 0 s", "119.4, 119 s", "120, 2 min", "7199, 120 min", "7200, 2 h 00 min", "7500, 2 h 05 min",
		"7198.6, 120 min", "10799, 3 h 00 min" })
	void isSaidInWords(final double seconds, final String words) {
		assertEquals(words, DurationText.of(seconds));
	}
}
