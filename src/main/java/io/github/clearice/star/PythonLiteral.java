package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as Python writes it, as far as the heads of NumPy files have them: dictionaries, lists, tuples, strings,
 * whole numbers, True, False and None. Lists and tuples become lists, numbers {@code Long}.
 */
final class PythonLiteral {

	/** Lists within lists of a head. */
	private static final int DEEPEST = 16;

	private final String file;
	private final String text;
	private int at;

	PythonLiteral(final String file, final String text) {
		this.file = file;
		this.text = text;
	}

	/** @throws InputException if it is something else */
	Object read() {
		final Object value = value(0);
		if (skip() != 0) throw damaged();
		return value;
	}

	private Object value(final int depth) {
		if (depth > DEEPEST) throw damaged();
		final char first = skip();
		if (first == '{') return map(depth);
		if (first == '[') return list(']', depth);
		if (first == '(') return list(')', depth);
		if (first == '\'' || first == '"') return string();
		if ((first == 'b' || first == 'u') && at + 1 < text.length() && "'\"".indexOf(text.charAt(at + 1)) >= 0) {
			at++;
			return string();
		}
		final int start = at;
		while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) at++;
		return word(text.substring(start, at));
	}

	private Object word(final String word) {
		if (word.equals("True")) return true;
		if (word.equals("False")) return false;
		if (word.equals("None")) return "None";
		// Python 2 wrote long numbers with an L.
		if (word.matches("-?\\d{1,18}L?")) return Long.valueOf(word.replace("L", ""));
		throw damaged();
	}

	private Map<Object, Object> map(final int depth) {
		at++;
		final Map<Object, Object> map = new LinkedHashMap<>();
		while (skip() != '}') {
			final Object key = value(depth + 1);
			expect(':');
			map.put(key, value(depth + 1));
			if (skip() == ',') at++;
			else if (skip() != '}') throw damaged();
		}
		at++;
		return map;
	}

	private List<Object> list(final char end, final int depth) {
		at++;
		final List<Object> list = new ArrayList<>();
		while (skip() != end) {
			list.add(value(depth + 1));
			if (skip() == ',') at++;
			else if (skip() != end) throw damaged();
		}
		at++;
		return list;
	}

	private String string() {
		final char quote = text.charAt(at++);
		final StringBuilder string = new StringBuilder();
		while (at < text.length() && text.charAt(at) != quote) {
			if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
			string.append(text.charAt(at++));
		}
		if (at == text.length()) throw damaged();
		at++;
		return string.toString();
	}

	private void expect(final char wanted) {
		if (skip() != wanted) throw damaged();
		at++;
	}

	/** The next character that is no blank; 0 at the end. */
	private char skip() {
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
		return at < text.length() ? text.charAt(at) : 0;
	}

	private InputException damaged() {
		return new InputException(file + ": its head is not as NumPy writes it (character " + at +
			"). The file is damaged; get it again.");
	}
}
