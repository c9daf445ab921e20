package io.github.clearice.evaluate.halves;

import io.github.clearice.evaluate.FinishedTraining;
import io.github.clearice.evaluate.StudySettings;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.Checksum;
import io.github.clearice.reconstruct.HalfSets;
import io.github.clearice.reconstruct.Reconstruction;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reconstructs the half-sets of denoised particles, denoised by one model that has seen both and by two that have seen
 * one each, and compares them with each other and with the truth.
 * <p> A model puts learned detail into every image it denoises. Where it denoises both half-sets, their maps share its
 * errors, and the correlation between them, the usual measure of resolution, calls those errors signal (as in Fig. 3d
 * and 4d of Gu et al. 2021). Two models that share no particle share fewer errors; those that come from learning alike
 * are left, and only the truth reveals them.
 */
public final class SplitHalfTest {

	/** One model of all particles. */
	public static final String SHARED = "shared";

	/** Two models, one of each half-set. */
	public static final String SPLIT = "split";

	/** The ending of the maps that are written, named like the images they are made from. */
	public static final String MAP = ".mrc";

	private final SplitHalfData data;
	private final SplitHalfOptions options;
	private final List<Path> models;
	private final Path folder;
	private final Function<Path, Denoiser> opener;
	private final TrainingListener listener;
	private final ParticleStack tested;
	private Volume truth;

	/**
	 * Opens a test, to begin or to continue it.
	 *
	 * @param data left open
	 * @param models that are trained already: of all particles, and of each half-set; or the first alone; or none
	 * @param folder receives models, denoised stacks and maps
	 * @param opener opens a model
	 * @throws ParameterException if particles or references are missing, or the folder holds another test
	 */
	public SplitHalfTest(final SplitHalfData data, final SplitHalfOptions options, final List<Path> models,
		final Path folder, final Function<Path, Denoiser> opener, final TrainingListener listener)
	{
		data.require(options.references());
		if (models.size() == 2 || models.size() > 3) throw new ParameterException(models.size() +
			" models are given. Give that of all particles, and those of the first and the second half-set (models=).");
		final int all = data.noisy().size();
		if (all - options.tests() < 4) throw new ParameterException(data.noisy().place() + " holds " + all +
			" particles; with " + options.tests() +
			" to test on that leaves too few to train on. Give more, or a smaller tests=.");
		this.data = data;
		this.options = options;
		this.models = List.copyOf(models);
		this.folder = folder;
		this.opener = opener;
		this.listener = listener;
		this.tested = data.noisy().particles(tested());
		HalfSets.of(tested).requireBoth(data.noisy().place(), "");
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("particles", data.clean() == null ? StudySettings.fingerprint(data.noisy()) : StudySettings
			.fingerprint(data.noisy(), data.clean()));
		settings.put("models", models.isEmpty() ? "trained here" : models.toString());
		if (!models.isEmpty()) settings.put("contents of the models", models.stream().map(Checksum::sha256).toList()
			.toString());
		settings.putAll(options.settings());
		StudySettings.require(folder, settings);
	}

	private int[] tested() {
		return IntStream.range(options.tests() == 0 ? 0 : data.noisy().size() - options.tests(), data.noisy().size())
			.toArray();
	}

	/**
	 * Trains, denoises and reconstructs every part that is not finished.
	 *
	 * @return the curves of the noisy and the clean images, of those denoised by the shared model and by split ones, as
	 * far
	 *         as there are clean images and models
	 * @throws io.github.clearice.task.TaskCancelledException if the listener cancels; finished results stay
	 */
	public List<HalfCurves> run() {
		final List<Path> denoised = denoise();
		final List<HalfCurves> curves = new ArrayList<>();
		if (data.clean() != null) curves.add(ofClean());
		curves.add(0, reconstruct("noisy", tested, options.ctf()));
		for (final Path stack : denoised) try (ParticleStack images = MrcParticleStack.open(ParticleOutput.tableBeside(
			stack, tested)))
		{
			curves.add(reconstruct(String.valueOf(stack.getFileName()).replace(".mrcs", ""), images, options.keepsCtf()));
		}
		return curves;
	}

	private List<Path> denoise() {
		final TrainingPairs pairs = new TrainingPairs(data, options, listener);
		final List<Path> stacks = new ArrayList<>(List.of(folder.resolve(SHARED + ".mrcs")));
		final Path shared = model(0, "shared", pairs::shared, stacks.get(0));
		denoise(stacks.get(0), () -> opener.apply(shared));
		if (models.size() == 1) return stacks;
		stacks.add(folder.resolve(SPLIT + ".mrcs"));
		final Path first = model(1, "half1", () -> pairs.ofHalf(0), stacks.get(1));
		final Path second = model(2, "half2", () -> pairs.ofHalf(1), stacks.get(1));
		denoise(stacks.get(1), () -> openBoth(first, second));
		return stacks;
	}

	private Denoiser openBoth(final Path first, final Path second) {
		final Denoiser opened = opener.apply(first);
		try {
			return new HalfDenoiser(opened, opener.apply(second), HalfSets.of(tested));
		}
		catch (final RuntimeException | Error e) {
			opened.close();
			throw e;
		}
	}

	/** @param denoised the stack that the model makes: one of an earlier model is not that of a new one */
	private Path model(final int number, final String name, final Supplier<PairSource> pairs, final Path denoised) {
		if (!models.isEmpty()) return models.get(number);
		final Path model = folder.resolve("models").resolve(name + ".clearice");
		listener.message("Model " + (number + 1) + " of 3: " + name);
		if (!FinishedTraining.isDone(model)) AtomicOutput.delete(denoised);
		FinishedTraining.run(pairs, options.training(), model, listener);
		return model;
	}

	private void denoise(final Path target, final Supplier<Denoiser> denoiser) {
		if (Files.exists(target)) return;
		try (Denoiser open = denoiser.get()) {
			StackDenoising.run(tested, open, target, listener);
		}
	}

	/** Without the true map, that of the clean images is the truth. */
	private HalfCurves ofClean() {
		final Reconstruction.Maps maps = maps("clean", data.clean().with(data.clean().image(), data
			.clean().pixelSizeAngstrom(), data.noisy().rows().orElse(null)).particles(tested()), options
			.keepsCtf());
		truth = data.truth() == null ? maps.whole() : data.truth();
		return curves("clean", maps);
	}

	private HalfCurves reconstruct(final String name, final ParticleStack images, final boolean ctf) {
		if (truth == null) truth = data.truth();
		return curves(name, maps(name, images, ctf));
	}

	private Reconstruction.Maps maps(final String name, final ParticleStack images, final boolean ctf) {
		listener.message("Map of " + name + " images");
		final Reconstruction.Maps maps = Reconstruction.run(images, new Reconstruction.Options(options.symmetry(), ctf,
			true),
			listener);
		maps.write(folder.resolve(name + MAP));
		return maps;
	}

	private HalfCurves curves(final String name, final Reconstruction.Maps maps) {
		return new HalfCurves(name, maps.correlation(), truth == null ? null : ShellCorrelation.of(maps.whole(),
			truth));
	}
}
