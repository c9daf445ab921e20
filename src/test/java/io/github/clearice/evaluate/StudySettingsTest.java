package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.clearice.stack.ArrayParticleStack;

import org.junit.jupiter.api.Test;

class StudySettingsTest {

	/** Whole numbers differ in the upper bytes of a float only. */
	@Test
	void fingerprintsOfIntegerStacksDiffer() {
		assertEquals(StudySettings.fingerprint(stack(1)), StudySettings.fingerprint(stack(1)));
		assertNotEquals(StudySettings.fingerprint(stack(1)), StudySettings.fingerprint(stack(2)));
		assertNotEquals(StudySettings.fingerprint(stack(1), stack(2)), StudySettings.fingerprint(stack(2), stack(1)));
	}

	private static ArrayParticleStack stack(final int step) {
		final float[][] images = new float[20][16];
		for (int i = 0; i < images.length; i++) for (int p = 0; p < 16; p++) images[i][p] = step * i + p;
		return new ArrayParticleStack("counts.mrcs", 4, 1, images);
	}
}
