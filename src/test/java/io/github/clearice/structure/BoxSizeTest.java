package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxSizeTest {

	/**
	 * An atom at resolution 10 pi sqrt(2) / 3 Å has a standard deviation of 10/3 Å
	 * and reaches 10 Å. Voxel box / 2 is at 0; a box of 4 spans -2.5 to 1.5 voxels,
	 * one of 5 spans -2.5 to 2.5.
	 */
	@ParameterizedTest
	@CsvSource({ "0, 10, 3, 3", "15, 10, 5, 5", "15.1, 10, 7, 7", "-15, 10, 4, 5", "-15.1, 10, 6, 7", "0, 4, 5, 5",
		"0, 1000, 2, 2", "1e7, 0.001, 2147483647, 2147483647" })
	void isTheSmallestThatHoldsTheAtoms(final double x, final double pixel, final int smallest, final int allViews) {
		final Atom atom = new Atom("A", 1, ' ', "ALA", "C", Element.of("C").orElseThrow(), false, x, 0, 0, 1, 0);
		final BoxSize size = new BoxSize(new Structure("test", List.of(atom), List.of()), new Point(0, 0, 0), pixel, 10 *
			Math.PI * Math.sqrt(2) / 3 * (1 - 1e-12));
		assertEquals(smallest, size.smallest());
		assertEquals(allViews, size.smallestForAllViews());
	}
}
