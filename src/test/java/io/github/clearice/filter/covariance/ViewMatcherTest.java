package io.github.clearice.filter.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.covariance.ViewMatcher.Match;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.task.TaskListener;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ViewMatcherTest {

	private static final int BOX = 24, COUNT = 300;

	private static CovarianceWiener linear;
	private static SignalFrame frame;
	private static float[][] images;

	@BeforeAll
	static void learn() {
		final ParticlePairs pairs = GaussianMolecule.pairs(BOX, COUNT, 0.5, 3);
		linear = CovarianceWiener.of(NoiseLevel.ofBackground(0.75));
		linear.prepare(pairs.noisy(), TaskListener.SILENT);
		frame = new SignalFrame(linear.observation(), linear.covariance());
		images = ((ArrayParticleStack) pairs.noisy()).images();
	}

	private static float[] shown(final float[] image) {
		final float[] pixels = image.clone(), re = new float[linear.observation().basis().length()], im =
			new float[re.length];
		linear.offsets().remove(pixels);
		linear.filter().new Worker().whiten(pixels, re, im);
		final float[] shown = new float[2 * frame.length()];
		frame.project(0, re, im, shown);
		return shown;
	}

	/** What the components are taken for: of high orders, which show noise, hardly anything. */
	private static float[] view(final float[] image) {
		final float[] view = new float[2 * frame.length()];
		frame.multiply(frame.posterior(0, frame.variances()), shown(image), view);
		return view;
	}

	private static ViewMatcher all() {
		final float[][] views = new float[COUNT][];
		for (int i = 0; i < COUNT; i++) views[i] = view(images[i]);
		return new ViewMatcher(frame, views);
	}

	@Test
	void withoutOtherImagesTheFrameFiltersAsTheCovarianceDoes() {
		final float[] filtered = new float[2 * frame.length()], re = new float[linear.observation().basis().length()], im =
			new float[re.length];
		frame.multiply(frame.posterior(0, frame.variances()), shown(images[5]), filtered);
		frame.expand(filtered, re, im);
		final float[] pixels = images[5].clone(), own = new float[BOX * BOX], expected = new float[BOX * BOX];
		linear.offsets().remove(pixels);
		linear.filter().new Worker().expand(pixels, re, im, own);
		linear.filter().new Worker().filter(pixels, 0, expected);
		assertArrayEquals(expected, own, 0.01f);
	}

	/** By a quarter of a turn, and mirrored, pixels can be moved without interpolation. */
	@Test
	void findsRotatedAndMirroredImages() {
		final ViewMatcher matcher = all();
		for (final boolean mirrored : new boolean[] { false, true }) {
			final float[] moved = new float[BOX * BOX];
			for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) moved[y * BOX + x] = images[9][mirrored ? x * BOX + y
				: x * BOX + BOX - y];
			final float[] view = view(moved), turned = new float[view.length];
			final Match best = matcher.new Search().nearest(view, 3)[0];
			assertEquals(9, best.index());
			assertEquals(mirrored, best.mirrored());
			matcher.turn(best, view(images[9]), turned);
			final double left = ViewMatcher.distance(frame, view, turned), all = ViewMatcher.distance(frame, view,
				new float[view.length]);
			assertTrue(left < 0.05 * all, left + " of " + all);
			assertEquals(left, best.distance(), 0.01 * all);
		}
	}

	@Test
	void noAngleBetweenThoseComparedIsNearer() {
		final ViewMatcher matcher = all();
		final float[] view = view(images[0]), turned = new float[view.length];
		final Match[] matches = matcher.new Search().nearest(view, 20);
		assertEquals(0, matches[0].distance(), 1e-3 * ViewMatcher.distance(frame, view, new float[view.length]));
		for (int m = 1; m < matches.length; m++) {
			assertTrue(matches[m].distance() >= matches[m - 1].distance(), "not in order");
			double least = Double.POSITIVE_INFINITY;
			for (int a = 0; a < 720; a++) for (final boolean mirrored : new boolean[] { false, true }) {
				matcher.turn(new Match(matches[m].index(), a * Math.PI / 360, mirrored, 0), view(images[matches[m].index()]),
					turned);
				least = Math.min(least, ViewMatcher.distance(frame, view, turned));
			}
			assertEquals(least, matches[m].distance(), 0.02 * least);
		}
	}
}
