package io.github.clearice.reconstruct.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.Views;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorMeanTest {

	private static final int BOX = 24;

	private static final double NOISE = 1, REACH = 10;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isFarNearerToTheTruthThanTheNoise(final boolean ctf) {
		final Volume map = Views.particle(BOX);
		final Views clean = Views.of(8, false, 0, 0, map), noisy = Views.of(8, ctf, 0, 2, map);
		final PosteriorMean posterior = posterior(map, new HealpixGrid(2), true);
		final float[][] denoised = denoise(posterior, noisy, noisy.images());
		final double before = 4 * 8 * BOX * BOX, after = squareError(clean.images(), denoised);
		assertTrue(after < before / 15, "from " + before + " to " + after);
	}

	@Test
	void blankParticlesDoNoHarm() {
		final Volume map = Views.particle(BOX);
		final Views noisy = Views.of(8, false, 0, 1, map);
		final float[][] expected = denoise(posterior(map, new HealpixGrid(2), false), noisy, noisy.images());
		Arrays.fill(noisy.images()[5], 3);
		final float[][] denoised = denoise(posterior(map, new HealpixGrid(2), false), noisy, noisy.images());
		assertArrayEquals(expected[0], denoised[0], 0.3f);
		for (final float pixel : denoised[5]) assertTrue(Float.isFinite(pixel), "a pixel is " + pixel);
	}

	/** It would be given the entropy, and the CTF, of another particle. */
	@Test
	void refusesParticlesThatItDoesNotKnow() {
		final Views noisy = Views.of(8, true, 0, 1, Views.particle(BOX));
		final PosteriorMean posterior = posterior(Views.particle(BOX), new HealpixGrid(1), true);
		posterior.prepare(noisy, TaskListener.SILENT);
		assertThrows(ParameterException.class, () -> posterior.denoise(PixelArrays.otherImages(noisy.images()),
			PixelArrays.otherImages(new float[8][BOX * BOX])));
		assertThrows(ParameterException.class, () -> posterior.denoise(PixelArrays.image(1, noisy.images()), PixelArrays
			.image(1, new float[8][BOX * BOX])));
	}

	@Test
	void contrastIsMeasured() {
		final Volume map = Views.particle(BOX);
		final Views noisy = Views.of(8, false, 0, 1, map);
		final float[][] expected = denoise(posterior(map, new HealpixGrid(2), false), noisy, noisy.images());
		for (final float[] image : noisy.images()) for (int i = 0; i < image.length; i++) image[i] *= 7;
		final float[][] scaled = denoise(posterior(map, new HealpixGrid(2), false), noisy, noisy.images());
		for (int i = 0; i < scaled[0].length; i++) scaled[0][i] /= 7;
		assertArrayEquals(expected[0], scaled[0], 0.02f);
	}

	@Test
	void entropyGrowsWithNoise() {
		final Volume map = Views.particle(BOX);
		assertTrue(entropy(map, 1) + 1 < entropy(map, 6));
	}

	/** If the noise hides the pose, only the mean of all views remains; a wrong pose is worse. */
	@Test
	void fallsBackToTheMeanOfAllViewsInStrongNoise() {
		final Volume map = Views.particle(BOX);
		final Views many = Views.of(300, false, 0, 0, map), noisy = Views.of(30, false, 0, 60, map);
		final float[][] means = new float[30][BOX * BOX];
		for (final float[] view : many.images()) for (int p = 0; p < view.length; p++) means[0][p] += view[p] / 300;
		for (int i = 1; i < 30; i++) means[i] = means[0];
		final float[][] truth = Arrays.copyOf(many.images(), 30);
		final double mean = squareError(truth, means), posterior = squareError(truth, denoise(posterior(map,
			new HealpixGrid(2), false), noisy, noisy.images()));
		assertTrue(posterior < 1.2 * mean, "posterior " + posterior + ", mean of all views " + mean);
	}

	@Test
	void refusesAMapOfAnotherBox() {
		final Volume map = Views.particle(BOX);
		final Views views = Views.of(10, false, 0, 0, map);
		final ParameterException box = assertThrows(ParameterException.class, () -> denoise(posterior(Views
			.particle(20), new HealpixGrid(1), false), views, views.images()));
		assertTrue(box.getMessage().contains("box of 20"), box.getMessage());
	}

	private static double entropy(final Volume map, final double noise) {
		final Views noisy = Views.of(10, false, 0, noise, map);
		final PosteriorMean posterior = posterior(map, new HealpixGrid(2), false);
		denoise(posterior, noisy, noisy.images());
		double sum = 0;
		for (final PosteriorMean.Certainty certainty : posterior.certainties()) sum += certainty.entropyBits() / 10;
		return sum;
	}

	private static PosteriorMean posterior(final Volume map, final HealpixGrid grid, final boolean ctf) {
		return new PosteriorMean(List.of(new WeightedMap("map", map, 1)), PosteriorOptions.centred(grid, ctf));
	}

	private static float[][] denoise(final PosteriorMean posterior, final Views noisy, final float[][] images) {
		final float[][] denoised = new float[images.length][BOX * BOX];
		posterior.prepare(noisy, TaskListener.SILENT);
		posterior.denoise(0, images, denoised);
		return denoised;
	}

	private static double squareError(final float[] expected, final float[] image) {
		return squareError(new float[][] { expected }, new float[][] { image });
	}

	private static double squareError(final float[][] expected, final float[][] images) {
		double sum = 0;
		for (int i = 0; i < images.length; i++) for (int p = 0; p < images[i].length; p++) {
			sum += Math.pow(expected[i][p] - images[i][p], 2);
		}
		return sum;
	}

	/** Shifts, contrast, CTF and ice at once: the truth lies within one standard deviation as often as it should. */
	@Test
	void standardDeviationsAreThoseOfTheErrors() {
		final Volume map = Views.particle(BOX);
		final Views clean = Views.of(16, false, 6, 0, map), noisy = Views.of(16, true, 6, 2, map);
		final PosteriorMean posterior = new PosteriorMean(List.of(new WeightedMap("map", map, 1)), new PosteriorOptions(
			new HealpixGrid(2), true, 6, PosteriorOptions.ShiftPrior.UNIFORM, PointGroup.C1, PosteriorOptions.Noise.WHITE));
		final float[][] deviations = new float[16][];
		posterior.accompany(2, (particle, deviation, samples) -> {
			deviations[particle] = deviation;
			assertFalse(Arrays.equals(samples[0], samples[1]));
		});
		final float[][] denoised = denoise(posterior, noisy, noisy.images());
		double squares = 0;
		for (final float[] image : deviations) for (final float deviation : image) squares += deviation * deviation;
		final double errors = squareError(clean.images(), denoised);
		assertEquals(1, errors / squares, 0.15);
		assertEquals(1, posterior.contrast(), 0.1);
		for (final double power : Arrays.copyOfRange(posterior.noiseSpectrum(), 1, 8)) assertEquals(4, power, 0.4);
	}

	@Test
	void separatesMaps() {
		final Volume first = Views.particle(BOX), second = Views.blobs(BOX, 3, PointGroup.of("C3"), new double[][] { { 0.2,
			0, 0.1 }, { 0.05, 0.1, -0.15 } });
		final Views noisy = Views.of(8, false, 0, 1, first, second);
		final PosteriorMean posterior = new PosteriorMean(List.of(new WeightedMap("first", first, 1), new WeightedMap(
			"second", second, 1)), PosteriorOptions.centred(new HealpixGrid(2), false));
		denoise(posterior, noisy, noisy.images());
		for (int i = 0; i < 8; i++) assertTrue(posterior.certainties().get(i).classes().get(i % 2) > 0.99, "particle " + i);
	}

	@Test
	void symmetricDirectionsNeedBeComparedOnce() {
		final PointGroup group = PointGroup.of("D2");
		final Volume map = Views.blobs(BOX, 3, group, new double[][] { { 0.1, -0.05, 0.2 }, { 0.2, 0.1, 0.03 } });
		final Views noisy = Views.of(6, false, 0, 2, map);
		final PosteriorGrid once = grid(map, 0, group), all = grid(map, 0, PointGroup.C1);
		final float[][] few = images(once, noisy), many = images(all, noisy);
		for (int i = 0; i < 6; i++) assertEquals(0, squareError(many[2 * i], few[2 * i]) / squareError(many[2 * i],
			new float[BOX * BOX]), 0.003);
		assertEquals(all.greatestEntropyBits() - 2, once.greatestEntropyBits(), 0.1);
	}

	/** All poses of a grid finer than that of the search, compared in pixels of the spectrum one by one. */
	@Test
	void equalsTheMeanOverAllPoses() {
		final Volume map = Views.particle(BOX);
		final List<Views> noisy = List.of(Views.of(1, false, 0, NOISE, map), Views.of(1, true, 0, NOISE, map));
		final float[][][] expected = enumerated(map, noisy);
		for (int i = 0; i < expected.length; i++) {
			final String optics = i == 0 ? "without CTF" : "with CTF";
			final float[][] found = images(grid(map, 0, PointGroup.C1), noisy.get(i));
			final double square = squareError(expected[i][0], new float[BOX * BOX]);
			assertEquals(0, squareError(expected[i][0], found[0]) / square, 0.003, "mean " + optics);
			assertEquals(1, squareError(expected[i][1], new float[BOX * BOX]) / squareError(found[1], new float[BOX * BOX]),
				0.15, "variance " + optics);
		}
	}

	/** Pure noise leaves every pose and shift probable; what is remembered of them is bounded. */
	@Test
	void noiseWithShiftsNeedsLittleMemory() {
		final Views noise = Views.of(1, false, 0, 60, Views.particle(BOX));
		final PosteriorGrid grid = grid(Views.particle(BOX), 24, PointGroup.C1);
		final PosePosterior posterior = new PosteriorWorker(grid, REACH).find(noise.images()[0], null, model(grid, 60));
		double weights = 0;
		for (final PosePosterior.Weighted pose : posterior.poses()) weights += pose.weight();
		assertEquals(1, weights, 1e-6);
		assertTrue(posterior.poses().length <= 1000, "poses: " + posterior.poses().length);
		assertEquals(grid.greatestEntropyBits(), posterior.entropyBits(), 0.5);
	}

	/** For the one image of each: mean and standard deviation of every pixel, from all orientations 3.7 degrees apart. */
	private static float[][][] enumerated(final Volume map, final List<Views> noisy) {
		final int last = (int) (0.95 * BOX / 2), angles = 96;
		final FourierProjector projector = new FourierProjector(map);
		final FourierSlice slice = new FourierSlice(BOX, 3);
		final HalfPlane plane = new HalfPlane(BOX);
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final float[][] seen = new float[noisy.size()][fourier.spectrumLength()], transfer = new float[noisy.size()][plane
			.length()];
		for (int i = 0; i < seen.length; i++) {
			fourier.forward(noisy.get(i).images()[0], seen[i]);
			final CtfParameters optics = PoseMatching.optics(noisy.get(i), PoseMatching.listsCtfs(noisy.get(i))).get(0);
			if (optics == null) Arrays.fill(transfer[i], 1);
			else new Ctf(BOX, 3).sample(optics, transfer[i]);
		}
		final float[] cut = new float[fourier.spectrumLength()], view = new float[BOX * BOX];
		final HealpixGrid directions = new HealpixGrid(4);
		final double[][] logs = new double[seen.length][directions.size() * angles];
		for (int pose = 0; pose < logs[0].length; pose++) {
			slice.cut(projector, pose(directions, pose, angles), cut);
			for (int i = 0; i < seen.length; i++) for (int k = 0; k < plane.length(); k++) {
				final int ring = (int) Math.rint(plane.radius(k));
				if (ring == 0 || ring > last) continue;
				final double re = seen[i][2 * k] - transfer[i][k] * cut[2 * k], im = seen[i][2 * k + 1] - transfer[i][k] *
					cut[2 * k + 1];
				logs[i][pose] -= plane.weight(k) * (re * re + im * im) / (2 * NOISE * NOISE * BOX * BOX);
			}
		}
		final float[][][] result = new float[seen.length][2][BOX * BOX];
		for (int i = 0; i < seen.length; i++) {
			final double most = Arrays.stream(logs[i]).max().orElseThrow();
			final double[] sums = new double[BOX * BOX], squares = new double[BOX * BOX];
			double sum = 0;
			for (int pose = 0; pose < logs[i].length; pose++) {
				if (logs[i][pose] < most - REACH) continue;
				final double weight = Math.exp(logs[i][pose] - most);
				slice.project(projector, pose(directions, pose, angles), view);
				sum += weight;
				for (int p = 0; p < view.length; p++) {
					sums[p] += weight * view[p];
					squares[p] += weight * view[p] * view[p];
				}
			}
			for (int p = 0; p < view.length; p++) {
				result[i][0][p] = (float) (sums[p] / sum);
				result[i][1][p] = (float) Math.sqrt(squares[p] / sum - Math.pow(sums[p] / sum, 2));
			}
		}
		return result;
	}

	private static Pose pose(final HealpixGrid directions, final int pose, final int angles) {
		final Orientation direction = directions.nested(pose / angles);
		return Pose.centred(new Orientation(direction.rotDegree(), direction.tiltDegree(), 360.0 * (pose % angles) /
			angles));
	}

	private static PosteriorGrid grid(final Volume map, final double shiftAngstrom, final PointGroup symmetry) {
		return new PosteriorGrid(List.of(new WeightedMap("map", map, 1)), new PosteriorOptions(new HealpixGrid(2), true,
			shiftAngstrom, PosteriorOptions.ShiftPrior.UNIFORM, symmetry, PosteriorOptions.Noise.WHITE), (int) (0.95 * BOX /
				2));
	}

	private static NoiseAndContrast model(final PosteriorGrid grid, final double deviation) {
		final double[] powers = new double[grid.rings() + 1];
		Arrays.fill(powers, deviation * deviation);
		return new NoiseAndContrast(powers, new double[powers.length], 1, 0);
	}

	/** Mean and standard deviation of each particle in turn, where noise and contrast are known. */
	private static float[][] images(final PosteriorGrid grid, final Views noisy) {
		final PosteriorWorker worker = new PosteriorWorker(grid, REACH);
		final List<CtfParameters> optics = PoseMatching.optics(noisy, PoseMatching.listsCtfs(noisy));
		final float[][] results = new float[2 * noisy.size()][BOX * BOX];
		for (int i = 0; i < noisy.size(); i++) {
			final PosePosterior posterior = worker.find(noisy.images()[i], optics.get(i), model(grid, NOISE));
			worker.mean(posterior, optics.get(i), results[2 * i]);
			worker.deviation(posterior, optics.get(i), results[2 * i], results[2 * i + 1]);
		}
		return results;
	}
}
