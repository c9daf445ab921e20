package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class TabSeparatedTest {

	@Test
	void linesHoldAnyCells() {
		assertEquals("a\t1\t2.5\ttrue\n", TabSeparated.line("a", 1, 2.5, true));
		assertEquals("a\tb\tc\td\n", TabSeparated.line("a", List.of("b", "c"), List.of(), "d"));
	}

	/** A name with a tab would move all that stands behind it into other columns. */
	@Test
	void cellsCannotBreakTheTable() {
		assertEquals("a b  c\td\n", TabSeparated.line("a\tb\r\nc", List.of("d")));
	}

	@Test
	void emptyCellsComeBack() {
		assertArrayEquals(new String[] { "a", "", "b", "" }, TabSeparated.cells("a\t\tb\t"));
		assertArrayEquals(new String[] { "" }, TabSeparated.cells(""));
	}

	@Test
	void decimalsHaveAPoint() {
		assertEquals("-0.50", TabSeparated.decimals(-0.5, 2));
		assertEquals(List.of("1.2346", "NaN", "Infinity", "-Infinity"), TabSeparated.decimals(4, 1.23456, Double.NaN,
			Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
	}
}
