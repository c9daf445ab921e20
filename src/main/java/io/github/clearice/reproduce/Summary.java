package io.github.clearice.reproduce;

import io.github.clearice.task.TabSeparated;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What holds and what does not, over all experiments that have been run in a folder. */
final class Summary {

	private static final List<String> HEADINGS = List.of("experiment", "title", "source", "size", "claim", "verdict",
		"found", "why");

	private Summary() {}

	/** The findings of an experiment as tab-separated values. */
	static String table(final Experiment experiment, final ExperimentSize size, final List<Finding> findings) {
		final StringBuilder table = new StringBuilder(TabSeparated.line(HEADINGS));
		for (final Finding finding : findings) table.append(TabSeparated.line(experiment.name(), experiment.title(),
			experiment.source(), size.label(), finding.claim(), finding.verdict().words(), finding.found(), finding.why()));
		return table.toString();
	}

	/** The page for all experiments in a folder. */
	static String of(final Path folder) {
		final StringBuilder page = new StringBuilder("# What holds and what does not\n\nThe claims of " +
			"[Su et al. 2018](https://doi.org/10.1101/256792) and [Gu et al." +
			" 2021](https://doi.org/10.21203/rs.3.rs-139567/v1)," +
			" each put to the test by an experiment that anyone can repeat.\n");
		for (final String name : Experiments.names()) {
			final Path file = folder.resolve(name).resolve("findings.tsv");
			if (!Files.exists(file)) continue;
			final List<TsvTable.Row> rows = TsvTable.read(file).rows();
			if (rows.isEmpty()) continue;
			final TsvTable.Row first = rows.get(0);
			page.append("\n## ").append(first.text("title")).append("\n\n").append(first.text("source")).append(
				"; [the experiment](").append(name).append(".md), size=").append(first.text("size")).append(
					"\n\n| the paper says | | found |\n|---|---|---|\n");
			for (final TsvTable.Row row : rows) page.append("| ").append(row.text("claim")).append(" | **").append(row.text(
				"verdict")).append("** | ").append((row.text("found") + " " + row.text("why")).strip()).append(" |\n");
		}
		return page.toString();
	}
}
