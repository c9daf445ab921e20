package io.github.clearice.command.verb;

import io.github.clearice.command.SampleData;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.Denoisers;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.evaluate.MethodTable;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.filter.LowPass;
import io.github.clearice.fourier.Volume;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.EvaluationTable;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** The whole way on sample data: simulate, train, denoise, evaluate. */
@Plugin(type = Command.class, name = "demo", label = "Demo", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Demo", weight = 21) },
	description = "Simulates, trains, denoises and evaluates with the sample data, in a few minutes.")
public final class DemoCommand extends WritingCommand {

	private static final double SNR = 0.1;
	private static final int SHOWN = 6;

	@Parameter(label = "Output folder", description = "Folder for the map, the stacks, the model, the table and" +
		" a picture.",
		style = FileWidget.DIRECTORY_STYLE, required = false, persist = false)
	private File output = new File("demo-output");

	@Parameter(label = "Training pairs", description = "Number of pairs for the training, 24 or more.", min = "24",
		required = false, persist = false)
	private Integer pairs = 2000;

	@Parameter(label = "Test pairs", description = "Number of pairs for the evaluation, 6 or more.", min = "6",
		required = false, persist = false)
	private Integer tests = 200;

	@Parameter(label = "Epochs", description = "Number of passes over the training pairs.", min = "1", required = false,
		persist = false)
	private Integer epochs = 60;

	@Parameter(label = "Longest training (min)", description = "Limits the training time on a slow computer.",
		required = false, persist = false)
	private Double minutes = 3.5;

	@Parameter(label = "Seed", description = "Seed of all random numbers.", required = false, persist = false)
	private Long seed = 1L;

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected List<Path> outputs() {
		return inFolder(output, "map.mrc", "model.clearice", "table.tsv", "montage.png", "training/" + Simulation.STAR,
			"test/" + Simulation.STAR);
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path folder = required(output, "output");
		final TrainingOptions options = TrainingOptions.fast().with("epochs", epochs).with("minutes", minutes).with("seed",
			seed);
		final Volume map = SampleData.copyMap(folder.resolve("map.mrc"));
		try (ParticlePairs training = simulate(map, pairs, seed, folder.resolve("training"), listener);
			ParticlePairs test = simulate(map, tests, seed + 1, folder.resolve("test"), listener))
		{
			final Path model = folder.resolve("model.clearice");
			Trainer.train(PairSource.of(training), options, model, TrainingReporter.of(listener));
			final Path filtered = folder.resolve("test/lowpass.mrcs");
			final LowPass lowPass = LowPass.best(training, listener);
			StackDenoising.run(test.noisy(), lowPass, filtered, listener);
			final Path denoised = folder.resolve("test/denoised.mrcs");
			try (Denoiser denoiser = Denoisers.ofModel(model, "auto", "auto", ModelDenoiser.Options.PLAIN, listener)) {
				StackDenoising.run(test.noisy(), denoiser, denoised, listener);
			}
			report(evaluate(test, lowPass.name(), filtered, denoised, folder, listener));
		}
	}

	private static ParticlePairs simulate(final Volume map, final int count, final long seed, final Path folder,
		final TaskListener listener)
	{
		Simulation.run(List.of(new WeightedMap("map.mrc", map, 1)), SimulationOptions.of(count, NoiseModel.ofSnr(SNR),
			seed), folder, listener);
		return Stacks.openPairs(folder.resolve(Simulation.NOISY), folder.resolve(Simulation.CLEAN), null, listener);
	}

	private static String evaluate(final ParticlePairs test, final String lowPass, final Path filtered,
		final Path denoised, final Path folder, final TaskListener listener)
	{
		try (ParticleStack low = MrcParticleStack.open(filtered); ParticleStack own = MrcParticleStack.open(denoised)) {
			final List<String> names = List.of("noisy", lowPass, "ClearIce");
			final List<StackQuality> scores = new ArrayList<>();
			for (final StackQuality quality : StackEvaluation.run(test.clean(), List.of(test.noisy(), low, own),
				EvaluationOptions.DEFAULT, listener)) scores.add(quality.named(names.get(scores.size())));
			EvaluationTable.write(folder.resolve("table.tsv"), scores);
			Montage.ofFirst(SHOWN, test.size()).add("noisy, SNR " + SNR, test.noisy()).add("best low-pass", low).add(
				"denoised by ClearIce", own).add("truth", test.clean()).write(folder.resolve("montage.png"));
			return "\n" + MethodTable.format(scores) + "\nEverything is in " + folder +
				": open test/*.mrcs and montage.png, or try\n  clearice denoise input=" + folder.resolve("test/noisy.mrcs") +
				" method=" + folder.resolve("model.clearice") + " output=again.mrcs";
		}
	}
}
