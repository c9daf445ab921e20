package io.github.clearice.spark;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Commands;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a process needs to run a verb that others run, too.
 *
 * @param id tells it from other jobs of the same process
 * @param words the verb and its parameters, which the launcher has understood already
 */
record Job(String id, List<String> words) implements Serializable {

	/** The command with its parameters, those left out that concern the launcher alone. */
	ClearIceCommand command() {
		final ClearIceCommand command = Commands.verbs().get(words.get(0)).create();
		final Set<String> names = CommandParameter.byName(command.getClass()).keySet();
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String word : words.subList(1, words.size())) {
			final int equals = word.indexOf('=');
			if (names.contains(word.substring(0, equals))) given.put(word.substring(0, equals), word.substring(equals + 1));
		}
		command.set(given);
		return command;
	}
}
