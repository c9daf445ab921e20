package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowConditionTest {

	private static final StarTable TABLE = StarTable.loop("particles", "rlnClassNumber", "rlnDefocusU",
		"rlnMicrographName").add("1", "15000.5", "a b.mrc").add("3.000000", "-2e4", "b.mrc").add("2", "25000", "c=d.mrc")
		.add("<NA>", "1", "1d").build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"rlnClassNumber=3 | 1", "rlnClassNumber = 1, 3 | 0 1", "rlnClassNumber==2 | 2", "rlnClassNumber!=1,2 | 1 3", //
		"rlnClassNumber=<NA> | 3", "rlnDefocusU<15000.5 | 1 3", "rlnDefocusU<=15000.5 | 0 1 3", //
		"rlnDefocusU>1.5e4 | 0 2", //
		"rlnDefocusU >= 25000 | 2", "rlnDefocusU>0 and rlnClassNumber!=2 | 0 3", "_rlnMicrographName=a b.mrc | 0", //
		"rlnMicrographName=c=d.mrc | 2", "rlnMicrographName=1 | ''" })
	void findsRows(final String condition, final String rows) {
		final int[] expected = rows.isEmpty() ? new int[0] : java.util.Arrays.stream(rows.split(" ")).mapToInt(
			Integer::parseInt).toArray();
		assertArrayEquals(expected, RowCondition.of(condition).rows(TABLE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rlnClassNumber", "=3", "rlnClassNumber=", "rlnDefocusU<abc", "rlnDefocusU<1 and", "" })
	void refusesWhatIsNoCondition(final String condition) {
		assertTrue(assertThrows(InputException.class, () -> RowCondition.of(condition)).getMessage().contains(
			"rlnClassNumber=1,3"));
	}

	@Test
	void namesTheColumnsAndTheCellThatIsNoNumber() {
		assertTrue(assertThrows(InputException.class, () -> RowCondition.of("rlnDefocusV=1").rows(TABLE)).getMessage()
			.contains("rlnClassNumber rlnDefocusU"));
		assertTrue(assertThrows(InputException.class, () -> RowCondition.of("rlnClassNumber<5").rows(TABLE)).getMessage()
			.contains("<NA>"));
	}
}
