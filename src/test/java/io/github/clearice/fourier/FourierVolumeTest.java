package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierVolumeTest {

	@ParameterizedTest
	@CsvSource({ "6,1", "6,2", "7,2", "5,3" })
	void equalsTheDefinition(final int box, final int padding) {
		final Volume map = Volume.zeros(box, 1);
		final SplittableRandom random = Seeds.random(box);
		for (int i = 0; i < map.voxels().length; i++) map.voxels()[i] = (float) random.nextGaussian();
		final FourierVolume transform = FourierVolume.of(map, padding);
		assertEquals(padding * (box / 2), transform.radius());
		final int end = transform.radius() + 1;
		for (int kz = -end; kz <= end; kz += 2) for (int ky = -end; ky <= end; ky += 3) for (int kx = 0; kx <= end; kx++) {
			double re = 0, im = 0;
			for (int z = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
				final double angle = -2 * Math.PI * (kx * (x - box / 2) + ky * (y - box / 2) + kz * (z - box / 2)) / (box *
					padding);
				re += map.get(x, y, z) * Math.cos(angle);
				im += map.get(x, y, z) * Math.sin(angle);
			}
			assertEquals(re, transform.data()[transform.index(kx, ky, kz)], 1e-4);
			assertEquals(im, transform.data()[transform.index(kx, ky, kz) + 1], 1e-4);
		}
	}

	@Test
	void refusesAPaddingOfNothing() {
		assertThrows(IllegalArgumentException.class, () -> FourierVolume.of(Volume.zeros(4, 1), 0));
	}
}
