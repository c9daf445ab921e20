package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.mrc.MrcValidator.MrcFinding;
import io.github.clearice.mrc.MrcValidator.MrcRule;
import io.github.clearice.task.InputException;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A processed copy keeps the original's metadata, and is valid even if the original was not. */
class MrcCopyTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "LITTLE", "BIG" })
	void keepsTheExtendedHeaderInItsByteOrder(final String order) {
		final MrcBytes original = new MrcBytes("BIG".equals(order) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 1, 4,
			4, 2, 64, 64).text(104, "FEI1");
		for (int i = 0; i < 16; i++) original.bytes.putInt(1024 + 4 * i, i * 1_000_003);
		for (int i = 0; i < 32; i++) original.bytes.putShort(original.data() + 2 * i, (short) (i * 1000 - 9000));
		original.real(50, 1.5).word(5, -3).text(224, "first").word(56, 1);
		final Path copy = copy(original.write(folder.resolve("a.mrc")), MrcMode.INT16);
		try (MrcFile file = MrcFile.open(copy)) {
			assertEquals("FEI1", file.header().exttyp());
			assertArrayEquals(Arrays.copyOfRange(original.bytes.array(), 1024, 1088), file.extendedHeader());
			assertEquals(original.bytes.order(), file.header().byteOrder());
			assertEquals(1.5f, file.header().origin()[0]);
			assertEquals(-3, file.header().start()[0]);
			assertEquals(List.of("first", "Written by ClearIce"), file.header().labels().subList(0, 2));
			final float[] section = new float[16];
			file.readSection(1, section);
			assertEquals(31 * 1000 - 9000, section[15]);
		}
		assertEquals(List.of(), MrcValidator.validate(copy));
	}

	/** The crystallographic map comes out in the order X, Y, Z, its place in the cell with it. */
	@Test
	void putsACrystallographicMapInOrder() {
		final Path original = TestData.file("maps-and-stacks/mrcfile__EMD-3001.map");
		final Path copy = copy(original, MrcMode.FLOAT32);
		try (MrcFile before = MrcFile.open(original); MrcFile after = MrcFile.open(copy)) {
			assertArrayEquals(new int[] { 1, 2, 3 }, after.header().axes());
			// The file's start 0, -21, -12 is along Z, X, Y.
			assertArrayEquals(new int[] { -21, -12, 0 }, after.header().start());
			assertArrayEquals(before.header().sampling(), after.header().sampling());
			assertArrayEquals(before.header().cellAngstrom(), after.header().cellAngstrom(), 1e-5f);
			assertEquals(4, after.header().ispg());
			assertEquals("CCP4", after.header().exttyp());
			final float[] a = new float[before.width() * before.height()];
			final float[] b = a.clone();
			for (int z = 0; z < before.sections(); z++) {
				before.readSection(z, a);
				after.readSection(z, b);
				assertArrayEquals(a, b);
			}
		}
		// Its cell is monoclinic: the only remaining warning.
		assertEquals(List.of(MrcRule.CELL), MrcValidator.validate(copy).stream().map(MrcFinding::rule).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "maps-and-stacks/rsciio__Custom_movie.mrc", "maps-and-stacks/tempy__2dqj_10A_tempy.mrc",
		"maps-and-stacks/ncem__temp.mrc", "relion/betagal_64_ctf_shift.mrcs", "relion/single_r0_t0_p0_x0_y0.mrc",
		"maps-and-stacks/mrcfile__EMD-3197.map" })
	void makesValidCopiesOfOldFiles(final String name) {
		final Path copy = copy(TestData.file(name), MrcMode.FLOAT32);
		assertEquals(List.of(), MrcValidator.validate(copy));
		try (MrcFile before = MrcFile.open(TestData.file(name)); MrcFile after = MrcFile.open(copy)) {
			assertEquals(before.kind(), after.kind());
			assertEquals(before.pixelSizeAngstrom(), after.pixelSizeAngstrom(), 1e-6);
		}
	}

	@Test
	void saysThatBytesOfAnImodCopyAreSigned() {
		final MrcBytes original = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 0, 2, 1, 1, 0, 2).word(39, MrcHeader.IMOD_STAMP);
		original.bytes.put(original.data(), (byte) 100);
		final Path copy = folder.resolve("copy.mrc");
		try (MrcFile source = MrcFile.open(original.write(folder.resolve("a.mrc")));
			MrcWriter writer = MrcWriter.like(source, copy, MrcMode.INT8))
		{
			writer.write(new float[] { -100, 5 });
			writer.commit();
		}
		try (MrcFile file = MrcFile.open(copy)) {
			final float[] section = new float[2];
			file.readSection(0, section);
			assertEquals(-100, section[0]);
		}
		assertEquals(List.of(), MrcValidator.validate(copy));
	}

	@Test
	void refusesVolumesThatAreNotWhole() {
		final Path original = MrcBytes.counting(3, 2, 6).word(23, 401).word(10, 2).write(folder.resolve("a.mrc"));
		try (MrcFile source = MrcFile.open(original);
			MrcWriter writer = MrcWriter.like(source, folder.resolve("b.mrc"), MrcMode.FLOAT32))
		{
			for (int i = 0; i < 3; i++) writer.write(new float[6]);
			assertTrue(assertThrows(InputException.class, writer::commit).getMessage().contains("no whole volumes of 2"));
		}
		final Path copy = copy(original, MrcMode.FLOAT32);
		assertEquals(List.of(), MrcValidator.validate(copy));
		try (MrcFile file = MrcFile.open(copy)) {
			assertEquals(MrcKind.VOLUME_STACK, file.kind());
		}
	}

	private Path copy(final Path original, final MrcMode mode) {
		final Path copy = folder.resolve("copy-" + original.getFileName());
		try (MrcFile source = MrcFile.open(original); MrcWriter writer = MrcWriter.like(source, copy, mode)) {
			final float[] section = new float[source.width() * source.height()];
			for (int i = 0; i < source.sections(); i++) {
				source.readSection(i, section);
				writer.write(section);
			}
			writer.commit();
		}
		return copy;
	}
}
