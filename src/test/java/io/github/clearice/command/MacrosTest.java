package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fiji.menu.MacroPlugin;
import io.github.clearice.fiji.menu.MenuFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The macros and scripts name commands and parameters that exist, and all that are required. */
class MacrosTest {

	/** ImageJ's own commands that the macros use. */
	private static final Set<String> OF_IMAGEJ = Set.of("8-bit", "Combine...", "Duplicate...", "Make Montage...");

	private static final Pattern RUN = Pattern.compile("run\\(\"([^\"]+)\", (.*)\\);");
	private static final Pattern KEY = Pattern.compile("(?:^|\"| )([a-z0-9]+)=");

	private static final Pattern LINE = Pattern.compile("\"\\$clearice\" ([a-z]+)( .*)?");

	static Stream<Path> macros() throws IOException {
		return files(".ijm");
	}

	static Stream<Path> scripts() throws IOException {
		return files(".sh");
	}

	private static Stream<Path> files(final String ending) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			return files.filter(file -> file.toString().endsWith(ending)).sorted().collect(Collectors.toList()).stream();
		}
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void scriptsUseVerbsThatExistWithTheirParameters(final Path script) throws IOException {
		final Matcher lines = LINE.matcher(Files.readString(script));
		boolean any = false;
		while (lines.find()) {
			any = true;
			assertTrue(Commands.verbs().containsKey(lines.group(1)), script + " uses " + lines.group(1));
			assertFits(script, Commands.verbs().get(lines.group(1)).create(), lines.group(2) == null ? "" : lines.group(2));
		}
		assertTrue(any, script + " uses no verb");
	}

	@ParameterizedTest
	@MethodSource("macros")
	void runsCommandsThatExistWithTheirParameters(final Path macro) throws IOException {
		final Map<String, ClearIceCommand> byLabel = new HashMap<>();
		Commands.all().values().forEach(command -> byLabel.put(command.plugin().label(), command.create()));
		final Matcher runs = RUN.matcher(Files.readString(macro));
		boolean any = false;
		while (runs.find()) {
			final ClearIceCommand command = byLabel.get(runs.group(1));
			if (OF_IMAGEJ.contains(runs.group(1))) continue;
			any = true;
			assertNotNull(command, macro + " runs " + runs.group(1));
			assertFits(macro, command, runs.group(2));
		}
		assertTrue(any, macro + " runs no command");
	}

	@ParameterizedTest
	@MethodSource("macros")
	void standsInTheMenus(final Path macro) throws IOException {
		final String name = macro.getFileName().toString().replace(".ijm", "");
		try (InputStream packed = getClass().getResourceAsStream("/scripts/Plugins/ClearIce/Macros/" + name + ".ijm")) {
			assertNotNull(packed, "Fiji lists scripts that lie in the jar, but not " + name);
			assertEquals(Files.readString(macro), new String(packed.readAllBytes(), StandardCharsets.UTF_8));
		}
		final String line = "Plugins>ClearIce>Macros, \"" + name.replace('_', ' ') + "\", " + MacroPlugin.class.getName() +
			"(\"" + name + "\")";
		assertTrue(MenuFile.text(Path.of("macros")).lines().toList().contains(line), "there is no line " + line);
	}

	private static void assertFits(final Path file, final ClearIceCommand command, final String options) {
		final List<CommandParameter> parameters = CommandParameter.of(command.getClass());
		final Set<String> given = keys(options);
		final Set<String> known = parameters.stream().map(CommandParameter::name).collect(Collectors.toSet());
		final String what = file + ": " + command.getClass().getSimpleName();
		assertTrue(known.containsAll(given), what + " has " + known + ", not all of " + given);
		for (final CommandParameter parameter : parameters) if (parameter.required()) assertTrue(given.contains(parameter
			.name()), what + " lacks " + parameter.name());
	}

	private static Set<String> keys(final String options) {
		return KEY.matcher(options).results().map(key -> key.group(1)).collect(Collectors.toSet());
	}
}
