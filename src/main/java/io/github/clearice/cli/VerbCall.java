package io.github.clearice.cli;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Commands;
import io.github.clearice.task.TaskListener;

import java.util.Map;

/** A verb with its parameters, as the words of a command line give them. */
final class VerbCall {

	private final ClearIceCommand command;
	private final Map<String, CommandParameter> parameters;
	private final CommandLine line;

	/**
	 * @param words of which the first is a verb that there is
	 * @throws CommandLine.Refusal if a word is no parameter, or is given twice
	 */
	VerbCall(final String... words) throws CommandLine.Refusal {
		command = Commands.verbs().get(words[0]).create();
		parameters = CommandParameter.byName(command.getClass());
		line = new CommandLine(words, parameters.keySet());
	}

	ClearIceCommand command() {
		return command;
	}

	/**
	 * Does the work.
	 *
	 * @throws io.github.clearice.task.ClearIceException with one line for the user
	 */
	void execute(final TaskListener listener) {
		line.given().forEach((name, value) -> parameters.get(name).set(command, value));
		command.perform(listener);
	}
}
