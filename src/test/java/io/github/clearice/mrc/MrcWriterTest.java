package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.PixelDecoder.PixelEncoder;
import io.github.clearice.task.InputException;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.Seeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every written file passes {@code python3 -m mrcfile.validator FILE...} (mrcfile 1.4.3), run by hand on every mode and
 * kind that these tests write.
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

	/** mrcfile works the rms of mode 12 out at half precision, where its sum of squares is infinite. */
	@Test
	void marksTheRmsOfHalfPrecisionAsUnknown() {
		final Path target = folder.resolve("stack.mrcs");
		try (MrcWriter writer = MrcWriter.stack(target, 64, 64, 1, MrcMode.FLOAT16)) {
			writer.write(images(1, 64 * 64, MrcMode.FLOAT16)[0]);
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(-1, file.header().rms());
		}
		assertEquals(List.of(), MrcValidator.validate(target));
	}

	@Test
	void writesVolumes() {
		final Path target = folder.resolve("map.mrc");
		final Volume volume = Volume.of(6, 2.5, images(1, 216, MrcMode.FLOAT32)[0]);
		MrcWriter.writeVolume(target, volume, MrcMode.FLOAT32);
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(MrcKind.VOLUME, file.kind());
			final Volume back = file.readVolume();
			assertEquals(2.5, back.pixelSizeAngstrom());
			assertArrayEquals(volume.voxels(), back.voxels());
			assertEquals(1, file.header().ispg());
			assertArrayEquals(new int[] { 6, 6, 6 }, file.header().sampling());
		}
		assertEquals(List.of(), MrcValidator.validate(target));
	}

	@ParameterizedTest
	@CsvSource({ "INT8, -128.4, -128", "INT8, 127.4, 127", "INT8, 0.5, 0", "INT8, 1.5, 2", "INT16, -2.5, -2",
		"UINT16, 65535.4, 65535", "FLOAT16, 2049, 2048", "FLOAT16, 65519, 65504", "FLOAT16, 1e-9, 0" })
	void roundsToTheNearestTiesToEven(final MrcMode mode, final float value, final float expected) {
		final Path target = folder.resolve("a.mrcs");
		try (MrcWriter writer = MrcWriter.stack(target, 2, 1, 1, mode)) {
			writer.write(new float[] { value, 0 });
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			final float[] back = new float[2];
			file.readSection(0, back);
			assertEquals(expected, back[0]);
			// Statistics describe the pixels written, not the pixels given.
			assertEquals(expected / 2, file.header().dmean());
		}
	}

	@ParameterizedTest
	@CsvSource({ "FLOAT32, NaN", "FLOAT32, Infinity", "FLOAT16, NaN", "FLOAT16, 65520", "INT8, 127.6", "INT8, -129",
		"INT8, NaN", "INT16, 32768", "UINT16, -1", "UINT16, 65536" })
	void refusesPixelsThatDoNotFitAndLeavesNothing(final MrcMode mode, final float value) throws IOException {
		final Path target = folder.resolve("a.mrcs");
		try (MrcWriter writer = MrcWriter.stack(target, 3, 2, 1, mode)) {
			writer.write(new float[6]);
			final String message = assertThrows(InputException.class, () -> writer.write(new float[] { 0, 0, 0, 0, value,
				0 }))
				.getMessage();
			assertTrue(message.contains("section 1, pixel (1, 1) is " + value), message);
		}
		assertEquals(List.of(), names());
	}

	@Test
	void leavesTheOldFileWholeWithoutCommit() throws IOException {
		final Path target = Files.writeString(folder.resolve("a.mrcs"), "old");
		try (MrcWriter writer = MrcWriter.stack(target, 64, 64, 1, MrcMode.FLOAT32)) {
			for (int i = 0; i < 100; i++) writer.write(new float[64 * 64]);
		}
		assertEquals("old", Files.readString(target));
		assertEquals(List.of("a.mrcs"), names());
	}

	@Test
	void refusesToSaveNothing() throws IOException {
		try (MrcWriter writer = MrcWriter.stack(folder.resolve("a.mrcs"), 4, 4, 1, MrcMode.FLOAT32)) {
			assertTrue(assertThrows(InputException.class, writer::commit).getMessage().contains("no image was written"));
		}
		assertEquals(List.of(), names());
	}

	@Test
	void saysWhereItCannotWrite() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "");
		assertThrows(OutputException.class, () -> MrcWriter.stack(file.resolve("a.mrcs"), 4, 4, 1, MrcMode.FLOAT32));
		assertThrows(OutputException.class, () -> MrcWriter.stack(folder, 4, 4, 1, MrcMode.FLOAT32));
	}

	@Test
	void refusesParametersThatMakeNoFile() {
		final Path target = folder.resolve("a.mrcs");
		assertThrows(IllegalArgumentException.class, () -> MrcWriter.stack(target, 0, 4, 1, MrcMode.FLOAT32));
		assertThrows(IllegalArgumentException.class, () -> MrcWriter.stack(target, 1 << 16, 1 << 16, 1, MrcMode.FLOAT32));
		assertThrows(IllegalArgumentException.class, () -> MrcWriter.stack(target, 4, 4, -1, MrcMode.FLOAT32));
		assertThrows(IllegalArgumentException.class, () -> MrcWriter.stack(target, 4, 4, 1, MrcMode.UINT4));
		try (MrcWriter writer = MrcWriter.stack(target, 4, 4, 1, MrcMode.FLOAT32)) {
			assertThrows(IllegalArgumentException.class, () -> writer.write(new float[15]));
		}
	}

	@Test
	void writesTheHeaderOfMrc2014() {
		final Path target = folder.resolve("a.mrcs");
		try (MrcWriter writer = MrcWriter.stack(target, 4, 3, 2.5, MrcMode.FLOAT32)) {
			writer.write(new float[] { -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9 });
			writer.write(new float[12]);
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			final MrcHeader header = file.header();
			assertArrayEquals(new int[] { 4, 3, 1 }, header.sampling());
			assertArrayEquals(new float[] { 10, 7.5f, 2.5f }, header.cellAngstrom());
			assertArrayEquals(new float[] { 90, 90, 90 }, header.cellAnglesDegree());
			assertEquals(0, header.ispg());
			assertEquals(20141, header.nversion());
			assertEquals(0x44440000, header.machst());
			assertEquals(-3, header.dmin());
			assertEquals(9, header.dmax());
			assertEquals(0.25f, header.dmean());
			// numpy.array([-3, 9] + [0] * 22).std()
			assertEquals(1.9202864f, header.rms(), 1e-7f);
			assertEquals(1, header.nlabl());
		}
	}

	@Test
	void keepsExactStatisticsOfManySections() {
		final Path target = folder.resolve("a.mrcs");
		final SplittableRandom random = Seeds.random(11);
		try (MrcWriter writer = MrcWriter.stack(target, 100, 100, 1, MrcMode.FLOAT32)) {
			final float[] section = new float[10_000];
			for (int s = 0; s < 200; s++) {
				// Deviations of 1 about a mean of 10^5: naive sums of squares in single precision lose them.
				for (int i = 0; i < section.length; i++) section[i] = (float) (1e5 + random.nextGaussian());
				writer.write(section);
			}
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(1, file.header().rms(), 2e-3);
			assertEquals(1e5, file.header().dmean(), 2e-2);
		}
		assertEquals(List.of(), MrcValidator.validate(target));
	}

	@Test
	void doesNotInventAPixelSize() {
		final Path target = folder.resolve("a.mrcs");
		try (MrcWriter writer = MrcWriter.stack(target, 4, 3, Double.NaN, MrcMode.FLOAT32)) {
			writer.write(new float[12]);
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(target)) {
			assertEquals(Double.NaN, file.pixelSizeAngstrom());
		}
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
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
