package io.github.clearice.stack;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.BackgroundThread;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Streams a stack of any length through a {@link Denoiser} into a file.
 * <p> Order, box and pixel size are kept; memory holds two batches: one is denoised while the other is read and
 * written. The output appears when it is complete; an error or a cancel leaves nothing. Where the particles come from a
 * STAR file or a table of cryoSPARC, one with the same rows and columns is written beside the output, whose image names
 * point at the denoised particles: relative to the folder of both, or to that of the RELION project where the paths of
 * the input are.
 */
public final class StackDenoising {

	private static final String TASK = "Denoising particles";

	/** Two batches of noisy and two of denoised images take at most 128 MiB. */
	private static final int LARGEST_BATCH_PIXELS = 1 << 23;

	private static final int SMALLEST_WITH_OUTSIDE = 8;

	private final ParticleStack noisy;
	private final Denoiser denoiser;
	private final TaskListener listener;
	/** Summed variances of pixels outside the particles. */
	private double powerBefore, powerAfter;

	private StackDenoising(final ParticleStack noisy, final Denoiser denoiser, final TaskListener listener) {
		this.noisy = noisy;
		this.denoiser = denoiser;
		this.listener = listener;
	}

	/**
	 * Prepares the denoiser for this stack and denoises every particle.
	 *
	 * @param target the stack to write, usually {@code .mrcs}
	 * @return which share of the power outside the particle ({@link ParticleBackground}) was removed; NaN if there is
	 *         none, or the box is too small to have an outside
	 * @throws InputException if the stack is empty, a particle holds NaN, the
	 *           denoiser gives NaN, or the target is one of the stack's own files
	 * @throws io.github.clearice.task.OutputException if the output cannot be
	 *           written
	 */
	public static double run(final ParticleStack noisy, final Denoiser denoiser, final Path target,
		final TaskListener listener)
	{
		if (noisy.size() == 0) throw new InputException(noisy.name() +
			" holds no particles; there is nothing to denoise.");
		try (ParticleOutput output = new ParticleOutput(noisy, target, noisy.size(), noisy.box(), noisy
			.pixelSizeAngstrom()))
		{
			denoiser.prepare(noisy, listener);
			final StackDenoising denoising = new StackDenoising(noisy, denoiser, listener);
			denoising.stream(output::write);
			output.commit(noisy.rows().map(rows -> listed(rows, denoiser, listener)).orElse(null));
			return denoising.powerBefore > 0 ? 1 - denoising.powerAfter / denoising.powerBefore : Double.NaN;
		}
	}

	/** The rows of the results: they say so where these are free of the CTFs that the particles had. */
	private static RelionParticles listed(final RelionParticles rows, final Denoiser denoiser,
		final TaskListener listener)
	{
		if (!denoiser.correctsCtf().orElse(false) || rows.particles().stream().allMatch(particle -> particle
			.ctf() == null)) return rows;
		if (!RelionParticles.isCryosparc(Path.of(rows.ending()))) return rows.withCtfCorrected();
		listener.message("Warning: the results are free of their CTFs, which a table of cryoSPARC cannot say: give" +
			" ctf=false to reconstruct and pose.");
		return rows;
	}

	/**
	 * Prepares the denoiser for this stack and denoises every particle into an image.
	 *
	 * @param target axes x, y and number of the particle, of the size of the stack; after an error or a cancel, some of
	 *          its particles may be written
	 * @throws InputException as {@link #run(ParticleStack, Denoiser, Path, TaskListener)}, or if the target has
	 * another
	 *           size
	 */
	public static void run(final ParticleStack noisy, final Denoiser denoiser,
		final RandomAccessibleInterval<? extends RealType<?>> target, final TaskListener listener)
	{
		final long[] size = { noisy.box(), noisy.box(), noisy.size() };
		if (!Arrays.equals(size, target.dimensionsAsLongArray())) throw new InputException("The results of " + noisy
			.name() + " need an image of " + Arrays.toString(size) + " pixels, not " + Arrays.toString(target
				.dimensionsAsLongArray()) + ".");
		denoiser.prepare(noisy, listener);
		final int[] next = { 0 };
		new StackDenoising(noisy, denoiser, listener).stream(image -> PixelArrays.write(image, target, target.min(2) +
			next[0]++));
	}

	private void stream(final Consumer<float[]> output) {
		final int pixels = noisy.box() * noisy.box();
		final int batch = Math.max(1, Math.min(denoiser.batchSize(), LARGEST_BATCH_PIXELS / pixels));
		listener.begin(TASK, noisy.size());
		try (BackgroundThread files = new BackgroundThread(TASK)) {
			Future<float[][]> next = files.submit(() -> read(0, batch));
			Future<Void> written = null;
			for (int first = 0; first < noisy.size(); first += batch) {
				listener.checkCancelled(TASK);
				final int start = first;
				final float[][] input = files.await(next);
				if (first + batch < noisy.size()) next = files.submit(() -> read(start + batch, batch));
				final float[][] denoised = new float[input.length][pixels];
				denoiser.denoise(PixelArrays.image(start, input), PixelArrays.image(start, denoised));
				compareOutside(input, denoised);
				if (written != null) files.await(written);
				written = files.submit(() -> write(output, start, denoised));
				listener.progress(first + input.length);
			}
			files.await(written);
		}
		finally {
			listener.end();
		}
		// A cancel while the last batch ran must not leave a file either.
		listener.checkCancelled(TASK);
	}

	private void compareOutside(final float[][] before, final float[][] after) {
		if (noisy.box() < SMALLEST_WITH_OUTSIDE) return;
		final ParticleBackground outside = new ParticleBackground(noisy.box());
		for (int i = 0; i < before.length; i++) {
			powerBefore += outside.variance(before[i]);
			powerAfter += outside.variance(after[i]);
		}
	}

	private float[][] read(final int first, final int batch) {
		final float[][] images = new float[Math.min(batch, noisy.size() - first)][noisy.box() * noisy.box()];
		for (int i = 0; i < images.length; i++) {
			noisy.read(first + i, images[i]);
			requireNumbers(images[i], first + i, "; leave this particle out.");
		}
		return images;
	}

	private Void write(final Consumer<float[]> output, final int first, final float[][] images) {
		for (int i = 0; i < images.length; i++) {
			requireNumbers(images[i], first + i, " after " + denoiser.name() +
				"; check the model and the scale of the images.");
			// Denoised particles are dark where the noisy ones are: their tables say so of both.
			if (noisy.sign(first + i) < 0) for (int pixel = 0; pixel < images[i].length; pixel++) images[i][pixel] =
				-images[i][pixel];
			output.accept(images[i]);
		}
		return null;
	}

	private void requireNumbers(final float[] image, final int index, final String remedy) {
		PixelCheck.fault(noisy, index, image).ifPresent(fault -> {
			throw new InputException("Particle " + fault + remedy);
		});
	}
}
