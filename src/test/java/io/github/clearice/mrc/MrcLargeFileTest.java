package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.task.ParallelLoop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond the limits of an int and of one map; they are sparse, so that they take no room. */
class MrcLargeFileTest {

	@TempDir
	Path folder;

	@Test
	void findsAnyParticleOfALongStack() throws IOException {
		final int box = 250, images = 40_000;
		final Path path = sparse("long.mrcs", box, box, images);
		final int[] marked = { 0, 4294, 4295, 8589, 8590, 20_000, images - 1 };
		for (final int image : marked) mark(path, 4L * box * box * image, image + 1);
		for (final int image : marked) mark(path, 4L * box * box * (image + 1) - 4, -image);
		try (MrcFile file = MrcFile.open(path)) {
			final RandomAccess<? extends RealType<?>> access = file.image().randomAccess();
			final float[] section = new float[box * box];
			for (final int image : marked) {
				file.readSection(image, section);
				assertEquals(image + 1, section[0]);
				assertEquals(-image, section[box * box - 1]);
				access.setPosition(new int[] { 0, 0, image });
				assertEquals(image + 1, access.get().getRealFloat());
				access.setPosition(new int[] { box - 1, box - 1, image });
				assertEquals(-image, access.get().getRealFloat());
			}
		}
	}

	@Test
	void viewsSectionsLargerThanABuffer() throws IOException {
		final int width = 40_000, height = 30_000;
		final Path path = sparse("wide.mrc", width, height, 2);
		final long[][] marked = { { 0, 0, 0 }, { 39_999, 3354, 0 }, { 0, 3355, 0 }, { 7, 13_421, 0 }, { 39_999, 29_999, 0 },
			{ 0, 0, 1 }, { 39_999, 29_999, 1 } };
		for (int i = 0; i < marked.length; i++)
			mark(path, 4 * ((marked[i][2] * height + marked[i][1]) * width + marked[i][0]), i + 1);
		try (MrcFile file = MrcFile.open(path)) {
			final RandomAccess<? extends RealType<?>> access = file.image().randomAccess();
			for (int i = 0; i < marked.length; i++) {
				access.setPosition(marked[i]);
				assertEquals(i + 1, access.get().getRealFloat());
			}
		}
	}

	@Test
	void readsTheSameFromManyThreads() {
		final Path path = MrcBytes.counting(16, 16, 200).write(folder.resolve("a.mrcs"));
		try (MrcFile file = MrcFile.open(path)) {
			ParallelLoop.run(2000, 1, 4, thread -> {
				final float[] section = new float[256];
				return step -> {
					final int index = (int) (step * 7 % 200);
					file.readSection(index, section);
					for (int i = 0; i < 256; i++) if (section[i] != index * 256 + i) throw new AssertionError("section " + index);
				};
			});
		}
	}

	/** An interrupted thread must not close the file for the others. */
	@Test
	void survivesAnInterruptedThread() {
		final Path path = MrcBytes.counting(4, 4, 4).write(folder.resolve("a.mrcs"));
		try (MrcFile file = MrcFile.open(path)) {
			final float[] section = new float[16];
			Thread.currentThread().interrupt();
			file.readSection(3, section);
			assertTrue(Thread.interrupted());
			assertEquals(63, section[15]);
			file.readSection(0, section);
			assertEquals(15, section[15]);
		}
	}

	private Path sparse(final String name, final int nx, final int ny, final int nz) throws IOException {
		final long length = 1024 + 4L * nx * ny * nz;
		assumeTrue(Files.getFileStore(folder).getUsableSpace() > length, "Skipped: not " + length + " bytes free");
		final Path path = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 2, nx, ny, nz, 0, 0).word(10, nz).write(folder.resolve(
			name));
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(length);
		}
		return path;
	}

	private static void mark(final Path path, final long offset, final float value) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.seek(1024 + offset);
			file.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
		}
	}
}
