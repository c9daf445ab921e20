package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;

import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FourierProjectorTest {

	/** Gaussian blobs have projections that are known exactly. */
	private static final double[][] BLOBS = { { 3, -2, 5, 1 }, { -6, 4, 1, 0.5 }, { 0, 7, -4, 0.8 } };
	private static final double SIGMA = 2;

	@ParameterizedTest
	@ValueSource(ints = { 31, 32, 45, 48, 50 })
	void equalsTheExactProjectionOfBlobs(final int box) {
		final FourierProjector projector = new FourierProjector(TestMaps.blobs(box, 3, SIGMA, BLOBS));
		final Pose pose = new Pose(new Orientation(25, 70, -130), 4.5, -2.4);
		final float[] image = new float[box * box];
		new FourierSlice(projector).project(projector, pose, image);
		final float[] exact = exactProjection(box, pose);
		final Likeness likeness = Likeness.of(exact, image);
		assertTrue(likeness.correlation() > 0.9998, "correlation " + likeness.correlation());
		assertEquals(1, likeness.slope(), 0.01);
	}

	/**
	 * Here samples fall on the grid, where interpolation causes no loss, although the correction for it still amplifies
	 * the rim: the worst case of padding 2.
	 */
	@ParameterizedTest
	@CsvSource({ "1,0.995,0.25", "2,0.9998,0.05", "4,0.99998,0.015" })
	void sumsAlongZWithoutRotation(final int padding, final double correlation, final double gain) {
		final int box = 32;
		final Volume map = TestMaps.blobs(box, 3, SIGMA, BLOBS);
		final FourierProjector projector = new FourierProjector(map, padding);
		final float[] image = new float[box * box], sums = new float[box * box];
		new FourierSlice(projector).project(projector, Pose.centred(new Orientation(0, 0, 0)), image);
		for (int i = 0; i < map.voxels().length; i++) sums[i % sums.length] += map.voxels()[i];
		final Likeness likeness = Likeness.of(sums, image);
		assertTrue(likeness.correlation() > correlation, () -> "correlation " + likeness.correlation());
		assertEquals(1, likeness.slope(), gain);
	}

	@Test
	void isTheSameOnEveryProjectorOfTheMap() {
		final Volume map = TestMaps.blobs(40, 3, SIGMA, BLOBS);
		final float[] first = new float[1600], second = new float[1600];
		final Pose pose = new Pose(new Orientation(1, 2, 3), 0, 1);
		final FourierProjector one = new FourierProjector(map), two = new FourierProjector(map);
		new FourierSlice(one).project(one, pose, first);
		new FourierSlice(two).project(two, pose, second);
		assertArrayEquals(first, second);
	}

	@Test
	void imagesOfManyViewsAreThoseOfOneViewAtATime() {
		final FourierProjector projector = new FourierProjector(TestMaps.blobs(8, 3, SIGMA, BLOBS));
		final List<Pose> poses = List.of(Pose.centred(new Orientation(10, 20, 30)), new Pose(new Orientation(70, 110, 5), 2,
			-3), Pose.centred(new Orientation(0, 0, 0)));
		final Img<FloatType> images = projector.project(poses);
		assertArrayEquals(new long[] { 8, 8, 3 }, images.dimensionsAsLongArray());
		final float[] expected = new float[64];
		for (int i = 0; i < poses.size(); i++) {
			new FourierSlice(projector).project(projector, poses.get(i), expected);
			for (int at = 0; at < 64; at++) assertEquals(expected[at], images.getAt(at % 8, at / 8, i).get());
		}
	}

	@Test
	void refusesNanVoxelsAndEmptyMaps() {
		final Volume map = TestMaps.blobs(8, 3, SIGMA, BLOBS);
		map.voxels()[8 * 8 + 2] = Float.NaN;
		assertTrue(assertThrows(ParameterException.class, () -> new FourierProjector(map)).getMessage().contains(
			"voxel (2, 0, 1) is NaN"));
		assertTrue(assertThrows(ParameterException.class, () -> new FourierProjector(Volume.zeros(8, 1))).getMessage()
			.contains("Every voxel of the map is 0.0"));
	}

	@Test
	void refusesAMapOfAnotherBox() {
		final FourierProjector projector = new FourierProjector(TestMaps.blobs(8, 3, SIGMA, BLOBS));
		assertThrows(ParameterException.class, () -> new FourierSlice(10, 3).project(projector, Pose.centred(
			new Orientation(0, 0, 0)), new float[100]));
	}

	private static float[] exactProjection(final int box, final Pose pose) {
		final double[] a = pose.orientation().matrix();
		final float[] image = new float[box * box];
		for (final double[] blob : BLOBS) {
			final double bx = a[0] * blob[0] + a[1] * blob[1] + a[2] * blob[2] + box / 2 - pose.originXAngstrom() / 3;
			final double by = a[3] * blob[0] + a[4] * blob[1] + a[5] * blob[2] + box / 2 - pose.originYAngstrom() / 3;
			final double peak = blob[3] * Math.sqrt(2 * Math.PI) * SIGMA;
			for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
				final double square = (x - bx) * (x - bx) + (y - by) * (y - by);
				image[y * box + x] += (float) (peak * Math.exp(-square / (2 * SIGMA * SIGMA)));
			}
		}
		return image;
	}
}
