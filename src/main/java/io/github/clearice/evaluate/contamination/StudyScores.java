package io.github.clearice.evaluate.contamination;

import io.github.clearice.evaluate.Resampling;
import io.github.clearice.metrics.QualityScores;
import io.github.clearice.simulate.ContaminationType;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The results of a contamination study: means over seeds and test images, their uncertainty, and how each GAN compares
 * with the l1 autoencoder.
 */
public final class StudyScores {

	/** Columns of {@link QualityScores}. */
	private static final int MSE = 0;
	private static final int PSNR = 1;
	private static final int SSIM = 2;

	/**
	 * A score of one method under one contamination.
	 *
	 * @param mean over seeds and images
	 * @param deviation of the seeds' means (divided by n - 1); NaN for one seed
	 * @param low end of the 95 % bootstrap interval of the mean
	 * @param high end of it
	 */
	public record Score(double mean, double deviation, double low, double high) {

		/** The mean and, in brackets, the deviation, with two decimals; "-" in brackets for one seed. */
		String format() {
			return String.format(Locale.ROOT, "%.2f (%s)", mean, Double.isNaN(deviation) ? "-" : String.format(Locale.ROOT,
				"%.2f", deviation));
		}
	}

	/** One line of the table. */
	public record Row(ContaminationType type, double fraction, StudyMethod method, Score meanSquaredError,
		Score peakSignalToNoise, Score similarity)
	{}

	/**
	 * A method beside the l1 autoencoder.
	 *
	 * @param difference of the PSNR in dB, above 0 where the method is better
	 * @param low end of its 95 % bootstrap interval
	 * @param high end of it
	 * @param probability that the images' differences are as far from 0 by chance
	 * @param better seeds for which the method was better
	 * @param seeds that were compared
	 */
	public record Comparison(ContaminationType type, double fraction, StudyMethod method, double difference, double low,
		double high, double probability, int better, int seeds)
	{}

	private final StudyOptions options;
	private final Map<StudyCell, List<QualityScores>> cells;
	private final List<Row> rows = new ArrayList<>();
	private final List<Comparison> comparisons = new ArrayList<>();

	StudyScores(final StudyOptions options, final Map<StudyCell, List<QualityScores>> cells) {
		this.options = options;
		this.cells = Map.copyOf(cells);
		summarise();
		compare();
	}

	/** All methods under all contaminations; without contamination the lines of all types are equal. */
	public List<Row> rows() {
		return List.copyOf(rows);
	}

	/** Each GAN beside the l1 autoencoder with the same seeds on the same images; none where that is not in the study. */
	public List<Comparison> comparisons() {
		return List.copyOf(comparisons);
	}

	private void summarise() {
		for (final ContaminationType type : options.types())
			for (final double fraction : options.fractions()) {
				for (final StudyMethod method : options.methods())
					rows.add(new Row(type, fraction, method, score(values(type, fraction, method, MSE)), score(values(type,
						fraction, method, PSNR)), score(values(type, fraction, method, SSIM))));
			}
	}

	private void compare() {
		final StudyMethod yardstick = StudyMethod.named(StudyMethod.YARDSTICK);
		if (!options.methods().contains(yardstick)) return;
		for (final ContaminationType type : options.types()) for (final double fraction : options.fractions()) {
			final double[][] reference = values(type, fraction, yardstick, PSNR);
			for (final StudyMethod method : options.methods()) {
				if (method.isAdversarial()) comparisons.add(compare(type, fraction, method, reference));
			}
		}
	}

	private Comparison compare(final ContaminationType type, final double fraction, final StudyMethod method,
		final double[][] reference)
	{
		final double[][] differences = values(type, fraction, method, PSNR);
		final double[] images = new double[differences[0].length];
		int better = 0;
		for (int s = 0; s < differences.length; s++) {
			for (int i = 0; i < images.length; i++) {
				differences[s][i] -= reference[s][i];
				images[i] += differences[s][i] / differences.length;
			}
			if (mean(differences[s]) > 0) better++;
		}
		final Resampling.Interval interval = Resampling.bootstrap(differences);
		return new Comparison(type, fraction, method, mean(images), interval.low(), interval.high(), Resampling
			.signFlipProbability(images), better, differences.length);
	}

	/** {@code [seed][image]} */
	private double[][] values(final ContaminationType type, final double fraction, final StudyMethod method,
		final int column)
	{
		final double[][] values = new double[options.seeds()][];
		for (int s = 0; s < values.length; s++) {
			final StudyCell cell = new StudyCell(method, fraction == 0 ? null : type, fraction, options.seed() + s);
			values[s] = cells.get(cell).stream().mapToDouble(scores -> scores.values()[column]).toArray();
		}
		return values;
	}

