package io.github.clearice.command.verb;

import io.github.clearice.command.Desktop;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.FileSummary;
import io.github.clearice.command.input.ModelNames;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Shows what a model says of itself, before it is used. */
@Plugin(type = Command.class, name = "card", label = "Model Card...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Model Card...", weight = 10.3) },
	description = "Shows the card of a model, particles before and after, and its trust report.")
public final class ModelCardCommand extends WritingCommand {

	/** Pages without a file of their own, until the program ends. */
	private static TemporaryFolder pages;

	@Parameter(label = "Model", description = ModelNames.DESCRIPTION, persist = false)
	private String model;

	@Parameter(label = "Page", description = "An HTML page to write, with everything in it. Fiji shows the page in the" +
		" browser in either case.", style = FileWidget.SAVE_STYLE, required = false, persist = false)
	private File output;

	@Override
	public Map<String, String> suggestions(final String parameter) {
		return parameter.equals("model") ? ModelNames.all() : Map.of();
	}

	@Override
	protected void execute(final TaskListener listener) {
		final String name = required(model, "model");
		final ModelFile file = ModelNames.read(name);
		if (output != null) write(output.toPath(), file);
		report(FileSummary.ofModel(Path.of(ModelNames.title(name)), file));
	}

	@Override
	protected void present() {
		if (output == null) write(page(), ModelNames.read(model));
		Desktop.get().page(output == null ? page() : output.toPath());
	}

	private Path page() {
		synchronized (ModelCardCommand.class) {
			if (pages == null) pages = new TemporaryFolder("cards");
			return pages.resolve(ModelNames.title(model) + ".html");
		}
	}

	private void write(final Path target, final ModelFile file) {
		final List<TrustTable.Row> trust = file.trust().map(table -> TrustTable.parse(Path.of(ModelNames.title(model)),
			table)).orElse(List.of());
		Desktop.get().plots().writeCard(target, ModelNames.title(model), FileSummary.factsOf(file), file.samples().map(
			ModelCardCommand::montage).orElse(null), trust);
	}

	private static Montage montage(final SampleParticles samples) {
		final int count = samples.noisy().size();
		final Montage montage = Montage.ofFirst(count, count).add("noisy", samples.noisy()).add("denoised", samples
			.denoised());
		final boolean fits = samples.real() != null && samples.real().size() >= count && samples.real().box() == samples
			.noisy().box();
		return fits ? montage.add("the real particles that they imitate", samples.real()) : montage;
	}
}
