package io.github.clearice.command.input;

import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcHeader;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
			for (final String label : header.labels()) if (!label.isBlank()) summary.line("label", label.strip());
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
	public static String ofModel(final Path path, final ModelFile file) {
		final FileSummary summary = new FileSummary(path, "ClearIce model, schema " + file.card().schema());
		factsOf(file).forEach(summary::line);
		return summary.text.toString();
	}

	/** What the card of a model says, by name. */
	public static Map<String, String> factsOf(final ModelFile file) {
		final ModelCard card = file.card();
		final Map<String, String> facts = new LinkedHashMap<>();
		facts.put("network", card.architecture() + " " + words(card.architectureOptions()));
		facts.put("weights", file.weights().stream().mapToLong(weight -> weight.values().length).sum() + " in " + file
			.weights().size() + " arrays");
		final String pixels = card.pixelSizeAngstrom() == null ? "pixel size not stated" : number(card
			.pixelSizeAngstrom()) + " Å a pixel";
		facts.put("particles", "box " + card.box() + " pixels, " + pixels + (card.contrast() == null ? "" : ", " + card
			.contrast()));
		facts.put("trained on", card.data().particles() + " pairs of " + card.data().noisy() + " and " + card.data()
			.clean() + ", " + card.data().validation() + " of them for the validation");
		final String from = card.data().description().get(TrainingFiles.FROM);
		if (from != null) facts.put("adapted from", from + (card.isOfNoUse() ? ", which it still is: that brought no gain"
			: ""));
		if (card.data().ctf() != null) facts.put("CTFs", switch (card.data().ctf()) {
			case NONE -> "the particles of the training had none";
			case KEPT -> "results have those of the particles";
			case CORRECTED -> "results are free of them";
		});
		facts.put("loss", card.loss() + ", " + card.reduction());
		facts.put("options", words(card.training()));
		facts.put("seed", Long.toString(card.seed()));
		for (final Map.Entry<String, Double> metric : card.metrics().entrySet()) facts.put(metric.getKey(), number(metric
			.getValue()));
		facts.put("sample", file.samples().map(samples -> samples.noisy().size() + " held-out particles").orElse("none"));
		facts.put("trust report", trustIn(file));
		facts.put("written by", words(card.versions()));
		return facts;
	}

	/** The verdicts of a trust report. */
	private static String trustIn(final ModelFile file) {
		if (file.trust().isEmpty()) return "none (clearice trust makes one)";
		return TrustTable.parse(Path.of("trust.tsv"), file.trust().get()).stream().map(row -> row.test() + " " + row
			.verdict()).collect(Collectors.joining(", "));
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
