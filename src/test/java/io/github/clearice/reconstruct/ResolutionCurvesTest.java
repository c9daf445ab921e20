package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionCurvesTest {

	@TempDir
	Path folder;

	/** relion_image_handler --i betagal_64_rec300.mrc --fsc betagal_64_4.0.mrc --angpix 4, RELION 3.1.3. */
	@Test
	void equalsRelion() {
		final StarTable theirs = StarFile.read(TestData.file("relion/betagal_64_fsc.star")).table("fsc").orElseThrow();
		final double[] ours = ShellCorrelation.of(volume("relion/betagal_64_rec300.mrc"), volume(
			"relion/betagal_64_4.0.mrc")).values();
		assertEquals(33, theirs.rows());
		for (int k = 0; k < ours.length; k++)
			assertEquals(theirs.getDouble(k, "rlnFourierShellCorrelation"), ours[k], 1e-5);
	}

	@Test
	void randomPhasesKeepAmplitudesAndWhatIsCoarser() {
		for (final int box : new int[] { 24, 25 }) {
			final Volume volume = noisy(box, 0, 1, 3);
			final Volume random = ResolutionCurves.withRandomPhases(volume, 6, 5);
			final double[] curve = ShellCorrelation.of(volume, random).values();
			for (int k = 1; k < 6; k++) assertEquals(1, curve[k], 1e-5);
			for (int k = 7; k < curve.length; k++) assertTrue(Math.abs(curve[k]) < 0.25, "shell " + k + ": " + curve[k]);
			assertEquals(power(volume), power(random), 1e-4 * power(volume));
		}
	}

	@Test
	void takesTheMasksOwnShareAway() {
		// Noise on a constant level; a tight mask turns the level into a ball that both volumes share.
		final int box = 32;
		final Volume first = noisy(box, 0, 1, 1), second = noisy(box, 0, 1, 2);
		for (int i = 0; i < first.voxels().length; i++) {
			first.voxels()[i] += 10;
			second.voxels()[i] += 10;
		}
		final ResolutionCurves curves = ResolutionCurves.of(first, second, new SoftSphere(5, 1).mask(box, 3), 1);
		double masked = 0, corrected = 0;
		for (int k = 3; k <= 6; k++) {
			masked += curves.masked().values()[k] / 4;
			corrected += curves.corrected().values()[k] / 4;
		}
		assertTrue(masked > 0.8 && Math.abs(corrected) < 0.2, "masked " + masked + ", corrected " + corrected);
		assertEquals(1, curves.randomFrom());
	}

	@Test
	void withoutAMaskTheCurveIsPlain() {
		final Volume first = noisy(16, 5, 1, 1), second = noisy(16, 5, 1, 2);
		assertArrayEquals(ShellCorrelation.of(first, second).values(), ResolutionCurves.of(first, second).corrected()
			.values());
	}

	@Test
	void readsTheCurveThatItWrites() {
		final Volume first = noisy(16, 5, 1, 1), second = noisy(16, 5, 1, 2);
		final ResolutionCurves curves = ResolutionCurves.of(first, second);
		final Path table = folder.resolve("fsc.tsv");
		curves.write(table);
		final ShellCorrelation read = ResolutionCurves.read(table);
		assertArrayEquals(curves.corrected().values(), read.values(), 1e-6);
		assertEquals(first.pixelSizeAngstrom(), read.pixelSizeAngstrom(), 1e-6);
		curves.withoutPixelSize().write(table);
		assertEquals(Double.NaN, ResolutionCurves.read(table).pixelSizeAngstrom());
	}

	@Test
	void localResolutionSeparatesTheGoodSideFromTheBad() {
		final int box = 32;
		final Volume first = noisy(box, 0, 1, 1), second = noisy(box, 0, 1, 2);
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			// On the left both hold the same noise, so all frequencies correlate.
			if (x < box / 2) second.voxels()[i] = first.voxels()[i];
		}
		final Volume local = LocalResolution.measure(first, second, 24, 0.5, TaskListener.SILENT);
		assertEquals(6, local.get(6, 16, 16));
		assertTrue(local.get(26, 16, 16) > 20, String.valueOf(local.get(26, 16, 16)));
		assertThrows(ParameterException.class, () -> LocalResolution.measure(first, second, 6, 0.5, TaskListener.SILENT));
	}

	@Test
	void refusesImpossibleMasks() {
		final Volume mask = Volume.zeros(8, 3);
		assertRefused("is zero everywhere", () -> SoftMask.checked("m.mrc", mask));
		mask.voxels()[7] = 3;
		assertRefused("has a voxel of 3.0", () -> SoftMask.checked("m.mrc", mask));
		assertRefused("smaller than a voxel", () -> SoftMask.sphere(mask, 1, 3));
		assertRefused("has a box of 10 voxels", () -> mask.requireAlike("a", Volume.zeros(10, 3), "b"));
		assertRefused("has voxels of 2.0", () -> mask.requireAlike("a", Volume.zeros(8, 2), "b"));
	}

	private static void assertRefused(final String what, final Runnable work) {
		final ParameterException refusal = assertThrows(ParameterException.class, work::run);
		assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
	}

	/** A particle with noise of its own. */
	private static Volume noisy(final int box, final double signal, final double noise, final long seed) {
		final Volume volume = Views.particle(box);
		final SplittableRandom random = Seeds.random(seed);
		for (int i = 0; i < volume.voxels().length; i++) {
			volume.voxels()[i] = (float) (signal * volume.voxels()[i] + noise * random.nextGaussian());
		}
		return volume;
	}

	private static double power(final Volume volume) {
		double power = 0;
		for (final float value : volume.voxels()) power += (double) value * value;
		return power;
	}

	private static Volume volume(final String name) {
		try (MrcFile file = MrcFile.open(TestData.file(name), MrcKind.VOLUME)) {
			return file.readVolume();
		}
	}
}
