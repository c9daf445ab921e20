package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.ComparedMethods;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.evaluate.MethodComparison;
import io.github.clearice.evaluate.MethodScore;
import io.github.clearice.evaluate.MethodTable;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.EvaluationTable;
import io.github.clearice.metrics.SimilarityWindow;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Compares image stacks with the truth. */
@Plugin(type = Command.class, name = "evaluate", label = "Evaluate...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Evaluate...", weight = 8) },
	description = "Scores image stacks or denoising methods against reference images: MSE, PSNR," +
	" SSIM, SNR, Fourier ring correlation.")
public final class EvaluateCommand extends WritingCommand {

	private static final String WANG = "wang2004";
	private static final String PRINTED = "printed";
	private static final String PUBLISHED = "published";

	@Parameter(label = "Reference stack",
		description = "The true images, or others to compare with: an MRC stack, or a STAR or .cs file. In Fiji, the" +
		" title of an open image works too.",
		persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File reference;

	@Parameter(label = "Image stacks", description = "Stacks to score, separated by commas, each with as many" +
		" images of the same size as the reference. In Fiji, titles of open images work too.", persist = false,
		attrs = @Attr(name =
			CommandParameter.IMAGE, value = CommandParameter.LIST))
	private String image;

	@Parameter(label = "Methods", description = "Methods that denoise the first stack, separated by commas, and" +
		" are scored in one table: all (every classical method, the mean image and the linear oracle), classical" +
		" methods as in denoise, mean, cleanmean (the mean of the reference), oracle, posterior (needs map=, and is then" +
		" part of all), and model files. The first image stack must contain noisy particles. Further stacks, results of" +
			" any program, are scored" +
		" in the same table.",
		required = false, persist = false)
	private String methods;

	@Parameter(label = "Table",
		description = "Tab-separated table of scores: one row per image, then mean and standard deviation.",
		style = FileWidget.SAVE_STYLE, required = false, persist = false, attrs = @Attr(name = CommandParameter.TABLE))
	private File output;

	@Parameter(label = "SSIM window", description = "wang2004 is the Gaussian window of 11 pixels of Wang et al." +
		" 2004. printed is the same with the constants printed in Gu et al. 2021 (K is not squared). published" +
		" is the flat window of 7 pixels in their published code.", choices = { WANG, PRINTED,
			PUBLISHED },
		required = false, persist = false)
	private String ssim = WANG;

	@Parameter(label = "Value range", description = "Range of true values for PSNR and SSIM. By default, each" +
		" reference is scaled to [0,1] by its own minimum and maximum, and the image with it.", min = "0",
		required = false, persist = false)
	private Double range;

	@Parameter(label = "Table of methods", description = "With methods=: tab-separated table of mean scores and" +
		" seconds per image, one row per method, the best last.", style = FileWidget.SAVE_STYLE, required = false,
		persist = false)
	private File summary;

	@Parameter(label = "Montage", description = "With methods=: PNG picture of the first particles: noisy," +
		" denoised by each method, and the reference.", style = FileWidget.SAVE_STYLE, required = false, persist = false)
	private File montage;

	@Parameter(label = "Particles to score", description = "With methods=: only the first so many particles are" +
		" denoised and scored, while methods that learn from the stack learn from all. Default: all.",
		required = false, persist = false)
	private Integer count;

	@Parameter(label = "Cut-off (Å)", description = "With methods=: resolution of the low-pass filter. Default:" +
		" the best one for these images.", required = false,
		persist = false)
	private Double cutoff;

	@Parameter(label = "Noise sigma", description = "With methods=: standard deviation of white noise for" +
		" classical methods. By default, the noise is measured outside the particle.", required = false, persist = false)
	private Double sigma;

	@Parameter(label = "Particle diameter (boxes)", description = "With methods=: diameter of the circle around the" +
		" particle, as a fraction of the box. The noise is measured outside it. " + NoiseLevel.WHOLE_BOX +
		" or more means that the particle fills the box; white noise is then measured from the finest detail.",
		required = false,
		persist = false)
	private Double diameter = ParticleBackground.DEFAULT_DIAMETER_FRACTION;

	@Parameter(label = "Map",
		description = "With methods=: the map for posterior, with the box and pixel size of the particles. The" +
		" particles must be centred. posterior is the mean over all views of the map; on average, no method can" +
		" be better.", required = false, persist = false)
	private File map;

	@Parameter(label = "Order of the grid",
		description = "For posterior: order of the HEALPix grid. 3 has 768 directions 7 degrees apart, 4 has 3,072" +
		" directions 4 degrees apart.",
		min = "0", max = "6", required = false, persist = false)
	private Integer order = 4;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	@Override
	protected void present() {
		Desktop.get().scores(TextFile.lines(output.toPath()));
		if (sigma == null && !FilterParameters.fillsBox(diameter) && methods != null && ComparedMethods.measureNoise(
			methods)) imageOf(new File(image)).ifPresent(noisy -> noisy.markBackground(diameter));
	}

	@Override
	protected boolean usesNetwork() {
		return methods != null && ComparedMethods.hasModel(methods);
	}

	@Override
	protected void execute(final TaskListener listener) {
		if (count != null && count < 1) throw new ParameterException("count=" + count +
			" scores no particles. Give 1 or more, or leave it out.");
		final Path truth = existing(reference, "reference");
		final List<Path> images = existing(required(image, "image"), "image");
		for (final Map.Entry<String, File> file : files().entrySet()) {
			requireApart(file.getValue().toPath(), file.getKey(), List.of(truth));
			requireApart(file.getValue().toPath(), file.getKey(), images);
			AtomicOutput.requireWritable(file.getValue().toPath());
		}
		EvaluationOptions options = EvaluationOptions.DEFAULT.withWindow(window());
		if (range != null) options = options.withFixedRange(range);
		if (methods == null || methods.isBlank()) score(truth, images, options, listener);
		else compare(truth, images, options, listener);
	}

	private SimilarityWindow window() {
		return switch (ssim) {
			case PRINTED -> SimilarityWindow.GU_2021_PRINTED;
			case PUBLISHED -> SimilarityWindow.PUBLISHED_CODE;
			default -> SimilarityWindow.WANG_2004;
		};
	}

	/** The files to write, by the parameters that name them. */
	private Map<String, File> files() {
		final Map<String, File> files = new LinkedHashMap<>();
		if (summary != null) files.put("summary", summary);
		if (montage != null) files.put("montage", montage);
		if (output != null) files.put("output", output);
		if (methods == null && (count != null || files.keySet().stream().anyMatch(name -> !name.equals("output"))))
			throw new ParameterException(
				"summary=, montage= and count= are for a comparison of methods. Give methods=, such as methods=all.");
		return files;
	}

	private void score(final Path truth, final List<Path> images, final EvaluationOptions options,
		final TaskListener listener)
	{
		final List<ParticleStack> stacks = new ArrayList<>();
		try (ParticleStack references = Stacks.open(truth, null, project, listener)) {
			for (final Path path : images) stacks.add(Stacks.open(path, null, project, listener));
			final List<StackQuality> scores = StackEvaluation.run(references, stacks, options, listener);
			if (output != null) EvaluationTable.write(output.toPath(), scores);
			report(MethodTable.format(scores).stripTrailing());
		}
		finally {
			stacks.forEach(ParticleStack::close);
		}
	}

	private void compare(final Path truth, final List<Path> images, final EvaluationOptions options,
		final TaskListener listener)
	{
		try (ParticlePairs pairs = Stacks.openPairs(images.get(0), truth, project, listener)) {
			if (map != null) for (final Map.Entry<String, File> file : files().entrySet())
				requireApart(file.getValue().toPath(), file.getKey(), List.of(existing(map, "map")));
			final ParticlePairs scored = count == null || count >= pairs.size() ? pairs : first(pairs, count);
			final MethodComparison comparison = new MethodComparison(pairs.noisy(), scored, scratch(), options, listener);
			final ComparedMethods compared = new ComparedMethods(methods, new FilterParameters(cutoff, sigma, diameter, null,
				null, null, true), pairs, map == null ? null : map.toPath(), order);
			final List<MethodScore> all = compared.run(comparison, listener);
			for (final Path result : images.subList(1, images.size()))
				try (ParticleStack stack = Stacks.open(result, null, project, listener)) {
					all.add(comparison.of(scored == pairs ? stack : first(stack, scored.size())));
				}
			final List<MethodScore> scores = MethodComparison.sorted(all);
			if (output != null) EvaluationTable.write(output.toPath(), scores.stream().map(MethodScore::quality).toList());
			if (summary != null) MethodTable.write(summary.toPath(), scores);
			if (montage != null) comparison.montage(scores).write(montage.toPath());
			report("\n" + MethodTable.formatTimed(scores).stripTrailing());
		}
	}

	private static ParticlePairs first(final ParticlePairs pairs, final int count) {
		return new ParticlePairs(first(pairs.noisy(), count), first(pairs.clean(), count));
	}

	private static ParticleStack first(final ParticleStack stack, final int count) {
		return stack.particles(IntStream.range(0, Math.min(count, stack.size())).toArray());
	}

	/** The folder of the outputs, where there is room, or else the system's temporary folder. */
	private Path scratch() {
		for (final File file : files().values()) return file.toPath().toAbsolutePath().getParent();
		return Path.of(System.getProperty("java.io.tmpdir"));
	}
}
