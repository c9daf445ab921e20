package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MappedMemoryTest {

	private static final int SIZE = 1 << 24;

	@TempDir
	Path folder;

	/** The memory of this process that holds a file, in kB, as the system counts it. */
	private static long resident(final Path file) throws IOException {
		final List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
		int line = 0;
		while (!lines.get(line).endsWith(file.toString())) line++;
		while (!lines.get(line).startsWith("Rss:")) line++;
		return Long.parseLong(lines.get(line).replaceAll("\\D", ""));
	}

	private static long sum(final MappedByteBuffer bytes) {
		long sum = 0;
		for (int i = 0; i < bytes.capacity(); i++) sum += bytes.get(i);
		return sum;
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatWasReadCountsNoLongerAndIsThere() throws IOException {
		final Path path = folder.toRealPath().resolve("long.mrc");
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(SIZE);
			file.seek(SIZE - 1);
			file.write(7);
			// As the pixels behind a header, it does not begin with a page.
			final MappedByteBuffer mapped = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 1024, SIZE - 1024);
			assertEquals(7, sum(mapped));
			assertTrue(resident(path) > SIZE / 2048, () -> "not read");
			MappedMemory.release(mapped);
			assertTrue(resident(path) < 128, () -> "not released");
			assertEquals(7, sum(mapped));
		}
	}
}
