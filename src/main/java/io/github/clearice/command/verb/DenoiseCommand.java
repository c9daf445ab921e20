package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.OpenImage;
import io.github.clearice.command.input.MicrographInput;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GeneralTiles;
import io.github.clearice.micrograph.MicrographTiles;
import io.github.clearice.micrograph.Micrographs;
import io.github.clearice.micrograph.ParticleSize;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.InvertingDenoiser;
import io.github.clearice.stack.OnDemandDenoiser;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.worker.Worker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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
public final class DenoiseCommand extends DenoisingMethodCommand {

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

	@Parameter(label = "Images show",
		description = "Micrographs are denoised in overlapping tiles. auto treats images as micrographs if they are" +
			" not square, have " + MicrographInput.LARGE +
			" or more pixels along an edge, or are alone in their file with more than " + MicrographInput.ALONE +
			" pixels.", choices = {
				MicrographInput.AUTO, MicrographInput.PARTICLES, MicrographInput.MICROGRAPHS }, required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private String content = MicrographInput.AUTO;

	@Parameter(label = "Particle diameter (Å)",
		description = "For general and models adapted from it on micrographs: the longest diameter of the particles. By" +
		" default it is found on the first micrograph, by trying.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Micrographs"))
	private Double particle;

	@Parameter(label = "Overlap of tiles",
		description = "For micrographs: fraction of a tile that overlaps the next one, 0.5 to 0.9. 0.75 takes four" +
		" times as long as 0.5, and is the least for general.", min = "0.5", max = "0.9", required = false,
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

	@Override
	protected List<Path> outputs() {
		if (virtual) return List.of();
		if (input() == null) return output() == null ? List.of() : List.of(output().toPath());
		final Path source = input().toPath(), target = target(source);
		final List<Path> outputs = new ArrayList<>(List.of(target));
		final boolean star = RelionParticles.isTable(source);
		if (star) outputs.add(ParticleOutput.tableBeside(target, source));
		if (deviation != null) outputs.add(deviation.toPath());
		if (samples > 0) outputs.add(PosteriorOutput.samplesBeside(target));
		if (!star && comparesMaps()) outputs.add(PosteriorOutput.tableBeside(target));
		return outputs;
	}

	@Override
	protected void present() {
		final Double diameter = backgroundDiameter();
		if (diameter == null) return;
		imageOf(input()).filter(image -> !MicrographInput.isMeant(input().toPath(), content)).ifPresent(
			image -> image.markBackground(diameter));
	}

	@Override
	protected Optional<OpenImage> computedImage(final TaskListener listener) {
		if (!virtual) return Optional.empty();
		if (output() != null) throw new ParameterException(
			"virtual=true writes no file, so output= has no use. Leave it out, and" +
				" save the image by File > Save As > MRC...");
		if (hasCompanions()) throw new ParameterException(
			"virtual=true writes no file, so deviation= and samples= have no use. Leave them out, or give virtual=false.");
		final OpenImage image = caller().input(input(), "input");
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
		return file.isPresent() ? Stacks.open(file.get(), pixel(), null, listener) : image.particles(pixel(), outlives);
	}

	/** What denoises images of a stack one by one, as these parameters say. */
	public OnDemandDenoiser onDemand(final ParticleStack noisy, final TaskListener listener) {
		final boolean elsewhere = usesNetwork() && Worker.isWanted();
		return new OnDemandDenoiser(noisy, stack -> {
			final Denoiser denoiser = elsewhere ? denoiserInWorker(stack) : denoiser(stack, listener);
			return invert ? new InvertingDenoiser(denoiser) : denoiser;
		}, FilterParameters.learnsFromAll(method()), listener);
	}

	@Override
	protected void execute(final TaskListener listener) {
		if (virtual) throw new ParameterException("virtual=true is for Fiji, where images are looked at. Leave it out.");
		if (hasCompanions() && !isPosterior()) throw new ParameterException(
			"deviation= and samples= are for method=posterior. Leave them out.");
		final Path source = existingOrActive(input(), "input"), target = target(source);
		requireApart(target, "output", methodFiles());
		if (deviation != null) requireApart(deviation.toPath(), "deviation", methodFiles());
		if (MicrographInput.isMeant(source, content)) {
			denoiseMicrographs(source, target, listener);
			return;
		}
		if (particle != null) throw new ParameterException("particle= is for micrographs, but the images of " + source +
			" are taken for particles. Leave it out, or give content=micrographs.");
		try (ParticleStack noisy = particles(source, listener);
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

	private void denoiseMicrographs(final Path source, final Path target, final TaskListener listener) {
		requireTiled();
		final boolean filters = FilterParameters.methods().contains(method()) && !FilterParameters.usesNetwork(method());
		try (ModelDenoiser model = filters ? null : openModel(listener)) {
			final boolean general = model != null && model.card().isGeneral();
			if (particle != null && !general) throw new ParameterException(
				"particle= is for method=general and models adapted from it, not for " + method() + ". Leave it out.");
			final Function<Micrographs, MicrographTiles.Options> options = general ? micrographs -> fitted(micrographs, model,
				listener) : micrographs -> MicrographTiles.Options.even(filters ? MicrographInput.TILE : model.card()
					.box(), overlap, invert);
			final Function<MicrographTiles, Denoiser> methods = general ? tiles -> new GeneralTiles(model, tiles.box())
				: tiles -> filters ? filter(tiles, listener) : model;
			final int count = new TiledDenoising(options, methods, pixel(), project()).run(source, target, listener);
			report(count + (count == 1 ? " micrograph" : " micrographs") + " denoised with " + method() + ": " + target +
				".");
		}
	}

	/** Tiles in which the particles of micrographs have the size and the contrast that the general model knows. */
	private MicrographTiles.Options fitted(final Micrographs micrographs, final ModelDenoiser network,
		final TaskListener listener)
	{
		final ParticleSize size = Machines.current().once(() -> ParticleSize.of(micrographs.read(0), particle, invert,
			box -> new GeneralTiles(network, box), listener));
		final double pixel = micrographs.pixelSizeAngstrom();
		final boolean known = !Double.isNaN(pixel);
		final String particles = String.format(Locale.ROOT, "%s particles of about %.0f %s", size.dark() ? "dark"
			: "bright", particle != null ? particle : size.diameterPixels() * (known ? pixel : 1), known ? "Å" : "pixels");
		final List<String> remedies = new ArrayList<>();
		if (particle == null) remedies.add((known ? "" : "pixel= the pixel size and ") +
			"particle= their diameter in Å");
		if (!size.isClear() && !size.dark()) remedies.add("invert=true if they are dark");
		final String remedy = remedies.isEmpty() ? "" : "ive " + String.join(", and ", remedies) + ".";
		listener.message(size.isClear() ? micrographs.name(0) + " shows " + particles + (remedy.isEmpty() ? "."
			: ". If that is wrong, g" + remedy) : "Warning: hardly anything on " + micrographs.name(0) +
				" looks like a particle; " + particles + " are looked for." + (remedy.isEmpty()
					? " Check the diameter and the contrast." : " G" + remedy));
		return MicrographTiles.Options.middle(size.box(), overlap, size.dark());
	}

	/** The file to write for some images. */
	private Path target(final Path source) {
		if (output() != null) return output().toPath();
		final String name = source.getFileName().toString().replaceFirst("(?i)\\.(mrcs?|st|star|cs|tiff?)(\\.gz|\\.bz2)?$",
			"");
		if (RelionParticles.isTable(source) && MicrographInput.isMeant(source, content)) return source.resolveSibling(name +
			"-denoised.star");
		return source.resolveSibling(name + "-denoised" + (MicrographInput.isSingle(source, content) ? ".mrc" : ".mrcs"));
	}
}
