package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.image.Volume;
import io.github.clearice.task.Seeds;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written passes {@code python3 -m mrcfile.validator FILE...} (mrcfile
 * 1.4.3), run by hand on every mode and kind that these tests write.
 */
class MrcWriterTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource(value = MrcMode.class, names = "UINT4", mode = EnumSource.Mode.EXCLUDE)
	void readsBackWhatItWrote(final MrcMode mode) {
		final Path target = folder.resolve("stack.mrcs");
		final float[][] images = images(5, 7 * 6, mode);
		try (MrcWriter writer = MrcWriter.stack(target, 7, 6, 1.25, mode)) {
			for (final float[] image : images) writer.write(image);
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(MrcKind.STACK, file.kind());
			assertEquals(5, file.sections());
			assertEquals(1.25, file.pixelSizeAngstrom());
			assertTrue(file.warnings().isEmpty(), file.warnings().toString());
			final float[] back = new float[7 * 6];
			for (int i = 0; i < 5; i++) {
				file.readSection(i, back);
				assertArrayEquals(images[i], back);
			}
		}
		assertEquals(List.of(), MrcValidator.validate(target));
	}

	@Test
	void writesVolumes() {
		final Path target = folder.resolve("map.mrc");
		final Volume volume = new Volume(6, 2.5, images(1, 216, MrcMode.FLOAT32)[0]);
		MrcWriter.writeVolume(target, volume, MrcMode.FLOAT32);
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(MrcKind.VOLUME, file.kind());
			final Volume back = file.readVolume();
			assertEquals(2.5, back.pixelSizeAngstrom());
			assertArrayEquals(volume.data(), back.data());
			assertEquals(1, file.header().ispg());
			assertArrayEquals(new int[] { 6, 6, 6 }, file.header().sampling());
		}
		assertEquals(List.of(), MrcValidator.validate(target));
	}

	static float[][] images(final int count, final int pixels, final MrcMode mode) {
		final SplittableRandom random = Seeds.random(3);
		final float[][] images = new float[count][pixels];
		final PixelEncoder encoder = new PixelEncoder(mode);
		final double offset = mode == MrcMode.UINT16 ? 200 : 0;
		for (final float[] image : images) for (int i = 0; i < pixels; i++) {
			image[i] = encoder.stored((float) (offset + 30 * random.nextGaussian()));
		}
		return images;
	}
}
