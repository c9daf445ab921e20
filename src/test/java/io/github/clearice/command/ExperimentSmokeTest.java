package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.experiment.Experiments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment runs from its first step to its page. */
class ExperimentSmokeTest {

	/** Those that need no structure. */
	private static final Set<String> OF_THEIR_OWN = Set.of("su-filament");
	private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)");

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	static List<String> names() {
		return Experiments.names();
	}

	@ParameterizedTest
	@MethodSource("names")
	void runsToItsPage(final String name) throws IOException {
		// A space, as many a home folder has one.
		final Path output = folder.resolve("my experiments");
		assertEquals(Launcher.DONE, run(name, output), () -> err.toString(StandardCharsets.UTF_8));
		final Path page = output.resolve(name).resolve(name + ".md");
		final String text = Files.readString(page);
		assertTrue(text.contains("\n- *") && text.contains("**not decided.**"), text);
		final Matcher pictures = PICTURE.matcher(text);
		int found = 0;
		for (; pictures.find(); found++) assertTrue(Files.size(page.resolveSibling(pictures.group(1))) > 0, pictures.group(1));
		assertTrue(found > 0, text);
		assertTrue(Files.readString(output.resolve("summary.md")).contains("(" + name + ".md)"));
	}

	private int run(final String name, final Path output) {
		final List<String> words = new ArrayList<>(List.of("experiment", "name=" + name, "size=smoke", "output=" + output));
		if (!OF_THEIR_OWN.contains(name)) words.add("structures=" + TestData.file("structures"));
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(err,
			true, StandardCharsets.UTF_8), false).run(words.toArray(new String[0]));
	}
}
