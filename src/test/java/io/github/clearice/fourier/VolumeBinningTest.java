package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.ParameterException;

import org.junit.jupiter.api.Test;

class VolumeBinningTest {

	private static final int BOX = 24;

	/** A ball off the centre, of edges soft enough for 12 voxels. */
	private static Volume ball() {
		final Volume ball = Volume.zeros(BOX, 2);
		for (int i = 0; i < ball.voxels().length; i++) {
			final double x = i % BOX - 14, y = i / BOX % BOX - 12, z = i / BOX / BOX - 11;
			ball.voxels()[i] = (float) Math.exp(-(x * x + y * y + z * z) / 14);
		}
		return ball;
	}

	@Test
	void itsProjectionsAreTheBinnedProjections() {
		final Volume ball = ball(), binned = VolumeBinning.of(ball, 2);
		assertEquals(12, binned.box());
		assertEquals(4, binned.pixelSizeAngstrom());
		final float[] expected = new float[144];
		new FourierResampler(BOX, 12).apply(projection(ball), expected);
		final float[] found = projection(binned);
		for (int p = 0; p < 144; p++) assertEquals(expected[p], found[p], 2e-3);
	}

	private static float[] projection(final Volume map) {
		final int area = map.box() * map.box();
		final float[] sums = new float[area];
		for (int i = 0; i < map.voxels().length; i++) sums[i % area] += map.voxels()[i];
		return sums;
	}

	@Test
	void leavesAMapAloneOrRefusesIt() {
		final Volume ball = ball();
		assertSame(ball, VolumeBinning.of(ball, 1));
		for (final int bin : new int[] { 0, 5, 8, 12 }) {
			final String message = assertThrows(ParameterException.class, () -> VolumeBinning.of(ball, bin)).getMessage();
			assertTrue(message.startsWith("A bin of " + bin + " does not divide a box of 24 voxels"), message);
		}
	}
}
