package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class UndistortingDenoiserTest {

	private static final int BOX = 48;

	private static final Volume MAP = TestMaps.particle(BOX, 3);

	private static final Pose POSE = new Pose(new Orientation(30, 70, 110), 4, -6);

	/** Gives images back as it sees them. */
	private static final Denoiser NONE = new ArrayDenoiser() {

		@Override
		public String name() {
			return "none";
		}

		@Override
		protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
			for (int i = 0; i < noisy.length; i++) System.arraycopy(noisy[i], 0, denoised[i], 0, noisy[i].length);
		}
	};

	private static final CtfParameters PLAIN = new CtfParameters(9000, 8500, 30, 300, 2.7, 0.1, 0, 0, 1);

	@Test
	void methodsSeeImagesWithoutAberrations() {
		final Magnification matrix = new Magnification(1.05, 0.02, -0.01, 0.96);
		final CtfParameters aberrated = PLAIN.with(new ObservationModel(20, -10, List.of(0., 0., 500., 0., 0., 0.), List
			.of(), matrix, CtfState.RECORDED));
		final float[] seen = project(aberrated);
		new Undistortion(BOX, 3).apply(aberrated, seen);
		// The picture's offset from the centre is distorted with it.
		final Magnification back = matrix.inverse();
		final Pose undistorted = new Pose(POSE.orientation(), back.xx() * 4 + back.yx() * -6, back.xy() * 4 + back.yy() *
			-6);
		final float[] expected = new float[BOX * BOX];
		new FourierSlice(BOX, 3).project(new FourierProjector(MAP), undistorted, PLAIN, expected);
		assertTrue(Likeness.of(expected, seen).correlation() > 0.999, "correlation " + Likeness.of(expected, seen)
			.correlation());
		assertEquals(4, Undistortion.distorted(aberrated, undistorted).originXAngstrom(), 1e-9);
		assertEquals(-6, Undistortion.distorted(aberrated, undistorted).originYAngstrom(), 1e-9);
	}

	@Test
	void resultsHaveTheGeometryOfTheImages() {
		final Magnification matrix = new Magnification(1.05, 0.02, -0.01, 0.96);
		final CtfParameters aberrated = PLAIN.with(new ObservationModel(20, -10, List.of(), List.of(), matrix,
			CtfState.RECORDED)), distorted = PLAIN.with(new ObservationModel(0, 0, List.of(), List.of(), matrix,
				CtfState.RECORDED));
		final float[] image = project(aberrated), denoised = new float[BOX * BOX], kept = image.clone();
		final Denoiser denoiser = UndistortingDenoiser.of(NONE, List.of(aberrated));
		denoiser.prepare(new ArrayParticleStack("image", BOX, 3, new float[][] { image }), TaskListener.SILENT);
		denoiser.denoise(PixelArrays.image(0, new float[][] { image }), PixelArrays.image(0, new float[][] { denoised }));
		final double likeness = Likeness.of(project(distorted), denoised).correlation();
		assertTrue(likeness > 0.999, "correlation " + likeness);
		assertTrue(Arrays.equals(kept, image), "the noisy image was changed");
		assertThrows(ParameterException.class, () -> denoiser.denoise(PixelArrays.otherImages(image),
			PixelArrays.otherImages(
			denoised)));
	}

	@Test
	void imagesThatWereMultipliedBecomePhaseFlipped() {
		final CtfParameters multiplied = PLAIN.with(ObservationModel.IDEAL.with(CtfState.PREMULTIPLIED));
		final float[] image = project(multiplied);
		new Undistortion(BOX, 3).apply(multiplied, image);
		final double likeness = Likeness.of(project(Undistortion.remaining(multiplied)), image).correlation();
		assertTrue(likeness > 0.999, "correlation " + likeness);
	}

	/** White noise reveals losses that smooth images hide: without distortion nothing may be lost. */
	@Test
	void noiseOfUndistortedImagesStaysAsItIs() {
		final CtfParameters tilted = PLAIN.with(new ObservationModel(1e-12, 0, List.of(), List.of(), Magnification.NONE,
			CtfState.RECORDED));
		final SplittableRandom random = Seeds.random(3);
		final float[] image = new float[BOX * BOX];
		for (int i = 0; i < image.length; i++) image[i] = (float) random.nextGaussian();
		final float[] kept = image.clone();
		new Undistortion(BOX, 3).apply(tilted, image);
		assertArrayEquals(kept, image, 1e-5f);
	}

	@Test
	void doesNotWrapMethodsForPlainImages() {
		assertSame(NONE, UndistortingDenoiser.of(NONE, List.of(PLAIN, PLAIN.with(ObservationModel.IDEAL.with(
			CtfState.PHASE_FLIPPED)))));
	}

	private static float[] project(final CtfParameters parameters) {
		final float[] image = new float[BOX * BOX];
		new FourierSlice(BOX, 3).project(new FourierProjector(MAP), POSE, parameters, image);
		return image;
	}
}
