package io.github.clearice.task;

/** Text of files, such as cells of tables and cards of models, for a terminal or a window. */
public final class PrintableText {

	private PrintableText() {}

	/**
	 * The text with a question mark for each character that would steer a terminal or turn the direction of writing, and
	 * for each that is none. Tabs and line breaks stay.
	 */
	public static String of(final String text) {
		StringBuilder changed = null;
		for (int at = 0; at < text.length();) {
			final int code = text.codePointAt(at), length = Character.charCount(code);
			if (!isPrintable(code)) {
				if (changed == null) changed = new StringBuilder(text.substring(0, at));
				changed.append('?');
			}
			else if (changed != null) changed.appendCodePoint(code);
			at += length;
		}
		return changed == null ? text : changed.toString();
	}

	private static boolean isPrintable(final int code) {
		if (code == '\n' || code == '\t') return true;
		final int type = Character.getType(code);
		return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE &&
			type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
	}
}
