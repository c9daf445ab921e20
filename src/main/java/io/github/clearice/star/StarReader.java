package io.github.clearice.star;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of one STAR file, line by line. */
final class StarReader {

	private enum State {
		/** Before the first data_. */
		OUTSIDE,
		/** In a block, outside of a loop. */
		BLOCK,
		/** After loop_: labels come. */
		LABELS,
		/** After the labels: rows come. */
		ROWS
	}

	private final String file;
	private final LineReader lines;
	private final List<StarTable> tables = new ArrayList<>();

	/** Start and end of each value of the current line. */
	private int[] spans = new int[128];
	private int values;

	private State state = State.OUTSIDE;
	private String block;
	private int announcedVersion;
	private int version;
	private int blockStart;
	private List<String> columns = new ArrayList<>();
	private List<String> singles = new ArrayList<>();
	private PackedRows rows = new PackedRows();

	StarReader(final String file, final InputStream in) {
		this.file = file;
		this.lines = new LineReader(in);
	}

	List<StarTable> read() throws IOException {
		while (lines.advance(file)) {
			split();
			if (values > 0) take();
		}
		if (state == State.OUTSIDE) throw new StarException(file +
			": has no data_ block. It is empty or no STAR file.");
		finishTable();
		finishBlock();
		return tables;
	}

	private void take() {
		if (isKeyword("data_", true)) beginBlock();
		else if (state == State.OUTSIDE) throw error(null, "\"" + excerpt(value(0)) +
			"\" stands before any data_ block. This is no STAR file, or its beginning is missing.");
		else if (isKeyword("loop_", false)) beginLoop();
		else if (state == State.LABELS && isLabel()) takeLabel();
		else if (state == State.LABELS || state == State.ROWS && !isLabel()) takeRow();
		else takeSingle();
	}

	private void beginBlock() {
		if (values > 1) throw error(null, "text follows " + excerpt(value(0)) + ". Put it on a line of its own.");
		finishTable();
		finishBlock();
		block = value(0).substring("data_".length());
		version = announcedVersion;
		announcedVersion = 0;
		blockStart = tables.size();
		state = State.BLOCK;
	}

	private void beginLoop() {
		if (values > 1) throw error(null, "text follows loop_. Put it on a line of its own.");
		finishTable();
		state = State.LABELS;
	}

	private void takeLabel() {
		if (values > 1) throw error(null, "text follows the label " + excerpt(value(0)) + ". Put one label on a line.");
		addColumn();
	}

	private void takeRow() {
		if (state == State.LABELS && columns.isEmpty()) throw error(null,
			"the loop_ has no labels. List them, one on a line, before the rows.");
		state = State.ROWS;
		if (values < columns.size()) throw error(columns.get(values), "is missing: the row has " + values +
			" values for the " + columns.size() + " columns of data_" + block + ". Complete or remove the row.");
		if (values > columns.size()) throw error(null, "the row has " + values + " values for the " + columns.size() +
			" columns of data_" + block + ". Remove what is too much, or put text with blanks in quotes.");
		rows.add(lines.buffer(), spans, values, lines.number());
	}

	private void takeSingle() {
		if (!isLabel()) throw error(null, "\"" + excerpt(value(0)) +
			"\" is neither a label nor a value of one. Labels begin with an underscore.");
		if (state == State.ROWS) finishTable();
		state = State.BLOCK;
		if (values < 2) throw error(value(0).substring(1), "has no value. Write it behind the label.");
		if (values > 2) throw error(value(0).substring(1), "has " + (values - 1) +
			" values. Put text with blanks in quotes.");
		addColumn();
		singles.add(value(1));
	}

	private void addColumn() {
		final String label = value(0).substring(1);
		if (label.isEmpty()) throw error(null, "the label has no name after its underscore. Name it.");
		if (columns.contains(label)) throw error(label, "occurs twice in data_" + block + ". Remove one of them.");
		columns.add(label);
	}

