package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads atoms from the fixed columns of the PDB format, version 3.3 and its
 * common variants: missing element columns, serial and residue numbers in
 * hybrid-36 or out of range, chain names of two letters, segment names instead
 * of chains.
 *
 * @see <a href="https://www.wwpdb.org/documentation/file-format-content/format33/sect9.html">PDB
 *      format 3.3, coordinate section</a>
 */
final class PdbReader {

	private static final int END_OF_POSITION = 54;

	private final String file;
	private final BoundedLines lines;
	private final AtomCollector collector;
	private final AssemblyRemarks assemblies = new AssemblyRemarks();
	private String line;
	private int atomLength;

	PdbReader(final InputStream stream, final String file, final StructureOptions options) {
		this.file = file;
		this.lines = new BoundedLines(stream, file);
		this.collector = new AtomCollector(file, options);
	}

	/** @throws InputException for a line that is damaged, by file and line */
	Structure read() throws IOException {
		int model = 1;
		boolean archived = false, ended = false;
		for (line = lines.next(); line != null; line = lines.next()) {
			switch (field(0, 6)) {
				case "ATOM":
				case "HETATM":
					if (collector.wants(model)) readAtom();
					break;
				case "MODEL":
					model = modelNumber(model);
					break;
				case "HEADER":
					archived = true;
					break;
				case "EXPDTA":
					collector.prediction().seeMethod(columns(10, 80));
					break;
				case "TITLE":
				case "AUTHOR":
				case "COMPND":
					collector.prediction().seeText(columns(10, 80));
					break;
				case "REMARK":
					readRemark();
					break;
				case "END":
					ended = true;
					model++;
					break;
				case "ENDMDL":
					// Some programs separate frames only by END: another model follows.
					model++;
					break;
				default:
			}
		}
		if (archived && !ended) collector.warn("has a HEADER but no END record: it may be cut short");
		return collector.finish(assemblies::assemblies);
	}

	private void readRemark() {
		// A model refined against data has B factors, whatever the starting model had.
		if ("3".equals(field(7, 10)) && columns(10, 80).contains("REFINEMENT")) collector.prediction().seeRefinement();
		else if (!"350".equals(field(7, 10))) collector.prediction().seeText(columns(10, 80));
		else if (!assemblies.add(columns(10, 80))) throw new InputException(file + ", line " + lines.number() +
			": a number of the assembly's operation is none. Correct the line or fetch the file again.");
	}

	private void readAtom() {
		if (lines.isUnfinished() && line.length() < atomLength) throw bad("ends in mid-line, so the file is cut short");
		atomLength = line.length();
		if (line.length() < END_OF_POSITION && field(46, 54).isEmpty()) throw bad(
			"ends before the z coordinate (columns 47-54)");
		final String residue = residueName();
		final double occupancy = optional(54, 60, "occupancy", 1);
		if (occupancy < 0) throw bad("has the negative occupancy " + occupancy);
		final Atom atom = new Atom(collector.shared(chain(residue)), residueNumber(), characterAt(26), collector.shared(
			residue), collector.shared(field(12, 16)), element(residue), line.startsWith("HETATM"), number(30, 38,
				"x coordinate"), number(38, 46, "y coordinate"), number(46, 54, "z coordinate"), occupancy, optional(60, 66,
					"B factor", 0));
		collector.add(atom, field(16, 17), atom.chain());
	}

	/** Columns 18-20; simulation programs use column 21 too, for names such as TIP3. */
	private String residueName() {
		final String three = field(17, 20);
		final String four = field(17, 21);
		final boolean wide = characterAt(20) != ' ' && (!ResidueClass.isStandardPolymer(three) || ResidueClass.of(four,
			true) == ResidueClass.WATER);
		return wide ? four : three;
	}

	/** Column 22, or 21-22 where a program writes chain names of two letters, or the segment's name. */
	private String chain(final String residue) {
		final String chain = residue.equals(field(17, 20)) ? field(20, 22) : field(21, 22);
		if (!chain.isEmpty()) return chain;
		final String segment = field(72, 76);
		return segment.isEmpty() ? "_" : segment;
	}

	private int residueNumber() {
		final String text = field(22, 26);
		if (text.isEmpty()) return 0;
		try {
			return Character.isLetter(text.charAt(0)) ? hybrid36(text) : Integer.parseInt(text);
		}
		catch (final NumberFormatException e) {
			throw bad("has the residue number " + InputException.quote(text) + " (columns 23-26), which is not a number");
		}
	}

	/** Four characters that count on from 9999: A000 to ZZZZ, then a000 to zzzz (Grosse-Kunstleve's hybrid-36). */
	static int hybrid36(final String text) {
		if (text.length() != 4) throw new NumberFormatException(text);
		final int value = Integer.parseInt(text, 36);
		final int block = 36 * 36 * 36;
		return Character.isUpperCase(text.charAt(0)) ? value - 10 * block + 10_000 : value + 16 * block + 10_000;
	}

	private Element element(final String residue) {
		final String symbol = field(76, 78);
		if ("X".equals(symbol)) return collector.unknownElement();
		// Before version 2.1 these columns had another content: then the name decides.
		return Element.of(symbol).or(() -> Element.Guess.fromColumns(String.format(Locale.ROOT, "%-4s", columns(12, 16)),
			residue)).orElseThrow(() -> bad("has no known element: columns 77-78 hold " + InputException
				.quote(symbol) + " and the name (columns 13-16) is " + InputException.quote(columns(12, 16))));
	}

	private int modelNumber(final int fallback) {
		final String text = field(6, 20);
		try {
			return Integer.parseInt(text);
		}
		catch (final NumberFormatException e) {
			return fallback;
		}
	}

	private double optional(final int from, final int to, final String what, final double fallback) {
		return field(from, to).isEmpty() ? fallback : number(from, to, what);
	}

	private double number(final int from, final int to, final String what) {
		final String text = field(from, to);
		try {
			final double value = Double.parseDouble(text);
			if (Math.abs(value) < 1e7) return value;
		}
		catch (final NumberFormatException e) {
			// Reported below, as NaN is.
		}
		throw bad("has the " + what + " " + InputException.quote(text) + " (columns " + (from + 1) + "-" + to +
			"), which is not a number");
	}

	private char characterAt(final int column) {
		return column < line.length() ? line.charAt(column) : ' ';
	}

	private String field(final int from, final int to) {
		return columns(from, to).trim();
	}

	private String columns(final int from, final int to) {
		return from < line.length() ? line.substring(from, Math.min(to, line.length())) : "";
	}

	private InputException bad(final String what) {
		return new InputException(file + ", line " + lines.number() + ": the atom " + what +
			". Correct the line or fetch the file again.");
	}

	/**
	 * Reads the lines of a text file that may be hostile: none longer than 4096
	 * bytes, no binary data, an end.
	 */
	private static final class BoundedLines {

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
}
