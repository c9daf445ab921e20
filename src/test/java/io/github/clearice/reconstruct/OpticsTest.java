package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.reconstruct.pose.PoseMatch;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseOptions;
import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.reconstruct.pose.PosteriorOptions;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reconstruction and poses from images with aberrations, magnification, or CTFs that were dealt with before. */
class OpticsTest {

	private static final int BOX = 32;

	private static final int POSES = 12;

	/** A posterior mean looks at all poses of each. */
	private static final int POSTERIORS = 8;

	private static final Volume MAP = Views.particle(BOX);

	private static final Magnification DISTORTED = new Magnification(1.07, 0.03, 0.01, 0.94);

	static Stream<Arguments> models() {
		return Stream.of(Arguments.of("beam tilt", model(25, -15, List.of(), List.of(), Magnification.NONE,
			CtfState.RECORDED)), Arguments.of("trefoil", model(0, 0, List.of(0., 0., 900., 0., 0., 700.), List.of(),
				Magnification.NONE, CtfState.RECORDED)), Arguments.of("astigmatism of the group", model(0, 0, List.of(), List
					.of(0., 30., 5., -25.), Magnification.NONE, CtfState.RECORDED)), Arguments.of("magnification", model(0, 0,
						List.of(), List.of(), DISTORTED, CtfState.RECORDED)), Arguments.of("phases flipped", model(0, 0, List.of(),
							List.of(), Magnification.NONE, CtfState.PHASE_FLIPPED)), Arguments.of("multiplied", model(0, 0, List.of(),
								List.of(), Magnification.NONE, CtfState.PREMULTIPLIED)), Arguments.of("all", model(25, -15, List.of(0.,
									0., 900., 0., 0., 700.), List.of(0., 30., 5., -25.), DISTORTED, CtfState.PREMULTIPLIED)));
	}

	private static ObservationModel model(final double tiltX, final double tiltY, final List<Double> odd,
		final List<Double> even, final Magnification magnification, final CtfState state)
	{
		return new ObservationModel(tiltX, tiltY, odd, even, magnification, state);
	}

	/** The errors in images without aberrations. */
	private static double[] idealPoseErrors;
	private static double idealPosteriorError;

	@BeforeAll
	static void measureWithoutAberrations() {
		idealPoseErrors = poseErrors(Views.of(POSES, true, ObservationModel.IDEAL, 6, 0.3, MAP));
		idealPosteriorError = posteriorError(ObservationModel.IDEAL, false);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("models")
	void mapsAreThoseOfImagesWithoutAberrations(final String name, final ObservationModel model) {
		final Views views = Views.of(150, true, model, 5, 0, MAP);
		final double[] known = correlation(views), ignored = correlation(views.withoutObservation());
		for (int k = 1; k <= BOX / 3; k++) assertTrue(known[k] > 0.99, name + ", shell " + k + ": " + known[k]);
		double worst = 1;
		for (int k = 1; k <= BOX / 3; k++) worst = Math.min(worst, ignored[k]);
		assertTrue(worst < 0.97, name + ": ignoring it does no harm, so this test proves nothing: " + worst);
	}

	/** Denoised particles may have no CTF any more, but the geometry of the microscope. */
	@Test
	void magnificationCountsWithoutCtfs() {
		final ObservationModel model = model(0, 0, List.of(), List.of(), DISTORTED, CtfState.RECORDED);
		final double[] correlation = ShellCorrelation.of(MAP, Reconstruction.run(Views.of(150, false, model, 5, 0,
			MAP), new Reconstruction.Options(PointGroup.C1, false, false), TaskListener.SILENT).whole()).values();
		for (int k = 1; k <= BOX / 3; k++)
			assertTrue(correlation[k] > 0.99, "shell " + k + ": " + correlation[k]);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("models")
	void posesAreFoundAsInImagesWithoutAberrations(final String name, final ObservationModel model) {
		final Views views = Views.of(POSES, true, model, 6, 0.3, MAP);
		final double[] known = poseErrors(views), ignored = poseErrors(views.withoutObservation());
		assertTrue(known[0] < 2 * idealPoseErrors[0], name + ": " + known[0] + " degrees, without aberrations " +
			idealPoseErrors[0]);
		assertTrue(known[1] < 2 * idealPoseErrors[1] + 0.1, name + ": " + known[1] + " Å, without aberrations " +
			idealPoseErrors[1]);
		assertTrue(ignored[1] > 1.2 * known[1], name + ": ignoring it does no harm, so this test proves nothing: " +
			ignored[1]);
	}

	/** Median errors of orientations in degrees and of origins in Å. */
	private static double[] poseErrors(final Views views) {
		final List<PoseMatch> matches = PoseMatching.run(views, MAP, new PoseOptions(new HealpixGrid(2), 9, 8, true,
			PointGroup.C1), TaskListener.SILENT);
		final double[] degrees = new double[POSES], angstrom = new double[POSES];
		for (int i = 0; i < POSES; i++) {
			final RelionParticle row = views.table().particles().get(i);
			final Pose found = matches.get(i).pose();
			degrees[i] = Rotations.distanceDegree(found.orientation().matrix(), new Orientation(row.rotDegree(), row
				.tiltDegree(), row.psiDegree()).matrix(), PointGroup.C1);
			angstrom[i] = Math.hypot(row.originXAngstrom() - found.originXAngstrom(), row.originYAngstrom() - found
				.originYAngstrom());
		}
		return new double[] { PoseErrors.median(degrees), PoseErrors.median(angstrom) };
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("models")
	void posteriorMeansAreAsCloseAsWithoutAberrations(final String name, final ObservationModel model) {
		final double known = posteriorError(model, false), ignored = posteriorError(model, true);
		// If noise and contrast are known, the means over all poses have errors up to 0.031 in single particles.
		assertTrue(known < Math.max(2 * idealPosteriorError, 0.04), name + ": " + known + ", without aberrations " +
			idealPosteriorError);
		assertTrue(ignored > known, name + ": ignoring it does no harm, so this test proves nothing: " + ignored);
	}

	private static double posteriorError(final ObservationModel model, final boolean ignored) {
		final Views clean = Views.of(POSTERIORS, false, new ObservationModel(0, 0, List.of(), List.of(), model
			.magnification(), CtfState.RECORDED), 0, 0, MAP);
		final Views noisy = Views.of(POSTERIORS, true, model, 0, 0.7, MAP);
		final PosteriorMean posterior = new PosteriorMean(List.of(new WeightedMap("map", MAP, 1)), PosteriorOptions.centred(
			new HealpixGrid(2), true));
		try {
			posterior.prepare(ignored ? noisy.withoutObservation() : noisy, TaskListener.SILENT);
		}
		catch (final ParameterException e) {
			// Nothing of the map is found in the images.
			return Double.POSITIVE_INFINITY;
		}
		final float[][] denoised = new float[POSTERIORS][BOX * BOX];
		posterior.denoise(PixelArrays.image(0, noisy.images()), PixelArrays.image(0, denoised));
		double error = 0, signal = 0;
		for (int i = 0; i < POSTERIORS; i++) for (int p = 0; p < BOX * BOX; p++) {
			error += Math.pow(clean.images()[i][p] - denoised[i][p], 2);
			signal += Math.pow(clean.images()[i][p], 2);
		}
		return error / signal;
	}

	private static double[] correlation(final Views views) {
		return ShellCorrelation.of(MAP, Reconstruction.run(views, new Reconstruction.Options(PointGroup.C1, true,
			false), TaskListener.SILENT).whole()).values();
	}
}
