package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.List;

import org.junit.jupiter.api.Test;

class OrientationsTest {

	private static final int DRAWS = 20_000;

	/** scipy.spatial.transform.Rotation.from_euler('ZYZ', [30, 60, 45], degrees=True).as_matrix().T */
	@Test
	void matrixIsThatOfScipy() {
		assertArrayEquals(new double[] { -0.0473671727, 0.7891491310, -0.6123724357, -0.6597396084, 0.4355957403,
			0.6123724357, 0.75, 0.4330127019, 0.5 }, new Orientation(30, 60, 45).matrix(), 1e-9);
	}

	/**
	 * On SO(3) every element of the matrix has mean 0 and mean square 1/3, and the rotation angle the mean pi/2 + 2/pi.
	 */
	@Test
	void uniformOrientationsAreUniform() {
		final double[] mean = new double[9], square = new double[9];
		double angle = 0;
		for (int i = 0; i < DRAWS; i++) {
			final double[] matrix = Orientations.uniform().draw(i, Seeds.random(5, i)).orientation().matrix();
			for (int j = 0; j < 9; j++) {
				mean[j] += matrix[j] / DRAWS;
				square[j] += matrix[j] * matrix[j] / DRAWS;
			}
			angle += Math.acos(Math.max(-1, Math.min(1, (matrix[0] + matrix[4] + matrix[8] - 1) / 2))) / DRAWS;
		}
		for (int j = 0; j < 9; j++) {
			assertEquals(0, mean[j], 0.02);
			assertEquals(1 / 3.0, square[j], 0.01);
		}
		assertEquals(Math.PI / 2 + 2 / Math.PI, angle, 0.02);
	}

	/** Fisher's distribution: the mean cosine is coth(k) - 1/k with k = 1 / spread^2. */
	@Test
	void preferredViewsSpreadAboutTheAxis() {
		final double length = Math.sqrt(1 + 4 + 9);
		for (final double spread : new double[] { 5, 30 }) {
			final Orientations preferred = Orientations.preferred(new double[] { 1, -2, 3 }, spread);
			double cosine = 0, across = 0;
			for (int i = 0; i < DRAWS; i++) {
				final double[] view = preferred.draw(i, Seeds.random(6, i)).orientation().viewDirection();
				cosine += (view[0] - 2 * view[1] + 3 * view[2]) / length / DRAWS;
				across += (2 * view[0] + view[1]) / Math.sqrt(5) / DRAWS;
			}
			final double concentration = 1 / Math.pow(Math.toRadians(spread), 2);
			assertEquals(1 / Math.tanh(concentration) - 1 / concentration, cosine, 0.002);
			assertEquals(0, across, 0.02);
		}
	}

	@Test
	void takesAnglesAndOriginsFromAStarFile() {
		final RelionParticles particles = RelionParticles.read(TestData.file("relion/betagal_64_noctf_shift.star"));
		final Orientations listed = Orientations.of(particles);
		assertEquals(100, listed.available());
		assertEquals(new Pose(new Orientation(109.208264, 161.713697, 156.560626), -0.55, 0.125), listed.draw(0, Seeds
			.random(1)));
		assertThrows(ParameterException.class, () -> listed.draw(100, Seeds.random(1)));
		assertEquals(17062.96, CtfSource.of(particles, true).draw(0, Seeds.random(1)).defocusUAngstrom());
	}

	@Test
	void refusesWhatIsNoView() {
		refused("not all zero", () -> Orientations.preferred(new double[3], 10));
		refused("spread of the preferred view is 0.0", () -> Orientations.preferred(new double[] { 0, 0, 1 }, 0));
		refused("list of orientations is empty", () -> Orientations.of(List.of()));
		refused("Euler angles must be finite", () -> new Orientation(Double.NaN, 0, 0));
	}

	private static void refused(final String message, final Runnable action) {
		final String said = assertThrows(ParameterException.class, action::run).getMessage();
		assertTrue(said.contains(message) && !said.contains("\n"), said);
	}
}
