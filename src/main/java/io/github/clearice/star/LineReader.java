package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines of a file as bytes in chunks, which are kept: a row of a table is a place in them, and no object. Every line in
 * a chunk ends in a line break, the last one too.
 */
final class LineReader {

	/** No table has lines as long; a file without line ends is none. */
	private static final int LONGEST = 1 << 24;

	/** Below what garbage collectors treat as huge and round up. */
	private static final int CHUNK = 1 << 18;

	private final InputStream in;
	private final List<byte[]> chunks = new ArrayList<>();
	private long unread;
	private byte[] chunk = new byte[0];
	private int filled;
	/** Behind the last line break of the chunk. */
	private int complete;
	private int start;
	private int number;

	/** @param length of the file, or less where it is not known */
	LineReader(final InputStream in, final long length) {
		this.in = in;
		this.unread = length;
	}

	/** All chunks so far, which grow while lines are read. */
	List<byte[]> chunks() {
		return chunks;
	}

	/** The chunk with the line. */
	byte[] chunk() {
		return chunk;
	}

	/** Number of the chunk among all. */
	int chunkNumber() {
		return chunks.size() - 1;
	}

	/** Where the line begins in its chunk. */
	int start() {
		return start;
	}

	/** Its number in the file, counted from 1. */
	int number() {
		return number;
	}

	/** Where the line's break is. */
	int lineBreak() {
		int at = start;
		while (chunk[at] != '\n') at++;
		return at;
	}

	/**
	 * Goes to the line behind a line break.
	 *
	 * @return false at the end of the file
	 */
	boolean advance(final int lineBreak, final String file) throws IOException {
		start = lineBreak + 1;
		if (start >= complete && !fill(file)) return false;
		number++;
		return true;
	}

	/** Goes to the first line; false for an empty file. */
	boolean first(final String file) throws IOException {
		final boolean any = fill(file);
		number = 1;
		return any;
	}

	private boolean fill(final String file) throws IOException {
		while (true) {
			if (chunk.length - filled < 2) grow();
			// One byte is left for a line break at the end of the file.
			final int count = in.read(chunk, filled, chunk.length - filled - 1);
			if (count < 0) return finish();
			unread -= count;
			final int before = filled;
			filled += count;
			for (int at = filled - 1; at >= before; at--) {
				if (chunk[at] != '\n') continue;
				complete = at + 1;
				return true;
			}
			if (filled - start > LONGEST) throw InputException.at(file, number + 1, null,
				"is longer than 16 million characters. This is no STAR file.");
		}
	}

	private boolean finish() {
		if (start == filled) return false;
		chunk[filled++] = '\n';
		complete = filled;
		return true;
	}

	/**
	 * Begins another chunk with the part of the line that was read. A line that fills a chunk alone gets twice the room.
	 */
	private void grow() {
		final int pending = filled - start;
		final boolean alone = start == 0 && !chunks.isEmpty();
		final long wanted = Math.max(Math.min(CHUNK, Math.max(pending + unread + 2, 64)), 2L * pending);
		final byte[] next = alone ? Arrays.copyOf(chunk, (int) Math.max(wanted, 2L * chunk.length))
			: new byte[(int) wanted];
		if (alone) chunks.set(chunks.size() - 1, next);
		else {
			System.arraycopy(chunk, start, next, 0, pending);
			chunks.add(next);
			start = 0;
			filled = pending;
			complete = 0;
		}
		chunk = next;
	}
}
