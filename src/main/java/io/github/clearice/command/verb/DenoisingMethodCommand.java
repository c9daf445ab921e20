package io.github.clearice.command.verb;

import io.github.clearice.command.ClusterLine;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.MicrographInput;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GuidedDenoiser;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.NonLocalMeans;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.filter.ksvd.KSvd;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.micrograph.MicrographTiles;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PosteriorOptions;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** The parameters that say which images are denoised by which method, and the method that they describe. */
abstract class DenoisingMethodCommand extends WritingCommand {

	static final String POSTERIOR_SECTION = "Known map";

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
		" kind, without training), a model file (.clearice) of your own, the name of a shared model, or a classical" +
		" method: lowpass" +
		" (Gaussian, needs cutoff=), wiener (radial Wiener filter with spectra from the stack and its" +
		" background), nlm (non-local means), bm3d (block matching), ksvd (learned dictionary), cwf (covariance" +
		" Wiener filter, learned from the stack), views (averages of similar views, learned from the stack)," +
		" or posterior (mean over all views of map=, the best possible" +
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

	@Parameter(label = "Correct CTF",
		description = "For general, models adapted from it, cwf, views and posterior: correct the CTFs that the STAR" +
		" file lists. Not for particles with flipped phases.", required = false, persist = false,
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

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private File project;

	@Parameter(label = "Line for the cluster", description = ClusterLine.DESCRIPTION, required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.REMEMBERED), @Attr(name = CommandParameter.SECTION, value = "Cluster") })
	private String spark = "";

	@Override
	protected String cluster() {
		return spark.strip();
	}

	/** The images; null for the active one. */
	final File input() {
		return input;
	}

	/** The file to write; null for the default. */
	final File output() {
		return output;
	}

	/** The pixel size in Å; null for that of the file. */
	final Double pixel() {
		return pixel;
	}

	/** The folder that paths in tables start from; null to look for it. */
	final File project() {
		return project;
	}

	/** The name of the method, or of a model file. */
	final String method() {
		return required(method, "method");
	}

	/** The diameter of the circle outside which the method measures noise, in boxes; null where it measures none. */
	final Double backgroundDiameter() {
		return sigma != null || FilterParameters.fillsBox(diameter) || !FilterParameters.measuresNoise(method.trim()) ? null
			: diameter;
	}

	@Override
	protected boolean usesNetwork() {
		return method != null && (FilterParameters.usesNetwork(method) || isModelFile());
	}

	final boolean isModelFile() {
		return modelFile().isPresent();
	}

	/** A method of ClearIce is never taken for a shared model of the same name. */
	private Optional<Path> modelFile() {
		final boolean known = FilterParameters.methods().contains(method.trim()) || isPosterior();
		return known ? InputFile.named(method).filter(Files::isRegularFile) : ModelNames.file(method);
	}

	final boolean isPosterior() {
		return method().equals(Denoisers.POSTERIOR);
	}

	/** Whether particles are compared with several maps. */
	final boolean comparesMaps() {
		return map != null && maps().size() > 1;
	}

	/** The files that the method is made from. */
	final List<Path> methodFiles() {
		final List<Path> files = new ArrayList<>();
		if (guide != null) files.add(guide.toPath());
		modelFile().ifPresent(files::add);
		if (!isModelFile() && isPosterior()) files.addAll(maps());
		return files;
	}

	@Override
	public Map<String, String> suggestions(final String parameter) {
		final Map<String, String> methods = new LinkedHashMap<>();
		if (!parameter.equals("method")) return methods;
		methods.putAll(FilterParameters.descriptions());
		methods.put(Denoisers.POSTERIOR, "mean over all views of a map");
		ModelNames.all().forEach(methods::putIfAbsent);
		return methods;
	}

	@Override
	public List<String> missingParameters() {
		if (method.equals(FilterParameters.LOWPASS) && cutoff == null) return List.of("cutoff");
		return method.equals(Denoisers.POSTERIOR) && map == null ? List.of("map") : List.of();
	}

	/** Opens the particles of a file. */
	final ParticleStack particles(final Path file, final TaskListener listener) {
		return Stacks.open(file, pixel, project, listener);
	}

	/** The method for the particles of a stack. */
	final Denoiser denoiser(final ParticleStack noisy, final TaskListener listener) {
		final String name = method();
		if (dropout && !isModelFile()) throw new ParameterException("dropout=true is for models, not for " + name +
			". Leave it out.");
		if (guide != null && !isModelFile()) throw new ParameterException("guide= is for models that were trained with" +
			" guides, not for " + name + ". Leave it out.");
		if (FilterParameters.methods().contains(name)) return filter(sigma, noisy, listener);
		if (name.equals(Denoisers.POSTERIOR)) return Denoisers.ofMaps(maps(), shares(), noisy
			.pixelSizeAngstrom(), new PosteriorOptions(new HealpixGrid(order), ctf, shift, prior.equals(GAUSSIAN)
				? PosteriorOptions.ShiftPrior.GAUSSIAN : PosteriorOptions.ShiftPrior.UNIFORM, PointGroup.of(symmetry), noise
					.equals(WHITE) ? PosteriorOptions.Noise.WHITE : PosteriorOptions.Noise.COLOURED), listener);
		final ModelDenoiser model = openModel(listener);
		return guide == null ? Denoisers.fitted(model, parameters(sigma), noisy, listener) : guided(model, listener);
	}

	private Denoiser guided(final ModelDenoiser model, final TaskListener listener) {
		try {
			if (!model.isGuided()) throw new ParameterException("The model " + model.name() +
				" was trained without guides. Leave guide= out.");
			return GuidedDenoiser.given(model, particles(existing(guide, "guide"), listener));
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

	/**
	 * The same in the worker, which sees some images at a time; what is learnt from the stack is learnt here. The method
	 * runs a network.
	 */
	final Denoiser denoiserInWorker(final ParticleStack noisy) {
		final Map<String, String> options = Map.of("device", device, "precision", precision, "rotations", String.valueOf(
			rotations), "dropout", String.valueOf(dropout), "seed", String.valueOf(seed));
		if (isModelFile()) {
			final Path model = modelFile().orElseThrow();
			final ModelCard card = ModelFile.readForInference(model).card();
			return card.isGeneral() ? parameters(sigma).general(WorkerDenoiser.general(model, card.box(), options), noisy)
				: new WorkerDenoiser(model, options, first);
		}
		return parameters(sigma).general(WorkerDenoiser.general(options), noisy);
	}

	/** Refuses what tiles of micrographs cannot be denoised with. */
	final void requireTiled() {
		MicrographInput.requireTiled(method());
		if (dropout) throw new ParameterException(
			"dropout=true is for particles: overlapping tiles of a micrograph would not fit together. Leave it out.");
	}

	/** The method, which is no model file, for the tiles of a micrograph. */
	final Denoiser filter(final MicrographTiles tiles, final TaskListener listener) {
		return filter(sigma == null ? tiles.whiteNoise() : tiles.scaled(sigma), tiles, listener);
	}

	private void requireNoRotations() {
		if (rotations != 1) throw new ParameterException("rotations=" + rotations + " is for model files, not for " +
			method() + ". Leave it out.");
	}

	private Denoiser filter(final Double level, final ParticleStack noisy, final TaskListener listener) {
		requireNoRotations();
		final String name = method();
		return FilterParameters.usesNetwork(name) ? Denoisers.general(parameters(level), device, precision, noisy, listener)
			: parameters(level).denoiser(name, noisy);
	}

	private FilterParameters parameters(final Double level) {
		return new FilterParameters(cutoff, level, diameter, patch, window, strength, ctf);
	}

	/** The model whose file the method is, or the network of the general one. */
	final ModelDenoiser openModel(final TaskListener listener) {
		if (FilterParameters.usesNetwork(method())) {
			requireNoRotations();
			return Denoisers.general(device, precision, listener);
		}
		final Path model = modelFile().or(() -> InputFile.named(method())).orElseThrow(() -> new ParameterException(
			"method=" + method() + " is neither a model file, a shared model nor one of " + String.join(", ",
				FilterParameters.methods()) + ", " + Denoisers.POSTERIOR + ". Check the name."));
		return Denoisers.ofModel(model, device, precision, new ModelDenoiser.Options(rotations, dropout
			? new ModelDenoiser.Dropout(seed, first) : null), listener);
	}
}
