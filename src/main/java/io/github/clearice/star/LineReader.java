package io.github.clearice.star;

import java.io.IOException;
import java.io.InputStream;

/** Lines of a file as bytes in a buffer, without making objects of them. */
final class LineReader {

	/** No table has lines as long; a file without line ends is none. */
	private static final int LONGEST = 1 << 20;

	private final InputStream in;
	private final byte[] buffer = new byte[LONGEST];
	private int filled;
	private int next;
	private int start;
	private int end;
	private int number;

	LineReader(final InputStream in) {
		this.in = in;
	}

	byte[] buffer() {
		return buffer;
	}

	/** Where the line begins in the buffer. */
	int start() {
		return start;
	}

	/** Where it ends, without its line end. */
	int end() {
		return end;
	}

	/** Its number in the file, counted from 1. */
	int number() {
		return number;
	}

	/** Goes to the next line; false at the end of the file. */
	boolean advance(final String file) throws IOException {
		int scan = next;
		while (true) {
			while (scan < filled && buffer[scan] != '\n') scan++;
			if (scan < filled) return accept(scan, scan + 1);
			final int pending = filled - next;
			if (pending == LONGEST) throw StarException.at(file, number + 1, null,
				"is longer than a million characters. This is no STAR file.");
			System.arraycopy(buffer, next, buffer, 0, pending);
			next = 0;
			filled = pending;
			scan = pending;
			final int count = in.read(buffer, filled, LONGEST - filled);
			if (count < 0) return pending > 0 && accept(pending, pending);
			filled += count;
		}
	}

	private boolean accept(final int lineEnd, final int nextLine) {
		start = next;
		end = lineEnd;
		next = nextLine;
		number++;
		return true;
	}
}
