package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the lines of a text file that may be hostile: none longer than 4096
 * bytes, no binary data, an end.
 */
final class BoundedLines {

	private static final int LONGEST = 4096;
	/** Far above any structure; a small gzip file can unpack to lines without end. */
	private static final int MOST = 50_000_000;

	private final InputStream stream;
	private final String file;
	private final char[] buffer = new char[LONGEST];
	private int number;
	private boolean afterReturn;
	private boolean unfinished;

	/** @param stream buffered */
	BoundedLines(final InputStream stream, final String file) {
		this.stream = stream;
		this.file = file;
	}

	/** The number of the line read last, from 1. */
	int number() {
		return number;
	}

	/** Whether the line read last is the file's last and no line end follows it. */
	boolean isUnfinished() {
		return unfinished;
	}

	/**
	 * The next line without its end, or null after the last one.
	 *
	 * @throws InputException if it is too long, or no text
	 */
	String next() throws IOException {
		number++;
		if (number > MOST) throw new InputException(file + " has more than " + MOST +
			" lines. Choose a PDB or mmCIF file of one structure.");
		int length = 0;
		for (int c = stream.read(); c >= 0; c = stream.read()) {
			if (c == '\n') {
				final boolean secondHalf = afterReturn && length == 0;
				afterReturn = false;
				if (!secondHalf) return new String(buffer, 0, length);
				continue;
			}
			afterReturn = false;
			if (c == '\r') {
				afterReturn = true;
				return new String(buffer, 0, length);
			}
			if (c == 0) throw new InputException(file + ", line " + number +
				": holds binary data. Choose a PDB or mmCIF file.");
			if (length == LONGEST) throw new InputException(file + ", line " + number + ": is longer than " + LONGEST +
				" characters. Choose a PDB or mmCIF file.");
			buffer[length++] = (char) c;
		}
		unfinished = true;
		return length > 0 ? new String(buffer, 0, length) : null;
	}
}
