package io.github.clearice.evaluate;

import io.github.clearice.fourier.Volume;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.List;

/** The cost of a precision: a network trained on particles of the sample map at SNR 0.1, run in two precisions. */
public final class PrecisionLoss {

	private final ModelFile model;
	private final ParticlePairs test;

	/**
	 * Trains the network.
	 *
	 * @param training pairs to learn from
	 * @param tests other pairs to score on
	 */
	public PrecisionLoss(final int training, final int tests, final TrainingOptions options, final Path folder) {
		final Volume map;
		try (MrcFile file = MrcFile.open(Path.of("sample-data/betagal_5a1a_64_4A.mrc"))) {
			map = file.readVolume();
		}
		test = pairs(map, tests, 2);
		model = Trainer.train(PairSource.of(pairs(map, training, 1)), options, folder.resolve("model.clearice"),
			new TrainingListener() {});
	}

	/** Mean PSNR of the test particles in dB. */
	public double psnrDecibel(final Precision precision) {
		final float[][] denoised = new float[test.size()][test.box() * test.box()];
		try (ModelDenoiser denoiser = new ModelDenoiser("model", model, new Device(false, precision, 0))) {
			denoiser.denoise(PixelArrays.image(0, ((ArrayParticleStack) test.noisy()).images()), PixelArrays.image(0,
				denoised));
		}
		return psnrDecibel(new ArrayParticleStack("denoised", test.box(), 4, denoised));
	}

	/** Mean PSNR of the noisy test particles. */
	public double noisyPsnrDecibel() {
		return psnrDecibel((ArrayParticleStack) test.noisy());
	}

	private double psnrDecibel(final ArrayParticleStack images) {
		return StackEvaluation.run(test.clean(), List.of(images), EvaluationOptions.DEFAULT, TaskListener.SILENT).get(0)
			.mean().peakSignalToNoise();
	}

	private static ParticlePairs pairs(final Volume map, final int count, final long seed) {
		final PairSimulator simulator = new PairSimulator(List.of(new WeightedMap("map", map, 1)), SimulationOptions.of(
			count, NoiseModel.ofSnr(0.1), seed));
		final int pixels = simulator.box() * simulator.box();
		final float[][] clean = new float[count][pixels];
		final float[][] noisy = new float[count][pixels];
		for (int i = 0; i < count; i++) simulator.simulate(i, clean[i], noisy[i]);
		return new ParticlePairs(new ArrayParticleStack("noisy", simulator.box(), 4, noisy), new ArrayParticleStack("clean",
			simulator.box(), 4, clean));
	}
}
