package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.TestData;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.util.List;

import org.junit.jupiter.api.Test;

class StructureTest {

	/** {@code python3 structure_factors.py 1wcm_rnapii_12subunit.pdb.gz}, in the test resources. */
	@Test
	void hasItsCentreOfMassWhereNumpyHasIt() {
		final Point centre = StructureReader.read(TestData.file("structures/1wcm_rnapii_12subunit.pdb.gz")).centreOfMass();
		assertEquals(108.18243665, centre.xAngstrom(), 1e-6);
		assertEquals(51.89818644, centre.yAngstrom(), 1e-6);
		assertEquals(-1.87881792, centre.zAngstrom(), 1e-6);
	}

	/** Mass 12.011 at 0, half of 15.999 at 10: {@code 10 * 7.9995 / 20.0105}. */
	@Test
	void weighsAtomsByOccupancyForItsCentre() {
		final Structure structure = new Structure("test", List.of(atom("C", "A", 0, 1), atom("O", "B", 10, 0.5)), List
			.of());
		assertEquals(3.997651, structure.centreOfMass().xAngstrom(), 1e-6);
	}

	/** As in a conformation series: one chain moves, the frame stays. */
	@Test
	void movesSomeChainsInAFrameThatStays() {
		final Structure rest = new Structure("test", List.of(atom("C", "A", -8, 1), atom("O", "B", 8, 1)), List.of());
		final Structure moved = rest.map(atom -> atom.chain().equals("B") ? atom.at(8, 12, 0) : atom);
		final Point frame = new Point(0, 0, 0);
		final DensityOptions options = DensityOptions.atResolution(24, 2, 8);
		final Volume before = DensityMap.compute(rest, frame, options, TaskListener.SILENT);
		final Volume after = DensityMap.compute(moved, frame, options, TaskListener.SILENT);
		assertEquals(before.get(8, 12, 12), after.get(8, 12, 12), 0.01 * before.get(8, 12, 12));
		assertEquals(before.get(16, 12, 12), after.get(16, 18, 12), 0.01 * before.get(16, 12, 12));
		assertArrayEquals(new double[] { 8, 12, 0, 16 }, new double[] { moved.atoms().get(1).xAngstrom(), moved.atoms().get(
			1).yAngstrom(), moved.atoms().get(1).zAngstrom(), moved.atoms().get(1).bFactorSquareAngstrom() });
	}

	@Test
	void refusesToBeEmpty() {
		assertEquals("x holds no atoms. Choose another structure.", assertThrows(InputException.class,
			() -> new Structure("x", List.of(), List.of())).getMessage());
	}

	private static Atom atom(final String element, final String chain, final double x, final double occupancy) {
		return new Atom(chain, 1, ' ', "ALA", element, Element.of(element).orElseThrow(), false, x, 0, 0, occupancy, 16);
	}
}
