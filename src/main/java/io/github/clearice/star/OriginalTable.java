package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** The table of another program that RELION's tables were made from, to be written again with all that it holds. */
interface OriginalTable {

	/** RELION's tables of the same. */
	StarFile toRelion();

	/**
	 * This table with other images.
	 *
	 * @param names as RELION has them, such as {@code 000001@stack.mrcs}
	 */
	OriginalTable withImages(IntFunction<String> names);

	/** Some rows, in the order given. */
	OriginalTable withRows(int... rows);

	/** Which factor makes the particle of a row white on black, 1 or -1. */
	int sign(int row);

	/** This table with another of these factors for all rows, where it has a field for it. */
	OriginalTable withSign(int sign);

	/** What of the table is passed over, one sentence each. */
	default List<String> warnings() {
		return List.of();
	}

	/** What the names of such files end with. */
	String ending();

	/**
	 * Writes the table with what changed in RELION's tables of it.
	 *
	 * @throws InputException if the other program's table has no field for it
	 */
	void write(Path target, StarFile relion);
}
