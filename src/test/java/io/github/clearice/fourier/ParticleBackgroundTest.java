package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.TestPair;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

/**
 * Against numpy on {@link TestPair}:
 *
 * <pre>
 * r, t = pair(n); y, x = np.mgrid[:n,:n]; m = np.hypot(x-n//2, y-n//2) &gt; .375*n
 * m.sum(), t[m].mean(), t[m].var(ddof=1); z = (t-t[m].mean())/t[m].std(ddof=1)
 * </pre>
 */
class ParticleBackgroundTest {

	@Test
	void backgroundEqualsNumpy() {
		final ParticleBackground odd = new ParticleBackground(33);
		assertEquals(600, odd.size());
		assertEquals(0.0036852431243945224, odd.mean(TestPair.of(33).image()), 1e-9);
		assertEquals(0.007875367768486114, odd.variance(TestPair.of(33).image()), 1e-9);
		final ParticleBackground even = new ParticleBackground(64);
		assertEquals(2303, even.size());
		assertEquals(0.003320645194432634, even.mean(TestPair.of(64).image()), 1e-9);
		assertEquals(0.007630848774162137, even.variance(TestPair.of(64).image()), 1e-9);
	}

	@Test
	void normalisesByTheBackground() {
		final float[] image = TestPair.of(64).image();
		new ParticleBackground(64).normalise(image);
		assertEquals(-0.9430965208188872, image[0], 1e-5);
		assertEquals(8.561595117774306, image[32 * 64 + 30], 1e-5);
	}

	@Test
	void constantBackgroundIsOnlyShifted() {
		final float[] image = new float[16 * 16];
		Arrays.fill(image, 3);
		image[8 * 16 + 8] = 5;
		new ParticleBackground(16).normalise(image);
		assertEquals(0, image[0]);
		assertEquals(2, image[8 * 16 + 8]);
	}

	@Test
	void isolatesTheBackground() {
		final float[] image = TestPair.of(64).image();
		final float[] isolated = new float[image.length];
		final ParticleBackground background = new ParticleBackground(64, 20);
		background.isolate(image, isolated);
		assertEquals(0, isolated[32 * 64 + 32]);
		assertEquals(image[0] - background.mean(image), isolated[0], 1e-6);
	}

	@Test
	void refusesACircleThatLeavesNoBackground() {
		assertThrows(IllegalArgumentException.class, () -> new ParticleBackground(16, 12));
		assertThrows(IllegalArgumentException.class, () -> new ParticleBackground(16, Double.NaN));
	}
}
