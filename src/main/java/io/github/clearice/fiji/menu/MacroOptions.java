package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.NearestName;
import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;
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
	 * @throws ParameterException if a name is unknown, or a value does not fit
	 */
	public static void parse(final String options, final ClearIceCommand command) {
		final Map<String, CommandParameter> parameters = CommandParameter.byName(command.getClass());
		final Matcher option = OPTION.matcher(options.strip());
		while (option.find()) {
			final CommandParameter parameter = parameters.get(option.group(1));
			if (parameter == null) throw unknown(option.group(1), command, new ArrayList<>(parameters.keySet()));
			parameter.set(command, value(option));
		}
	}

	/** What a command has that differs from its defaults, by name. */
	public static Map<String, String> of(final ClearIceCommand command) {
		final Map<String, String> given = CommandParameter.values(command);
		given.entrySet().removeIf(CommandParameter.values(command.fresh()).entrySet()::contains);
		return given;
	}

	private static String value(final Matcher option) {
		for (int group = 2; group <= 4; group++) if (option.group(group) != null) return option.group(group);
		return "true";
	}

	private static ParameterException unknown(final String name, final ClearIceCommand command,
		final List<String> known) {
		return new ParameterException(command.label() + " has no parameter '" + name + "'. " + (known.isEmpty()
			? "It has none at all." : "Did you mean '" + NearestName.of(name, known) +
				"'? Plugins > ClearIce > ClearIce Help lists all."));
	}
}
