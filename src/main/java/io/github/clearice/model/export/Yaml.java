package io.github.clearice.model.export;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, numbers and texts as YAML 1.2. */
final class Yaml {

	private Yaml() {}

	static String text(final Map<String, ?> values) {
		final StringBuilder text = new StringBuilder();
		write(values, "", text);
		return text.toString();
	}

	private static void write(final Map<?, ?> values, final String indent, final StringBuilder text) {
		String before = "";
		for (final Map.Entry<?, ?> entry : values.entrySet()) {
			text.append(before).append(entry.getKey()).append(':');
			value(entry.getValue(), indent, text);
			before = indent;
		}
	}

	private static void value(final Object value, final String indent, final StringBuilder text) {
		final String deeper = indent + "  ";
		if (value instanceof Map<?, ?> map) {
			text.append('\n').append(deeper);
			write(map, deeper, text);
		}
		else if (value instanceof List<?> list) {
			text.append('\n');
			for (final Object item : list) {
				text.append(indent).append("-");
				if (item instanceof Map<?, ?> map) {
					text.append(' ');
					write(map, deeper, text);
				}
				else value(item, deeper, text);
			}
		}
		else text.append(' ').append(value instanceof Number ? value.toString() : quoted(value.toString())).append('\n');
	}

	private static String quoted(final String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
	}
}
