package io.github.clearice.command;

import io.github.clearice.evaluate.EvaluationOptions;
import io.github.clearice.evaluate.EvaluationTable;
import io.github.clearice.evaluate.MethodTable;
import io.github.clearice.evaluate.SimilarityWindow;
import io.github.clearice.evaluate.StackEvaluation;
import io.github.clearice.evaluate.StackQuality;
import io.github.clearice.particle.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Compares image stacks with the truth. */
@Plugin(type = Command.class, label = "Evaluate...", menuPath = "Plugins>ClearIce>Evaluate...", headless = true,
	description = "Scores image stacks against reference images: MSE, PSNR, SSIM, SNR, ring correlation.")
public final class EvaluateCommand extends ClearIceCommand {

	private static final String WANG = "wang2004";
	private static final String PUBLISHED = "published";

	@Parameter(label = "Reference stack", description = "The true images: an MRC stack or a RELION STAR file; in Fiji also" +
		" the title of an open image.", persist = false, attrs = @Attr(name = CommandParameter.IMAGE))
	private File reference;

	@Parameter(label = "Image stacks", description = "The stacks to score, joined by commas, each with as many images" +
		" of the same size as the reference; in Fiji also titles of open images.", persist = false, attrs = @Attr(name =
			CommandParameter.IMAGE, value = CommandParameter.LIST))
	private String image;

	@Parameter(label = "Table", description = "Where the scores go, as tab-separated values: one row an image, then mean" +
		" and sd.", style = FileWidget.SAVE_STYLE, required = false, persist = false)
	private File output;

	@Parameter(label = "SSIM window", description = "wang2004 is the 11-pixel Gaussian window of Wang et al. 2004;" +
		" published the flat 7-pixel window of the code published with Gu et al. 2021.", choices = { WANG, PUBLISHED },
		required = false, persist = false)
	private String ssim = WANG;

	@Parameter(label = "Value range", description = "The range of true values that PSNR and SSIM refer to. Without it" +
		" each reference is scaled to [0,1] by its own minimum and maximum, and the image along with it.", min = "0",
		required = false, persist = false)
	private Double range;

	@Override
	protected void execute(final TaskListener listener) {
		final Path truth = existing(reference, "reference");
		final List<Path> images = existing(required(image, "image"), "image");
		if (output != null) {
			requireApart(output.toPath(), "output", List.of(truth));
			requireApart(output.toPath(), "output", images);
			AtomicOutput.requireWritable(output.toPath());
		}
		EvaluationOptions options = EvaluationOptions.DEFAULT.withWindow(PUBLISHED.equals(ssim) ? SimilarityWindow.PUBLISHED_CODE
			: SimilarityWindow.WANG_2004);
		if (range != null) options = options.withFixedRange(range);
		final List<ParticleStack> stacks = new ArrayList<>();
		try (ParticleStack references = Stacks.open(truth, null, listener)) {
			for (final Path path : images) stacks.add(Stacks.open(path, null, listener));
			final List<StackQuality> scores = StackEvaluation.run(references, stacks, options, listener);
			if (output != null) EvaluationTable.write(output.toPath(), scores);
			report(MethodTable.format(scores).stripTrailing());
		}
		finally {
			stacks.forEach(ParticleStack::close);
		}
	}
}
