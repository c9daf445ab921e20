package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of commands in the documentation agrees with the launcher's help. */
class CommandsPageTest {

	private static final Path PAGE = Path.of("src/site/markdown/commands.md");

	@Test
	void listsEveryVerb() throws IOException {
		assertContains(HelpText.ofAllVerbs());
	}

	@ParameterizedTest
	@MethodSource("io.github.clearice.command.CommandContractTest#verbs")
	void describesEveryParameter(final String verb) throws IOException {
		assertContains(HelpText.ofVerb(verb));
	}

	private static void assertContains(final String help) throws IOException {
		final String page = Files.readString(PAGE, StandardCharsets.UTF_8);
		assertTrue(page.contains("```\n" + help.replace("\r\n", "\n") + "```"), () -> PAGE +
			" is out of date. It should hold:\n" + help);
	}
}
