package io.github.clearice.star;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of a table as text, packed end to end: a million rows of thirty
 * cells take little more memory than the file, where a {@code String} each would
 * take ten times that. Rows can only be appended.
 */
final class PackedRows {

	/** Below what garbage collectors treat as huge and round up. */
	private static final int CHUNK = 1 << 18;
	/** Ends each cell; no text contains it. */
	private static final byte END = 0;

	private final List<byte[]> chunks = new ArrayList<>();
	private long[] starts = new long[16];
	private int[] lines = new int[16];
	private int rows;
	private int used;
	private byte[] chunk = new byte[0];

	int rows() {
		return rows;
	}

	/** Line of the file that the row stood on, or 0. */
	int line(final int row) {
		return lines[row];
	}

	/**
	 * Appends a row.
	 *
	 * @param cells UTF-8 text of all cells
	 * @param spans start and end of each cell in it
	 * @param columns number of cells
	 */
	void add(final byte[] cells, final int[] spans, final int columns, final int line) {
		int length = columns;
		for (int i = 0; i < columns; i++) length += spans[2 * i + 1] - spans[2 * i];
		begin(length, line);
		for (int i = 0; i < columns; i++) {
			final int cell = spans[2 * i + 1] - spans[2 * i];
			System.arraycopy(cells, spans[2 * i], chunk, used, cell);
			used += cell;
			chunk[used++] = END;
		}
	}

	/** Appends a row that comes from no file. */
	void add(final List<String> cells, final int line) {
		final byte[][] encoded = new byte[cells.size()][];
		int length = encoded.length;
		for (int i = 0; i < encoded.length; i++) {
			encoded[i] = cells.get(i).getBytes(StandardCharsets.UTF_8);
			length += encoded[i].length;
		}
		begin(length, line);
		for (final byte[] cell : encoded) {
			System.arraycopy(cell, 0, chunk, used, cell.length);
			used += cell.length;
			chunk[used++] = END;
		}
	}

	/** The text of a cell. */
	String get(final int row, final int column) {
		final byte[] text = chunks.get((int) (starts[row] >>> 32));
		int at = (int) starts[row];
		for (int skipped = 0; skipped < column; skipped++) at = end(text, at) + 1;
		return decode(text, at, end(text, at));
	}

	/** The text of all cells of a row, into a list that is emptied first. */
	void get(final int row, final int columns, final List<String> into) {
		into.clear();
		final byte[] text = chunks.get((int) (starts[row] >>> 32));
		int at = (int) starts[row];
		for (int i = 0; i < columns; i++) {
			final int end = end(text, at);
			into.add(decode(text, at, end));
			at = end + 1;
		}
	}

	private void begin(final int length, final int line) {
		if (chunk.length - used < length) {
			chunk = new byte[Math.max(CHUNK, length)];
			chunks.add(chunk);
			used = 0;
		}
		if (rows == starts.length) {
			final int capacity = Math.addExact(rows, rows / 2);
			starts = Arrays.copyOf(starts, capacity);
			lines = Arrays.copyOf(lines, capacity);
		}
		starts[rows] = (long) (chunks.size() - 1) << 32 | used;
		lines[rows] = line;
		rows++;
	}

	private static int end(final byte[] text, final int from) {
		int at = from;
		while (text[at] != END) at++;
		return at;
	}

	private static String decode(final byte[] text, final int from, final int to) {
		for (int i = from; i < to; i++) if (text[i] < 0) return new String(text, from, to - from, StandardCharsets.UTF_8);
		// Plain characters, which is the rule, decode faster this way.
		return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
	}
}