	private static Score score(final double[][] values) {
		final double[] means = Arrays.stream(values).mapToDouble(StudyScores::mean).toArray();
		final double mean = mean(means);
		final double squares = Arrays.stream(means).map(value -> (value - mean) * (value - mean)).sum();
		final Resampling.Interval interval = Resampling.bootstrap(values);
		return new Score(mean, means.length == 1 ? Double.NaN : Math.sqrt(squares / (means.length - 1)), interval.low(),
			interval.high());
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).sum() / values.length;
	}

	/**
	 * Writes both tables as tab-separated values.
	 *
	 * @param table receives {@link #rows()}
	 * @param tests receives {@link #comparisons()}
	 */
	public void write(final Path table, final Path tests) {
		final StringBuilder text = new StringBuilder(TabSeparated.line("type", "fraction", "method", "seeds", Stream.of(
			"mse", "psnr", "ssim").flatMap(name -> Stream.of(name, name + "_sd", name + "_low", name + "_high")).toList()));
		for (final Row row : rows)
			text.append(TabSeparated.line(row.type, number(row.fraction), row.method.name(), options.seeds(), cells(
				row.meanSquaredError), cells(row.peakSignalToNoise), cells(row.similarity)));
		TextFile.write(table, text.toString());
		final StringBuilder lines = new StringBuilder(TabSeparated.line("type", "fraction", "method", "difference", "low",
			"high", "p", "better", "seeds"));
		for (final Comparison one : comparisons)
			lines.append(TabSeparated.line(one.type, number(one.fraction), one.method.name(), number(one.difference), number(
				one.low), number(one.high), number(one.probability), one.better, one.seeds));
		TextFile.write(tests, lines.toString());
	}

	/**
	 * Reads the table of methods that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Row> readRows(final Path table) {
		return TsvTable.read(table).map(row -> new Row(row.value("type", ContaminationType::named), row.number("fraction"),
			row.value("method", StudyMethod::named), score(row, "mse"), score(row, "psnr"), score(row, "ssim")));
	}

	private static Score score(final TsvTable.Row row, final String name) {
		return new Score(row.number(name), row.number(name + "_sd"), row.number(name + "_low"), row.number(name + "_high"));
	}

	/**
	 * Reads the PSNR of each test image of the finished trainings of a kind.
	 *
	 * @param folder of the study
	 * @param method its name
	 * @param fraction that is contaminated; without, the type makes no difference
	 * @param seeds so many, from 1
	 * @return in dB, {@code [seed][image]}
	 * @throws io.github.clearice.task.InputException if a table is missing or cannot be read
	 */
	public static double[][] readPsnr(final Path folder, final String method, final ContaminationType type,
		final double fraction, final int seeds)
	{
		final double[][] values = new double[seeds][];
		for (int s = 0; s < seeds; s++) values[s] = StudyFolder.read(folder, new StudyCell(StudyMethod.named(method),
			fraction == 0 ? null : type, fraction, 1 + s)).stream().mapToDouble(QualityScores::peakSignalToNoise).toArray();
		return values;
	}

	/**
	 * Reads the table of comparisons that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static List<Comparison> readComparisons(final Path tests) {
		return TsvTable.read(tests).map(row -> new Comparison(row.value("type", ContaminationType::named), row.number(
			"fraction"), row.value("method", StudyMethod::named), row.number("difference"), row.number("low"), row.number(
				"high"), row.number("p"), row.integer("better"), row.integer("seeds")));
	}

	private static List<String> cells(final Score score) {
		return Stream.of(score.mean, score.deviation, score.low, score.high).map(StudyScores::number).toList();
	}

	private static String number(final double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5g", value) : String.valueOf(value);
	}

	/** For a terminal: a block a type, PSNR in dB as mean (sd over seeds). */
	public String format() {
		final StringBuilder text = new StringBuilder();
		for (final ContaminationType type : options.types()) {
			text.append(String.format("%nType %s, PSNR in dB, mean (sd over seeds)%n%-22s", type, "contaminated"));
			for (final double fraction : options.fractions()) text.append(String.format(Locale.ROOT, "%14s", Math.round(100 *
				fraction) + " %"));
			text.append(String.format("%n"));
			for (final StudyMethod method : options.methods()) {
				text.append(String.format("%-22s", method.label()));
				for (final Row row : rows) if (row.type == type && row.method.equals(method)) text.append(String.format(
					Locale.ROOT, "%14s", row.peakSignalToNoise.format()));
				text.append(String.format("%n"));
			}
		}
		return text.toString();
	}
}
