package io.github.clearice.reproduce;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.reproduce.Parameters.StructureFile;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.StackMontage;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the general model makes of simulated micrographs, and what can be picked there, beside two filters. */
final class MicrographStudy implements Experiment {

	static final String NAME = "general-micrographs";

	/** Structures that the general model has not learnt from: a compact particle and a long one. */
	private static final List<String> STRUCTURES = List.of("5a1a", "6vxx");
	/** The longest diameter of both. */
	private static final int DIAMETER_ANGSTROM = 180;
	private static final String NOISY = "noisy", GENERAL = "general", WIENER = "wiener", LOWPASS = "lowpass";
	private static final List<String> METHODS = List.of(NOISY, LOWPASS, WIENER, GENERAL);
	/** Where views of the structure are looked for, not a disc. */
	private static final String VIEWS = "views";
	/** The same noisy micrographs, with clean ones that have their CTFs, and that have none. */
	private static final String WITH_CTF = "with-ctf", WITHOUT_CTF = "without-ctf";
	private static final List<String> CTF = List.of("mindefocus", "15000", "maxdefocus", "20000");
	private static final int GUESSED_DEFOCUS_ANGSTROM = 17_000, CUTOFF_ANGSTROM = 40;
	private static final int PICTURED_PIXELS = 192;
	private static final String SCORES = "scores.tsv", TABLE = "micrographs.tsv";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String title() {
		return "Micrographs that the general model denoises";
	}

	@Override
	public String source() {
		return "ClearIce";
	}

	@Override
	public String account(final ExperimentSize size) {
		return "Simulated micrographs of " + String.join(" and ", structures(size)) + ", which the general model has not" +
			" learnt from, in ice of several thicknesses: " + particles(size) + " particles on each of " + count(size) +
			" micrographs. They are denoised by a low-pass filter, the Wiener filter and `method=general`, and `pick`" +
			" looks for a disc of " + DIAMETER_ANGSTROM + " Å; on the noisy ones for views of the structure, too. PSNR is" +
			" that of the whole micrograph, with scale and offset fitted, against clean micrographs with their CTFs and" +
			" without: the general model learnt to show particles without. A particle counts as found within a quarter of" +
			" its diameter; *best* is the threshold of the highest F1, *default* that of `errors=0.05`.";
	}

	private static List<String> structures(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? STRUCTURES.subList(0, 1) : STRUCTURES;
	}

	private static List<Integer> thicknesses(final ExperimentSize size) {
		return size == ExperimentSize.SMOKE ? List.of(20) : List.of(20, 100, 300);
	}

	private static int count(final ExperimentSize size) {
		return size.of(1, 3, 10);
	}

	private static int particles(final ExperimentSize size) {
		return size.of(6, 120, 120);
	}

	private static RunFile file(final String code, final String name) {
		return new RunFile(code + "/" + name);
	}

	private static String images(final String method) {
		return method.equals(NOISY) ? WITH_CTF + "/noisy.mrcs" : method + ".mrcs";
	}

	@Override
	public List<Step> steps(final ExperimentSize size) {
		final int edge = size.of(192, 1024, 1024);
		final double pixels = (double) edge * edge * count(size) * thicknesses(size).size();
		final List<Step> steps = new ArrayList<>();
		for (final String code : structures(size)) {
			final Parameters sample = Parameters.of("source", new StructureFile(code)).with("box", 64).with("pixel", 4).with(
				"resolution", 8).with("width", edge).with("height", edge).with("count", count(size)).with("thickness",
					thicknesses(size)).with("particles", particles(size)).with("distance", 190).with("snr", 0.1).with("seed", 7)
				.with(CTF.get(0), CTF.get(1)).with(CTF.get(2), CTF.get(3));
			for (final String ctf : List.of(WITH_CTF, WITHOUT_CTF)) steps.add(Step.of(1e-6 * pixels, "micrograph", sample
				.with("keepctf", ctf.equals(WITH_CTF)).with("output", file(code, ctf))));
			for (final String method : METHODS) {
				if (!method.equals(NOISY)) steps.add(Step.of((method.equals(GENERAL) ? 1e-5 : 1e-6) * pixels, "denoise",
					denoising(code, method)));
				steps.add(picking(code, method, pixels).apply(Parameters.of("diameter", DIAMETER_ANGSTROM)));
			}
			steps.add(picking(code, VIEWS, pixels).apply(Parameters.of("map", new StructureFile(code)).with("order", 0).with(
				"angle", 30).with("defocus", GUESSED_DEFOCUS_ANGSTROM)));
		}
		return steps;
	}

