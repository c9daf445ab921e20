package io.github.clearice.filter;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GeneralModel;
import io.github.clearice.filter.bm3d.BlockMatching3D;
import io.github.clearice.filter.covariance.CovarianceWiener;
import io.github.clearice.filter.covariance.SimilarViews;
import io.github.clearice.filter.covariance.TransferFunctions;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

/**
 * Images a second of the methods that look at patches and of those that learn from the whole stack; of one core with
 * {@code -XX:ActiveProcessorCount=1}.
 */
public final class ClassicalBenchmark {

	private static final int RUNS = 3;
	private static final NoiseLevel NOISE = NoiseLevel.ofBackground(0.75);

	private ClassicalBenchmark() {}

	public static void run(final BenchmarkTable table) throws Exception {
		table.heading("Classical methods, " + Runtime.getRuntime().availableProcessors() + " processors");
		for (final int box : new int[] { 128, 256 }) {
			final ParticlePairs pairs = GaussianMolecule.pairs(box, 16, 0.1, 1);
			// OpenCV's template of 7 pixels and window of 21.
			rate(table, new NonLocalMeans(NOISE, 7, 21, 0.5), pairs);
			rate(table, new BlockMatching3D(NOISE), pairs);
		}
		final ParticlePairs stack = GaussianMolecule.pairs(64, 2000, 0.1, 1);
		rate(table, CovarianceWiener.of(NOISE), stack);
		rate(table, SimilarViews.of(NOISE, TransferFunctions.NONE), stack);
		rate(table, FilterParameters.defaults().general(GeneralModel.open(Device.choose(DeviceChoice.CPU, Precision.AUTO, 0,
			TaskListener.SILENT)), stack.noisy()), stack);
		table.remark("OpenCV: cv2.setNumThreads(1); cv2.fastNlMeansDenoising(image, None, 20, 7, 21), an 8-bit image");
	}

	private static void rate(final BenchmarkTable table, final Denoiser method, final ParticlePairs pairs)
		throws Exception
	{
		final float[][] noisy = ((ArrayParticleStack) pairs.noisy()).images();
		final float[][] denoised = new float[noisy.length][noisy[0].length];
		final double seconds = BenchmarkTable.medianSeconds(RUNS, () -> {
			method.prepare(pairs.noisy(), TaskListener.SILENT);
			method.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
		});
		table.row(method.name() + ", its preparation included, " + pairs.box() + " pixels", noisy.length / seconds,
			"images/s");
	}
}
