package io.github.clearice.command.input;

import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcHeader;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes files in lines of {@code name  value}. */
public final class FileSummary {

	private final StringBuilder text = new StringBuilder();

	private FileSummary(final Path file, final String what) {
		text.append(file).append(": ").append(what);
	}

	/** The header of an MRC file, with guesses for missing values. */
	public static String ofMrc(final Path path) {
		try (MrcFile file = MrcFile.open(path)) {
			final MrcHeader header = file.header();
			final FileSummary summary = new FileSummary(path, "MRC " + file.kind().name().toLowerCase(Locale.ROOT).replace(
				'_', ' '));
			summary.line("size", file.width() + " x " + file.height() + " x " + file.sections() + " pixels" + (file
				.kind() == MrcKind.VOLUME_STACK ? ", " + file.sectionsPerVolume() + " sections a volume" : ""));
			summary.line("pixel size", Double.isNaN(file.pixelSizeAngstrom()) ? "not stated" : Arrays.stream(new int[] { 0, 1,
				2 }).mapToObj(axis -> number(file.pixelSizeAngstrom(axis))).collect(Collectors.joining(" x ")) + " Å");
			summary.line("pixels", "mode " + header.mode() + " (" + file.mode().name().toLowerCase(Locale.ROOT) + "), " +
				header.byteOrder().toString().toLowerCase(Locale.ROOT).replace('_', ' '));
			summary.line("density", "minimum " + header.dmin() + ", maximum " + header.dmax() + ", mean " + header.dmean() +
				", rms " + header.rms() + " (as stated)");
			summary.line("cell", numbers(header.cellAngstrom()) + " Å, angles " + numbers(header.cellAnglesDegree()) +
				" degrees, sampling " + Arrays.toString(header.sampling()));
			summary.line("origin", numbers(header.origin()) + " Å, start " + Arrays.toString(header.start()));
			summary.line("axes", Arrays.toString(header.axes()) + ", space group " + header.ispg());
			if (header.nsymbt() > 0) summary.line("extended header", header.nsymbt() + " bytes of type " + header.exttyp());
			for (final String label : header.labels()) summary.line("label", label.strip());
			for (final String warning : file.warnings()) summary.line("warning", warning);
			return summary.text.toString();
		}
	}

	/** The tables of a STAR file with their columns. */
	public static String ofStar(final Path path) {
		final StarFile file = StarFile.read(path);
		final FileSummary summary = new FileSummary(path, "STAR file with " + file.tables().size() + " table" + (file
			.tables().size() == 1 ? "" : "s"));
		for (final StarTable table : file.tables()) {
			summary.line("data_" + table.name(), table.rows() + (table.rows() == 1 ? " row of " : " rows of ") + table
				.columns().size() + " columns");
			summary.line("  columns", String.join(" ", table.columns()));
		}
		return summary.text.toString();
	}

	/** The card of a model. */
	public static String ofModel(final Path path) {
		final ModelFile file = ModelFile.read(path);
		final ModelCard card = file.card();
		final FileSummary summary = new FileSummary(path, "ClearIce model, schema " + card.schema());
		summary.line("network", card.architecture() + " " + words(card.architectureOptions()));
		summary.line("weights", file.weights().stream().mapToLong(weight -> weight.values().length).sum() + " in " + file
			.weights().size() + " arrays");
		final String pixels = card.pixelSizeAngstrom() == null ? "pixel size not stated" : number(card
			.pixelSizeAngstrom()) + " Å a pixel";
		summary.line("particles", "box " + card.box() + " pixels, " + pixels + (card.contrast() == null ? "" : ", " + card
			.contrast()));
		summary.line("trained on", card.data().particles() + " pairs of " + card.data().noisy() + " and " + card.data()
			.clean() + ", " + card.data().validation() + " of them for the validation");
		summary.line("loss", card.loss() + ", " + card.reduction());
		summary.line("options", words(card.training()));
		summary.line("seed", Long.toString(card.seed()));
		for (final Map.Entry<String, Double> metric : card.metrics().entrySet()) summary.line(metric.getKey(), number(metric
			.getValue()));
		summary.line("written by", words(card.versions()));
		return summary.text.toString();
	}

	private void line(final String name, final String value) {
		text.append(String.format(Locale.ROOT, "%n  %-16s %s", name, value));
	}

	private static String words(final Map<String, String> values) {
		return values.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(
			" "));
	}

	private static String numbers(final float[] values) {
		final StringBuilder numbers = new StringBuilder();
		for (final float value : values) numbers.append(numbers.isEmpty() ? "" : " x ").append(number(value));
		return numbers.toString();
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.5g", value).replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
	}
}
