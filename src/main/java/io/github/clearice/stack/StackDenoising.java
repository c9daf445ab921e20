package io.github.clearice.stack;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.BackgroundThread;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

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

	private StackDenoising(final ParticleStack noisy, final Denoiser denoiser, final TaskListener listener) {
		this.noisy = noisy;
		this.denoiser = denoiser;
		this.listener = listener;
	}

	/** Summed variances of pixels outside the particles. */
	private record Power(double before, double after) implements Serializable {

		Power plus(final Power other) {
			return new Power(before + other.before, after + other.after);
		}
	}

	/** The outcome for a range of particles. */
	private record Denoised(int first, MrcWriter.Written images, Power outside, Serializable findings) implements
		Serializable {}

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
		return run(noisy, noisy, denoiser, target, listener);
	}

	/**
	 * Prepares the denoiser for a whole stack and denoises some of its particles, as {@link #run(ParticleStack, Denoiser,
	 * Path, TaskListener)} denoises all.
	 *
	 * @param whole the stack that the denoiser learns from
	 * @param noisy its first particles
	 */
	public static double run(final ParticleStack whole, final ParticleStack noisy, final Denoiser denoiser,
		final Path target, final TaskListener listener)
	{
		if (noisy.size() == 0) throw new InputException(noisy.name() +
			" holds no particles; there is nothing to denoise.");
		try (ParticleOutput output = new ParticleOutput(noisy, target, noisy.size(), noisy.box(), noisy
			.pixelSizeAngstrom()))
		{
			denoiser.prepare(whole, listener);
			final StackDenoising denoising = new StackDenoising(noisy, denoiser, listener);
			final Power[] outside = { new Power(0, 0) };
			Machines.current().run(Steps.of(TASK, noisy.size(), 1), (first, end, done) -> {
				try (MrcWriter.Part part = output.part(first)) {
					final Power power = denoising.stream(first, end, part::write, done);
					return new Denoised(first, part.end(), power, denoiser.findings(first, end));
				}
			}, denoised -> {
				output.add(denoised.images);
				denoiser.take(denoised.first, denoised.findings);
				outside[0] = outside[0].plus(denoised.outside);
			}, listener);
			output.commit(noisy.rows().map(rows -> listed(rows, denoiser, listener)).orElse(null));
			return outside[0].before > 0 ? 1 - outside[0].after / outside[0].before : Double.NaN;
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
		final StackDenoising denoising = new StackDenoising(noisy, denoiser, listener);
		listener.begin(TASK, noisy.size());
		try {
			denoising.stream(0, noisy.size(), image -> PixelArrays.write(image, target, target.min(2) + next[0]++),
				count -> listener.progress(next[0]));
		}
		finally {
			listener.end();
		}
		listener.checkCancelled(TASK);
	}

	/** Denoises the particles {@code from .. end-1} into an output that takes them in order. */
	private Power stream(final int from, final int end, final Consumer<float[]> output, final IntConsumer done) {
		final int pixels = noisy.box() * noisy.box();
		final int batch = Math.max(1, Math.min(denoiser.batchSize(), LARGEST_BATCH_PIXELS / pixels));
		Power power = new Power(0, 0);
		try (BackgroundThread files = new BackgroundThread(TASK)) {
			Future<float[][]> next = files.submit(() -> read(from, Math.min(batch, end - from)));
			Future<Void> written = null;
			for (int first = from; first < end; first += batch) {
				listener.checkCancelled(TASK);
				final int start = first, following = first + batch;
				final float[][] input = files.await(next);
				if (following < end) next = files.submit(() -> read(following, Math.min(batch, end - following)));
				final float[][] denoised = new float[input.length][pixels];
				denoiser.denoise(PixelArrays.image(start, input), PixelArrays.image(start, denoised));
				power = power.plus(outside(input, denoised));
				if (written != null) files.await(written);
				written = files.submit(() -> write(output, start, denoised));
				done.accept(input.length);
			}
			files.await(written);
		}
		return power;
	}

	private Power outside(final float[][] before, final float[][] after) {
		if (noisy.box() < SMALLEST_WITH_OUTSIDE) return new Power(0, 0);
		final ParticleBackground outside = new ParticleBackground(noisy.box());
		double powerBefore = 0, powerAfter = 0;
		for (int i = 0; i < before.length; i++) {
			powerBefore += outside.variance(before[i]);
			powerAfter += outside.variance(after[i]);
		}
		return new Power(powerBefore, powerAfter);
	}

	private float[][] read(final int first, final int count) {
		final float[][] images = new float[count][noisy.box() * noisy.box()];
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