	private void finishTable() {
		final boolean loop = state == State.LABELS || state == State.ROWS;
		if (state == State.LABELS && columns.isEmpty()) throw error(null,
			"the loop_ of data_" + block + " has no labels. List them, one on a line, after loop_.");
		if (!loop && !columns.isEmpty()) rows.add(singles, lines.number());
		if (loop || !columns.isEmpty()) tables.add(new StarTable(file, block, loop, version, columns, rows));
		columns = new ArrayList<>();
		singles = new ArrayList<>();
		rows = new PackedRows();
	}

	// A block without anything is kept as a table without columns.
	private void finishBlock() {
		if (block != null && tables.size() == blockStart) tables.add(new StarTable(file, block, false, version, List.of(),
			new PackedRows()));
	}

	private void split() {
		values = 0;
		final byte[] text = lines.buffer();
		int at = lines.number() == 1 ? skipByteOrderMark(text) : lines.start();
		final int end = lines.end();
		while (true) {
			while (at < end && isBlank(text[at])) at++;
			if (at == end) return;
			if (text[at] == '#') {
				takeComment(at, end);
				return;
			}
			if (text[at] == ';' && at == lines.start() && state != State.OUTSIDE) throw error(null,
				"begins a text of several lines (;), which tables do not have. Put it in quotes on one line.");
			at = text[at] == '"' || text[at] == '\'' ? takeQuoted(at, end) : takePlain(at, end);
		}
	}

	private int takePlain(final int from, final int end) {
		final byte[] text = lines.buffer();
		int at = from;
		while (at < end && !isBlank(text[at])) {
			if (text[at] == 0) throw error(null, "holds binary data. This is no STAR file.");
			at++;
		}
		addValue(from, at);
		return at;
	}

	private int takeQuoted(final int from, final int end) {
		final byte[] text = lines.buffer();
		for (int at = from + 1; at < end; at++) {
			if (text[at] == text[from] && (at + 1 == end || isBlank(text[at + 1]))) {
				addValue(from + 1, at);
				return at + 1;
			}
		}
		throw error(null, "a quote (" + (char) text[from] + ") is opened but not closed. Close it on the same line.");
	}

	private void addValue(final int from, final int to) {
		if (spans.length < 2 * values + 2) spans = Arrays.copyOf(spans, 2 * spans.length);
		spans[2 * values] = from;
		spans[2 * values + 1] = to;
		values++;
	}

	private void takeComment(final int from, final int end) {
		final String comment = new String(lines.buffer(), from, end - from, StandardCharsets.ISO_8859_1).strip();
		if (comment.matches("# version \\d{1,9}")) announcedVersion = Integer.parseInt(comment.substring(10));
	}

	private int skipByteOrderMark(final byte[] text) {
		final int start = lines.start();
		final boolean marked = lines.end() - start >= 3 && (text[start] & 0xff) == 0xef && (text[start + 1] & 0xff) == 0xbb &&
			(text[start + 2] & 0xff) == 0xbf;
		return marked ? start + 3 : start;
	}

	private String value(final int index) {
		return new String(lines.buffer(), spans[2 * index], spans[2 * index + 1] - spans[2 * index],
			StandardCharsets.UTF_8);
	}

	private boolean isLabel() {
		return !isQuoted() && lines.buffer()[spans[0]] == '_' && spans[1] > spans[0];
	}

	// Keywords and labels lose their meaning in quotes.
	private boolean isQuoted() {
		if (spans[0] == lines.start()) return false;
		final byte before = lines.buffer()[spans[0] - 1];
		return before == '"' || before == '\'';
	}

	private boolean isKeyword(final String keyword, final boolean prefix) {
		final int length = spans[1] - spans[0];
		if (isQuoted() || (prefix ? length < keyword.length() : length != keyword.length())) return false;
		for (int i = 0; i < keyword.length(); i++) {
			if (Character.toLowerCase((char) lines.buffer()[spans[0] + i]) != keyword.charAt(i)) return false;
		}
		return true;
	}

	private static boolean isBlank(final byte character) {
		return character == ' ' || character == '\t' || character == '\r';
	}

	private static String excerpt(final String text) {
		final String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
		return printable.length() > 40 ? printable.substring(0, 40) + "..." : printable;
	}

	private StarException error(final String column, final String problemAndRemedy) {
		return StarException.at(file, lines.number(), column, problemAndRemedy);
	}
}
