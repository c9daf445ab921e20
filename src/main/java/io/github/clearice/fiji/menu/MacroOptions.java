package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The second argument of a macro's {@code run("Command...", "name=value ...")}:
 * values with blanks stand in brackets.
 */
public final class MacroOptions {

	private static final Pattern OPTION = Pattern.compile(
		"([^\\s=]+)(?:=(?:\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]|'([^']*)'|(\\S*)))?(?:\\s+|$)");

	private MacroOptions() {}

	/**
	 * Sets a command's parameters. A name alone is {@code true}.
	 *
	 * @throws io.github.clearice.task.ParameterException if a name is unknown, or a value does not fit
	 */
	public static void parse(final String options, final ClearIceCommand command) {
		final Map<String, String> values = new LinkedHashMap<>();
		final Matcher option = OPTION.matcher(options.strip());
		while (option.find()) values.put(option.group(1), value(option));
		command.set(values);
	}

	/** The parameters of a command that differ from their defaults, by name. */
	public static Map<String, String> of(final ClearIceCommand command) {
		final Map<String, String> given = CommandParameter.values(command);
		given.entrySet().removeIf(CommandParameter.values(command.fresh()).entrySet()::contains);
		return given;
	}

	private static String value(final Matcher option) {
		for (int group = 2; group <= 4; group++) if (option.group(group) != null) return option.group(group);
		return "true";
	}
}
