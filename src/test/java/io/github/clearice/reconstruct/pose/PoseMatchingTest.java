package io.github.clearice.reconstruct.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Views;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoseMatchingTest {

	/** healpy.pix2ang(2 ** order, index, lonlat=False), in degrees. */
	@ParameterizedTest
	@CsvSource({ "0,0,48.18968510,45", "0,4,90,0", "1,0,23.55646431,45", "1,12,70.52877937,0", "1,20,90,22.5",
		"1,47,156.44353569,315" })
	void directionsAreThoseOfHealpix(final int order, final int index, final double tilt, final double rot) {
		final HealpixGrid grid = new HealpixGrid(order);
		assertEquals(tilt, grid.tiltDegree(index), 1e-6);
		assertEquals(rot, grid.rotDegree(index), 1e-9);
	}

	@Test
	void directionsCoverTheSphereEvenly() {
		final HealpixGrid grid = new HealpixGrid(3);
		assertEquals(768, grid.size());
		final double[] sum = new double[4];
		for (int i = 0; i < grid.size(); i++) {
			final double[] d = new Orientation(grid.rotDegree(i), grid.tiltDegree(i), 0).viewDirection();
			for (int axis = 0; axis < 3; axis++) sum[axis] += d[axis];
			sum[3] += d[2] * d[2];
		}
		for (int axis = 0; axis < 3; axis++) assertEquals(0, sum[axis], 1e-9);
		assertEquals(1 / 3.0, sum[3] / grid.size(), 1e-3);
	}

	@ParameterizedTest
	@CsvSource({ "false,0,0,0.3", "true,5,0,0.5", "false,5,0.5,4" })
	void findsThePosesAgain(final boolean ctf, final double shift, final double noise, final double largestError) {
		final Volume map = Views.particle(24);
		final Views views = Views.of(8, ctf, shift, noise, map);
		final List<PoseMatch> matches = match(views, map, ctf, shift);
		final double[] errors = new double[8];
		for (int i = 0; i < errors.length; i++) {
			final RelionParticle truth = views.table().particles().get(i);
			final PoseMatch match = matches.get(i);
			errors[i] = Rotations.distanceDegree(match.pose().orientation().matrix(), new Orientation(truth.rotDegree(), truth
				.tiltDegree(), truth.psiDegree()).matrix(), PointGroup.C1);
			if (noise > 0) continue;
			assertEquals(truth.originXAngstrom(), match.pose().originXAngstrom(), 0.3);
			assertEquals(truth.originYAngstrom(), match.pose().originYAngstrom(), 0.3);
			assertTrue(match.score() > 0.98 && match.confidence() > 0.99, match.toString());
		}
		Arrays.sort(errors);
		assertTrue(errors[4] < largestError, "median " + errors[4]);
	}

	@Test
	void noiseAloneIsNotTrusted() {
		final Volume map = Views.particle(24);
		final Views views = Views.of(4, false, 0, 0, map);
		final SplittableRandom random = Seeds.random(3);
		for (final float[] image : views.images()) for (int i = 0; i < image.length; i++) image[i] = (float) random
			.nextGaussian();
		assertTrue(match(views, map, false, 0).stream().mapToDouble(PoseMatch::confidence).average().orElse(1) < 0.5);
	}

	@Test
	void eulerAnglesComeBackFromTheirMatrix() {
		for (final double[] angles : new double[][] { { 10, 20, 30 }, { -170, 120, 175 }, { 0, 0, 40 }, { 0, 180, -70 } }) {
			final double[] matrix = new Orientation(angles[0], angles[1], angles[2]).matrix();
			assertEquals(0, Rotations.distanceDegree(matrix, Rotations.orientation(matrix).matrix(), PointGroup.C1), 1e-4);
		}
	}

	@Test
	void refusesWhatDoesNotFit() {
		final Views views = Views.of(2, false, 0, 0, Views.particle(16));
		assertRefused("box of 20", () -> match(views, Views.particle(20), false, 0));
		assertRefused("Å, but", () -> match(views, Volume.of(16, 4, Views.particle(16).voxels()), false, 0));
		assertRefused("has no defocus", () -> match(views, Views.particle(16), true, 0));
		assertRefused("HEALPix order", () -> new HealpixGrid(9));
		assertRefused("largest shift", () -> match(views, Views.particle(16), false, -1));
	}

	private static void assertRefused(final String what, final Runnable work) {
		final ParameterException refusal = assertThrows(ParameterException.class, work::run);
		assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
	}

	private static List<PoseMatch> match(final Views views, final Volume map, final boolean ctf, final double shift) {
		return PoseMatching.run(views, map, new PoseOptions(new HealpixGrid(2), 8, shift, ctf, PointGroup.C1),
			TaskListener.SILENT);
	}
}
