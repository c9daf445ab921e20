package io.github.clearice.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of methods that {@code evaluate methods= summary=} writes. */
record MethodScores(TsvTable table) {

	static MethodScores read(final Report report, final String file) {
		return new MethodScores(TsvTable.read(report.context().file(file)));
	}

	/** A score of a method, or else of the first whose name begins so. */
	double score(final String method, final String column) {
		final TsvTable exact = table.where("method", method);
		return (exact.rows().isEmpty() ? table.where(row -> row.text("method").startsWith(method)) : exact).first().number(
			column);
	}

	double psnr(final String method) {
		return score(method, "psnr");
	}

	/** For a page: a line a method, in the order of the table. */
	List<List<String>> rows() {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("method", "MSE", "PSNR, dB", "SSIM", "FRC 0.5, Å", "ms an image"));
		for (final TsvTable.Row row : table.rows())
			rows.add(List.of(row.text("method"), String.format(Locale.ROOT, "%.2e", row.number("mse")), Finding.number(row
				.number("psnr"), 2), Finding.number(row.number("ssim"), 3), Finding.number(row.number("frc05"), 1), Finding
					.number(1000 * row.number("seconds"), 1)));
		return rows;
	}
}
