package io.github.clearice.star;

import java.util.Arrays;

/** A line split into its values: words between blanks, or texts in quotes that white space follows. */
final class StarLine {

	/** What a {@code #} at the beginning of a word starts. */
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
