package io.github.clearice.command;

import java.util.List;

/** The launcher's help, made from the commands' own annotations. */
public final class HelpText {

	private static final int WIDTH = 96;

	private HelpText() {}

	/** All verbs, one line each. */
	public static String ofAllVerbs() {
		final StringBuilder text = new StringBuilder("ClearIce: learned denoising of cryo-EM particles.\n\n" +
			"usage: clearice VERB name=value ...\n\n");
		for (final Commands.Entry verb : Commands.verbs().values()) {
			text.append(String.format("  %-13s %s%n", verb.name(), verb.plugin().description()));
		}
		text.append(String.format("  %-13s %s%n", "help", "Lists the verbs; 'clearice help VERB' lists its parameters."));
		text.append(String.format("  %-13s %s%n", "version", "Prints the versions of ClearIce and what it runs on."));
		text.append(
			"\nFor every verb: verbose=true prints the full cause of an error and TensorFlow's messages; quiet=true" +
			" prints no progress;\nthreads=N uses N processor threads; memory=4g limits Java to 4 GB (TensorFlow's" +
			" memory comes on top).\n" +
			"For verbs with input= and a file as output=: input='stacks/*.mrcs' output=FOLDER does all that is not done.\n" +
			"For programs: progress=json writes everything as events to standard output, one JSON object per line;\n" +
			"'clearice worker' does so for the verbs that it reads from standard input, one after the other.\n" +
			"Exit codes: 0 done, 1 refused or failed, 2 unknown verb or parameter, 3 the trained model is of no use;\n" +
			"130 and 143 ended by Ctrl-C or SIGTERM (a training keeps its model).\n");
		return text.toString();
	}

	/** One verb's parameters with units, choices and defaults. */
	public static String ofVerb(final String verb) {
		final Commands.Entry entry = Commands.verbs().get(verb);
		final ClearIceCommand command = entry.create();
		final StringBuilder text = new StringBuilder("clearice " + verb + " - " + entry.plugin().description() + "\n" +
			"In Fiji: " + entry.menuPath() + "\n\n");
		final List<CommandParameter> parameters = CommandParameter.of(command.getClass());
		if (parameters.isEmpty()) text.append("  (no parameters)\n");
		for (final CommandParameter parameter : parameters) {
			text.append("  ").append(parameter.name()).append('=').append(parameter.placeholder()).append('\n');
			final String fallback = parameter.defaultText(command);
			final String ending = parameter.required() && fallback.isEmpty() ? " Required." : fallback.isEmpty() ? ""
				: " Default: " + fallback + ".";
			wrap(text, parameter.label() + ". " + parameter.description() + ending);
		}
		return text.toString();
	}

	private static void wrap(final StringBuilder text, final String sentence) {
		final String indent = "      ";
		int column = 0;
		for (final String word : sentence.split(" ")) {
			if (column == 0 || column + 1 + word.length() > WIDTH) {
				if (column > 0) text.append('\n');
				text.append(indent).append(word);
				column = indent.length() + word.length();
			}
			else {
				text.append(' ').append(word);
				column += 1 + word.length();
			}
		}
		text.append('\n');
	}
}
