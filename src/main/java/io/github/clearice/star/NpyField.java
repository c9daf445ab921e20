package io.github.clearice.star;

import java.util.Arrays;

/**
 * One field of the rows of a NumPy file.
 *
 * @param name such as {@code blob/path}
 * @param type NumPy's kind: f, i, u or b for numbers, S for bytes, U for Unicode text, others are only passed on
 * @param bigEndian order of the bytes
 * @param itemBytes length of one item
 * @param offset of the field in a row
 * @param shape of the items; empty for one
 */
record NpyField(String name, char type, boolean bigEndian, int itemBytes, int offset, int... shape) {

	/** Number of items. */
	int items() {
		int items = 1;
		for (final int size : shape) items = Math.multiplyExact(items, size);
		return items;
	}

	int bytes() {
		return Math.multiplyExact(itemBytes, items());
	}

	boolean isText() {
		return type == 'S' || type == 'U';
	}

	boolean isNumber() {
		return "fiub".indexOf(type) >= 0;
	}

	/** The same field elsewhere in a row, its items of another length. */
	NpyField at(final int newOffset, final int newItemBytes) {
		return new NpyField(name, type, bigEndian, newItemBytes, newOffset, shape);
	}

	/** As it stands in the head of a file. */
	String description() {
		final String order = itemBytes == 1 || type == 'S' || type == 'V' ? "|" : bigEndian ? ">" : "<";
		final String one = "('" + name.replace("\\", "\\\\").replace("'", "\\'") + "', '" + order + type + (type == 'U'
			? itemBytes / 4 : itemBytes) + "'";
		if (shape.length == 0) return one + ")";
		final String sizes = Arrays.toString(shape).replace("[", "").replace("]", "");
		return one + ", (" + sizes + (shape.length == 1 ? ",))" : "))");
	}
}
