package io.github.clearice.cli;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Commands;
import io.github.clearice.task.ParallelLoop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words {@code verb name=value ...}: a verb's parameters and what every verb of the launcher takes. */
final class CommandLine {

	private static final String THREADS = "threads", MEMORY = "memory";

	/** What every verb takes, with the values that are allowed. */
	private static final Map<String, List<String>> OF_ALL = Map.of("verbose", List.of("true", "false"), "quiet", List.of(
		"true", "false"), "progress", List.of("text", "json"), THREADS, List.of(), MEMORY, List.of());

	private static final long MEGABYTE = 1 << 20;

	/** The words cannot be understood. */
	static final class Refusal extends Exception {

		private static final long serialVersionUID = 1L;

		private final int exitCode;

		Refusal(final int exitCode, final String line) {
			super(line);
			this.exitCode = exitCode;
		}

		int exitCode() {
			return exitCode;
		}
	}

	private CommandLine() {}

	/**
	 * Makes the command that words name, with its parameters.
	 *
	 * @param words the first is an existing verb
	 * @throws Refusal if a word is not a parameter, or is given twice
	 * @throws io.github.clearice.task.ParameterException if a value does not fit its parameter
	 */
	static ClearIceCommand parse(final String... words) throws Refusal {
		final String verb = words[0];
		final ClearIceCommand command = Commands.verbs().get(verb).create();
		final Map<String, CommandParameter> parameters = CommandParameter.byName(command.getClass());
		final Set<String> all = new TreeSet<>(parameters.keySet());
		all.addAll(OF_ALL.keySet());
		final Map<String, String> given = new LinkedHashMap<>();
		for (int i = 1; i < words.length; i++) {
			final int equals = words[i].indexOf('=');
			if (equals < 1) throw new Refusal(Launcher.UNKNOWN, "'" + words[i] +
				"' is not a parameter. Write name=value; 'clearice help " + verb + "' lists the names.");
			final String name = words[i].substring(0, equals);
			if (!all.contains(name)) throw new Refusal(Launcher.UNKNOWN, "The verb " + verb + " has no parameter '" + name +
				"'. " + (CommandParameter.advice(name, command.getClass(), all) + " 'clearice help " + verb + "' lists all.")
					.strip());
			if (given.put(name, words[i].substring(equals + 1)) != null) throw new Refusal(Launcher.FAILED,
				"The parameter " + name + "= is given twice. Give it once.");
		}
		for (final Map.Entry<String, String> option : given.entrySet()) if (OF_ALL.containsKey(option.getKey())) check(
			option.getKey(), option.getValue());
		ParallelLoop.limit(Integer.parseInt(given.getOrDefault(THREADS, "0")));
		given.keySet().removeIf(name -> OF_ALL.containsKey(name) && !parameters.containsKey(name));
		command.set(given);
		return command;
	}

	/** Java has its memory from its start: the script that starts it has seen to that. */
	private static void checkMemory(final String value) throws Refusal {
		final Matcher amount = Pattern.compile("(\\d{1,6})([mg])").matcher(value.toLowerCase(Locale.ROOT));
		if (!amount.matches()) throw new Refusal(Launcher.FAILED, "memory=" + value +
			" is no amount of memory. Give megabytes or gigabytes, such as 800m or 4g.");
		final long wanted = Long.parseLong(amount.group(1)) * (amount.group(2).equals("g") ? 1024 : 1);
		// Java itself keeps a part for what it does not count.
		if (Runtime.getRuntime().maxMemory() / MEGABYTE > wanted) throw new Refusal(Launcher.FAILED, "memory=" + value +
			" takes effect in the script bin/clearice, where Java starts. Elsewhere, set JAVA_TOOL_OPTIONS=-Xmx" + value +
			" before.");
	}

	private static void check(final String name, final String value) throws Refusal {
		final List<String> choices = OF_ALL.get(name);
		if (name.equals(THREADS)) {
			if (!value.matches("\\d{1,4}")) throw new Refusal(Launcher.FAILED, "threads=" + value +
				" is no number of threads. Give one from 1, or 0 for all processors.");
		}
		else if (name.equals(MEMORY)) checkMemory(value);
		else if (!choices.contains(value)) throw new Refusal(Launcher.FAILED, name + "=" + value +
			" is not a choice. Choose one of " + String.join(", ", choices) + ".");
	}
}
