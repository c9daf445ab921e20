package io.github.clearice.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

/** The page of an experiment, in Markdown, and what it finds. */
final class Report {

	private final RunContext context;
	private final String name;
	private final StringBuilder text = new StringBuilder();
	private final List<Finding> findings = new ArrayList<>();

	/** @param name with which the names of pictures begin */
	Report(final RunContext context, final String name) {
		this.context = context;
		this.name = name;
	}

	RunContext context() {
		return context;
	}

	Report heading(final String heading) {
		text.append("\n## ").append(heading).append('\n');
		return this;
	}

	Report paragraph(final String paragraph) {
		text.append('\n').append(paragraph).append('\n');
		return this;
	}

	/** @param rows of which the first are the headings */
	Report table(final List<List<String>> rows) {
		text.append('\n');
		for (int r = 0; r < rows.size(); r++) {
			text.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
			if (r == 0) text.append("|---".repeat(rows.get(0).size())).append("|\n");
		}
		return this;
	}

	/** A picture among the run's files. */
	Report picture(final String file, final String caption) {
		final String own = name + "-" + file.replace('/', '-');
		final Path source = context.file(file);
		if (!own.equals(file)) try (AtomicOutput output = new AtomicOutput(context.file(own)); InputStream in = Files
			.newInputStream(source); OutputStream out = Files.newOutputStream(output.temporary()))
		{
			in.transferTo(out);
			output.commit();
		}
		catch (final IOException e) {
			throw OutputException.of(context.file(own), e);
		}
		text.append("\n![").append(caption).append("](").append(own).append(")\n\n*").append(caption).append("*\n");
		return this;
	}

	/** Curves as a picture. */
	Report plot(final String file, final String across, final String upwards, final String caption,
		final List<LinePlot.Series> curves)
	{
		final String own = name + "-" + file;
		context.plots().write(context.file(own), across, upwards, curves);
		text.append("\n![").append(caption).append("](").append(own).append(")\n\n*").append(caption).append("*\n");
		return this;
	}

	Report finding(final Finding finding) {
		findings.add(finding);
		return this;
	}

	String text() {
		return text.toString();
	}

	/** The findings, of which none is decided by a run that only shows that everything works. */
	List<Finding> findings(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? findings.stream().map(Finding::undecided).toList() : List.copyOf(findings);
	}
}
