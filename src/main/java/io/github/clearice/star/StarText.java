package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of a STAR file as text and back. Most files are ASCII or UTF-8, but old projects hold paths in Latin-1 or
 * other encodings: a byte that is no UTF-8 becomes a lone surrogate, U+DC80 to U+DCFF, and the same byte again on
 * writing, as Python's {@code surrogateescape} does.
 */
final class StarText {

	private static final int ESCAPE = 0xdc00;

	private StarText() {}

	static String decode(final byte[] text, final int from, final int to) {
		for (int i = from; i < to; i++) if (text[i] < 0) return decodeUtf8(text, from, to);
		// Plain characters, which is the rule, decode faster this way.
		return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
	}

	private static String decodeUtf8(final byte[] text, final int from, final int to) {
		final StringBuilder decoded = new StringBuilder(to - from);
		for (int at = from; at < to;) {
			final int length = sequence(text, at, to);
			if (length == 0) decoded.append((char) (ESCAPE | text[at++] & 0xff));
			else {
				decoded.append(new String(text, at, length, StandardCharsets.UTF_8));
				at += length;
			}
		}
		return decoded.toString();
	}

	/** Number of bytes of the UTF-8 character at a place, or 0 if there is none. */
	private static int sequence(final byte[] text, final int at, final int to) {
		final int first = text[at] & 0xff;
		final int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
		if (length == 0 || at + length > to) return 0;
		for (int i = 1; i < length; i++) if ((text[at + i] & 0xc0) != 0x80) return 0;
		if (length < 3) return length;
		// Overlong forms, surrogates and codes beyond Unicode are not characters.
		final int code = length == 3 ? (first & 0xf) << 12 | (text[at + 1] & 0x3f) << 6 | text[at + 2] & 0x3f : (first &
			7) << 18 | (text[at + 1] & 0x3f) << 12;
		return length == 3 ? code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 3 : 0 : code >= 0x10000 && code <= 0x10ffff
			? 4 : 0;
	}

	static byte[] encode(final String text) {
		for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7f) return encodeUtf8(text);
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] encodeUtf8(final String text) {
		final ByteArrayOutputStream encoded = new ByteArrayOutputStream(2 * text.length());
		for (int at = 0; at < text.length();) {
			final int code = text.codePointAt(at);
			if (code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff) encoded.write(code & 0xff);
			else encoded.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
			at += Character.charCount(code);
		}
		return encoded.toByteArray();
	}

	/**
	 * The value in quotes where it would be read as something else without.
	 *
	 * @throws InputException if it holds line breaks, or both kinds of quotes so that neither can enclose it
	 */
	static String quoted(final String value) {
		for (int i = 0; i < value.length(); i++) {
			final char c = value.charAt(i);
			if (c == '\n' || c == '\r' || c == 0) throw new InputException("A value with line breaks cannot be written to a" +
				" STAR file: \"" + value.replaceAll("[\n\r\0]", " ") + "\". Leave them out.");
		}
		if (isPlain(value)) return value;
		for (final char quote : new char[] { '"', '\'' }) if (canEnclose(value, quote)) return quote + value + quote;
		throw new InputException("The value " + value +
			" holds both kinds of quotes and cannot be written to a STAR file. Leave one kind out.");
	}

	/**
	 * The value in single quotes.
	 *
	 * @throws InputException if it contains a line break or the end of the quote
	 */
	static String inSingleQuotes(final String value) {
		quoted(value);
		if (!canEnclose(value, '\'')) throw new InputException("The value " + value +
			" cannot be written in single quotes. Leave out the one that a blank follows.");
		return "'" + value + "'";
	}

	private static boolean isPlain(final String value) {
		if (value.isEmpty() || "#_\"';".indexOf(value.charAt(0)) >= 0) return false;
		for (int i = 0; i < value.length(); i++) if (value.charAt(i) <= ' ') return false;
		final String lower = value.toLowerCase(Locale.ROOT);
		return !lower.startsWith("data_") && !lower.startsWith("save_") && !lower.equals("loop_") && !lower.equals(
			"stop_") && !lower.equals("global_");
	}

	// A quote ends a text only where white space follows it.
	private static boolean canEnclose(final String value, final char quote) {
		for (int i = value.indexOf(quote); i >= 0; i = value.indexOf(quote, i + 1)) {
			if (i + 1 == value.length() || value.charAt(i + 1) <= ' ') return false;
		}
		return true;
	}
}
