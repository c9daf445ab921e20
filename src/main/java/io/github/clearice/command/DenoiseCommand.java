package io.github.clearice.command;

import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GuidedDenoiser;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.NonLocalMeans;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.filter.ksvd.KSvd;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.micrograph.MicrographTiles;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.reconstruct.pose.PosteriorOptions;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.InvertingDenoiser;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.worker.Worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Denoises a stack of particles, or whole micrographs, with a trained model or a classical method. */
@Plugin(type = Command.class, name = "denoise", label = "Denoise...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Denoise...", weight = 6) },
	description = "Denoises a stack or a STAR file of particles, or whole micrographs, with a trained model or a" +
		" classical method.")
public final class DenoiseCommand extends WritingCommand {

	private static final String POSTERIOR_SECTION = "Known map";

	private static final String UNIFORM = "uniform", GAUSSIAN = "gaussian", COLOURED = "coloured", WHITE = "white";

	@Parameter(label = "Particles",
		description = "An MRC stack, or a STAR or .cs file, of any length; or a micrograph (MRC or TIFF), a stack" +
		" of micrographs, or a STAR file that lists them. Models expect bright particles on a dark background," +
		" as in their training. Particles of another box or pixel size are resampled for the model, and the" +
		" results are resampled back. In Fiji, the title of an open image works too; if empty, the active image" +
		" is used.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.ACTIVE),
			@Attr(name = CommandParameter.SECTION, value = "Main") })
	private File input;

	@Parameter(label = "Method", description = "general (a network trained on many structures, for particles of any" +
		" kind, without training), a model file (.clearice) of your own, or a classical method: lowpass" +
		" (Gaussian, needs cutoff=), wiener (radial Wiener filter with spectra from the stack and its" +
		" background), nlm (non-local means), bm3d (block matching), ksvd (learned dictionary), cwf (covariance" +
		" Wiener filter, learned from the stack), or posterior (mean over all views of map=, the best possible" +
		" result if the map is known; it puts the map into pure noise too).",
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private String method = FilterParameters.GENERAL;

	@Parameter(label = "Denoised stack", description = "The stack to write. If the input is a STAR file of" +
		" particles, a STAR file with all its columns is written beside it. If it lists micrographs, this is the" +
		" STAR file to write, and the micrographs go to a folder of the same name. Default: the name of the" +
		" input with -denoised, in the same folder; for an open image, a new image.", style = FileWidget.SAVE_STYLE,
		required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.RESULT, value = "denoised"),
			@Attr(name = CommandParameter.SECTION, value = "Main") })
	private File output;

	@Parameter(label = "Cut-off (Å)", description = "For lowpass: the resolution at which the amplitude falls to" +
		" one half.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Double cutoff;

	@Parameter(label = "Noise sigma",
		description = "For classical methods: standard deviation of white noise, if it is known. By default, the" +
		" noise is measured outside the particle.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Double sigma;

	@Parameter(label = "Particle diameter (boxes)",
		description = "For classical methods: diameter of the circle around the particle, as a fraction of the box." +
			" The noise is measured outside it. " + NoiseLevel.WHOLE_BOX +
			" or more means that the particle fills the box; white noise is then measured from the finest detail.",
			required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Double diameter = ParticleBackground.DEFAULT_DIAMETER_FRACTION;

	@Parameter(label = "Patch (pixels)", description = "For nlm, bm3d and ksvd: edge length of the patches, odd" +
		" for nlm. Default: " + NonLocalMeans.DEFAULT_PATCH_PIXELS + ", " + BlockMatching3D.DEFAULT_PATCH_PIXELS +
		" and " + KSvd.DEFAULT_PATCH_PIXELS + ".", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Integer patch;

	@Parameter(label = "Search window (pixels)",
		description = "For nlm and bm3d: edge length of the square that is searched for similar patches, odd." +
			" Default: " + NonLocalMeans.DEFAULT_WINDOW_PIXELS + " and " +
			BlockMatching3D.DEFAULT_WINDOW_PIXELS + ".", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Integer window;

	@Parameter(label = "Strength", description = "For nlm: how different patches may be and still count, in standard" +
		" deviations of the noise. Default: " + NonLocalMeans.DEFAULT_STRENGTH + ".", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Double strength;

	@Parameter(label = "Map",
		description = "For posterior: the map of the particles, with their box and pixel size. Several " +
		"maps, separated by commas, describe a sample with several conformations.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private File map;

	@Parameter(label = "Order of the grid",
		description = "For posterior: order of the HEALPix grid. 3 has 768 directions 7 degrees apart, 4 has 3,072" +
		" directions 4 degrees apart.",
		min = "0", max = "6", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private Integer order = 4;

	@Parameter(label = "Weights of the maps",
		description = "For posterior with several maps: the fraction of the particles that belongs to each," +
			" separated by commas. By default, all maps are equally likely.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private String weights = "";

	@Parameter(label = "Symmetry",
		description = "For posterior: the point group of the maps, such as C1, C4 or D2, with axes as in " +
		"RELION. Symmetry reduces the number of directions that are compared.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private String symmetry = "C1";

	@Parameter(label = "Shift (Å)",
		description = "For posterior: largest shift of particles from the centre of their image, along x " +
		"and y; with prior=gaussian, the standard deviation of the shifts.", min = "0", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private Double shift = 0.0;

	@Parameter(label = "Prior of shifts",
		description = "For posterior: uniform makes all shifts up to shift= equally likely, gaussian makes " +
		"small shifts likelier.", choices = { UNIFORM, GAUSSIAN }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private String prior = UNIFORM;

	@Parameter(label = "Noise",
		description = "For posterior: coloured measures the spectrum of the noise on the stack, in two " +
		"parts, of which one is modulated by the CTF. white assumes the same power at all " +
		"frequencies.", choices = {
			COLOURED, WHITE }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private String noise = COLOURED;

	@Parameter(label = "Standard deviations",
		description = "For posterior: a stack to write with the standard deviation of every pixel of the " +
		"results.", style = FileWidget.SAVE_STYLE, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private File deviation;

	@Parameter(label = "Samples", description = "For posterior: number of projections to draw for each particle," +
		" at random by their " +
		"probability. They are written to a stack beside the results, with -samples in its " +
		"name.", min = "0",
		max = "1000", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = POSTERIOR_SECTION))
	private Integer samples = 0;

	@Parameter(label = "Correct CTF",
		description = "For cwf and posterior: correct the CTFs that the STAR file lists. Not for particles with" +
		" flipped phases.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Filters"))
	private Boolean ctf = true;

	@Parameter(label = "Pixel size (Å)", description = "Pixel size of the particles, if the file does not state" +
		" it.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Double pixel;

	@Parameter(label = "Device", description = "auto uses a GPU if one is available.", choices = {
		"auto", "cpu", "gpu" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private String device = "auto";

	@Parameter(label = "Precision", description = "Number format of the computation. auto uses bfloat16 if the" +
		" processor supports it. float16 is for GPUs.", choices = { "auto", "float32", "bfloat16", "float16" },
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private String precision = "auto";

	@Parameter(label = "Rotations",
		description = "For models: 8 averages over all 90-degree rotations and mirror images of each particle," +
		" which takes eight times as long; 1 does not. Not for particles with clearly astigmatic CTFs, and" +
		" without effect for networks that have this symmetry built in.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private Integer rotations = 1;

	@Parameter(label = "Dropout",
		description = "For networks with dropout, such as pix2pix: use dropout in denoising, too, as Isola " +
		"et al. 2017 do. Differences between the results of two seeds do not come from the " +
		"particle.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private Boolean dropout = false;

	@Parameter(label = "Seed",
		description = "For dropout: with the same seed, a particle gets the same result, alone or in a " +
		"stack.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private Long seed = 1L;

	@Parameter(label = "First number",
		description = "For dropout: number of the first particle, if the file is part of a longer stack. " +
		"The results are then those of the whole stack.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Models"))
	private Long first = 1L;

	@Parameter(label = "Guides",
		description = "For models that were trained with guides: the estimates of the particles, if another method made" +
		" them. By default, cwf makes them from the whole stack.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Models") })
	private File guide;

	@Parameter(label = "Images show",
		description = "Micrographs are denoised in overlapping tiles. auto treats images as micrographs if they are" +
			" not square, have " + MicrographInput.LARGE +
			" or more pixels along an edge, or are alone in their file with more than " + MicrographInput.ALONE +
			" pixels.", choices = {
				MicrographInput.AUTO, MicrographInput.PARTICLES, MicrographInput.MICROGRAPHS }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private String content = MicrographInput.AUTO;

	@Parameter(label = "Overlap of tiles",
		description = "For micrographs: fraction of a tile that overlaps the next one, 0.5 to 0.9. 0.75 takes four" +
		" times as long as 0.5.", min = "0.5", max = "0.9", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double overlap = MicrographTiles.Options.DEFAULT_OVERLAP;

	@Parameter(label = "Invert contrast",
		description = "The particles are dark on a bright background, as the microscope records them. They are" +
		" inverted for models and posterior, which expect bright particles. The results have the contrast of the" +
		" input.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Boolean invert = false;

	@Parameter(label = "Virtual result",
		description = "For particles in Fiji: no file is written, and each image is denoised when it is viewed or" +
			" saved. A stack of any length opens within seconds. Methods that learn from the stack use at most " +
			OnDemandDenoiser.LARGEST_SAMPLE + " particles.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Boolean virtual = false;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private File project;

	@Override
	protected boolean usesNetwork() {
		return method != null && (FilterParameters.usesNetwork(method) || isModelFile());
	}

	private boolean isModelFile() {
		return InputFile.named(method).filter(Files::isRegularFile).isPresent();
	}

	@Override
	protected List<Path> outputs() {
		if (virtual) return List.of();
		if (input == null) return output == null ? List.of() : List.of(output.toPath());
		final Path target = output != null ? output.toPath() : beside(input.toPath());
		final List<Path> outputs = new ArrayList<>(List.of(target));
		final boolean star = RelionParticles.isTable(input.toPath());
		if (star) outputs.add(ParticleOutput.tableBeside(target, input.toPath()));
		if (deviation != null) outputs.add(deviation.toPath());
		if (samples > 0) outputs.add(PosteriorOutput.samplesBeside(target));
		if (!star && map != null && maps().size() > 1) outputs.add(PosteriorOutput.tableBeside(target));
		return outputs;
	}

	@Override
	public Map<String, String> suggestions(final String parameter) {
		final Map<String, String> methods = new LinkedHashMap<>();
		if (!parameter.equals("method")) return methods;
		methods.putAll(FilterParameters.descriptions());
		methods.put(Denoisers.POSTERIOR, "mean over all views of a map");
		return methods;
	}

	@Override
	public List<String> missingParameters() {
		if (method.equals(FilterParameters.LOWPASS) && cutoff == null) return List.of("cutoff");
		return method.equals(Denoisers.POSTERIOR) && map == null ? List.of("map") : List.of();
	}

	@Override
	protected void present() {
		if (sigma != null || FilterParameters.fillsBox(diameter) || !FilterParameters.measuresNoise(method.trim())) return;
		imageOf(input).filter(image -> !MicrographInput.isMeant(input.toPath(), content)).ifPresent(
			image -> image.markBackground(diameter));
	}

	@Override
	protected Optional<OpenImage> computedImage(final TaskListener listener) {
		if (!virtual) return Optional.empty();
		if (output != null) throw new ParameterException(
			"virtual=true writes no file, so output= has no use. Leave it out, and" +
				" save the image by File > Save As > MRC...");
		if (hasCompanions()) throw new ParameterException(
			"virtual=true writes no file, so deviation= and samples= have no use. Leave them out, or give virtual=false.");
		final OpenImage image = caller().input(input, "input");
		return Optional.of(Desktop.get().computed(image, onDemand(particles(image, true, listener), listener)));
	}

	/**
	 * The slices of an image as particles, with their rows if the image comes from a STAR file.
	 *
	 * @param outlives whether they are needed longer than the image is open
	 */
	public ParticleStack particles(final OpenImage image, final boolean outlives, final TaskListener listener) {
		if (MicrographInput.isMeant(image, content)) throw new ParameterException("\"" + image.title() +
			"\" is taken for micrographs, which have no preview and no virtual result. If these are particles, give" +
			" content=particles.");
		final Optional<Path> file = image.file();
		return file.isPresent() ? Stacks.open(file.get(), pixel, null, listener) : image.particles(pixel, outlives);
	}

	/** What denoises images of a stack one by one, as these parameters say. */
	public OnDemandDenoiser onDemand(final ParticleStack noisy, final TaskListener listener) {
		final String name = required(method, "method");
		final boolean elsewhere = usesNetwork() && Worker.isWanted();
		final Map<String, String> options = Map.of("device", device, "precision", precision, "rotations", String.valueOf(
			rotations), "dropout", String.valueOf(dropout), "seed", String.valueOf(seed));
		return new OnDemandDenoiser(noisy, stack -> {
			final Denoiser denoiser = elsewhere ? elsewhere(name, options, stack) : denoiser(stack, listener);
			return invert ? new InvertingDenoiser(denoiser) : denoiser;
		}, FilterParameters.learnsFromAll(name), listener);
	}

	/** The network in the worker, which sees some images at a time; what is learnt from the stack is learnt here. */
	private Denoiser elsewhere(final String name, final Map<String, String> options, final ParticleStack stack) {
		if (isModelFile()) return new WorkerDenoiser(Path.of(name), options, first);
		return filter(sigma).general(WorkerDenoiser.general(options), stack);
	}

	@Override
	protected void execute(final TaskListener listener) {
		if (virtual) throw new ParameterException("virtual=true is for Fiji, where images are looked at. Leave it out.");
		if (hasCompanions() && !required(method, "method").equals(Denoisers.POSTERIOR)) throw new ParameterException(
			"deviation= and samples= are for method=posterior. Leave them out.");
		final Path source = existingOrActive(input, "input");
		final Path target = output == null ? beside(source) : output.toPath();
		requireModelApart(target);
		if (MicrographInput.isMeant(source, content)) {
			denoiseMicrographs(source, target, listener);
			return;
		}
		try (ParticleStack noisy = Stacks.open(source, pixel, project, listener);
				Denoiser denoiser = denoiser(noisy, listener))
		{
			final boolean known = denoiser instanceof PosteriorMean;
			try (PosteriorOutput beside = known ? new PosteriorOutput((PosteriorMean) denoiser, noisy, target,
				deviation == null ? null : deviation.toPath(), samples, invert) : null)
			{
				final Denoiser seen = invert ? new InvertingDenoiser(denoiser) : denoiser;
				final Supplier<Double> work = () -> StackDenoising.run(noisy, seen, target, listener);
				// The stacks beside are written in the order of the particles.
				final double removed = hasCompanions() ? Machines.alone(work) : work.get();
				report(noisy.size() + " particles denoised with " + denoiser.name() + ": " + target + (noisy.rows().isPresent()
					? ", " + ParticleOutput.tableBeside(target, noisy) : "") + "." +
						outside(removed) + (known ? beside.commit() : ""));
			}
		}
	}

	/** What became of the power outside the particle; a bad model adds to it. */
	private static String outside(final double removed) {
		if (Double.isNaN(removed)) return "";
		if (removed < 0) return String.format(Locale.ROOT, " Outside the particle the power is now %.1f times that of the" +
			" input: do not trust these results.", 1 - removed);
		return String.format(Locale.ROOT, " Outside the particle %.1f %% of the power was removed.", 100 * removed);
	}

	private boolean hasCompanions() {
		return deviation != null || samples > 0;
	}

	private void requireModelApart(final Path target) {
		final String name = required(method, "method");
		if (guide != null) requireApart(target, "output", List.of(guide.toPath()));
		if (isModelFile()) requireApart(target, "output", List.of(Path.of(name)));
		else if (name.equals(Denoisers.POSTERIOR)) {
			requireApart(target, "output", maps());
			if (deviation != null) requireApart(deviation.toPath(), "deviation", maps());
		}
	}

	private Denoiser denoiser(final ParticleStack noisy, final TaskListener listener) {
		final String name = required(method, "method");
		if (dropout && !isModelFile()) throw new ParameterException("dropout=true is for models, not for " + name +
			". Leave it out.");
		if (guide != null && !isModelFile()) throw new ParameterException("guide= is for models that were trained with" +
			" guides, not for " + name + ". Leave it out.");
		if (FilterParameters.methods().contains(name)) return own(name, sigma, noisy, listener);
		if (name.equals(Denoisers.POSTERIOR)) return Denoisers.ofMaps(maps(), shares(), noisy
			.pixelSizeAngstrom(), new PosteriorOptions(new HealpixGrid(order), ctf, shift, prior.equals(GAUSSIAN)
				? PosteriorOptions.ShiftPrior.GAUSSIAN : PosteriorOptions.ShiftPrior.UNIFORM, PointGroup.of(symmetry), noise
					.equals(WHITE) ? PosteriorOptions.Noise.WHITE : PosteriorOptions.Noise.COLOURED), listener);
		final ModelDenoiser model = model(name, listener);
		return guide == null ? Denoisers.fitted(model, noisy, listener) : guided(model, listener);
	}

	private Denoiser guided(final ModelDenoiser model, final TaskListener listener) {
		try {
			if (!model.isGuided()) throw new ParameterException("The model " + model.name() +
				" was trained without guides. Leave guide= out.");
			return GuidedDenoiser.given(model, Stacks.open(existing(guide, "guide"), pixel, project, listener));
		}
		catch (final RuntimeException e) {
			model.close();
			throw e;
		}
	}

	private List<Double> shares() {
		return weights.isBlank() ? List.of() : SimulationTerms.numbers("weights", weights);
	}

	/** One map, or several with their names joined by commas. */
	private List<Path> maps() {
		return map != null && Files.exists(map.toPath()) ? List.of(map.toPath()) : existing(required(map, "map").toString(),
			"map");
	}

	/** A method that is no model file. */
	private Denoiser own(final String name, final Double level, final ParticleStack noisy, final TaskListener listener) {
		if (rotations != 1) throw new ParameterException("rotations=" + rotations + " is for model files, not for " + name +
			". Leave it out.");
		return FilterParameters.usesNetwork(name) ? Denoisers.general(filter(level), device, precision, noisy, listener)
			: filter(level).denoiser(name, noisy);
	}

	private FilterParameters filter(final Double level) {
		return new FilterParameters(cutoff, level, diameter, patch, window, strength, ctf);
	}

	private ModelDenoiser model(final String name, final TaskListener listener) {
		final Path model = InputFile.named(name).orElseThrow(() -> new ParameterException("method=" + name +
			" is neither a model file nor one of " + String.join(", ", FilterParameters.methods()) + ", " +
			Denoisers.POSTERIOR + ". Check the name."));
		return Denoisers.ofModel(model, device, precision, new ModelDenoiser.Options(rotations, dropout
			? new ModelDenoiser.Dropout(seed, first) : null), listener);
	}

	private void denoiseMicrographs(final Path source, final Path target, final TaskListener listener) {
		final String name = required(method, "method");
		MicrographInput.requireTiled(name);
		if (dropout) throw new ParameterException(
			"dropout=true is for particles: overlapping tiles of a micrograph would not fit together. Leave it out.");
		try (ModelDenoiser model = FilterParameters.methods().contains(name) ? null : model(name, listener)) {
			final MicrographTiles.Options options = new MicrographTiles.Options(model == null ? MicrographInput.TILE : model
				.card().box(), overlap, invert);
			final int count = new TiledDenoising(options, tiles -> model != null ? model : own(name, sigma == null
				? tiles.whiteNoise() : tiles.scaled(sigma), tiles, listener), pixel, project).run(source, target, listener);
			report(count + (count == 1 ? " micrograph" : " micrographs") + " denoised with " + name + ": " + target + ".");
		}
	}

	private Path beside(final Path source) {
		final String name = source.getFileName().toString().replaceFirst("(?i)\\.(mrcs?|st|star|cs|tiff?)(\\.gz|\\.bz2)?$",
			"");
		if (RelionParticles.isTable(source) && MicrographInput.isMeant(source, content)) return source.resolveSibling(name +
			"-denoised.star");
		return source.resolveSibling(name + "-denoised" + (MicrographInput.isSingle(source, content) ? ".mrc" : ".mrcs"));
	}
}
