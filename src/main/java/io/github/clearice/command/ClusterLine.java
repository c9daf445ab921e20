package io.github.clearice.command;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The line that has a cluster do a command's work: the user's beginning, such as {@code clearice-spark --master
 * spark://head:7077}, then the verb and the parameters that differ from their defaults.
 *
 * @param words of the line
 */
public record ClusterLine(List<String> words) {

	/** The name of the parameter with the beginning. */
	public static final String PARAMETER = "spark";

	/** The description of that parameter. */
	public static final String DESCRIPTION = "Hands the work to a cluster: the beginning of the line that starts it" +
		" there, such as /shared/clearice/bin/clearice-spark --master spark://head:7077. All files must be where every" +
		" machine of the cluster finds them under the same names. Default: the work is done on this machine.";

	/** Parameters that say nothing of the work. */
	private static final Set<String> OMITTED = Set.of(PARAMETER, "virtual");

	/** What a shell leaves as it is. */
	private static final String PLAIN = "[\\w@%+=:,./-]+";

	public ClusterLine {
		words = List.copyOf(words);
	}

	/**
	 * The line for a command with its present parameters.
	 *
	 * @param beginning as the user gives it; parts with blanks are in quotes
	 * @throws ParameterException if a quote is not closed, or nothing is given
	 */
	static ClusterLine of(final ClearIceCommand command, final String beginning) {
		final List<String> words = split(beginning);
		if (words.isEmpty() || words.get(0).isBlank()) throw new ParameterException(
			"The line for the cluster names no program. Give the line that starts a job there, such as clearice-spark" +
				" --master spark://head:7077, or leave it out.");
		words.add(command.plugin().name());
		final Map<String, String> given = CommandParameter.values(command);
		given.entrySet().removeIf(CommandParameter.values(command.fresh()).entrySet()::contains);
		given.keySet().removeAll(OMITTED);
		given.forEach((name, value) -> words.add(name + "=" + value));
		return new ClusterLine(words);
	}

	/**
	 * The line for a command with other values of its parameters, by name.
	 *
	 * @throws ParameterException as {@link #of(ClearIceCommand, String)}, or if a value does not fit
	 */
	public static ClusterLine of(final ClearIceCommand command, final String beginning,
		final Map<String, String> values)
	{
		final ClearIceCommand filled = command.fresh();
		filled.set(values);
		return of(filled, beginning);
	}

	/** Words as a shell splits them: at blanks, but not within quotes. */
	private static List<String> split(final String line) {
		final List<String> words = new ArrayList<>();
		StringBuilder word = null;
		char quote = 0;
		for (int i = 0; i < line.length(); i++) {
			final char c = line.charAt(i);
			if (quote == 0 && Character.isWhitespace(c)) {
				if (word != null) words.add(word.toString());
				word = null;
				continue;
			}
			if (word == null) word = new StringBuilder();
			if (quote == 0 && (c == '"' || c == '\'')) quote = c;
			else if (c == quote) quote = 0;
			else word.append(c);
		}
		if (quote != 0) throw new ParameterException("The line for the cluster, " + line + ", opens a quote (" +
			quote + ") that nothing closes. Close it.");
		if (word != null) words.add(word.toString());
		return words;
	}

	/** The line as it can be given to a shell. */
	@Override
	public String toString() {
		return words.stream().map(word -> word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'").collect(
			Collectors.joining(" "));
	}
}
