package io.github.clearice.mrc;

import io.github.clearice.BenchmarkTable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How fast stacks are read and written, against a plain copy of the same bytes out of the page cache. */
public final class MrcBenchmark {

	private static final int BOX = 128;
	private static final int IMAGES = 8192;
	private static final int RUNS = 5;

	private MrcBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		final Path folder = Files.createTempDirectory("clearice-benchmark");
		try {
			table.heading("MRC: " + IMAGES + " images of " + BOX + " x " + BOX + " (0.54 GB), from page cache");
			readAndWrite(table, folder.resolve("stack.mrcs"));
			table.heading("MRC: a sparse stack of 20 GB");
			openSparse(table, folder.resolve("sparse.mrcs"));
		}
		finally {
			for (final String name : List.of("stack.mrcs", "sparse.mrcs")) Files.deleteIfExists(folder.resolve(name));
			Files.delete(folder);
		}
	}

	private static void readAndWrite(final BenchmarkTable table, final Path path) throws Exception {
		final double gigabytes = 4e-9 * BOX * BOX * IMAGES;
		final double write = BenchmarkTable.medianSeconds(1, () -> write(path));
		final double copy = BenchmarkTable.medianSeconds(RUNS, () -> copyPlainly(path));
		final double freshMap = BenchmarkTable.medianSeconds(RUNS, () -> {
			try (MrcFile file = MrcFile.open(path)) {
				readAll(file);
			}
		});
		final double[] knownMap = new double[1];
		try (MrcFile file = MrcFile.open(path)) {
			knownMap[0] = BenchmarkTable.medianSeconds(RUNS, () -> readAll(file));
		}
		table.row("plain copy into a direct buffer, 64 KiB at a time", gigabytes / copy, "GB/s");
		table.row("read every image, freshly mapped", gigabytes / freshMap, "GB/s");
		table.row("  as a share of the plain copy", 100 * copy / freshMap, "%");
		table.row("read every image, mapped before", gigabytes / knownMap[0], "GB/s");
		table.row("  as a share of the plain copy", 100 * copy / knownMap[0], "%");
		table.row("write with statistics", gigabytes / write, "GB/s");
	}

	private static void write(final Path path) {
		final float[] image = new float[BOX * BOX];
		for (int i = 0; i < image.length; i++) image[i] = i % 17;
		try (MrcWriter writer = MrcWriter.stack(path, BOX, BOX, 2, MrcMode.FLOAT32)) {
			for (int i = 0; i < IMAGES; i++) writer.write(image);
			writer.commit();
		}
	}

	private static void copyPlainly(final Path path) throws IOException {
		final ByteBuffer buffer = ByteBuffer.allocateDirect(4 * BOX * BOX);
		try (FileChannel file = FileChannel.open(path)) {
			while (file.read(buffer.clear()) > 0) {
				// The copy is all there is to do.
			}
		}
	}

	private static void readAll(final MrcFile file) {
		final float[] image = new float[BOX * BOX];
		for (int i = 0; i < file.sections(); i++) file.readSection(i, image);
	}

	private static void openSparse(final BenchmarkTable table, final Path path) throws Exception {
		final int images = (int) (20_000_000_000L / (4 * BOX * BOX));
		final MrcBytes header = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 2, BOX, BOX, images, 0, 0);
		header.write(path);
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(MrcHeader.LENGTH + 4L * BOX * BOX * images);
		}
		final float[] image = new float[BOX * BOX];
		final BenchmarkTable.Work work = () -> {
			try (MrcFile file = MrcFile.open(path)) {
				file.readSection(images - 1, image);
			}
		};
		final long start = System.nanoTime();
		work.run();
		table.row("open and read the last particle, first time", (System.nanoTime() - start) / 1e6, "ms");
		final long before = allocatedBytes();
		work.run();
		table.row("heap taken by it", (allocatedBytes() - before) / 1e3, "kB");
		table.row("open and read the last particle", 1e3 * BenchmarkTable.medianSeconds(RUNS, work), "ms");
	}

	private static long allocatedBytes() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread
			.currentThread().getId());
	}
}
