package io.github.clearice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the documentation can be reached, and their links lead somewhere. */
class SitePagesTest {

	private static final Path PAGES = Path.of("src/site/markdown");
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(PAGES)) {
			return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(final Path page) throws IOException {
		final Matcher link = LINK.matcher(Files.readString(page, StandardCharsets.UTF_8).replaceAll("(?s)```.*?```", ""));
		while (link.find()) {
			final String target = link.group(1);
			if (target.contains(":") || target.startsWith("<")) continue;
			assertTrue(Files.exists(page.resolveSibling(target).normalize()), page + " links to " + target);
		}
	}

	@Test
	void everyPageIsInTheNavigation() throws IOException {
		final String navigation = Files.readString(Path.of("src/site/site.xml"), StandardCharsets.UTF_8);
		for (final Path page : pages()) {
			final String name = page.getFileName().toString().replace(".md", ".html");
			if (page.getParent().equals(PAGES) && !name.equals("index.html")) assertTrue(navigation.contains("href=\"" +
				name + "\""), name);
		}
	}
}
