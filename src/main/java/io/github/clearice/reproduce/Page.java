package io.github.clearice.reproduce;

import io.github.clearice.task.DurationText;

import java.util.List;

/** Joins what an experiment has found to a page. */
final class Page {

	private Page() {}

	static String of(final Experiment experiment, final ExperimentSize size, final Report report, final List<Step> steps,
		final StepLog log)
	{
		final StringBuilder page = new StringBuilder("# " + experiment.title() + "\n\n*" + experiment.source() + "; size=" +
			size.label() + "*\n\n" + experiment.account(size).strip() + "\n");
		if (size == ExperimentSize.SMOKE) page.append(
			"\n**size=smoke only shows that everything runs: its figures mean nothing.**\n");
		page.append("\n## What the paper says, and what was found\n");
		for (final Finding finding : report.findings(size)) {
			page.append("\n- *").append(finding.claim()).append("* — **").append(finding.verdict().words()).append(".** ")
				.append(finding.found());
			if (!finding.why().isEmpty()) page.append(' ').append(finding.why());
		}
		page.append('\n').append(report.text());
		page.append("\n## How to repeat it\n\n    clearice experiment name=").append(experiment.name()).append(" size=")
			.append(size.label()).append(experiment.parameters()).append(
				" output=experiments\n\nruns these lines, which took ").append(DurationText.of(log.total())).append(
					" together, and writes this page:\n\n```\n");
		for (final Step step : steps)
			page.append(report.context().shown(step.line())).append('\n');
		return page.append("```\n").toString();
	}
}
