package io.github.clearice.command;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verb with its parameters, as the words of a command line give them. */
final class VerbCall {

	private final ClearIceCommand command;
	private final Map<String, CommandParameter> parameters = new LinkedHashMap<>();
	private final CommandLine line;

	/**
	 * @param words of which the first is a verb that there is
	 * @throws CommandLine.Refusal if a word is no parameter, or is given twice
	 */
	VerbCall(final String... words) throws CommandLine.Refusal {
		command = Verbs.all().get(words[0]).get();
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			parameters.put(parameter.name(), parameter);
		}
		line = new CommandLine(words, parameters.keySet());
	}

	ClearIceCommand command() {
		return command;
	}

	CommandLine line() {
		return line;
	}

	/**
	 * Does the work.
	 *
	 * @throws io.github.clearice.task.ClearIceException with one line for the user
	 */
	void execute(final TaskListener listener) {
		setParameters();
		command.checkOutputs();
		command.execute(listener);
	}

	void setParameters() {
		line.given().forEach((name, value) -> parameters.get(name).set(command, value));
	}

	/** Does the work of a verb as a part of other work, which goes on with its own files. */
	static void run(final List<String> words, final TaskListener listener) {
		try {
			final VerbCall call = new VerbCall(words.toArray(new String[0]));
			call.setParameters();
			call.command.execute(listener);
		}
		catch (final CommandLine.Refusal e) {
			throw new ParameterException(e.getMessage());
		}
	}
}
