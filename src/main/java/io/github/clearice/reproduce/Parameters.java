package io.github.clearice.reproduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parameters of a verb with their values, in the order in which a reader sees them. Immutable.
 *
 * @param values by name: numbers, booleans, words, {@link RunFile}s, {@link StructureFile}s, and lists of these
 */
record Parameters(Map<String, Object> values) {

	/** Without any. */
	static final Parameters NONE = new Parameters(Map.of());

	/** A file or folder of the run. */
	record RunFile(String name) {

		/** As in the identity of a step, wherever the folder of the run is. */
		@Override
		public String toString() {
			return "@" + name;
		}
	}

	/**
	 * The file of a structure.
	 *
	 * @param code of the Protein Data Bank, in lower case
	 */
	record StructureFile(String code) {

		@Override
		public String toString() {
			return "#" + code;
		}
	}

	Parameters {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	static Parameters of(final String name, final Object value) {
		return NONE.with(name, value);
	}

	/** A parameter after the others. */
	Parameters with(final String name, final Object value) {
		return with(new Parameters(Map.of(name, value)));
	}

	/** These parameters followed by others. */
	Parameters with(final Parameters more) {
		final Map<String, Object> all = new LinkedHashMap<>(values);
		more.values.forEach((name, value) -> {
			if (all.put(name, value) != null) throw new IllegalArgumentException(name + " is given twice");
		});
		return new Parameters(all);
	}

	boolean has(final String name) {
		return values.containsKey(name);
	}

	/** The structures that are among the values. */
	Stream<StructureFile> structures() {
		return values.values().stream().flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
			.filter(StructureFile.class::isInstance).map(StructureFile.class::cast);
	}

	/** Texts of the values, those of a list being joined by commas. */
	Map<String, String> texts(final Function<Object, String> text) {
		final Map<String, String> texts = new LinkedHashMap<>();
		values.forEach((name, value) -> texts.put(name, value instanceof List<?> list ? list.stream().map(text).collect(
			Collectors.joining(",")) : text.apply(value)));
		return texts;
	}

	/** As they stand in a line after its verb. */
	String line(final Function<Object, String> text) {
		return texts(text).entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors
			.joining(" "));
	}

	@Override
	public String toString() {
		return line(String::valueOf);
	}
}
