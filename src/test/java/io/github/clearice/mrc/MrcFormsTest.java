package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcValidator.MrcRule;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which images are stored: modes, byte orders, kinds, axes, compression. */
class MrcFormsTest {

	@TempDir
	Path folder;

	/** The bytes of one row of three pixels, and what they mean. */
	@ParameterizedTest(name = "mode {0}, {1}")
	@CsvSource({ //
		"0, LITTLE_ENDIAN, 01ff80, 1 -1 -128", //
		"1, LITTLE_ENDIAN, 0100ffff0080, 1 -1 -32768", //
		"1, BIG_ENDIAN, 0001ffff8000, 1 -1 -32768", //
		"2, LITTLE_ENDIAN, 0000803f000020c1db0f4940, 1 -10 3.1415927", //
		"2, BIG_ENDIAN, 3f800000c120000040490fdb, 1 -10 3.1415927", //
		"6, LITTLE_ENDIAN, 0100ffff0080, 1 65535 32768", //
		"6, BIG_ENDIAN, 0001ffff8000, 1 65535 32768", //
		"12, LITTLE_ENDIAN, 003c00c94842, 1 -10 3.140625", //
		"12, BIG_ENDIAN, 3c00c9004248, 1 -10 3.140625", //
		"101, LITTLE_ENDIAN, 210f, 1 2 15", //
	})
	void readsEveryMode(final int mode, final String order, final String hex, final String expected) {
		final byte[] row = HexFormat.of().parseHex(hex);
		final MrcBytes file = new MrcBytes("BIG_ENDIAN".equals(order) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
			mode, 3, 2, 2, 0, 4 * row.length);
		for (int i = 0; i < 4; i++) file.bytes.put(file.data() + i * row.length, row);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.mrc")))) {
			final String[] values = expected.split(" ");
			final float[] section = new float[6];
			opened.readSection(1, section);
			final RandomAccess<? extends RealType<?>> access = opened.image().randomAccess();
			for (int i = 0; i < 6; i++) {
				final float value = Float.parseFloat(values[i % 3]);
				assertEquals(value, section[i]);
				access.setPosition(new int[] { i % 3, i / 3, 1 });
				assertEquals(value, access.get().getRealFloat());
			}
			assertTrue(opened.warnings().isEmpty(), opened.warnings().toString());
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, ByteType", "1, ShortType", "2, FloatType", "6, UnsignedShortType", "12, FloatType",
		"101, UnsignedByteType" })
	void givesTheFittingPixelType(final int mode, final String type) {
		final MrcBytes file = new MrcBytes(ByteOrder.LITTLE_ENDIAN, mode, 4, 4, 1, 0, 64);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.mrc")))) {
			assertEquals(type, opened.image().getType().getClass().getSimpleName());
		}
	}

	@ParameterizedTest
	@CsvSource({ //
		"0, 0, -10, 100, -56", // nothing said: MRC2014 means signed
		"0, 0, 0, 200, 200", // statistics leave no other reading
		"0, 0, 0, 100, -56", // statistics fit both
		"0, 0, 3, 1, -56", // statistics unknown
		"1146047817, 0, -10, 100, 200", // IMOD says unsigned
		"1146047817, 1, 0, 200, -56", // IMOD says signed
	})
	void recognisesUnsignedBytes(final int stamp, final int flags, final float dmin, final float dmax,
		final float expected)
	{
		final MrcBytes file = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 0, 2, 1, 1, 0, 2);
		file.word(39, stamp).word(40, flags).real(20, dmin).real(21, dmax);
		file.bytes.put(file.data(), (byte) 200);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.mrc")))) {
			final float[] section = new float[2];
			opened.readSection(0, section);
			assertEquals(expected, section[0]);
			assertEquals(expected > 0, opened.image().getType() instanceof UnsignedByteType);
			assertEquals(expected > 0 ? 1 : 0, opened.warnings().size());
		}
	}

	@ParameterizedTest
	@CsvSource({ "LITTLE, 0", "BIG, 0", "LITTLE, 286326784", "BIG, 1145307136", "BIG, 1145110528", "LITTLE, 17476" })
	void decidesTheByteOrderInSpiteOfTheMachineStamp(final String order, final int stamp) {
		final MrcBytes file = MrcBytes.counting("BIG".equals(order) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 4, 3,
			2).stamp(stamp);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.mrc")))) {
			final float[] section = new float[12];
			opened.readSection(1, section);
			assertEquals(23, section[11]);
			assertEquals(1, opened.warnings().size());
			assertTrue(opened.warnings().get(0).contains("machine stamp"), opened.warnings().get(0));
		}
	}

	@ParameterizedTest
	@CsvSource({ //
		"a.mrc, 1, 4, 1, 8, VOLUME", //
		"a.mrc, 0, 1, 1, 8, STACK", //
		"a.mrc, 1, 1, 1, 8, STACK", //
		"a.mrc, 0, 4, 1, 8, VOLUME", //
		"a.mrcs, 1, 4, 1, 8, STACK", //
		"a.mrcs, 0, 4, 1, 8, STACK", //
		"a.ST, 1, 4, 1, 8, STACK", //
		"a.mrc, 1, 4, 0, 8, STACK", //
		"a.mrc, 401, 2, 1, 8, VOLUME_STACK", //
		"a.mrc, 630, 4, 1, 8, VOLUME_STACK", //
		"a.mrc, 401, 3, 1, 8, VOLUME", //
		"a.mrc, 1061109567, 4, 1, 8, VOLUME", //
		"a.map, 19, 40, 1, 8, VOLUME", //
	})
	void separatesStacksFromVolumes(final String name, final int ispg, final int mz, final float cellHeight,
		final float cell,
		final MrcKind kind)
	{
		final MrcBytes file = MrcBytes.counting(4, 4, 4).word(23, ispg).word(10, mz).real(13, cellHeight).real(11, cell);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve(name)))) {
			assertEquals(kind, opened.kind());
		}
	}

	@Test
	void opensAsTheCallerSays() {
		final Path path = MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(path, MrcKind.STACK)) {
			assertEquals(MrcKind.STACK, opened.kind());
		}
	}

	@Test
	void splitsAStackOfVolumes() {
		final Path path = MrcBytes.counting(3, 2, 6).word(23, 401).word(10, 2).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(path)) {
			final RandomAccessibleInterval<? extends RealType<?>> image = opened.image();
			assertArrayEquals(new long[] { 3, 2, 2, 3 }, image.dimensionsAsLongArray());
			final RandomAccess<? extends RealType<?>> access = image.randomAccess();
			access.setPosition(new int[] { 2, 1, 1, 2 });
			assertEquals(35, access.get().getRealFloat());
			assertEquals(2, opened.sectionsPerVolume());
		}
	}

	@Test
	void showsAnImageInTwoDimensions() {
		final Path path = MrcBytes.counting(3, 2, 1).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(path)) {
			assertEquals(MrcKind.IMAGE, opened.kind());
			assertArrayEquals(new long[] { 3, 2 }, opened.image().dimensionsAsLongArray());
		}
	}

	/** Voxel (column, row, section) counts up; whatever the order of axes, it must be found at its X, Y, Z. */
	@ParameterizedTest
	@ValueSource(strings = { "123", "132", "213", "231", "312", "321" })
	void putsAxesInOrder(final String order) {
		final int[] axes = order.chars().map(c -> c - '1').toArray();
		final MrcBytes file = MrcBytes.counting(2, 3, 4);
		for (int i = 0; i < 3; i++) file.word(17 + i, axes[i] + 1).word(8 + i, 1).real(11 + i, i + 1);
		final int[] stored = { 2, 3, 4 };
		final int[] size = new int[3];
		for (int i = 0; i < 3; i++) size[axes[i]] = stored[i];
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.map")), MrcKind.VOLUME)) {
			assertArrayEquals(size, new int[] { opened.width(), opened.height(), opened.sections() });
			assertEquals(1, opened.pixelSizeAngstrom());
			assertEquals(3, opened.pixelSizeAngstrom(2));
			final RandomAccess<? extends RealType<?>> access = opened.image().randomAccess();
			final float[] section = new float[size[0] * size[1]];
			for (int z = 0; z < size[2]; z++) {
				opened.readSection(z, section);
				for (int y = 0; y < size[1]; y++) for (int x = 0; x < size[0]; x++) {
					final int[] xyz = { x, y, z };
					final int expected = (xyz[axes[2]] * 3 + xyz[axes[1]]) * 2 + xyz[axes[0]];
					assertEquals(expected, section[y * size[0] + x]);
					access.setPosition(xyz);
					assertEquals(expected, access.get().getRealFloat());
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gz", "bz2" })
	void unpacksCompressedFiles(final String extension) throws IOException {
		final MrcBytes file = MrcBytes.counting(4, 3, 5);
		final Path path = folder.resolve("a.mrcs." + extension);
		try (OutputStream out = Files.newOutputStream(path);
			OutputStream packed = "gz".equals(extension) ? new GZIPOutputStream(out) : new BZip2CompressorOutputStream(out))
		{
			packed.write(file.bytes.array());
		}
		try (MrcFile opened = MrcFile.open(path)) {
			assertEquals(MrcKind.STACK, opened.kind());
			final float[] section = new float[12];
			opened.readSection(4, section);
			assertEquals(59, section[11]);
			assertTrue(opened.warnings().isEmpty(), opened.warnings().toString());
		}
		assertEquals(List.of(), MrcValidator.validate(path));
	}

	@Test
	void takesTheMagnitudeOfANegativeCell() {
		final Path path = MrcBytes.counting(4, 4, 4).real(11, -12).real(12, -12).real(13, -12).write(folder.resolve(
			"a.mrc"));
		try (MrcFile opened = MrcFile.open(path)) {
			assertEquals(3, opened.pixelSizeAngstrom());
			assertTrue(opened.warnings().get(0).contains("negative"), opened.warnings().toString());
		}
	}

	@Test
	void leavesThePixelSizeOfAnEmptyCellUnknownWithoutAWord() {
		final Path path = MrcBytes.counting(4, 4, 4).real(11, 0).real(12, 0).real(13, 0).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(path)) {
			assertEquals(Double.NaN, opened.pixelSizeAngstrom());
			assertEquals(List.of(), opened.warnings());
		}
		assertEquals(MrcRule.PIXEL_SIZE, MrcValidator.validate(path).get(0).rule());
	}

	@ParameterizedTest
	@ValueSource(floats = { Float.NaN, Float.POSITIVE_INFINITY, 1e-30f, 1e30f })
	void doesNotKnowThePixelSizeOfAnAbsurdCell(final float cell) {
		final Path path = MrcBytes.counting(4, 4, 4).real(11, cell).real(12, cell).real(13, cell).write(folder.resolve(
			"a.mrc"));
		try (MrcFile opened = MrcFile.open(path)) {
			assertEquals(Double.NaN, opened.pixelSizeAngstrom());
			assertEquals(1, opened.warnings().size());
			assertEquals(1, opened.readVolume().pixelSizeAngstrom());
		}
	}

	@Test
	void readsAFileThatIsTooLongWithAWarning() throws IOException {
		final Path path = MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc"));
		Files.write(path, new byte[7], StandardOpenOption.APPEND);
		try (MrcFile opened = MrcFile.open(path)) {
			assertTrue(opened.warnings().get(0).contains("is longer"), opened.warnings().toString());
			assertEquals(63, opened.readVolume().get(3, 3, 3));
		}
	}

	@Test
	void skipsTheExtendedHeader() {
		final MrcBytes file = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 2, 2, 2, 1, 80, 16).text(104, "CCP4");
		file.text(1024, "X,Y,Z");
		file.bytes.putFloat(file.data(), 42);
		try (MrcFile opened = MrcFile.open(file.write(folder.resolve("a.mrc")))) {
			final float[] section = new float[4];
			opened.readSection(0, section);
			assertEquals(42, section[0]);
			assertEquals("CCP4", opened.header().exttyp());
			assertEquals('X', opened.extendedHeader()[0]);
			assertEquals(80, opened.extendedHeader().length);
		}
	}
}
