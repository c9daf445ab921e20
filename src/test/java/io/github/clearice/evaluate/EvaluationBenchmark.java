package io.github.clearice.evaluate;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.filter.LowPass;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.RadialWiener;
import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.List;
import java.util.SplittableRandom;

/** Images a second of evaluation and of the classical filters. */
public final class EvaluationBenchmark {

	private static final int RUNS = 5;
	private static final int COUNT = 500;

	private EvaluationBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		table.heading("Evaluation and classical filters, " + Runtime.getRuntime().availableProcessors() + " processors");
		for (final int box : new int[] { 64, 128 }) {
			final ArrayParticleStack clean = stack(box, 0), noisy = stack(box, 1);
			rate(table, "Evaluation (MSE, PSNR, SSIM, SNR, FRC), " + box + " pixels", () -> StackEvaluation.run(clean, List
				.of(noisy), EvaluationOptions.DEFAULT, TaskListener.SILENT));
			denoise(table, box, new LowPass(4), noisy);
			denoise(table, box, RadialWiener.of(NoiseLevel.ofBackground(ParticleBackground.DEFAULT_DIAMETER_FRACTION)),
				noisy);
			rate(table, "Search for the best low-pass, " + box + " pixels", () -> LowPass.best(new ParticlePairs(noisy,
				clean), TaskListener.SILENT));
		}
	}

	private static void denoise(final BenchmarkTable table, final int box, final Denoiser denoiser,
		final ArrayParticleStack noisy) throws Exception
	{
		final float[][] denoised = new float[COUNT][box * box];
		rate(table, denoiser.name() + ", its preparation included, " + box + " pixels", () -> {
			denoiser.prepare(noisy, TaskListener.SILENT);
			denoiser.denoise(PixelArrays.image(0, noisy.images()), PixelArrays.image(0, denoised));
		});
	}

	private static void rate(final BenchmarkTable table, final String what, final BenchmarkTable.Work work)
		throws Exception
	{
		table.row(what, COUNT / BenchmarkTable.medianSeconds(RUNS, work), "images/s");
	}

	private static ArrayParticleStack stack(final int box, final double sigma) {
		final float[][] images = new float[COUNT][box * box];
		for (int i = 0; i < COUNT; i++) {
			final SplittableRandom random = Seeds.random(1, i);
			for (int p = 0; p < images[i].length; p++) images[i][p] = (float) (Math.sin(p * 0.01 + i) + sigma * random
				.nextGaussian());
		}
		return new ArrayParticleStack("box " + box, box, 1, images);
	}
}
