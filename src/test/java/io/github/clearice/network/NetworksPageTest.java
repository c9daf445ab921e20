package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.Discriminators;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The tables of networks in the documentation agree with the graphs that ClearIce builds. */
class NetworksPageTest {

	private static final Path PAGE = Path.of("src/site/markdown/networks.md");
	private static final Pattern WORK = Pattern.compile("([\\d.]+) GMAC at (\\d+)");

	/** Such as "4,193,282", at the box of the work, or "41,823,425 at 128". */
	private static final Pattern PARAMETERS = Pattern.compile("(\\d+(?:,\\d{3})+)(?: at (\\d+))?");

	@Test
	void generatorsHaveTheParametersAndTheWorkOfTheirTable() throws IOException {
		final List<String[]> rows = rows("| `network=` |");
		assertTrue(rows.size() >= 9, rows.size() + " networks");
		for (final String[] row : rows) check(row, false);
	}

	@Test
	void discriminatorsHaveTheParametersAndTheWorkOfTheirTable() throws IOException {
		for (final String[] row : rows("| `discriminator=` |")) if (!row[2].contains("as `")) check(row, true);
	}

	private static void check(final String[] row, final boolean discriminator) {
		final String name = row[1].replace("`", "").strip();
		final Matcher work = WORK.matcher(row[3]);
		assertTrue(work.find(), name);
		final int usual = Integer.parseInt(work.group(2));
		final BigDecimal products = new BigDecimal(graph(name, discriminator, usual)[1]).movePointLeft(9);
		final BigDecimal told = new BigDecimal(work.group(1));
		assertEquals(told, products.round(new MathContext(told.precision(), RoundingMode.HALF_UP)).setScale(told.scale(),
			RoundingMode.HALF_UP), name + " in GMAC at " + usual);
		final Matcher parameters = PARAMETERS.matcher(row[2]);
		while (parameters.find()) {
			final int box = parameters.group(2) == null ? usual : Integer.parseInt(parameters.group(2));
			assertEquals(Long.parseLong(parameters.group(1).replace(",", "")), graph(name, discriminator, box)[0],
				"parameters of " + name + " at " + box);
		}
	}

	/** Parameters and products. */
	private static long[] graph(final String name, final boolean discriminator, final int box) {
		try (NetworkGraph graph = discriminator ? NetworkGraph.of(Discriminators.named(name, false), box)
			: NetworkGraph.of(Architectures.named(name), box))
		{
			return new long[] { graph.variables.parameterCount(), graph.products() };
		}
	}

	private static List<String[]> rows(final String heading) throws IOException {
		final List<String[]> rows = new ArrayList<>();
		final List<String> lines = Files.readAllLines(PAGE, StandardCharsets.UTF_8);
		int line = 0;
		while (!lines.get(line).startsWith(heading)) line++;
		for (line += 2; lines.get(line).startsWith("|"); line++) rows.add(lines.get(line).split("\\|"));
		return rows;
	}
}
