package io.github.clearice.evaluate.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class PlaneAlignmentTest {

	private static final int BOX = 32;
	private static final int COUNT = 120;

	private final int[] classes = new int[COUNT];
	private final double[] angles = new double[COUNT];

	@Test
	void alignsTurnedImages() {
		final PlaneAlignment alignment = new PlaneAlignment(stack(.1), 1, TaskListener.SILENT);
		// All are off by one angle, within half a step of the search and the uncertainty of single images.
		final double first = alignment.anglesDegree()[0] + angles[0];
		for (int i = 0; i < COUNT; i++) {
			final double off = alignment.anglesDegree()[i] + angles[i] - first;
			assertEquals(0, Math.IEEEremainder(off, 360), 6, "image " + i);
		}
		final ParticleStack aligned = alignment.aligned();
		final float[] one = new float[BOX * BOX], other = one.clone();
		aligned.read(0, one);
		aligned.read(2, other);
		double product = 0, square = 0;
		for (int p = 0; p < one.length; p++) {
			product += one[p] * other[p];
			square += one[p] * one[p];
		}
		assertTrue(product > .8 * square, product + " of " + square);
	}

	@Test
	void classesAreFoundInAlignedImages() {
		final ParticleStack turned = stack(.4);
		assertTrue(accuracy(turned) < .75, "not aligned: " + accuracy(turned));
		final double aligned = accuracy(new PlaneAlignment(turned, 1, TaskListener.SILENT).aligned());
		assertTrue(aligned > .95, "aligned: " + aligned);
	}

	@Test
	void imagesOfALongStackAreTurnedToTheMeanOfSome() {
		final double[] all = new PlaneAlignment(stack(.1), 1, TaskListener.SILENT).anglesDegree();
		final double[] some = new PlaneAlignment(stack(.1), 1, COUNT / 3, TaskListener.SILENT).anglesDegree();
		for (int i = 0; i < COUNT; i++) assertEquals(0, Math.IEEEremainder(some[i] - all[i] - (some[0] - all[0]), 360), 6,
			"image " + i);
	}

	@Test
	void theSameSeedGivesTheSame() {
		final ParticleStack turned = stack(.4);
		assertArrayEquals(new PlaneAlignment(turned, 3, TaskListener.SILENT).anglesDegree(), new PlaneAlignment(turned, 3,
			TaskListener.SILENT).anglesDegree());
	}

	@Test
	void refusesImagesTooSmallToAlign() {
		final ParticleStack tiny = new ArrayParticleStack("tiny", 4, 4, new float[9][16]);
		assertTrue(assertThrows(ParameterException.class, () -> new PlaneAlignment(tiny, 1,
			TaskListener.SILENT)).getMessage()
			.contains("align=false"));
	}

	private double accuracy(final ParticleStack stack) {
		final double[][] points = PrincipalComponents.of(stack, 3, 1, TaskListener.SILENT).coordinates(stack,
			stack.spread(classes.length));
		return Agreement.of(Arrays.stream(points).mapToInt(Clustering.byMeans(points, 2, 1)).toArray(), classes).accuracy();
	}

	/** A body with an arm that is bent in every second image, all turned by angles of their own, in noise. */
	private ArrayParticleStack stack(final double noise) {
		final double[][] body = { { 0, 0 }, { 5, 1 }, { -4, 3 }, { -6, -5 } }, arms = { { 3, -8 }, { 9, -4 } };
		final float[][] images = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final SplittableRandom random = Seeds.random(4, i);
			classes[i] = i % 2;
			angles[i] = random.nextDouble(360);
			final double c = Math.cos(Math.toRadians(angles[i])), s = Math.sin(Math.toRadians(angles[i]));
			for (int p = 0; p < BOX * BOX; p++) {
				final double x = p % BOX - 16, y = p / BOX - 16, u = c * x + s * y, v = c * y - s * x;
				for (final double[] at : body) images[i][p] += blob(u, v, at);
				images[i][p] += blob(u, v, arms[classes[i]]) + (float) (noise * random.nextGaussian());
			}
		}
		return new ArrayParticleStack("turned", BOX, 4, images);
	}

	private static float blob(final double u, final double v, final double[] at) {
		return (float) Math.exp(-(Math.pow(u - at[0], 2) + Math.pow(v - at[1], 2)) / 6);
	}
}
