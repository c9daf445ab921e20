package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a file as bytes in chunks, which are kept: a row of a table is a place in them, and no object. Every line in
 * a chunk ends in a line break, the last one too.
 */
final class LineReader {

	/** No table has lines as long; a file without line ends is none. */
	private static final int LONGEST = 1 << 24;

	private final InputStream in;
	private final TextChunks chunks;
	private long unread;
	/** How much of the file was read. */
	private long position;
	private byte[] chunk = new byte[0];
	private int filled;
	/** Behind the last line break of the chunk. */
	private int complete;
	private int start;
	private int number;

	/**
	 * @param length of the file, or less where it is not known
	 * @param chunks empty, of the file if it can be read again
	 */
	LineReader(final InputStream in, final long length, final TextChunks chunks) {
		this.in = in;
		this.chunks = chunks;
		this.unread = length;
	}

	/** All chunks so far, which grow while lines are read. */
	TextChunks chunks() {
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

	/** The number of the line in the file, counted from 1. */
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
			position += count;
			final int before = filled;
			filled += count;
			for (int at = filled - 1; at >= before; at--) {
				if (chunk[at] != '\n') continue;
				complete = at + 1;
				return true;
			}
			if (filled - start > LONGEST) throw InputException.at(file, number + 1, null,
				"is longer than 16 million characters. This is not a STAR file.");
		}
	}

	private boolean finish() {
		if (start == filled) {
			if (chunks.size() > 0) chunks.end(filled);
			return false;
		}
		chunk[filled++] = '\n';
		complete = filled;
		return true;
	}

	/**
	 * Begins another chunk with the part of the line that was read. A line that fills a chunk alone gets twice the room.
	 */
	private void grow() {
		final int pending = filled - start;
		final boolean alone = start == 0 && chunks.size() > 0;
		final long wanted = Math.max(Math.min(TextChunks.CHUNK, Math.max(pending + unread + 2, 64)), 2L * pending);
		final byte[] next = alone ? Arrays.copyOf(chunk, (int) Math.max(wanted, 2L * chunk.length))
			: new byte[(int) wanted];
		if (alone) chunks.replaceLast(next);
		else {
			System.arraycopy(chunk, start, next, 0, pending);
			if (chunks.size() > 0) chunks.end(start);
			chunks.add(next, position - pending);
			start = 0;
			filled = pending;
			complete = 0;
		}
		chunk = next;
	}

	/** A line split into its values: words between blanks, or texts in quotes that white space follows. */
	static final class StarLine {

		/** The kind of token that a {@code #} at the beginning of a word starts. */
		enum Hash {
			/** A comment, as in the STAR standard. */
			COMMENT,
			/** A comment where a blank follows it, else a value: RELION knows no comments in rows. */
			VALUE_IF_JOINED
		}

		private byte[] text;
		private int[] spans = new int[128];
		private int values;
		/** Where a comment begins, or -1. */
		private int comment;
		private char unclosed;

		/**
		 * Splits a line.
		 *
		 * @param start of the line
		 * @param end index of its line break
		 */
		void split(final byte[] line, final int start, final int end, final Hash hash) {
			text = line;
			values = 0;
			comment = -1;
			unclosed = 0;
			int at = skipBlanks(line, start);
			while (at < end) {
				if (line[at] == '#' && (hash == Hash.COMMENT || at + 1 == end || isBlank(line[at + 1]))) {
					comment = at;
					return;
				}
				final int next = tokenEnd(line, at);
				final boolean quoted = isQuoted(line, at, next);
				if (!quoted && isQuote(line[at])) unclosed = (char) line[at];
				add(at, next);
				at = skipBlanks(line, next);
			}
		}

		private void add(final int from, final int to) {
			if (spans.length < 2 * values + 2) spans = Arrays.copyOf(spans, 2 * spans.length);
			spans[2 * values] = from;
			spans[2 * values + 1] = to;
			values++;
		}

		int values() {
			return values;
		}

		int comment() {
			return comment;
		}

		/** The quote that a value begins with and that nothing closes, or 0. */
		char unclosed() {
			return unclosed;
		}

		/** Where a value begins, with its quotes. */
		int start(final int index) {
			return spans[2 * index];
		}

		/** Where it ends. */
		int end(final int index) {
			return spans[2 * index + 1];
		}

		String value(final int index) {
			return value(text, start(index), end(index));
		}

		/** Whether the first value begins with a word that is not in quotes, in any case of letters. */
		boolean begins(final String word) {
			return values > 0 && startsWith(text, start(0), end(0), word);
		}

		/** Whether the first value is a word. */
		boolean is(final String word) {
			return begins(word) && end(0) - start(0) == word.length();
		}

		static boolean startsWith(final byte[] text, final int from, final int to, final String word) {
			if (to - from < word.length()) return false;
			for (int i = 0; i < word.length(); i++) {
				if (Character.toLowerCase((char) text[from + i]) != word.charAt(i)) return false;
			}
			return true;
		}

		/** The value without its quotes. */
		static String value(final byte[] text, final int start, final int end) {
			return isQuoted(text, start, end) ? StarText.decode(text, start + 1, end - 1) : StarText.decode(text, start, end);
		}

		/** The first place from here on that is no blank. */
		static int skipBlanks(final byte[] text, final int from) {
			int at = from;
			while (isBlank(text[at])) at++;
			return at;
		}

		/** Where the value that begins here ends; a quote that is not closed on the line is part of a word. */
		static int tokenEnd(final byte[] text, final int start) {
			if (isQuote(text[start])) {
				for (int at = start + 1; text[at] != '\n'; at++) {
					if (text[at] == text[start] && (text[at + 1] == '\n' || isBlank(text[at + 1]))) return at + 1;
				}
			}
			int at = start;
			while (text[at] != '\n' && !isBlank(text[at])) at++;
			return at;
		}

		private static boolean isQuoted(final byte[] text, final int start, final int end) {
			return end - start > 1 && isQuote(text[start]) && text[end - 1] == text[start];
		}

		static boolean isQuote(final byte character) {
			return character == '"' || character == '\'';
		}

		/** White space of a line, as C's {@code isspace} has it. */
		static boolean isBlank(final byte character) {
			return character == ' ' || character == '\t' || character == '\r' || character == '\f' || character == 11;
		}
	}
}
