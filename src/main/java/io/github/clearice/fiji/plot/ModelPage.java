package io.github.clearice.fiji.plot;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the card of a model as a page. */
public final class ModelPage {

	private ModelPage() {}

	/**
	 * Writes the page.
	 *
	 * @param facts by name
	 * @param samples particles before and after; null if there are none
	 * @param trust the table of the trust report; empty if there is none
	 * @throws io.github.clearice.task.OutputException if it cannot be written
	 */
	public static void write(final Path target, final String model, final Map<String, String> facts,
		final Montage samples, final List<TrustTable.Row> trust)
	{
		final StringBuilder page = HtmlPage.begin("Model card: " + model, "What the file says of itself.");
		page.append("<table>\n");
		facts.forEach((name, value) -> page.append(row("td", name, value)));
		page.append("</table>\n<h2>Particles that it was not trained on, before and after</h2>\n");
		page.append(samples == null ? "<p>The file holds none.</p>\n" : HtmlPage.picture(samples.draw(),
			"sample particles"));
		page.append("<h2>Trust report</h2>\n");
		if (trust.isEmpty()) page.append("<p>Nobody has asked it yet. The command Trust Report... does, with particles " +
			"whose clean images are known.</p>\n");
		else {
			page.append("<table>\n").append(row("th", "test", "number", "limit", "verdict", "meaning"));
			for (final TrustTable.Row each : trust) page.append(row("td", each.test(), TrustFinding.number(each.value()),
				TrustFinding.number(each.limit()), each.verdict(), each.meaning()));
			page.append("</table>\n");
		}
		TextFile.write(target, page.append(HtmlPage.END).toString());
	}

	private static String row(final String tag, final String... cells) {
		final StringBuilder row = new StringBuilder("<tr>");
		for (final String cell : cells) row.append('<').append(tag).append('>').append(HtmlPage.escaped(cell)).append("</")
			.append(tag).append('>');
		return row.append("</tr>\n").toString();
	}
}
