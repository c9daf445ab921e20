package io.github.clearice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the documentation can be reached, their links lead somewhere, and their figures were measured. */
class SitePagesTest {

	private static final Path PAGES = Path.of("src/site/markdown");
	private static final Path FIGURES = Path.of("src/site/figures");
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(PAGES)) {
			return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	/** The pages and the documents beside the sources. */
	static Stream<Path> documents() throws IOException {
		return Stream.concat(pagesAndReadMe(), Stream.of(Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md"), FIGURES
			.resolve("README.md")));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksLeadSomewhere(final Path page) throws IOException {
		final Matcher link = LINK.matcher(Files.readString(page, StandardCharsets.UTF_8).replaceAll("(?s)```.*?```", ""));
		while (link.find()) {
			final String target = link.group(1);
			if (target.contains(":") || target.startsWith("<")) continue;
			assertTrue(Files.exists(page.resolveSibling(target).normalize()), page + " links to " + target);
		}
	}

	private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#:\\s]*)#([^)\\s]+)\\)");

	/** Anchors are those that GitHub makes of headings; a script in site.xml finds them in the rendered site. */
	@ParameterizedTest
	@MethodSource("documents")
	void anchorsAreHeadings(final Path page) throws IOException {
		final Matcher link = ANCHOR.matcher(Files.readString(page, StandardCharsets.UTF_8));
		while (link.find()) {
			final Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
			assertTrue(anchors(target).contains(link.group(2)), page + " links to " + link.group());
		}
	}

	private static List<String> anchors(final Path page) throws IOException {
		return Pattern.compile("(?m)^#+ (.*)$").matcher(Files.readString(page, StandardCharsets.UTF_8)).results().map(
			heading -> heading.group(1).strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ',
				'-'))
			.toList();
	}

	private static final String NUMBER = "(-?(?:[0-9][0-9,]*)?\\.?[0-9]+(?:e-?[0-9]+)?)";

	/** Such as {@code 27.8<!-- demo.tsv: network psnr -->}: the file, the row by its first cell, and the column. */
	private static final Pattern FIGURE = Pattern.compile(NUMBER + "[*]{0,2}<!-- (\\S+\\.tsv): (\\S+) (\\S+) -->");

	/** Such as {@code <!-- table: losses.tsv -->} above a table whose cells are all in the file. */
	private static final Pattern TABLE = Pattern.compile(
		"<!-- table: (\\S+\\.tsv) -->\n\n *\\|.*\n *\\|[-:| ]+\n((?: *\\|.*(?:\n|$))+)");

	/** Tables whose numbers were not measured, by the beginning of their heading; other tests hold the first three. */
	private static final List<String> SETTINGS = List.of("| option | `fast`", "| `network=`", "| `discriminator=`",
		"| test | question", "| column | meaning", "| message | remedy", "| RELION | ClearIce |", "| | download |");

	static Stream<Path> pagesAndReadMe() throws IOException {
		return Stream.concat(Stream.of(Path.of("README.md")), pages().stream());
	}

	@ParameterizedTest
	@MethodSource("pagesAndReadMe")
	void figuresAreThoseThatACommandWrote(final Path page) throws IOException {
		final String text = Files.readString(page, StandardCharsets.UTF_8);
		final Matcher figure = FIGURE.matcher(text);
		int found = 0;
		while (figure.find()) {
			found++;
			final String written = cell(FIGURES.resolve(figure.group(2)), figure.group(3), figure.group(4));
			assertTrue(quotes(number(figure.group(1)), written), page + " quotes " + figure.group() +
				", but the file says " + written);
		}
		assertEquals(text.split("<!-- \\S+\\.tsv:", -1).length - 1, found, page + " has a figure that cannot be read");
	}

	/** Whether a cell has the number, as it is or rounded to the digits that a page quotes. */
	private static boolean quotes(final BigDecimal quoted, final String cell) {
		return Pattern.compile(NUMBER).matcher(cell).results().map(found -> number(found.group())).anyMatch(
			written -> quoted.compareTo(written.setScale(quoted.scale(), RoundingMode.HALF_UP)) == 0);
	}

	private static BigDecimal number(final String text) {
		return new BigDecimal(text.replace(",", ""));
	}

	@ParameterizedTest
	@MethodSource("pagesAndReadMe")
	void tablesAreThoseOfTheirFiles(final Path page) throws IOException {
		final String text = Files.readString(page, StandardCharsets.UTF_8);
		final Matcher table = TABLE.matcher(text);
		int found = 0;
		while (table.find()) {
			found++;
			final List<String> written = lines(FIGURES.resolve(table.group(1))).stream().skip(1).map(
				line -> line.substring(line.indexOf('\t') + 1)).toList();
			assertEquals(String.join("\n", written), table.group(2).lines().map(SitePagesTest::cells).collect(Collectors
				.joining("\n")), page + " differs from " + table.group(1));
		}
		assertEquals(text.split("<!-- table:", -1).length - 1, found, page + " has a mark without a table");
	}

	private static String cells(final String row) {
		final String inner = row.strip().replaceAll("<!--.*?-->|[*]{2}|`", "");
		return Stream.of(inner.substring(1, inner.length() - 1).split("\\|", -1)).map(String::strip).collect(Collectors
			.joining("\t"));
	}

	/** A table with measured numbers comes from a file, whole or number by number. */
	@ParameterizedTest
	@MethodSource("pagesAndReadMe")
	void tablesOfFiguresHaveAFile(final Path page) throws IOException {
		if (page.startsWith(PAGES.resolve("experiments")) || page.endsWith("commands.md")) return;
		final String text = TABLE.matcher(Files.readString(page, StandardCharsets.UTF_8)).replaceAll("");
		final Matcher table = Pattern.compile("(?m)^ *(\\|.*)\n *\\|[-:| ]+\n((?: *\\|.*(?:\n|$))+)").matcher(text);
		while (table.find()) {
			if (SETTINGS.stream().anyMatch(table.group(1)::startsWith)) continue;
			final String unmarked = table.group(2).replaceAll("`[^`]*`", "").replaceAll(NUMBER + "[*]{0,2}<!--.*?-->", "");
			final long decimals = Pattern.compile("[0-9]*\\.[0-9]+").matcher(unmarked).results().count();
			assertTrue(decimals < 4, page + " has a table without a file: " + table.group(1));
		}
	}

	@Test
	void everyFileOfFiguresIsQuoted() throws IOException {
		final StringBuilder all = new StringBuilder();
		for (final Path page : pagesAndReadMe().toList()) all.append(Files.readString(page, StandardCharsets.UTF_8));
		try (Stream<Path> files = Files.list(FIGURES)) {
			files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")).forEach(name -> {
				assertTrue(Pattern.compile("<!-- (table: )?" + Pattern.quote(name) + "[: ]").matcher(all).find(), name);
			});
		}
	}

	@ParameterizedTest
	@MethodSource("pagesAndReadMe")
	void printedTablesAreThoseThatACommandPrinted(final Path page) throws IOException {
		final Matcher block = Pattern.compile("<!-- (\\S+\\.txt) -->\n\n((?:    .*\n)+)").matcher(Files.readString(page,
			StandardCharsets.UTF_8));
		while (block.find()) assertEquals(Files.readString(FIGURES.resolve(block.group(1)), StandardCharsets.UTF_8), block
			.group(2).replaceAll("(?m)^    ", ""), page.toString());
	}

	private static String cell(final Path table, final String row, final String column) throws IOException {
		final List<String> lines = lines(table);
		final int place = List.of(lines.get(0).split("\t")).indexOf(column);
		assertTrue(place > 0, table + " has no column " + column);
		return lines.stream().map(line -> line.split("\t")).filter(cells -> cells[0].equals(row)).findFirst().orElseThrow(
			() -> new AssertionError(table + " has no row " + row))[place];
	}

	/** The header and the rows, without the lines that say which command wrote them. */
	private static List<String> lines(final Path table) throws IOException {
		return Files.readAllLines(table, StandardCharsets.UTF_8).stream().filter(line -> !line.startsWith("#")).toList();
	}

	@Test
	void everyPictureIsOnAPage() throws IOException {
		final StringBuilder all = new StringBuilder();
		for (final Path page : pagesAndReadMe().toList()) all.append(Files.readString(page, StandardCharsets.UTF_8));
		try (Stream<Path> pictures = Files.list(Path.of("src/site/resources/images"))) {
			pictures.forEach(picture -> {
				assertTrue(all.toString().contains("images/" + picture.getFileName() + ")"), picture.toString());
			});
		}
	}

	@Test
	void theNavigationLeadsToPages() throws IOException {
		final String navigation = Files.readString(Path.of("src/site/site.xml"), StandardCharsets.UTF_8);
		final Matcher link = Pattern.compile("href=\"([^\"]+)\\.html\"").matcher(navigation);
		while (link.find()) assertTrue(Files.exists(PAGES.resolve(link.group(1) + ".md")), link.group(1));
	}

	@Test
	void everyPageIsInTheNavigation() throws IOException {
		final String navigation = Files.readString(Path.of("src/site/site.xml"), StandardCharsets.UTF_8);
		for (final Path page : pages()) {
			final String name = PAGES.relativize(page).toString().replace('\\', '/').replace(".md", ".html");
			if (!name.equals("index.html")) assertTrue(navigation.contains("href=\"" + name + "\""), name);
		}
	}
}
