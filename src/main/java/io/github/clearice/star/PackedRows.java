package io.github.clearice.star;

import io.github.clearice.star.LineReader.StarLine;
import io.github.clearice.task.InputException;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table as lines of a STAR file: a million rows of thirty cells take little more memory than the file,
 * where a {@code String} each would take ten times that. Rows that were read stay where they are in the chunks of
 * their file, byte for byte, and those of a large file are read again when they are needed. Rows can only be appended.
 */
final class PackedRows {

	private final TextChunks chunks;
	private long[] starts = {};
	private int[] lines = {};
	private int rows;
	private int used;
	/** The last chunk where it is this table's own, else an empty one. */
	private byte[] chunk = {};

	/** Rows of their own. */
	PackedRows() {
		this(new TextChunks());
	}

	/** Rows in chunks that exist, to which none can be added but by {@link #add(int, int, int)}. */
	PackedRows(final TextChunks chunks) {
		this.chunks = chunks;
	}

	int rows() {
		return rows;
	}

	/** Line of the file that the row stood on, or 0. */
	int line(final int row) {
		return lines[row];
	}

	/** Appends a row that lies in a chunk already. */
	void add(final int chunkNumber, final int start, final int line) {
		if (rows == starts.length) {
			final int capacity = Math.max(4, Math.addExact(rows, rows >> 1));
			starts = Arrays.copyOf(starts, capacity);
			lines = Arrays.copyOf(lines, capacity);
		}
		starts[rows] = (long) chunkNumber << 32 | start;
		lines[rows] = line;
		rows++;
	}

	/** Some of these rows, in the order given, in the same chunks. */
	PackedRows chosen(final int... indices) {
		final PackedRows chosen = new PackedRows(chunks);
		for (final int row : indices) chosen.add((int) (starts[row] >>> 32), (int) starts[row], lines[row]);
		return chosen;
	}

	/**
	 * Appends a row.
	 *
	 * @throws InputException if a value cannot be written as STAR
	 */
	void add(final List<String> cells, final int line) {
		final byte[][] encoded = new byte[cells.size()][];
		int length = encoded.length;
		for (int i = 0; i < encoded.length; i++) {
			encoded[i] = StarText.encode(StarText.quoted(cells.get(i)));
			length += encoded[i].length;
		}
		begin(length, line);
		for (int i = 0; i < encoded.length; i++) append(encoded[i], 0, encoded[i].length, i + 1 == encoded.length);
	}

	/**
	 * Appends a row of another table with one value set anew.
	 *
	 * @param columns of the other table
	 * @param column the one to set; {@code columns} for a further one
	 * @param cell its text, in quotes where it needs them
	 */
	void add(final PackedRows other, final int row, final int columns, final int column, final String cell) {
		final byte[] text = other.chunks.get((int) (other.starts[row] >>> 32)), encoded = StarText.encode(cell);
		final int[] spans = new int[2 * columns];
		int at = (int) other.starts[row], length = encoded.length + columns + 1;
		for (int i = 0; i < columns; i++) {
			spans[2 * i] = StarLine.skipBlanks(text, at);
			spans[2 * i + 1] = at = StarLine.tokenEnd(text, spans[2 * i]);
			length += at - spans[2 * i];
		}
		begin(length, other.lines[row]);
		final int last = Math.max(columns, column + 1) - 1;
		for (int i = 0; i <= last; i++) {
			if (i == column) append(encoded, 0, encoded.length, i == last);
			else append(text, spans[2 * i], spans[2 * i + 1], i == last);
		}
	}

	private void append(final byte[] text, final int from, final int to, final boolean last) {
		System.arraycopy(text, from, chunk, used, to - from);
		used += to - from;
		chunk[used++] = (byte) (last ? '\n' : '\t');
	}

	private void begin(final int length, final int line) {
		if (chunk.length - used < length) {
			chunk = new byte[Math.max(Math.min(TextChunks.CHUNK, Math.max(256, 2 * chunk.length)), length)];
			chunks.add(chunk);
			used = 0;
		}
		add(chunks.size() - 1, used, line);
	}

	/** The text of a cell. */
	String get(final int row, final int column) {
		final byte[] text = chunks.get((int) (starts[row] >>> 32));
		int at = StarLine.skipBlanks(text, (int) starts[row]);
		for (int skipped = 0; skipped < column; skipped++) at = StarLine.skipBlanks(text, StarLine.tokenEnd(text, at));
		return StarLine.value(text, at, StarLine.tokenEnd(text, at));
	}

	/** The text of all cells of a row, into a list that is emptied first. */
	void get(final int row, final int columns, final List<String> into) {
		into.clear();
		final byte[] text = chunks.get((int) (starts[row] >>> 32));
		int at = (int) starts[row];
		for (int i = 0; i < columns; i++) {
			final int start = StarLine.skipBlanks(text, at);
			at = StarLine.tokenEnd(text, start);
			into.add(StarLine.value(text, start, at));
		}
	}

	/** The chunk that a row lies in. */
	byte[] chunk(final int row) {
		return chunks.get((int) (starts[row] >>> 32));
	}

	/** Where the row begins there. */
	int start(final int row) {
		return (int) starts[row];
	}

	/** Where it ends, without blanks and its line break. */
	int end(final int row) {
		final byte[] text = chunk(row);
		int end = start(row);
		while (text[end] != '\n') end++;
		while (end > start(row) && StarLine.isBlank(text[end - 1])) end--;
		return end;
	}
}