	private static Parameters denoising(final String code, final String method) {
		final Parameters parameters = Parameters.of("input", file(code, images(NOISY))).with("method", method).with(
			"content", "micrographs").with("output", file(code, images(method)));
		return switch (method) {
			case GENERAL -> parameters.with("particle", DIAMETER_ANGSTROM);
			case LOWPASS -> parameters.with("cutoff", CUTOFF_ANGSTROM);
			default -> parameters;
		};
	}

	private static Function<Parameters, Step> picking(final String code, final String method, final double pixels) {
		final String searched = images(method.equals(VIEWS) ? NOISY : method);
		return sought -> Step.of(1e-6 * pixels, "pick", Parameters.of("input", file(code, searched)).with(sought).with(
			"truth", file(code, WITH_CTF + "/coordinates.star")).with("output", file(code, "picks-" + method)));
	}

	/**
	 * What was measured of one method, on micrographs of one thickness, in the order of the table's columns.
	 *
	 * @param code of the structure
	 * @param psnrWith PSNR against clean micrographs with their CTFs, NaN where nothing was denoised
	 * @param psnrWithout PSNR against those without
	 * @param picks means of the columns of {@link #PICKED}
	 */
	private record Row(String code, int thicknessNanometre, String method, double psnrWith, double psnrWithout,
		List<Double> picks)
	{

		/** Columns of the tables of scores. */
		private static final List<String> PICKED = List.of("averageprecision", "bestprecision", "bestrecall", "bestf1",
			"precision", "recall");

		static final List<String> HEAD = List.of("structure", "ice, nm", "micrograph", "PSNR with CTF", "PSNR without CTF",
			"average precision", "best precision", "best recall", "best F1", "default precision", "default recall");

		static Row read(final String code, final int thickness, final String method, final int[] sections,
			final Report report)
		{
			final List<List<String>> scores = TextFile.lines(report.context().file(code + "/picks-" + method + "/" + SCORES))
				.stream().map(line -> List.of(TabSeparated.cells(line))).toList();
			final List<Double> picks = PICKED.stream().map(column -> Arrays.stream(sections).mapToDouble(section -> Double
				.parseDouble(scores.get(section + 1).get(scores.get(0).indexOf(column)))).average().orElseThrow()).toList();
			return new Row(code, thickness, method.equals(VIEWS) ? "noisy, views of the structure" : method, psnr(code,
				method, WITH_CTF, sections, report), psnr(code, method, WITHOUT_CTF, sections, report), picks);
		}

		private static double psnr(final String code, final String method, final String ctf, final int[] sections,
			final Report report)
		{
			if (method.equals(VIEWS)) return Double.NaN;
			try (MrcFile truth = MrcFile.open(report.context().file(code + "/" + ctf + "/clean.mrcs"));
					MrcFile result = MrcFile.open(report.context().file(code + "/" + images(method))))
			{
				final float[] clean = new float[truth.width() * truth.height()], image = clean.clone();
				return Arrays.stream(sections).mapToDouble(section -> {
					truth.readSection(section, clean);
					result.readSection(section, image);
					return fittedPsnr(clean, image);
				}).average().orElseThrow();
			}
		}

		/** The mean of the same method and thickness over structures. */
		static Row mean(final List<Row> rows) {
			final Row first = rows.get(0);
			return new Row("mean", first.thicknessNanometre, first.method, mean(rows, Row::psnrWith), mean(rows,
				Row::psnrWithout), IntStream.range(0, PICKED.size()).mapToObj(i -> mean(rows, row -> row.picks.get(i)))
					.toList());
		}

		private static double mean(final List<Row> rows, final ToDoubleFunction<Row> value) {
			return rows.stream().mapToDouble(value).average().orElseThrow();
		}

		double bestF1() {
			return picks.get(PICKED.indexOf("bestf1"));
		}

		List<String> cells() {
			final List<String> cells = new ArrayList<>(List.of(code, String.valueOf(thicknessNanometre), method, number(
				psnrWith, 2), number(psnrWithout, 2)));
			for (final double pick : picks) cells.add(number(pick, 3));
			return cells;
		}

		private static String number(final double value, final int decimals) {
			return Double.isNaN(value) ? "" : Finding.number(value, decimals);
		}
	}

