package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftMaskTest {

	/**
	 * {@code relion_mask_create --i betagal_64_4.0.mrc --ini_threshold 10 --extend_inimask E --width_soft_edge W --o m.mrc}
	 * (3.1.3); sum of all voxels and number of ones. All voxels are the same to 1e-5.
	 */
	@ParameterizedTest
	@CsvSource({ "0, 0, 9780, 9780", "3, 0, 22921, 22921", "3, 5, 35147.9286, 22921", "-2, 3, 7089.7606, 3072" })
	void isTheMaskOfRelion(final double extend, final double edge, final double sum, final int ones) {
		final SoftMask mask = SoftMask.of(map(), new SoftMask.Options(10, 0, extend, edge));
		assertEquals(ones, mask.inside());
		assertEquals(sum, sum(mask), 0.01);
	}

	/** With {@code --lowpass 15 --angpix 4}: RELION rounds the cutoff to whole shells of frequency. */
	@Test
	void isNearlyTheMaskOfRelionAfterAFilter() {
		final SoftMask mask = SoftMask.of(map(), new SoftMask.Options(10, 15, 2, 4));
		assertEquals(25314.24, sum(mask), 0.003 * 25314.24);
		assertEquals(17286, mask.inside(), 0.003 * 17286);
	}

	@Test
	void distancesAreExact() {
		final int box = 9;
		final boolean[] set = new boolean[box * box * box];
		final int[][] points = { { 1, 2, 3 }, { 7, 7, 0 }, { 4, 8, 8 } };
		for (final int[] p : points) set[(p[2] * box + p[1]) * box + p[0]] = true;
		final float[] squares = SquaredDistances.to(set, box);
		for (int z = 0, i = 0; z < box; z++)
			for (int y = 0; y < box; y++)
				for (int x = 0; x < box; x++, i++) {
					int nearest = Integer.MAX_VALUE;
					for (final int[] p : points)
						nearest = Math.min(nearest, (p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y) + (p[2] - z) * (p[2] - z));
					assertEquals(nearest, squares[i]);
				}
	}

	@Test
	void findsTheMoleculeInNoise() {
		final Volume map = map();
		final Volume noisy = Volume.zeros(map.box(), map.pixelSizeAngstrom());
		final SplittableRandom random = Seeds.random(3, 1);
		for (int i = 0; i < noisy.voxels().length; i++) noisy.voxels()[i] = (float) (map.voxels()[i] +
			random.nextGaussian(0, 3));
		final SoftMask clean = SoftMask.of(map, SoftMask.Options.AUTO), found = SoftMask.of(noisy, SoftMask.Options.AUTO);
		double both = 0;
		for (int i = 0; i < map.voxels().length; i++) both += Math.min(clean.mask().voxels()[i], found.mask().voxels()[i]);
		assertTrue(both > 0.9 * Math.max(sum(clean), sum(found)), both + " of " + sum(clean) + " and " + sum(found));
		double kept = 0, all = 0;
		for (int i = 0; i < map.voxels().length; i++) {
			kept += map.voxels()[i] * clean.mask().voxels()[i];
			all += map.voxels()[i];
		}
		assertTrue(kept > 0.98 * all, "the mask holds the molecule");
		assertTrue(clean.inside() < 0.2 * map.voxels().length, "and not much else");
	}

	@Test
	void refusesWhatLeavesNothingOrEverything() {
		final Volume map = Views.particle(24);
		assertTrue(assertThrows(ParameterException.class, () -> SoftMask.of(map, new SoftMask.Options(1e6, 0, 0, 0)))
			.getMessage().contains("no voxel is in the mask"));
		assertTrue(assertThrows(ParameterException.class, () -> SoftMask.of(map, new SoftMask.Options(-1e6, 0, 0, 0)))
			.getMessage().contains("every voxel is in the mask"));
		assertThrows(ParameterException.class, () -> new SoftMask.Options(1, 0, 0, -1));
	}

	private static double sum(final SoftMask mask) {
		double sum = 0;
		for (final float value : mask.mask().voxels()) sum += value;
		return sum;
	}

	private static Volume map() {
		try (MrcFile file = MrcFile.open(TestData.file("relion/betagal_64_4.0.mrc"))) {
			return file.readVolume();
		}
	}
}
