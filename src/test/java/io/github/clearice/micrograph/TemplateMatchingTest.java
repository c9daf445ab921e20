package io.github.clearice.micrograph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class TemplateMatchingTest {

	private static final int WIDTH = 40, HEIGHT = 30, EDGE = 9;

	/**
	 * <pre>
	 * # scikit-image 0.19.3
	 * y,x=np.mgrid[:30,:40]; i=np.sin(.37*x)+np.cos(.23*y)+(x*7+y*13)%11/5
	 * v,u=np.mgrid[:9,:9]; t=np.cos(.5*u)*np.sin(.4*v)+u*v%5/4
	 * s=match_template(i,t); [s[a,b] for a,b in ((0,0),(3,17),(10,5),(21,31),(12,20))]
	 * </pre>
	 */
	@Test
	void agreesWithScikitImage() {
		final float[] image = new float[WIDTH * HEIGHT], template = new float[EDGE * EDGE];
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				image[y * WIDTH + x] = (float) (Math.sin(.37 * x) + Math.cos(.23 * y) + (x * 7 + y * 13) % 11 / 5.0 - 1.18);
		for (int v = 0; v < EDGE; v++)
			for (int u = 0; u < EDGE; u++)
				template[v * EDGE + u] = (float) (Math.cos(.5 * u) * Math.sin(.4 * v) + u * v % 5 / 4.0);
		final boolean[] mask = new boolean[EDGE * EDGE];
		Arrays.fill(mask, true);
		final TemplateMatching matching = new TemplateMatching(image, WIDTH, HEIGHT, mask, EDGE);
		final float[] scores = matching.correlate(new TemplateMatching.Template(EDGE, template, 0));
		final double[][] expected = { { 0, 0, -0.152138 }, { 3, 17, -0.176625 }, { 10, 5, 0.444193 }, { 21, 31, -0.383234 },
			{ 12, 20, 0.383402 } };
		for (final double[] one : expected)
			assertEquals(one[2], scores[((int) one[0] + EDGE / 2) * WIDTH + (int) one[1] + EDGE / 2], 2e-5);
	}

	@Test
	void bestAndWorstOfTemplatesDoNotDependOnTheirOrder() {
		final float[] image = new float[WIDTH * HEIGHT];
		for (int i = 0; i < image.length; i++) image[i] = (float) Math.sin(i * i % 97);
		final boolean[] mask = new boolean[EDGE * EDGE];
		Arrays.fill(mask, true);
		final TemplateMatching matching = new TemplateMatching(image, WIDTH, HEIGHT, mask, EDGE);
		final float[] ramp = new float[EDGE * EDGE], fall = new float[EDGE * EDGE];
		for (int i = 0; i < ramp.length; i++) {
			ramp[i] = i;
			fall[i] = -i;
		}
		final TemplateMatching.ScoreMap scores = matching.correlate(List.of(new TemplateMatching.Template(EDGE, ramp, 0),
			new TemplateMatching.Template(EDGE, fall, 90)),
			() -> {});
		final float[] alone = matching.correlate(new TemplateMatching.Template(EDGE, ramp, 0));
		for (int i = 0; i < alone.length; i++) {
			assertEquals(Math.abs(alone[i]), scores.best()[i], 1e-5);
			assertEquals(Math.abs(alone[i]), scores.inverted()[i], 1e-5);
			if (Math.abs(alone[i]) > 1e-4) assertEquals(alone[i] > 0 ? 0 : 1, scores.template(i));
		}
	}
}
