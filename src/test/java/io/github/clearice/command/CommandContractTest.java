package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.plugin.Plugin;

/** What macros, headless runs and the launcher rely on, for every command. */
class CommandContractTest {

	private static final Map<String, String> LABELS = Map.of("map", "Map from Structure...", "simulate",
		"Simulate Particles...", "train", "Train Denoiser...", "denoise", "Denoise...", "evaluate", "Evaluate...",
		"validate", "Validate MRC...", "device", "Device Report", "demo", "Demo");

	private static final Set<Class<?>> TYPES = Set.of(File.class, String.class, Integer.class, Long.class, Double.class,
		Boolean.class);

	static Stream<String> verbs() {
		return Verbs.all().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("verbs")
	void standsInTheMenuAndRunsHeadless(final String verb) {
		final Plugin plugin = HelpText.plugin(Verbs.all().get(verb).get());
		assertEquals("Plugins>ClearIce>" + LABELS.get(verb), plugin.menuPath());
		assertEquals(LABELS.get(verb), plugin.label());
		assertTrue(plugin.headless());
		assertFalse(plugin.description().isBlank());
	}

	@ParameterizedTest
	@MethodSource("verbs")
	void parametersSuitMacros(final String verb) {
		final Set<String> names = new HashSet<>();
		for (final CommandParameter parameter : CommandParameter.of(Verbs.all().get(verb).get().getClass())) {
			final String name = verb + " " + parameter.name();
			assertTrue(parameter.name().matches("[a-z]+[0-9]*"), name + " is one lower-case word");
			assertTrue(names.add(parameter.name()), name + " is unique");
			assertTrue(TYPES.contains(parameter.type()), name + " is of a type that dialogs and macros know");
			assertFalse(parameter.persisted(), name + " must not leak from one run to the next");
			assertFalse(parameter.label().isBlank(), name + " has a label");
			assertFalse(parameter.description().isBlank(), name + " has a description");
			assertTrue(parameter.description().endsWith("."), name + " is described in sentences");
		}
	}

	@ParameterizedTest
	@MethodSource("verbs")
	void numbersThatMayBeLeftOutCanBeTold(final String verb) {
		final ClearIceCommand fresh = Verbs.all().get(verb).get();
		for (final CommandParameter parameter : CommandParameter.of(fresh.getClass())) {
			final boolean number = Number.class.isAssignableFrom(parameter.type());
			if (number && !parameter.required() && !parameter.hasValue(fresh)) assertTrue(parameter.canBeZero(), verb + " " +
				parameter.name() + " would silently become its least value");
		}
	}

	@Test
	void sciJavaFindsEveryCommand() {
		try (Context context = new Context(CommandService.class)) {
			final Set<String> found = new HashSet<>();
			for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
				if (info.getDelegateClassName().startsWith(ClearIceCommand.class.getPackageName())) found.add(info.getLabel());
			}
			assertEquals(new HashSet<>(LABELS.values()), found);
		}
	}
}
