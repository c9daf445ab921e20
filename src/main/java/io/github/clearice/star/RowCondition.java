package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which rows of a table to take, by the values in its columns: {@code rlnClassNumber=1,3 and rlnDefocusU<25000}.
 * <p> A comparison is a column, one of {@code = != < <= > >=}, and a value; after {@code =} and {@code !=} several
 * values joined by commas; one of them must be met for {@code =}, none for {@code !=}. Comparisons joined by {@code
 * and} must all hold. Values that are numbers are compared as such, so that {@code 3} is {@code 3.000000}; others as
 * text. Immutable.
 */
public final class RowCondition {

	private static final Pattern COMPARISON = Pattern.compile("\\s*_?([^\\s=!<>]+)\\s*(==|=|!=|<=|>=|<|>)\\s*(.*?)\\s*");
	private static final String EXAMPLE = "Write it as in rlnClassNumber=1,3 and rlnDefocusU<25000.";

	private record Comparison(String column, String operator, List<String> values) {}

	private final List<Comparison> comparisons = new ArrayList<>();

	private RowCondition() {}

	/** @throws InputException if the text is not a condition */
	public static RowCondition of(final String text) {
		final RowCondition condition = new RowCondition();
		for (final String part : text.split("(?i)\\s+and\\s+")) condition.comparisons.add(comparison(text, part));
		return condition;
	}

	private static Comparison comparison(final String text, final String part) {
		final Matcher matcher = COMPARISON.matcher(part);
		if (!matcher.matches() || matcher.group(3).isEmpty()) throw new InputException("\"" + part.strip() +
			"\" in the condition \"" + text + "\" is no comparison of a column with a value. " + EXAMPLE);
		final String operator = matcher.group(2).replace("==", "=");
		final boolean ordered = operator.startsWith("<") || operator.startsWith(">");
		final List<String> values = ordered ? List.of(matcher.group(3)) : Arrays.stream(matcher.group(3).split(",")).map(
			String::strip).toList();
		if (ordered && number(values.get(0)).isEmpty()) throw new InputException("\"" + part.strip() +
			"\" in the condition \"" + text + "\" compares with \"" + values.get(0) + "\", which is not a number. " +
			EXAMPLE);
		return new Comparison(matcher.group(1), operator, values);
	}

	/**
	 * The rows for which the condition holds, in their order.
	 *
	 * @throws InputException if the table has no such column, or a cell that is to be ordered is not a number
	 */
	public int[] rows(final StarTable table) {
		for (final Comparison comparison : comparisons) {
			if (!table.has(comparison.column)) throw new InputException("The table data_" + table.name() + " has no column " +
				comparison.column + " to select by. Its columns are " + String.join(" ", table.columns()) + ".");
		}
		return IntStream.range(0, table.rows()).filter(row -> comparisons.stream().allMatch(comparison -> holds(table, row,
			comparison))).toArray();
	}

	private static boolean holds(final StarTable table, final int row, final Comparison comparison) {
		switch (comparison.operator) {
			case "=":
				return meets(table.get(row, comparison.column), comparison.values);
			case "!=":
				return !meets(table.get(row, comparison.column), comparison.values);
			default:
				return ordered(comparison.operator, number(comparison.values.get(0)).orElseThrow()).test(table.getDouble(row,
					comparison.column));
		}
	}

	private static boolean meets(final String cell, final List<String> values) {
		final OptionalDouble number = number(cell);
		for (final String value : values) {
			if (cell.equals(value)) return true;
			final OptionalDouble other = number(value);
			if (number.isPresent() && other.isPresent() && number.getAsDouble() == other.getAsDouble()) return true;
		}
		return false;
	}

	private static DoublePredicate ordered(final String operator, final double limit) {
		switch (operator) {
			case "<":
				return value -> value < limit;
			case "<=":
				return value -> value <= limit;
			case ">":
				return value -> value > limit;
			default:
				return value -> value >= limit;
		}
	}

	private static OptionalDouble number(final String text) {
		// What Java alone takes for numbers, such as 1d or NaN, is text.
		if (!text.toLowerCase(Locale.ROOT).matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?"))
			return OptionalDouble.empty();
		return OptionalDouble.of(Double.parseDouble(text));
	}
}
