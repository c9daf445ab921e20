package io.github.clearice.command.verb;

import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.export.ModelExport;
import io.github.clearice.model.export.PackageTerms;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.PngFile;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Writes a model in a format of other programs. */
@Plugin(type = Command.class, name = "export", label = "Export Model...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Export Model...", weight = 10.6) },
	description = "Writes a model for other programs: TensorFlow, ONNX runtimes, and those that open packages of the" +
		" BioImage Model Zoo.")
public final class ExportCommand extends WritingCommand {

	private static final String SAVED_MODEL = "savedmodel", PACKAGE = "bioimageio", ONNX = "onnx";

	@Parameter(label = "Model", description = ModelNames.DESCRIPTION, persist = false)
	private String model;

	@Parameter(label = "Format", description = "savedmodel is a folder for TensorFlow, onnx a file for ONNX runtimes." +
		" bioimageio is a package for the BioImage Model Zoo, a zip file with both, test images and a description.",
		choices = { SAVED_MODEL, PACKAGE, ONNX }, persist = false)
	private String format = SAVED_MODEL;

	@Parameter(label = "Output", description = "The folder or file to write. Default: beside the model file; for a" +
		" model that was given by its name, in the current folder.", style = FileWidget.SAVE_STYLE, required = false,
		persist = false)
	private File output;

	@Parameter(label = "Authors", description = "For bioimageio: the full names of the model's authors, separated by" +
		" commas.", required = false, persist = false)
	private String author;

	@Parameter(label = "Licence", description = "For bioimageio: the licence that you give the model, by its SPDX" +
		" identifier, such as CC-BY-4.0 or CC0-1.0.", required = false, persist = false)
	private String licence;

	@Override
	public Map<String, String> suggestions(final String parameter) {
		return parameter.equals("model") ? ModelNames.all() : Map.of();
	}

	@Override
	public List<String> missingParameters() {
		if (!PACKAGE.equals(format)) return List.of();
		if (author == null || author.isBlank()) return List.of("author");
		return licence == null || licence.isBlank() ? List.of("licence") : List.of();
	}

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected List<Path> outputs() {
		if (model == null || model.isBlank()) return List.of();
		return List.of(SAVED_MODEL.equals(format) ? target().resolve(ModelExport.SAVED_MODEL) : target());
	}

	private Path target() {
		if (output != null) return output.toPath();
		final Path file = InputFile.named(model).orElse(Path.of(ModelNames.title(model)).getFileName());
		return file.resolveSibling(withoutEnding(file.getFileName().toString()) + switch (format) {
			case PACKAGE -> ".bioimageio.zip";
			case ONNX -> ".onnx";
			default -> "-savedmodel";
		});
	}

	private static String withoutEnding(final String name) {
		return name.replaceFirst("(?i)\\" + ModelFile.EXTENSION + "$", "");
	}

	@Override
	protected void execute(final TaskListener listener) {
		final String name = required(model, "model");
		final ModelFile file = ModelNames.read(name);
		final Path target = target();
		ModelNames.file(name).ifPresent(source -> requireApart(target, "output", List.of(source)));
		if (SAVED_MODEL.equals(format) ? Files.isRegularFile(target) : Files.isDirectory(target))
			throw new ParameterException("format=" + format + " makes a " + (SAVED_MODEL.equals(format) ? "folder" : "file") +
				", but " + target + " (output=) is none. Give another name.");
		final PackageTerms terms = PACKAGE.equals(format) ? new PackageTerms(List.of(required(author, "author").split(",")),
			required(licence, "licence")) : null;
		listener.begin("Exporting " + name, 0);
		try (ModelExport export = new ModelExport(withoutEnding(ModelNames.title(name)), file)) {
			switch (format) {
				case SAVED_MODEL -> export.writeSavedModel(target);
				case ONNX -> export.writeOnnx(target);
				default -> {
					final ModelExport.Example example = export.example();
					export.writePackage(target, terms, example, PngFile.bytes(cover(example).draw()));
				}
			}
		}
		finally {
			listener.end();
		}
		report(name + " exported: " + target + ". It takes particles of " + file.card().box() + " pixels as they are" +
			(file.card().network().planes() > 1 ? ", and guides." : "."));
	}

	private static Montage cover(final ModelExport.Example example) {
		final Montage montage = new Montage(0);
		montage.add("noisy", stack(example, example.inputs().get(0)));
		return montage.add("denoised", stack(example, example.denoised()));
	}

	private static ArrayParticleStack stack(final ModelExport.Example example, final float[] image) {
		return new ArrayParticleStack("example", example.box(), example.pixelSizeAngstrom(), new float[][] { image });
	}
}