	/** PSNR for the range of the clean image, after the scale and the offset of the other one that suit it best. */
	static double fittedPsnr(final float[] clean, final float[] image) {
		double sum = 0, imageSum = 0, least = clean[0], most = clean[0];
		for (int i = 0; i < clean.length; i++) {
			sum += clean[i];
			imageSum += image[i];
			least = Math.min(least, clean[i]);
			most = Math.max(most, clean[i]);
		}
		double squares = 0, imageSquares = 0, products = 0;
		for (int i = 0; i < clean.length; i++) {
			final double x = clean[i] - sum / clean.length, y = image[i] - imageSum / clean.length;
			squares += x * x;
			imageSquares += y * y;
			products += x * y;
		}
		final double error = squares - (imageSquares > 0 ? products * products / imageSquares : 0);
		return 10 * Math.log10((most - least) * (most - least) * clean.length / error);
	}

	@Override
	public void conclude(final ExperimentSize size, final Report report) {
		final List<Row> rows = new ArrayList<>();
		final List<String> methods = new ArrayList<>(METHODS);
		methods.add(VIEWS);
		for (final String code : structures(size)) for (int i = 0; i < thicknesses(size).size(); i++) {
			final int[] sections = IntStream.range(i * count(size), (i + 1) * count(size)).toArray();
			for (final String method : methods) rows.add(Row.read(code, thicknesses(size).get(i), method, sections,
				report));
		}
		report.finding(better(rows, "PSNR of the general model is higher than that of the Wiener filter, against" +
			" particles with their CTFs.", Row::psnrWith, WIENER)).finding(better(rows,
				"PSNR of the general model is higher than that of the Wiener filter, against particles without CTFs.",
				Row::psnrWithout, WIENER)).finding(better(rows,
					"The best F1 of a disc is higher after the general model than on the noisy micrograph.", Row::bestF1, NOISY));
		final List<List<String>> table = new ArrayList<>(List.of(Row.HEAD));
		rows.forEach(row -> table.add(row.cells()));
		final int each = rows.size() / structures(size).size();
		if (each < rows.size()) for (int i = 0; i < each; i++) {
			final int first = i;
			table.add(Row.mean(IntStream.range(0, structures(size).size()).mapToObj(code -> rows.get(code * each + first))
				.toList()).cells());
		}
		report.heading("Means of the micrographs of each thickness").table(table).file(TABLE, table);
		report.heading("Pictures");
		for (final String code : structures(size)) picture(code, size, report);
	}

	/** The same part of the first micrograph of each thickness. */
	private static void picture(final String code, final ExperimentSize size, final Report report) {
		final Map<String, String> rows = new LinkedHashMap<>();
		for (final String method : METHODS) rows.put(method, part(code, images(method), method, size, report));
		rows.put("truth with CTF", part(code, WITH_CTF + "/clean.mrcs", WITH_CTF, size, report));
		rows.put("truth without CTF", part(code, WITHOUT_CTF + "/clean.mrcs", WITHOUT_CTF, size, report));
		StackMontage.write(report.context(), code + ".png", IntStream.range(0, thicknesses(size).size()).toArray(), rows);
		report.picture(code + ".png", code + ": " + PICTURED_PIXELS + " pixels of micrographs in ice of " + thicknesses(
			size).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " nm");
	}

	private static String part(final String code, final String images, final String name, final ExperimentSize size,
		final Report report)
	{
		final String part = code + "/part-" + name + ".mrcs";
		try (MrcFile file = MrcFile.open(report.context().file(code + "/" + images));
				ParticleStackWriter writer = new ParticleStackWriter(report.context().file(part), PICTURED_PIXELS, file
					.pixelSizeAngstrom()))
		{
			final float[] micrograph = new float[file.width() * file.height()], square = new float[PICTURED_PIXELS *
				PICTURED_PIXELS];
			for (int i = 0; i < thicknesses(size).size(); i++) {
				file.readSection(i * count(size), micrograph);
				for (int y = 0; y < PICTURED_PIXELS; y++) System.arraycopy(micrograph, y * file.width(), square, y *
					PICTURED_PIXELS, PICTURED_PIXELS);
				writer.write(square);
			}
			writer.commit();
		}
		return part;
	}

	private static Finding better(final List<Row> rows, final String claim, final ToDoubleFunction<Row> score,
		final String than)
	{
		final List<Double> gains = new ArrayList<>();
		for (final Row row : rows) if (row.method.equals(GENERAL)) gains.add(score.applyAsDouble(row) - score.applyAsDouble(
			rows.stream().filter(other -> other.method.equals(than) && other.code.equals(row.code) &&
				other.thicknessNanometre == row.thicknessNanometre).findFirst().orElseThrow()));
		return ClaimTest.above(0, claim, "the difference, mean over structures and thicknesses of ice").in("", 3).on(gains
			.size() + " structures and thicknesses").found(Effect.ofMean("difference", new double[][] { gains.stream()
				.mapToDouble(Double::doubleValue).toArray() })).decidedBy("More structures.").finding();
	}
}
