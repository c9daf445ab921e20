package io.github.clearice.reconstruct.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.ParameterException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointGroupTest {

	@ParameterizedTest
	@CsvSource({ "C1,1", "c4,4", "D2,4", "D7,14", "T,12", "O,24", "I,60", "I1,60", "I2,60", "I3,60", "I4,60" })
	void hasAsManyRotationsAsTheGroup(final String name, final int order) {
		assertEquals(order, PointGroup.of(name).order());
	}

	/** relion_refine --i x --o y --sym I3 --print_symmetry_ops, RELION 3.1.3; one element of each. */
	@ParameterizedTest
	@CsvSource({ "C3, -0.5 0.86602539 0 -0.86602539 -0.5 0 0 0 1", "D2, 1 0 0 0 -1 0 0 0 -1",
		"O, 0 1 0 0 0 1 1 0 0", "I3, -0.44721 0 -0.89443 0 -1 0 -0.89443 0 0.44721" })
	void hasTheAxesOfRelion(final String name, final String matrix) {
		final String[] expected = matrix.trim().split(" ");
		assertTrue(PointGroup.of(name).rotations().stream().anyMatch(rotation -> {
			for (int i = 0; i < 9; i++) if (Math.abs(rotation[i] - Double.parseDouble(expected[i])) > 1e-4) return false;
			return true;
		}));
	}

	@Test
	void theIdentityIsFirst() {
		assertEquals(1, PointGroup.C1.rotations().get(0)[0]);
		assertEquals(3, PointGroup.of("I").rotations().get(0)[0] + PointGroup.of("I").rotations().get(0)[4] + PointGroup.of(
			"I").rotations().get(0)[8]);
	}

	@ParameterizedTest
	@ValueSource(strings = { "C0", "E", "", "C", "D-1", "I5", "C1000" })
	void refusesWhatIsNoGroup(final String name) {
		final ParameterException refusal = assertThrows(ParameterException.class, () -> PointGroup.of(name));
		assertTrue(refusal.getMessage().startsWith("There is no point group "), refusal.getMessage());
	}
}
