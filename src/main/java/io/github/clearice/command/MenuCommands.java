package io.github.clearice.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All commands that stand in ImageJ's menus: the verbs, and what is of use there alone. */
final class MenuCommands {

	private static final Map<String, Supplier<ClearIceCommand>> ALL = new LinkedHashMap<>(Verbs.all());

	static {
		ALL.put("import", ImportCommand::new);
		ALL.put("save", SaveCommand::new);
		ALL.put("samplemap", SampleMapCommand::new);
		ALL.put("sampleparticles", SampleParticlesCommand::new);
		ALL.put("window", TrainingWindowCommand::new);
		ALL.put("help", HelpCommand::new);
		ALL.put("cite", CiteCommand::new);
	}

	private MenuCommands() {}

	/** By a name of one word: the verb, where there is one. */
	static Map<String, Supplier<ClearIceCommand>> all() {
		return Collections.unmodifiableMap(ALL);
	}

	/** A command of the same kind with all its defaults. */
	static ClearIceCommand fresh(final ClearIceCommand command) {
		try {
			return command.getClass().getDeclaredConstructor().newInstance();
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}
}
