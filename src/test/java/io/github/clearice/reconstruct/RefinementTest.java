package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.reconstruct.pose.PoseMatch;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefinementTest {

	private static final Volume MAP = Views.particle(24);

	@Test
	void findsPosesAndDetailFromACoarseStart() {
		final Views views = Views.of(60, false, 0, 0.3, MAP);
		final List<Refinement.Step> steps = new ArrayList<>();
		final Refinement.Step best = Refinement.run(views, MAP, options(24, 3), steps::add, new TaskListener() {});
		assertEquals(24, steps.get(0).bandAngstrom());
		assertTrue(steps.get(1).bandAngstrom() < 16, "compares finer detail once it is there: " + steps.get(1)
			.bandAngstrom());
		assertTrue(best.resolutionAngstrom() < 9, "resolution " + best.resolutionAngstrom());
		final double[] errors = PoseErrors.degrees(views.table(), best.poses(), PointGroup.C1);
		assertTrue(PoseErrors.median(errors) < 3, "median error " + PoseErrors.median(errors));
		assertTrue(PoseErrors.median(errors) < PoseErrors.median(PoseErrors.degrees(views.table(), steps.get(0).poses(),
			PointGroup.C1)));
		final double[] truth = ShellCorrelation.of(MAP, best.maps().whole()).values();
		for (int shell = 1; shell <= 6; shell++) assertTrue(truth[shell] > 0.9, "shell " + shell + ": " + truth[shell]);
	}

	@Test
	void noiseAloneGivesNoResolution() {
		final Views noise = Views.of(40, false, 0, 1000, MAP);
		final Refinement.Step best = Refinement.run(noise, MAP, options(24, 2), step -> {}, new TaskListener() {});
		// The start comes back where the halves share it, and no further.
		assertTrue(best.resolutionAngstrom() > 18, "resolution " + best.resolutionAngstrom());
	}

	@Test
	void mapsOfDenoisedParticlesAreMadeOfTheNoisyOnes() {
		final Views clean = Views.of(30, false, 0, 0, MAP), noisy = Views.of(30, false, 0, 3, MAP);
		final Refinement.Step honest = Refinement.run(clean, noisy, false, MAP, options(24, 1), step -> {},
			TaskListener.SILENT);
		final Refinement.Step shown = Refinement.run(clean, MAP, options(24, 1), step -> {}, TaskListener.SILENT);
		assertEquals(shown.poses(), honest.poses());
		assertTrue(honest.resolutionAngstrom() > 1.3 * shown.resolutionAngstrom(), honest.resolutionAngstrom() + " and " +
			shown.resolutionAngstrom());
		final String refusal = assertThrows(ParameterException.class, () -> Refinement.run(clean, Views.of(29, false, 0,
			0, MAP), false, MAP, options(24, 1), step -> {}, TaskListener.SILENT)).getMessage();
		assertTrue(refusal.contains("has 29 particles, but"), refusal);
	}

	@Test
	void refusesAStartThatIsABall() {
		final Volume ball = Volume.zeros(24, 3);
		System.arraycopy(new SoftSphere(8, 4).mask(24, 3).voxels(), 0, ball.voxels(), 0, ball.voxels().length);
		assertTrue(Roundness.shape(ball) < 5e-3, "shape " + Roundness.shape(ball));
		assertTrue(Roundness.shape(MAP) > 0.3, "shape " + Roundness.shape(MAP));
		assertThrows(ParameterException.class, () -> Refinement.run(Views.of(4, false, 0, 0, MAP), ball, options(24, 1),
			step -> {}, TaskListener.SILENT));
	}

	@Test
	void cancels() {
		assertThrows(TaskCancelledException.class, () -> Refinement.run(Views.of(8, false, 0, 0, MAP), MAP, options(24, 1),
			step -> {}, new TaskListener() {

				@Override
				public boolean isCancelled() {
					return true;
				}
			}));
	}

	/** Grids of 29, 15 and 7 degrees: a detail of d at the edge of a particle of 100 Å is seen to turn by d / 50 Å. */
	@ParameterizedTest
	@CsvSource({ "60,1", "26,1", "25,2", "13,2", "12,3", "6,3" })
	void searchesNoFinerThanTheDetailNeeds(final double resolution, final int order) {
		assertEquals(order, new Refinement.Options(new HealpixGrid(3), 60, 0, 100, false, PointGroup.C1, 1).grid(resolution)
			.order());
	}

	@Test
	void refusesOptionsOutOfRange() {
		for (final double[] wrong : new double[][] { { 0, 54, 1 }, { 24, -1, 1 }, { 24, 54, 0 } }) assertThrows(
			ParameterException.class, () -> new Refinement.Options(new HealpixGrid(1), wrong[0], 0, wrong[1], false,
				PointGroup.C1, (int) wrong[2]));
	}

	@Test
	void errorsAreAnglesBetweenOrientations() {
		final Views views = Views.of(3, false, 0, 0, MAP);
		final List<PoseMatch> found = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			final Orientation listed = new Orientation(views.table().particles().get(i).rotDegree(), views.table().particles()
				.get(i).tiltDegree(), views.table().particles().get(i).psiDegree());
			found.add(new PoseMatch(Pose.centred(Rotations.orientation(Rotations.turned(listed.matrix(), i, 10 * i))), 1, 1));
		}
		final double[] errors = PoseErrors.degrees(views.table(), found, PointGroup.C1);
		assertArrayEquals(new double[] { 0, 10, 20 }, errors, 1e-5);
		assertEquals(10, PoseErrors.median(errors), 1e-5);
		assertEquals(1, PoseErrors.wrong(errors));
		final PoseErrors.Table table = PoseErrors.Table.of(views.table(), found, PointGroup.C1, 2);
		assertArrayEquals(new double[3], table.shiftsAngstrom(), 1e-9);
		assertEquals("3\t20.00000\t0.0000\t1.000000\t1.000000\t1\t1", table.format().lines().toList().get(3));
		assertEquals(
			"Against the truth: median error 10.00 degrees, 90 % below 20.0; 1 wrong by more than 15 degrees, 1 of" +
				" them marked, and 2 right ones marked; median error of shifts 0.00 Å.", table.summary());
	}

	@Test
	void histogramOfErrorsHasAnEdgeWhereOrientationsAreWrong() {
		final PoseErrors.Histogram histogram = PoseErrors.Histogram.of(new double[] { 0, 14.99, 15, 15.01, 180 });
		final long[] expected = new long[28];
		expected[0] = expected[20] = expected[27] = 1;
		expected[19] = 2;
		assertArrayEquals(expected, histogram.counts());
		assertEquals(15, histogram.toDegree(19), 1e-12);
		assertEquals("10.6066\t15.0000\t2\t0.400000\t0.600000", histogram.format().lines().toList().get(20));
		assertEquals(180, histogram.toDegree(27));
	}

	@Test
	void lowPassKeepsCoarseDetailAndJoinedTakesItFromTheOther() {
		final Volume coarse = ShellFilter.lowPass(MAP, 12);
		final double[] with = ShellCorrelation.of(MAP, coarse).values();
		final Volume none = Volume.zeros(24, 3), added = ShellFilter.joined(none, MAP, 12), left = ShellFilter.joined(MAP,
			none, 12);
		assertArrayEquals(new double[] { 1, 1, 1 }, new double[] { with[1], with[5], ShellCorrelation.of(MAP, left)
			.values()[8] }, 1e-5);
		// 24 Å is shell 3, well within what the low-pass to 12 Å, shell 6, lets through.
		final double whole = power(ShellFilter.lowPass(MAP, 24));
		assertEquals(1, power(ShellFilter.lowPass(coarse, 24)) / whole, 1e-4);
		assertEquals(1, power(ShellFilter.lowPass(added, 24)) / whole, 1e-4);
		assertEquals(0, power(ShellFilter.lowPass(left, 24)) / whole, 1e-4);
		assertEquals(power(MAP), power(coarse) + power(left), 0.05 * power(MAP));
	}

	private static double power(final Volume map) {
		double sum = 0;
		for (final float value : map.voxels()) sum += value * value;
		return sum;
	}

	private static Refinement.Options options(final double start, final int iterations) {
		return new Refinement.Options(new HealpixGrid(2), start, 0, 54, false, PointGroup.C1, iterations);
	}
}
