package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.mrc.MrcValidator.MrcRule;
import io.github.clearice.task.InputException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unreadable images are refused in one line, at once, without allocating memory. */
class MrcRefusalTest {

	private static final int[] HOSTILE_WORDS = { 0, -1, 1, 2, 3, 4, 5, 7, 101, 255, 256, 65535, 65536, 1 << 24, 1 << 30,
		Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fc00000, 0x7f800000, 0xff800000, 0x00000001, 0x3f800000, 0x20202020 };

	@TempDir
	Path folder;

	static Stream<Integer> everyWord() {
		return Stream.iterate(1, word -> word + 1).limit(56);
	}

	/** Each word of the header in turn takes each hostile value, in either byte order. */
	@ParameterizedTest(name = "word {0}")
	@MethodSource("everyWord")
	void survivesEveryHostileField(final int word) {
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> {
			for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN }) {
				for (final int value : HOSTILE_WORDS) {
					final MrcBytes file = MrcBytes.counting(order, 6, 5, 4).word(word, value);
					final Path path = file.write(folder.resolve("hostile.mrc"));
					final long before = allocatedBytes();
					opensRightOrRefuses(path, file);
					final long allocated = allocatedBytes() - before;
					assertTrue(allocated < 500_000, "word " + word + " = " + value + " allocated " + allocated);
				}
			}
		});
	}

	/** Two of the words that lengths are computed from at once. */
	@Test
	void survivesPairsOfHostileFields() {
		final Path path = folder.resolve("hostile.mrc");
		final int[] words = { 1, 2, 3, 4, 10, 17, 23, 24 };
		for (final int first : words) for (final int second : words) for (final int value : HOSTILE_WORDS) {
			for (final int other : first < second ? new int[] { 2, Integer.MAX_VALUE } : new int[0]) {
				final MrcBytes file = MrcBytes.counting(6, 5, 4).word(first, value).word(second, other);
				opensRightOrRefuses(file.write(path), file);
			}
		}
	}

	private static void opensRightOrRefuses(final Path path, final MrcBytes file) {
		try (MrcFile opened = MrcFile.open(path)) {
			final long pixels = (long) opened.width() * opened.height() * opened.sections();
			assertTrue(opened.mode().rowBytes(1) * pixels <= 2L * file.bytes.capacity(), "more pixels than bytes: " + pixels);
			final float[] section = new float[opened.width() * opened.height()];
			for (int z = 0; z < opened.sections(); z++) opened.readSection(z, section);
			final boolean sameForm = pixels == 120 && opened.mode() == MrcMode.FLOAT32 && opened.header().nsymbt() == 0;
			if (sameForm && opened.width() == 6 && opened.height() == 5) assertEquals(119, section[29]);
		}
		catch (final InputException e) {
			assertFalse(e.getMessage().contains("\n"), e.getMessage());
			assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
		}
		assertDoesNotThrow(() -> MrcValidator.validate(path).toString());
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4 })
	void refusesTransforms(final int mode) {
		refuses(MrcBytes.counting(4, 4, 4).word(4, mode).write(folder.resolve("a.mrc")),
			"holds a Fourier transform (mode " + mode);
	}

	@ParameterizedTest
	@CsvSource({ //
		"4, 7, mode 7 is none of 0\\, 1\\, 2\\, 6\\, 12 or 101", //
		"4, 16, mode 16 is none of", //
		"1, 0, 0 x 4 x 4 pixels", //
		"2, -4, 4 x -4 x 4 pixels", //
		"3, 5, the file has 1280", //
		"3, 2147483647, need 137438954432 bytes", //
		"24, -80, an extended header of -80 bytes", //
		"24, 80, is cut short", //
		"17, 2, is not a permutation", //
		"19, 0, is not a permutation", //
	})
	void refusesDamagedHeaders(final int word, final int value, final String reason) {
		refuses(MrcBytes.counting(4, 4, 4).word(word, value).write(folder.resolve("a.mrc")), reason.replace("\\", ""));
	}

	@Test
	void refusesProductsBeyondAnyFile() {
		refuses(MrcBytes.counting(4, 4, 4).word(1, Integer.MAX_VALUE).word(2, Integer.MAX_VALUE).word(3, Integer.MAX_VALUE)
			.write(folder.resolve("a.mrc")), "more bytes than any file has");
	}

	@Test
	void refusesBytesThatHoldTwoPixels() {
		refuses(new MrcBytes(ByteOrder.LITTLE_ENDIAN, 0, 4, 4, 1, 0, 16).word(39, MrcHeader.IMOD_STAMP).word(40, 16).write(
			folder.resolve("a.mrc")), "two 4-bit pixels in each byte");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 4, 1023 })
	void refusesFilesShorterThanAHeader(final int length) throws IOException {
		final Path path = folder.resolve("a.mrc");
		Files.write(path, Arrays.copyOf(MrcBytes.counting(4, 4, 4).bytes.array(), length));
		refuses(path, "has " + length + " bytes, less than the 1024");
		assertEquals(MrcRule.FILE, MrcValidator.validate(path).get(0).rule());
	}

	@Test
	void refusesTruncatedStack() throws IOException {
		final Path path = folder.resolve("a.mrcs");
		Files.write(path, Arrays.copyOf(MrcBytes.counting(4, 4, 4).bytes.array(), 1279));
		refuses(path, "need 1280 bytes, the file has 1279");
	}

	@Test
	void refusesWhatIsNoFile() throws IOException {
		refuses(folder.resolve("absent.mrc"), "there is no such file");
		refuses(folder, "is a folder");
		refuses(Files.createFile(folder.resolve("empty.mrc")), "is empty");
	}

	@Test
	void refusesLinksThatLeadNowhere() throws IOException {
		refuses(link("dangling.mrc", "absent.mrc"), "is a link to a file that does not exist");
		final Path loop = link("loop.mrc", "loop2.mrc");
		link("loop2.mrc", "loop.mrc");
		refuses(loop, "is a link that leads to no file");
	}

	@Test
	void readsThroughALink() throws IOException {
		MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(link("link.mrc", "a.mrc"))) {
			assertEquals(4, opened.sections());
		}
	}

	@Test
	void refusesDevicesAndPipesWithoutWaiting() throws Exception {
		assumeTrue(Files.exists(Path.of("/dev/zero")), "Skipped: no devices on this system");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> refuses(Path.of("/dev/zero"), "is a pipe or device"));
		final Path pipe = folder.resolve("pipe.mrc");
		assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "Skipped: no mkfifo");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> refuses(pipe, "is a pipe or device"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gz", "bz2" })
	void refusesDamagedArchives(final String extension) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream packed = "gz".equals(extension) ? new GZIPOutputStream(bytes)
			: new BZip2CompressorOutputStream(bytes))
		{
			packed.write(MrcBytes.counting(16, 16, 16).bytes.array());
		}
		final byte[] whole = bytes.toByteArray();
		final Path path = folder.resolve("a.mrc." + extension);
		Files.write(path, Arrays.copyOf(whole, whole.length / 2));
		refuses(path, "cannot be unpacked");
		final byte[] flipped = whole.clone();
		flipped[whole.length - 6] ^= 0x55;
		Files.write(path, flipped);
		refuses(path, "cannot be unpacked");
	}

	/** A megabyte that unpacks to a gigabyte must stop where the header's promise ends. */
	@Test
	void unpacksNoMoreThanTheHeaderPromises() throws IOException {
		final Path path = folder.resolve("bomb.mrc.gz");
		try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(path))) {
			packed.write(MrcBytes.counting(4, 4, 4).bytes.array());
			final byte[] zeros = new byte[1 << 20];
			for (int i = 0; i < 64; i++) packed.write(zeros);
		}
		final long before = allocatedBytes();
		try (MrcFile opened = MrcFile.open(path)) {
			assertTrue(opened.warnings().get(0).contains("is longer"), opened.warnings().toString());
		}
		assertTrue(allocatedBytes() - before < 500_000, "allocated " + (allocatedBytes() - before));
	}

	@Test
	void refusesFilesOfAnotherKind() {
		final Path volume = MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc"));
		final String image = assertThrows(InputException.class, () -> MrcFile.open(volume, MrcKind.IMAGE)).getMessage();
		assertTrue(image.contains("holds 4 sections"), image);
		final Path map = MrcBytes.counting(4, 4, 4).word(17, 3).word(19, 1).write(folder.resolve("b.mrc"));
		final String stack = assertThrows(InputException.class, () -> MrcFile.open(map, MrcKind.STACK)).getMessage();
		assertTrue(stack.contains("sections run along X"), stack);
		final Path odd = MrcBytes.counting(4, 4, 4).word(10, 3).write(folder.resolve("c.mrc"));
		final String volumes = assertThrows(InputException.class, () -> MrcFile.open(odd,
			MrcKind.VOLUME_STACK)).getMessage();
		assertTrue(volumes.contains("do not divide"), volumes);
	}

	@Test
	void refusesVolumesThatAreNoCubes() {
		final Path slab = MrcBytes.counting(4, 4, 3).write(folder.resolve("a.mrc"));
		try (MrcFile opened = MrcFile.open(slab)) {
			assertTrue(assertThrows(InputException.class, opened::readVolume).getMessage().contains("4 x 4 x 3 voxels"));
		}
		final Path stretched = MrcBytes.counting(4, 4, 4).real(13, 9).write(folder.resolve("b.mrc"));
		try (MrcFile opened = MrcFile.open(stretched)) {
			assertTrue(assertThrows(InputException.class, opened::readVolume).getMessage().contains("2.0 x 2.0 x 2.25 Å"));
		}
	}

	@Test
	void refusesToReadAFileThatHasShrunk() throws IOException {
		final Path path = MrcBytes.counting(64, 64, 64).write(folder.resolve("a.mrcs"));
		final float[] section = new float[64 * 64];
		try (MrcFile opened = MrcFile.open(path)) {
			opened.readSection(63, section);
			try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
				file.setLength(4096);
			}
			assertTrue(assertThrows(InputException.class, () -> opened.readSection(63, section)).getMessage().contains(
				"has become shorter"));
		}
	}

	@Test
	void refusesToReadAfterClosing() {
		final MrcFile file = MrcFile.open(MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc")));
		file.close();
		assertTrue(assertThrows(InputException.class, () -> file.readSection(0, new float[16])).getMessage().contains(
			"has been closed"));
	}

	@Test
	void refusesSectionsThatAreNotThere() {
		try (MrcFile file = MrcFile.open(MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrc")))) {
			assertThrows(IndexOutOfBoundsException.class, () -> file.readSection(4, new float[16]));
			assertThrows(IndexOutOfBoundsException.class, () -> file.readSection(-1, new float[16]));
			assertThrows(IllegalArgumentException.class, () -> file.readSection(0, new float[15]));
		}
	}

	private static void refuses(final Path path, final String reason) {
		final String message = assertThrows(InputException.class, () -> MrcFile.open(path).close()).getMessage();
		assertTrue(message.contains(reason), message);
		assertTrue(message.startsWith(path.toString()), message);
		assertFalse(message.contains("\n"), message);
	}

	private Path link(final String name, final String target) throws IOException {
		return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
	}

	private static long allocatedBytes() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread
			.currentThread().getId());
	}
}
