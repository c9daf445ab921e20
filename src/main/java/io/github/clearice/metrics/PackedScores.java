package io.github.clearice.metrics;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.TemporaryFolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Scores of images as numbers in a row: as objects, those of ten million would take twice the memory. The first are in
 * memory, and those beyond a part of Java's memory in a temporary file.
 */
final class PackedScores extends AbstractList<QualityScores> implements RandomAccess {

	private static final int COLUMNS = QualityScores.COLUMNS.size();

	/** Images of a block, which is written and read as a whole. */
	private static final int BLOCK = 1 << 14;
	private static final int BLOCK_BYTES = BLOCK * COLUMNS * Double.BYTES;

	/** A comparison of methods has some fifteen lists. */
	private static final int PART_OF_MEMORY = 64;

	private final int mostInMemory;
	/** The full blocks in memory, and the one that is being filled. */
	private final List<double[]> blocks = new ArrayList<>();
	private double[] filling = new double[BLOCK * COLUMNS];
	private int size;

	/** The full blocks that are not in memory; null while there are none. The system deletes it when it is closed. */
	private FileChannel file;
	private Path folder;
	/** The block of the file that was read last. */
	private double[] read;
	private int readNumber = -1;

	PackedScores() {
		this((int) Math.max(1, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY / BLOCK_BYTES));
	}

	/** @param mostInMemory full blocks of 16,384 images that stay in memory */
	PackedScores(final int mostInMemory) {
		this.mostInMemory = mostInMemory;
	}

	/** @throws OutputException if the temporary file cannot be written */
	@Override
	public synchronized boolean add(final QualityScores scores) {
		System.arraycopy(scores.values(), 0, filling, size % BLOCK * COLUMNS, COLUMNS);
		size++;
		if (size % BLOCK == 0) store();
		return true;
	}

	private void store() {
		if (blocks.size() < mostInMemory) {
			blocks.add(filling);
			filling = new double[BLOCK * COLUMNS];
			return;
		}
		try {
			if (file == null) open();
			final ByteBuffer bytes = ByteBuffer.allocate(BLOCK_BYTES);
			bytes.asDoubleBuffer().put(filling);
			while (bytes.hasRemaining()) file.write(bytes);
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
	}

	private void open() throws IOException {
		final Path path = TemporaryFolder.newFile("scores", ".tmp");
		folder = path.getParent();
		file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
			StandardOpenOption.DELETE_ON_CLOSE);
	}

	@Override
	public synchronized QualityScores get(final int index) {
		final double[] values = new double[COLUMNS];
		System.arraycopy(block(index / BLOCK), index % BLOCK * COLUMNS, values, 0, COLUMNS);
		return QualityScores.of(values);
	}

	private double[] block(final int number) {
		if (number < blocks.size()) return blocks.get(number);
		if (number == size / BLOCK) return filling;
		if (number != readNumber) {
			try {
				final ByteBuffer bytes = ByteBuffer.allocate(BLOCK_BYTES);
				long position = (long) (number - blocks.size()) * BLOCK_BYTES;
				while (bytes.hasRemaining()) {
					final int count = file.read(bytes, position);
					if (count < 0) throw new IOException("it has become shorter");
					position += count;
				}
				if (read == null) read = new double[BLOCK * COLUMNS];
				bytes.flip().asDoubleBuffer().get(read);
				readNumber = number;
			}
			catch (final IOException e) {
				throw OutputException.of(folder, e);
			}
		}
		return read;
	}

	@Override
	public synchronized int size() {
		return size;
	}
}
