package io.github.clearice.star;

import io.github.clearice.star.LineReader.StarLine;
import io.github.clearice.star.LineReader.StarLine.Hash;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the tables of one STAR file, line by line.
 * <p>
 * As RELION does, it takes a line behind the labels of a loop that has a value for each of them for a row, whatever it
 * begins with: names may begin with {@code data_}, an underscore, {@code #} or a semicolon.
 */
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
	private final String lastLabel;
	private final List<StarTable> tables = new ArrayList<>();
	private final StarLine line = new StarLine();

	private State state = State.OUTSIDE;
	private String block;
	private int announcedVersion;
	private int version;
	private int blockStart;
	private Set<String> columns = new LinkedHashSet<>();
	private List<String> singles = new ArrayList<>();
	private PackedRows rows;
	/** Whether no line with values came since a blank one. */
	private boolean afterBlank;
	/** The number of a line that is a row or not, depending on the next one; or 0. */
	private int undecided;
	private int undecidedChunk;
	private int undecidedStart;
	private boolean undecidedAfterBlank;
	private boolean ended;

	/**
	 * @param length of the file, or less where it is not known
	 * @param chunks that take its text
	 * @param lastLabel the label behind which nothing is read; null reads all
	 */
	StarReader(final String file, final InputStream in, final long length, final TextChunks chunks,
		final String lastLabel)
	{
		this.file = file;
		this.lines = new LineReader(in, length, chunks);
		this.lastLabel = lastLabel;
		this.rows = new PackedRows(lines.chunks());
	}

	List<StarTable> read() throws IOException {
		boolean more = lines.first(file);
		while (more && !ended) {
			int lineBreak = state == State.ROWS && undecided == 0 ? plainRow() : -1;
			if (lineBreak < 0) {
				lineBreak = lines.lineBreak();
				take(lineBreak);
			}
			more = lines.advance(lineBreak, file);
		}
		decide(undecidedAfterBlank);
		if (state == State.OUTSIDE) throw new InputException(file +
			": has no data_ block. It is empty or no STAR file.");
		finishTable();
		finishBlock();
		return tables;
	}

	/**
	 * Takes a row of words as nearly all are, in one pass.
	 *
	 * @return its line break, or -1 where the line needs a closer look
	 */
	private int plainRow() {
		final byte[] text = lines.chunk();
		int at = StarLine.skipBlanks(text, lines.start());
		if (isSpecial(text[at])) return -1;
		int values = 0;
		while (text[at] != '\n') {
			if (StarLine.isQuote(text[at]) || text[at] == '#') return -1;
			values++;
			while ((text[at] & 0xff) > ' ') at++;
			if (text[at] != '\n' && !StarLine.isBlank(text[at])) return -1;
			at = StarLine.skipBlanks(text, at);
		}
		if (values != columns.size()) return -1;
		rows.add(lines.chunkNumber(), lines.start(), lines.number());
		afterBlank = false;
		return at;
	}

	/** Whether a line that begins with a character might be something else than a row. */
	private static boolean isSpecial(final byte first) {
		return first == '\n' || first == '_' || first == ';' || (first | 0x20) == 'd' || (first | 0x20) == 'l';
	}

	private void take(final int lineBreak) {
		final byte[] text = lines.chunk();
		final int start = lines.number() == 1 ? skipByteOrderMark(text, lineBreak) : lines.start();
		requireText(text, start, lineBreak);
		line.split(text, start, lineBreak, Hash.COMMENT);
		if (line.values() == 0 && !isRowBehindHash(text, start, lineBreak)) {
			if (line.comment() >= 0) takeComment(text, line.comment(), lineBreak);
			else afterBlank = true;
			return;
		}
		if (undecided > 0) {
			decide(line.is("loop_") || begins('_') || undecidedAfterBlank && line.begins("data_"));
			line.split(text, start, lineBreak, Hash.COMMENT);
		}
		takeValues(text, start, lineBreak);
		afterBlank = false;
	}

	private boolean isRowBehindHash(final byte[] text, final int start, final int lineBreak) {
		if (!isLoop()) return false;
		line.split(text, start, lineBreak, Hash.VALUE_IF_JOINED);
		return line.values() == columns.size() && line.values() > 0;
	}

	private void takeValues(final byte[] text, final int start, final int lineBreak) {
		if (isLoop() && (line.values() == columns.size() || fitsBehindHash(text, start, lineBreak))) {
			if (isUndecided(text)) hold(start);
			else if (isRow()) takeRow(start);
			else takeOther();
		}
		else takeOther();
	}

	/** Whether the line is a whole row where a {@code #} within begins no comment; else it is split as before. */
	private boolean fitsBehindHash(final byte[] text, final int start, final int lineBreak) {
		if (line.comment() < 0 || begins('_') || line.begins("data_") || line.is("loop_")) return false;
		line.split(text, start, lineBreak, Hash.VALUE_IF_JOINED);
		if (line.values() == columns.size()) return true;
		line.split(text, start, lineBreak, Hash.COMMENT);
		return false;
	}

	private boolean isLoop() {
		return (state == State.LABELS || state == State.ROWS) && !columns.isEmpty();
	}

	/** A line of one word may be a row or the name of a block; before labels, it may be a label that is commented out. */
	private boolean isUndecided(final byte[] text) {
		if (text[line.start(0)] == '#') return state == State.LABELS;
		return columns.size() == 1 && line.begins("data_");
	}

	/** Whether a line with a value for each column is a row. */
	private boolean isRow() {
		if (columns.size() == 1) return !line.is("loop_") && !line.is(";") && (state == State.ROWS && !afterBlank ||
			!begins('_'));
		// A label and its value behind a loop of two columns.
		return columns.size() > 2 || !afterBlank || !begins('_');
	}

	private void hold(final int start) {
		undecided = lines.number();
		undecidedChunk = lines.chunkNumber();
		undecidedStart = start;
		undecidedAfterBlank = afterBlank;
	}

	/** @param structure whether the line that was held is no row */
	private void decide(final boolean structure) {
		if (undecided == 0) return;
		final byte[] text = lines.chunks().get(undecidedChunk);
		int lineBreak = undecidedStart;
		while (text[lineBreak] != '\n') lineBreak++;
		line.split(text, undecidedStart, lineBreak, Hash.VALUE_IF_JOINED);
		final int number = undecided;
		undecided = 0;
		if (!structure) {
			clearComment(text, undecidedChunk, lineBreak);
			state = State.ROWS;
			rows.add(undecidedChunk, undecidedStart, number);
		}
		else if (text[line.start(0)] != '#') beginBlock();
	}

	private void takeRow(final int start) {
		clearComment(lines.chunk(), lines.chunkNumber(), lines.lineBreak());
		state = State.ROWS;
		rows.add(lines.chunkNumber(), start, lines.number());
	}

	/** Rows are kept as they are, except comments. */
	private void clearComment(final byte[] text, final int chunk, final int lineBreak) {
		if (line.comment() >= 0) lines.chunks().pin(chunk);
		for (int at = line.comment(); at >= 0 && at < lineBreak; at++) text[at] = ' ';
	}

	private void takeOther() {
		if (line.begins("data_")) beginBlock();
		else if (state == State.OUTSIDE) throw error(null, "\"" + excerpt(line.value(0)) +
			"\" stands before any data_ block. This is not a STAR file, or its beginning is missing.");
		else if (line.is("loop_")) beginLoop();
		else if (begins(';')) throw error(null,
			"begins a text of several lines (;), which tables do not have. Put it in quotes on one line.");
		else if (line.unclosed() != 0) throw error(null, "a quote (" + line.unclosed() +
			") is opened but not closed. Close it on the same line.");
		else if (state == State.LABELS && begins('_')) takeLabel();
		else if (state == State.LABELS || state == State.ROWS && !begins('_')) throw rowError();
		else takeSingle();
	}

	private void beginBlock() {
		if (line.values() > 1) throw error(null, "text follows " + excerpt(line.value(0)) +
			". Put it on a line of its own.");
		finishTable();
		finishBlock();
		block = line.value(0).substring("data_".length());
		version = announcedVersion;
		announcedVersion = 0;
		blockStart = tables.size();
		state = State.BLOCK;
	}

	private void beginLoop() {
		if (line.values() > 1) throw error(null, "text follows loop_. Put it on a line of its own.");
		finishTable();
		state = State.LABELS;
	}

	private void takeLabel() {
		if (line.values() > 1) throw error(null, "text follows the label " + excerpt(line.value(0)) +
			". Put one label on a line.");
		addColumn();
	}

	private InputException rowError() {
		final int values = line.values(), wanted = columns.size();
		if (wanted == 0) return error(null, "the loop_ has no labels. List them, one on a line, before the rows.");
		if (values < wanted) return error(List.copyOf(columns).get(values), "is missing: the row has " + values +
			" values for the " + wanted + " columns of data_" + block + ". Complete or remove the row.");
		return error(null, "the row has " + values + " values for the " + wanted + " columns of data_" + block +
			". Remove what is too much, or put text with blanks in quotes.");
	}

	private void takeSingle() {
		if (!begins('_')) throw error(null, "\"" + excerpt(line.value(0)) +
			"\" is neither a label nor a value of one. Labels begin with an underscore.");
		if (state == State.ROWS) finishTable();
		state = State.BLOCK;
		if (line.values() < 2) splitBehindHash();
		if (line.values() < 2) throw error(line.value(0).substring(1), "has no value. Write it behind the label.");
		if (line.values() > 2) throw error(line.value(0).substring(1), "has " + (line.values() - 1) +
			" values. Put text with blanks in quotes.");
		addColumn();
		singles.add(line.value(1));
	}

	private void splitBehindHash() {
		if (line.comment() >= 0) line.split(lines.chunk(), line.start(0), lines.lineBreak(), Hash.VALUE_IF_JOINED);
	}

	private void addColumn() {
		final String label = line.value(0).substring(1);
		if (label.isEmpty()) throw error(null, "the label has no name after its underscore. Name it.");
		if (!columns.add(label)) throw error(label, "occurs twice in data_" + block + ". Remove one of them.");
		ended = label.equals(lastLabel);
	}

	private void finishTable() {
		final boolean loop = state == State.LABELS || state == State.ROWS;
		if (state == State.LABELS && columns.isEmpty()) throw error(null,
			"the loop_ of data_" + block + " has no labels. List them, one on a line, after loop_.");
		if (!loop && !columns.isEmpty()) {
			rows = new PackedRows();
			rows.add(singles, lines.number());
		}
		if (loop || !columns.isEmpty()) tables.add(new StarTable(file, block, loop, version, List.copyOf(columns), rows));
		columns = new LinkedHashSet<>();
		singles = new ArrayList<>();
		rows = new PackedRows(lines.chunks());
	}

	// A block without anything is kept as a table without columns.
	private void finishBlock() {
		if (block != null && tables.size() == blockStart) tables.add(new StarTable(file, block, false, version, List.of(),
			new PackedRows()));
	}

	private void takeComment(final byte[] text, final int from, final int lineBreak) {
		final String comment = StarText.decode(text, from, lineBreak).strip();
		if (comment.matches("# version \\d{1,9}")) announcedVersion = Integer.parseInt(comment.substring(10));
	}

	private int skipByteOrderMark(final byte[] text, final int lineBreak) {
		final int start = lines.start();
		final int first = text[start] & 0xff, second = text[start + 1] & 0xff;
		if (first == 0xff && second == 0xfe || first == 0xfe && second == 0xff) throw new InputException(file +
			": is UTF-16 text. Save it as UTF-8.");
		return lineBreak - start >= 3 && first == 0xef && second == 0xbb && (text[start + 2] & 0xff) == 0xbf ? start + 3
			: start;
	}

	private void requireText(final byte[] text, final int start, final int lineBreak) {
		for (int at = start; at < lineBreak; at++) if (text[at] == 0) throw error(null,
			"holds binary data. This is not a STAR file.");
	}

	private boolean begins(final char first) {
		return line.values() > 0 && line.end(0) > line.start(0) && lines.chunk()[line.start(0)] == first;
	}

	private static String excerpt(final String text) {
		final String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
		return printable.length() > 40 ? printable.substring(0, 40) + "..." : printable;
	}

	private InputException error(final String column, final String problemAndRemedy) {
		return InputException.at(file, lines.number(), column, problemAndRemedy);
	}
}
